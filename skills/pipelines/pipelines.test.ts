import { expect, test } from '@jest/globals'
import { entity, smallHub, to } from '../../bot/hub/testing/small-hub.js'
import pipeline from './index.js'

const run = (id: string, state: string, started: string) =>
  entity('Run', id, { state, started, branch: 'main' }, [to('runOf', 'Pipeline', 'shop-ci')])
const small = smallHub({
  skills: [pipeline],
  records: [
    entity('Service', 'shop', {}, [to('builtFrom', 'Repository', 'web')]),
    entity('Service', 'bare'),
    entity('Repository', 'web'),
    entity('Pipeline', 'shop-ci', { state: 'failed', lastRun: '2026-11-20T08:00:00.000Z' }, [
      to('builtFrom', 'Repository', 'web'),
    ]),
    entity('Pipeline', 'shop-release', { state: 'succeeded' }, [to('deploys', 'Service', 'shop')]),
    entity('Pipeline', 'idle'),
    run('run 1', 'succeeded', '2026-11-19T08:00:00.000Z'),
    run('run 2', 'failed', '2026-11-20T08:00:00.000Z'),
  ],
})
const said = async (words: string) => (await small.read((await small.ask(words)).reply)).replace(/\s+/g, ' ')

test.each([
  [
    'of a service, what builds it and what deploys it',
    'which pipelines does shop have',
    /2 pipelines of shop; the last run of 1 failed\. .*shop-ci failed ran 18 h 14 ago .*shop-release/,
  ],
  ['of a repository', 'pipelines of web', /1 pipeline of web; the last run of each failed\./],
  [
    'the runs of one, the newest first',
    'runs of shop-ci',
    /failed Its last run failed, 18 h 14 ago\. Runs \(2\) .*run 2 .*run 1 /,
  ],
  ['one that never ran', 'did idle pass', /no run known No run of idle is known\./],
  ['none', 'builds of bare', /No pipeline of bare is known\./],
])('%s', async (_what, words, wanted) => expect(await said(words)).toMatch(wanted))
