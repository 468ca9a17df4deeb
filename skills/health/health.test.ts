import { expect, test } from '@jest/globals'
import { entity, pagerDuty, smallHub, to } from '../../bot/hub/testing/small-hub.js'
import type { SourceState } from '../kit/ports.js'
import health from './index.js'

const incident = (id: string, of: string, state = 'triggered') =>
  entity('Incident', id, { title: 'Slow', state, severity: 'sev2', opened: '2026-11-21T01:00:00.000Z' }, [
    to('affects', 'Service', of),
  ])
const part = (id: string, of: string, state: string) => entity('Resource', id, { state }, [to('partOf', 'Service', of)])
const records = [
  entity('Service', 'shop'),
  part('shop-web', 'shop', 'Available'),
  entity('Service', 'auth'),
  incident('INC-1', 'auth'),
  entity('Service', 'search', {}, [to('dependsOn', 'Service', 'gate')]),
  entity('Service', 'gate', {}, [to('dependsOn', 'Service', 'auth')]),
  entity('Service', 'mail'),
  part('mail-vm', 'mail', 'Degraded'),
  entity('AlertRule', 'mail-queue', { state: 'firing', condition: 'queue > 100' }, [
    to('watches', 'Resource', 'mail-vm'),
  ]),
  entity('Service', 'lost'),
  part('lost-vm', 'lost', 'Unavailable'),
  entity('Service', 'calm'),
  incident('INC-2', 'calm', 'resolved'),
  entity('Environment', 'staging'),
  entity('Resource', 'stg-db', { state: 'Degraded', environment: 'staging' }),
]
const said = async (words: string, sources: SourceState[] = [pagerDuty]) => {
  const small = smallHub({ skills: [health], records, sources })
  return (await small.read((await small.ask(words)).reply)).replace(/\s+/g, ' ')
}

test.each([
  [
    'well, because its parts are',
    'is shop healthy',
    /✓ .* healthy Nothing is wrong with shop that I know of: .* 1 part well\./,
  ],
  [
    'an open incident',
    'is auth up',
    /not healthy auth is not healthy: 1 incident is open\. Open incidents \(1\) .*INC-1 Slow 1 h 14 SEV 2 · triggered/,
  ],
  ['a part that is unavailable', 'health of lost', /lost is not healthy: 1 part is not well\./],
  [
    'an alert and a degraded part are a doubt',
    'how is mail doing',
    /not sure mail may be in trouble: 1 alert fires and 1 part is not well\..*mail-queue.*queue > 100/,
  ],
  ['trouble two steps below it', 'status of search', /search may be in trouble: auth below it has an open incident\./],
  ['nothing says anything', 'is calm down', /not known I can't tell: no source says how calm stands\./],
  ['an environment by its parts', 'health of staging', /staging may be in trouble: 1 part is not well\./],
])('%s', async (_what, words, wanted) => expect(await said(words)).toMatch(wanted))

test('a source that does not answer is said', async () => {
  const down: SourceState = { ...pagerDuty, down: { since: '2026-11-21T01:00:00.000Z', reason: 'time-out' } }
  expect(await said('is shop healthy', [down])).toContain('PagerDuty does not answer, so there may be more.')
})
