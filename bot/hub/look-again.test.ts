import { expect, test } from '@jest/globals'
import { createNames } from '../language/names.js'
import { createUnderstand } from '../language/understand.js'
import type { Hearing } from '../language/understanding.js'
import { CatalogIndex } from '../store/read-model/catalog-index.js'
import { catalogPort } from '../store/read-model/catalog-port.js'
import approvals from '../../skills/approvals/index.js'
import { lookingAgain } from './look-again.js'
import { createRegistry } from './registry.js'
import { entity } from './testing/small-hub.js'

const hearing = (text: string): Hearing => ({
  ...{ text, tenant: 'contoso', now: '2026-11-21T14:00:00.000Z', zone: 'UTC', locale: 'en', mentions: [] },
  speaker: { kind: 'Person', id: 'dana@contoso.example' },
})

/** Finding on a hub that has read PR-1, and reads PR-2, which another hub has made, when it catches up. */
function behind() {
  const index = new CatalogIndex('contoso')
  index.put(entity('Proposal', 'PR-1'))
  const names = createNames(index)
  const understand = createUnderstand(createRegistry([approvals]).commands)
  const readings = { count: 0 }
  const finding = lookingAgain({
    understand: async (heard) => understand(heard, names()),
    catalog: catalogPort(index, () => [], { now: () => '2026-11-21T08:00:00.000Z' }),
    async caughtUp() {
      readings.count++
      index.put(entity('Proposal', 'PR-2'))
    },
  })
  return { finding, readings }
}

test('a name that another hub has just given is understood, and one that nobody gave is not', async () => {
  const { finding, readings } = behind()
  expect(await finding.understand(hearing('show proposal PR-1'))).toMatchObject({ outcome: 'intent' })
  expect(readings.count).toBe(0)
  expect(await finding.understand(hearing('show proposal PR-2'))).toMatchObject({
    outcome: 'intent',
    intent: { command: 'approval.show', args: { proposal: { id: 'PR-2' } } },
  })
  expect(readings.count).toBe(1)
  expect(await finding.understand(hearing('show proposal PR-99'))).toMatchObject({ outcome: 'unknown-name' })
})

test('what a button names is read once more before it is called absent', async () => {
  const { finding, readings } = behind()
  expect(await finding.catalog.get({ kind: 'Proposal', id: 'PR-2' })).toMatchObject({ id: 'PR-2' })
  expect(await finding.catalog.get({ kind: 'Proposal', id: 'PR-1' })).toMatchObject({ id: 'PR-1' })
  expect(readings.count).toBe(1)
  expect(await finding.catalog.get({ kind: 'Proposal', id: 'PR-99' })).toBeUndefined()
})
