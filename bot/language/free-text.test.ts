import { describe, expect, test } from '@jest/globals'
import { createNameIndex } from './name-index.js'
import { hearing, named, registryOfSkills } from './testing/hearing.js'
import { createUnderstand } from './understand.js'
import type { Understanding } from './understanding.js'

const { commands } = await registryOfSkills()
const understand = createUnderstand(commands)
const names = createNameIndex([
  named('Service', 'ledger-api', 'ledger-api', 'ledger'),
  named('Deployment', 'd1', 'ledger-api 4.2.0', 'ledger 4.2.0'),
  named('Environment', 'production', 'prd', 'production'),
  named('Environment', 'staging', 'stg', 'staging'),
  named('Incident', 'inc-131', 'INC-131'),
])
const hear = (text: string): Understanding => understand(hearing(text), names)
const service = { kind: 'Service', id: 'ledger-api' }

describe('a value behind what leads to it is asked back, and never acted on', () => {
  test.each([
    ['please put the tier of ledger on normal', 'normal'],
    ['Hi, set the tier of ledger to critical, as we said.', 'critical'],
    ['set tier=critical on ledger', 'critical'],
  ])('%s', (text, value) => {
    const heard = hear(text)
    expect(heard).toMatchObject({
      outcome: 'confirm',
      intent: { command: 'catalog.enrich', args: { entity: service, property: 'tier', value } },
    })
    expect(heard.outcome === 'confirm' && heard.title).toContain(value)
  })

  test('a name ends with its clause', () => {
    expect(
      hear('please create a new service from the python template, it should be called bill-sums, thank you'),
    ).toMatchObject({ outcome: 'confirm', intent: { command: 'service.scaffold', args: { name: 'bill-sums' } } })
  })

  test('what is to be noted goes on to the end', () => {
    expect(hear('Would you add to INC-131: "9 tickets, most of them resellers"')).toMatchObject({
      outcome: 'confirm',
      intent: { command: 'incident.note', args: { note: '9 tickets, most of them resellers' } },
    })
  })

  test('a version said behind a service is its version, and no other thing of that name', () => {
    expect(hear('promote ledger 4.2.0 stg → production')).toMatchObject({
      intent: { command: 'deployment.promote', args: { service } },
    })
  })
})

test('where nothing leads to it, it is asked for', () => {
  expect(hear('set the tier of ledger')).toMatchObject({ outcome: 'incomplete', missing: ['value'] })
})
