import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { createNameIndex } from './name-index.js'
import { hearing, named, registryOfSkills } from './testing/hearing.js'
import { createUnderstand } from './understand.js'
import type { Understanding } from './understanding.js'

const { commands } = await registryOfSkills()
const understand = createUnderstand(commands)
const names = createNameIndex([
  named('Service', 'checkout-web', 'checkout-web', 'checkout', 'basket'),
  named('Service', 'payments-api', 'payments-api', 'payments'),
  named('Environment', 'staging', 'staging', 'stg'),
  named('Environment', 'production', 'production', 'prod'),
  named('Incident', 'inc-131', 'INC-131'),
  named('Incident', 'inc-129', 'INC-129'),
  named('Person', 'dana@contoso.example', 'Dana Ortiz', 'dana'),
  named('Person', 'lee@contoso.example', 'Lee Park', 'lee'),
])
const hear = (text: string): Understanding => understand(hearing(text), names)
const incident = { kind: 'Incident', id: 'inc-131' }

const likely: [string, string, object][] = [
  [
    'throw checkout back to the previous version in staging',
    'deployment.roll-back',
    { service: { id: 'checkout-web' } },
  ],
  [
    'make payments in staging go back to the version before',
    'deployment.roll-back',
    { service: { id: 'payments-api' } },
  ],
]

describe('whether it is meant', () => {
  test.each(likely)('is asked where all is known, but the words are not its own: %s', (text, command, args) => {
    const heard = hear(text)
    expect(heard).toMatchObject({ outcome: 'confirm', intent: { command, args } })
    expect(heard.outcome === 'confirm' && heard.title).toMatch(/^[A-Z].*(checkout|payments)/)
  })

  test.each([
    ['a question about it', 'would it help to throw checkout back to the previous version in staging?'],
    ['a condition', 'throw checkout back to the previous version in staging if the tests fail'],
    ['somebody’s words', 'lee said: throw checkout back to the previous version in staging'],
    ['a tale', 'yesterday we threw checkout back to the previous version in staging'],
    ['a contrary', 'never throw checkout back to the previous version in staging'],
    ['a template', 'throw ${service} back to the previous version in staging'],
    ['other words', 'throw the party for the previous version of the cake'],
  ])('is not asked of %s', (_of, text) => expect(['confirm', 'choose', 'incomplete']).not.toContain(hear(text).outcome))

  test('is never asked of what is only read', () => {
    fc.assert(
      fc.property(fc.constantFrom(...commands.filter(({ effect }) => effect === 'read')), ({ says }) => {
        const heard = hear(`hm ${says[0]!.replace(/\{\w+\}/g, 'checkout')} or so`)
        expect(heard.outcome).not.toBe('confirm')
      }),
      { numRuns: 60 },
    )
  })
})

describe('what is named beside a request', () => {
  test('is asked for in one question where it may be a tale', () => {
    expect(hear('INC-131 is fixed')).toMatchObject({
      outcome: 'confirm',
      intent: { command: 'incident.resolve', args: { incident } },
      title: 'Resolve INC-131',
    })
  })

  test.each([
    ["I've got 129, ack it", 'incident.acknowledge', 'inc-129', 'Ack INC-129'],
    ['INC-131 looks bad, escalate it', 'incident.escalate', 'inc-131', 'Escalate INC-131'],
    ["129's sorted, close her up", 'incident.resolve', 'inc-129', 'Resolve INC-129'],
  ])('is asked for with the request: %s', (text, command, id, title) => {
    const args = { incident: { kind: 'Incident', id } }
    expect(hear(text)).toMatchObject({ outcome: 'confirm', intent: { command, args }, title })
  })

  test('is asked for with all that the request lacks, where just as many things are named', () => {
    expect(hear('129 looks like a copy of 131, merge them')).toMatchObject({
      outcome: 'confirm',
      intent: { command: 'incident.merge', args: { incident: { id: 'inc-129' }, into: { id: 'inc-131' } } },
    })
  })

  test('is told apart where several things are', () => {
    expect(hear('INC-131 and INC-129 look bad, escalate it')).not.toMatchObject({ outcome: 'confirm' })
  })

  test('is asked by a form where nothing fitting is named beside it, and never by offering the speaker', () => {
    expect(hear('ack it')).toMatchObject({ outcome: 'incomplete', missing: ['incident'] })
    expect(hear('assign INC-131 to somebody of my team')).not.toMatchObject({ title: expect.stringMatching(/Dana/) })
  })
})

test('an environment is called by its usual name in a question', () => {
  const short = createNameIndex([
    named('Service', 'checkout-web', 'checkout-web', 'checkout'),
    named('Environment', 'staging', 'stg', 'staging'),
  ])
  expect(understand(hearing('throw checkout back to the previous version in staging'), short)).toMatchObject({
    outcome: 'confirm',
    title: expect.stringMatching(/staging$/),
  })
})

test('a question back is never a deed: what only surrounds a plain request makes no intent of it', () => {
  const around = fc.constantFrom(
    'my colleague says it hangs again,',
    'no idea what the matter is,',
    'so, the cake is eaten,',
  )
  const request = fc.constantFrom('ack INC-131', 'restart checkout in staging', 'snooze INC-131 for 2 hours')
  fc.assert(
    fc.property(around, request, (words, asked) => {
      const heard = hear(`${words} ${asked}`)
      expect({ text: `${words} ${asked}`, outcome: heard.outcome }).not.toMatchObject({ outcome: 'intent' })
    }),
  )
})

test('rights are asked for on a thing, as what, and for how long', () => {
  const what = { kind: 'Service', id: 'payments-api' }
  expect(hear('elevate me to contributor on payments for an hour')).toMatchObject({
    outcome: 'intent',
    intent: { command: 'permission.elevate', args: { what, role: 'contributor', minutes: 60 } },
  })
  expect(hear('give me write access to payments')).toMatchObject({
    intent: { command: 'permission.elevate', args: { what, role: 'contributor' } },
  })
  expect(hear('elevate me to operator')).toMatchObject({
    outcome: 'incomplete',
    intent: { command: 'permission.elevate', args: { role: 'operator' } },
    missing: ['what'],
  })
})

test('a “not” of what is asked for is no refusal, and any other is', () => {
  expect(hear('services without a documented runbook')).toMatchObject({ intent: { command: 'catalog.find' } })
  expect(hear('leave checkout alone, services of payments are slow')).toMatchObject({ declined: true })
})
