import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { createNameIndex } from './name-index.js'
import { hearing, registryOfSkills } from './testing/hearing.js'
import { createUnderstand } from './understand.js'
import type { NamedEntity } from './understanding.js'

const registry = await registryOfSkills()
const understand = createUnderstand(registry.commands)
const changes = new Set(registry.commands.filter(({ effect }) => effect === 'change').map(({ id }) => id))
const scaleSet = { kind: 'Resource' as const, id: '/subscriptions/1/vmss-orders-prd' }
const names: NamedEntity[] = [
  { kind: 'Service', id: 'checkout-web', name: 'Checkout', aliases: ['checkout', 'basket', 'cart'] },
  { kind: 'Service', id: 'orders-api', name: 'Orders', aliases: ['orders', 'order service'] },
  { kind: 'Service', id: 'orders-worker', name: 'Orders worker', aliases: ['order worker', 'fulfilment'] },
  { kind: 'Service', id: 'auth-api', name: 'Auth', aliases: ['auth', 'auth service', 'sign-in'] },
  { ...scaleSet, name: 'vmss-orders-prd', aliases: [] },
  { kind: 'Resource', id: '/subscriptions/1/checkout-web-stg', name: 'checkout-web-stg', aliases: [] },
  { kind: 'Environment', id: 'staging', name: 'staging', aliases: ['stage', 'stg'] },
  { kind: 'Environment', id: 'production', name: 'production', aliases: ['prod', 'prd', 'live'] },
  { kind: 'Environment', id: 'dev', name: 'dev', aliases: ['development'] },
]
const index = createNameIndex(names)
const hear = (text: string) => understand(hearing(text, { now: '2026-11-21T02:14:00.000Z' }), index)

const service = (id: string) => ({ kind: 'Service', id })
const environment = (id: string) => ({ kind: 'Environment', id })
const restart = 'action.web-app.restart'
const scale = 'action.scale-set.scale'

describe('a name that nothing has', () => {
  test.each([
    ['restart nonexistent', restart, 'nonexistent'],
    ['please restart nonexistent in staging', restart, 'nonexistent'],
    ['Could you restart zanzibar-web?', restart, 'zanzibar-web'],
  ])('is said to be unknown: %s', (text, command, name) =>
    expect(hear(text)).toMatchObject({ outcome: 'unknown-name', command, name }),
  )

  test.each([
    'restart failed',
    'restart helped nonexistent',
    'restart',
    'nonexistent restart',
    'why restart nonexistent',
  ])('is none: %s', (text) => expect(hear(text).outcome).not.toBe('unknown-name'))
})

describe('a change is understood from', () => {
  test.each([
    ['restart checkout in staging', restart, { target: service('checkout-web'), environment: environment('staging') }],
    ['Restart checkout in prod', restart, { target: service('checkout-web'), environment: environment('production') }],
    [
      'restart the checkout web app in staging please',
      restart,
      { target: service('checkout-web'), environment: environment('staging') },
    ],
    [
      'pls restrat chekout in stagging',
      restart,
      { target: service('checkout-web'), environment: environment('staging') },
    ],
    ['restart checkout', restart, { target: service('checkout-web') }],
    ['can you restart checkout-web-stg?', restart, { target: { kind: 'Resource', id: names[5]!.id } }],
    [
      'could you please restart the basket in staging now',
      restart,
      { target: service('checkout-web'), environment: environment('staging') },
    ],
    ['bounce auth on staging asap', restart, { target: service('auth-api'), environment: environment('staging') }],
    ['scale the orders scale set to five', scale, { target: service('orders-api'), capacity: 5 }],
    ['scale orders worker to a dozen instances', scale, { target: service('orders-worker'), capacity: 12 }],
    ['scale the orders scale set to 5', scale, { target: service('orders-api'), capacity: 5 }],
    ['scale vmss-orders-prd to 5 instances', scale, { target: scaleSet, capacity: 5 }],
    ['scale vmss-order-prd to 5', scale, { target: scaleSet, capacity: 5 }],
    [
      'scale orders worker in production to 12',
      scale,
      { target: service('orders-worker'), environment: environment('production'), capacity: 12 },
    ],
  ])('%s', (text, command, args) => {
    expect(hear(text)).toMatchObject({ outcome: 'intent', intent: { command, args } })
  })
})

/** What people say about changes without asking for one. */
const talk = [
  "restarting checkout didn't help",
  'how do I restart checkout',
  "don't restart checkout",
  'do not restart checkout in staging',
  'what happens if I restart checkout',
  'restart checkout?',
  'restarted checkout',
  'restarts checkout every night',
  'restarted checkout in staging',
  'scaled the orders scale set to 5',
  'scales orders to 5',
  "restart checkout didn't help",
  'restart checkout failed',
  'restart checkout in staging, not production',
  'restart checkout or payments',
  'restart checkout no wait',
  'restart checkout if it hangs',
  'should we restart checkout in staging?',
  'who restarted checkout in staging',
  'never restart checkout in production',
  'we had to restart checkout in staging',
  'Lee said "restart checkout in staging"',
  '"restart checkout in staging"',
  'can we restart checkout in staging?',
  'did you restart checkout in staging',
  'why did the restart of checkout fail',
  'the runbook says restart checkout',
  'restart of checkout took 4 minutes',
  'scale set orders to 5 was wrong',
  'scaling orders to 5 did nothing',
  'after we scale orders to 5 it is fine',
  'someone please tell me whether to restart checkout',
  'restart checkout in staging tomorrow unless it recovers',
  'i will restart checkout in staging',
  'please do not bounce auth',
  'remind me to restart checkout',
  'cancel restart checkout',
  'stop restart checkout in staging',
  'undo restart checkout',
  'restart checkout why in staging',
]

test.each(talk)('no change is proposed from “%s”', (text) => {
  const understanding = hear(text)
  const proposed = 'intent' in understanding ? understanding.intent.command : ''
  expect([understanding.outcome, changes.has(proposed)]).toEqual([understanding.outcome, false])
})

test('a word more than the request and its names never proposes a change', () => {
  const words = [
    'not',
    'never',
    'no',
    "didn't",
    'helped',
    'yesterday',
    'because',
    'if',
    'why',
    'failed',
    'or',
    'again?',
  ]
  const requests = ['restart checkout in staging', 'scale the orders scale set to 5', 'bounce auth']
  fc.assert(
    fc.property(fc.constantFrom(...requests), fc.constantFrom(...words), fc.nat(), (request, word, at) => {
      const said = request.split(' ')
      said.splice(at % (said.length + 1), 0, word)
      const understanding = hear(said.join(' '))
      return !(understanding.outcome === 'intent' && changes.has(understanding.intent.command))
    }),
  )
})

test('a name that nothing has is said to be unknown, and a sentence is not taken for one', () => {
  expect(hear('restart the chckt-xyz web app')).toMatchObject({ outcome: 'unknown-name', command: restart })
  expect(['suggest', 'none']).toContain(hear('restart the thing that Lee wrote').outcome)
})

/** What says not to do something; a button that does it would be the contrary of what was said. */
const declined = [
  'do not restart checkout',
  "don't restart prod",
  'Don’t restart checkout in staging',
  'dont restart checkout',
  'never restart checkout in production',
  "you shouldn't scale orders to 5",
  'please do not bounce auth',
  "restart checkout didn't help",
  'hold off on restarting checkout',
  'leave checkout alone, do not acknowledge INC-1',
  'nobody should restart checkout',
  'no restart of checkout please',
]
test.each(declined)('“%s” is left alone, and nothing but reading is offered', (text) => {
  const heard = hear(text)
  expect(heard).toMatchObject({ outcome: 'suggest', declined: true })
  const offered = heard.outcome === 'suggest' ? heard.suggestions.map(({ intent }) => intent.command) : []
  expect(offered.map((id) => registry.find(id)!.info.effect)).toEqual(offered.map(() => 'read'))
})
test('what is left alone can be looked at', () => {
  expect(hear('do not restart checkout')).toMatchObject({
    suggestions: [{ title: expect.stringContaining('Checkout') }, { title: expect.stringContaining('Checkout') }],
  })
})

test('a reason is kept as it was said', () => {
  const said = (text: string) => {
    const heard = hear(text)
    return heard.outcome === 'unknown-name' ? heard.args : 'intent' in heard ? heard.intent.args : heard
  }
  expect(said('reject PR-1 because the deploy is broken')).toMatchObject({ reason: 'the deploy is broken' })
  expect(said('Reject PR-1 because: The deploy is broken right now, so please do not.')).toMatchObject({
    reason: 'The deploy is broken right now, so please do not.',
  })
  expect(said('resolve INC-1 because all of the long night that we had was, once more, the DNS')).toMatchObject({
    why: 'all of the long night that we had was, once more, the DNS',
  })
})

test.each([5000, -1, 2.5])('%s instances go on to be refused with the reason', (capacity) => {
  expect(hear(`scale orders worker to ${capacity}`)).toMatchObject({
    outcome: 'intent',
    intent: { args: { capacity } },
  })
})

test('a number out of bounds goes on to be refused with its reason; where words stand in its place it is asked for', () => {
  expect(hear('scale orders worker to 5000')).toMatchObject({ outcome: 'intent', intent: { args: { capacity: 5000 } } })
  const heard = hear('scale orders worker to lots')
  expect(heard).toMatchObject({ outcome: 'incomplete', missing: ['capacity'] })
  expect('intent' in heard && heard.intent.args).not.toHaveProperty('capacity')
})

test('what is missing is asked for', () => {
  expect(hear('restart web app')).toMatchObject({ outcome: 'incomplete', missing: ['target'] })
})
