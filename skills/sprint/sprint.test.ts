import { expect, test } from '@jest/globals'
import { entity, smallHub, to } from '../../bot/hub/testing/small-hub.js'
import sprint from './index.js'

const dana = 'dana@contoso.example'
const item = (id: string, state: string, sprint: string, points: number) =>
  entity('WorkItem', id, { title: `Title of ${id}`, state, sprint, points, remaining: 2 }, [
    to('ownedBy', 'Team', 'core'),
  ])
const small = smallHub({
  skills: [sprint],
  records: [
    entity('Person', dana, { objectId: 'dana' }, [to('memberOf', 'Team', 'core')]),
    entity('Team', 'core', {
      sprint: 'Sprint 9',
      sprintStart: '2026-11-11T02:14:00.000Z',
      sprintEnd: '2026-11-25T02:14:00.000Z',
      capacity: 120,
    }),
    entity('Team', 'loose'),
    entity('Service', 'shop', {}, [to('ownedBy', 'Team', 'core')]),
    item('Task 1', 'Closed', 'Sprint 9', 3),
    item('Task 2', 'Active', 'Sprint 9', 5),
    item('Task 3', 'New', 'Sprint 9', 1),
    item('Task 4', 'Closed', 'Sprint 8', 8),
  ],
})
const said = async (words: string) => (await small.read((await small.ask(words)).reply)).replace(/\s+/g, ' ')

test.each([
  [
    'of a team: what is done of it, and how much of its time is gone',
    'sprint of core',
    /core · Sprint 9 · ends in 4 days 1 of 3 items done \(33 %\), with 71 % of the time gone\. Points 3 of 9 done Remaining work 4 hours Capacity 120 hours .*Active \(1\) .*Done \(1\)(?!.*Task 4)/,
  ],
  ['of my own team', 'how is our sprint', /core · Sprint 9/],
  ['of a team without one', 'sprint of loose', /No sprint of loose is known/],
])('%s', async (_what, words, wanted) => expect(await said(words)).toMatch(wanted))

test('somebody of no team is asked whose', async () => {
  const alone = smallHub({ skills: [sprint], records: [entity('Person', dana, { objectId: 'dana' })] })
  expect((await alone.ask('my sprint')).reply.text).toBe(
    'Whose sprint is meant? No team is known for that. Name one: “sprint of identity”.',
  )
})
