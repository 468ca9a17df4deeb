import { expect, test } from '@jest/globals'
import { entity, smallHub, to } from '../../bot/hub/testing/small-hub.js'
import type { Json } from '../kit/model.js'
import pull from './index.js'

const [dana, lee] = ['dana', 'lee'].map((name) => `${name}@contoso.example`) as [string, string]
const opened = (id: string, by: string, day: string, props: Record<string, Json> = {}, reviewers: string[] = []) =>
  entity(
    'PullRequest',
    id,
    { title: `Title of ${id}`, state: 'open', opened: `2026-11-${day}T08:00:00.000Z`, ...props },
    [
      to('authoredBy', 'Person', by),
      to('partOf', 'Repository', 'web'),
      ...reviewers.map((one) => to('reviewBy', one === 'core' ? 'Team' : 'Person', one)),
    ],
  )
const small = smallHub({
  skills: [pull],
  records: [
    entity('Person', dana, { objectId: 'dana' }),
    entity('Person', lee),
    entity('Team', 'core'),
    entity('Team', 'idle'),
    entity('Service', 'shop', {}, [to('ownedBy', 'Team', 'core'), to('builtFrom', 'Repository', 'web')]),
    entity('Repository', 'web'),
    entity('Repository', 'docs', {}, [to('ownedBy', 'Team', 'idle')]),
    opened('web#1', lee, '10', { checks: 'failing' }, [dana]),
    opened('web#2', lee, '12', { state: 'draft' }, [dana]),
    opened('web#3', dana, '14', {}, ['core']),
    opened('web#4', lee, '01', { state: 'merged' }, [dana]),
  ],
})
const said = async (words: string) => (await small.read((await small.ask(words)).reply)).replace(/\s+/g, ' ')

test.each<[what: string, words: string, wanted: RegExp]>([
  [
    'mine: what waits for my review and what I opened; no draft and nothing that is merged',
    'prs waiting for me',
    /1 pull request waits for a review by you; you have 1 open\. Waiting for a review \(1\) .* Title of web#1 .*CI red[^]*Opened \(1\) .* Title of web#3(?!.*web#[24])/,
  ],
  ['the same by another word', 'my pull requests', /1 to review/],
  ['of somebody else', "lee@contoso.example's pull requests", /No pull request waits for a review by lee.*has 2 open/],
  [
    'of a team: what its services are built from, what it is asked to review',
    'open prs of core',
    /3 pull requests of core are open, the oldest since/,
  ],
  ['of a repository', 'pull requests in web', /3 pull requests of web are open/],
  ['of a service', 'open pull requests of shop', /3 pull requests of shop are open/],
  ['of a team that has none', 'pull requests of idle', /No pull request of idle is open\./],
])('%s', async (_what, words, wanted) => expect(await said(words)).toMatch(wanted))
