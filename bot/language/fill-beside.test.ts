import { expect, test } from '@jest/globals'
import { createNameIndex } from './name-index.js'
import { hearing, registryOfSkills } from './testing/hearing.js'
import { createUnderstand } from './understand.js'
import type { NamedEntity, Understanding } from './understanding.js'

const { commands } = await registryOfSkills()
const understand = createUnderstand(commands)
const named = (kind: string, id: string, ...aliases: string[]): NamedEntity => ({ kind, id, name: id, aliases })
const names = createNameIndex([
  named('Service', 'ledger-api', 'ledger'),
  named('Service', 'search-api', 'search'),
  named('Team', 'storefront'),
  named('Environment', 'production'),
  named('Person', 'dana@contoso.example', 'dana'),
])
const hear = (text: string): Understanding => understand(hearing(text), names)
const ledger = { kind: 'Service', id: 'ledger-api' }

test.each([
  ['a thing', 'backlog on ledger, whats causing it', 'triage.explain', { entity: ledger }],
  [
    'a team',
    'nobody of storefront is around at christmas... are there holes in the rota?',
    'on-call.gaps',
    { team: { id: 'storefront' } },
  ],
  [
    'a time',
    'complaints doubled since 8 this morning - what could be causing latency on ledger?',
    'triage.explain',
    { entity: ledger, range: { from: '2026-11-18T08:00:00.000Z' } },
  ],
])('%s that the question leaves out is taken from the rest of the text', (_what, text, command, args) =>
  expect(hear(text)).toMatchObject({ outcome: 'intent', intent: { command, args } }),
)

test('of several things none is taken', () => {
  const heard = hear('ledger and search have a backlog, whats causing it')
  expect(heard).toMatchObject({ outcome: 'incomplete', missing: ['entity'] })
})

test('who tells something is not whom is asked for', () => {
  const heard = hear('my train is late... are there holes in the rota?')
  expect(heard).toMatchObject({ intent: { command: 'on-call.gaps', args: {} } })
})
