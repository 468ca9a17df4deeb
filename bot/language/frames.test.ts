import { describe, expect, test } from '@jest/globals'
import { clausesOf } from './clauses.js'
import { leadingFrames } from './frames.js'
import { createNameIndex } from './name-index.js'
import { hearing, named, registryOfSkills } from './testing/hearing.js'
import { createUnderstand } from './understand.js'

const { commands } = await registryOfSkills()

describe('what only leads up to a question', () => {
  test.each([
    'As discussed on the phone, who owns checkout?',
    'As per my mail of Monday, who owns checkout?',
    'for the record, who owns checkout?',
    'quick one: who owns checkout',
    'Short check before my interview: who owns checkout?',
    'if you have a minute, who owns checkout?',
    'out of curiosity, who owns checkout?',
    'sorry to bother you again, who owns checkout?',
    'not urgent, who owns checkout?',
    'Hope you are well. Who owns checkout?',
    'one more thing: who owns checkout?',
  ])('stands before it: %s', (text) => expect(leadingFrames(clausesOf(text))).toBe(1))

  test.each([
    'checkout is down, who owns it?',
    'as Lee said: restart checkout',
    'as agreed do not restart it, who owns checkout?',
    'quick question? who owns checkout',
    'if you have restarted it, who owns checkout?',
    'for payments, who owns checkout?',
    'as discussed',
    'who owns checkout, as discussed?',
    'sorry I broke it, who owns checkout?',
  ])('is none of: %s', (text) => expect(leadingFrames(clausesOf(text))).toBe(0))
})

describe('a question in a shell', () => {
  const names = createNameIndex([
    named('Service', 'checkout-web', 'checkout-web', 'checkout'),
    named('Service', 'gift-cards-api', 'gift-cards-api', 'gift cards'),
    named('Service', 'ledger-db', 'ledger-db'),
    named('Environment', 'staging', 'staging', 'stg'),
    named('Person', 'lee@contoso.example', 'Lee Park', 'lee'),
  ])
  const understand = createUnderstand(commands)
  const hear = (text: string) => understand(hearing(text), names)

  test.each([
    ['As discussed on the phone, I’d need the owner of the gift cards service.', 'catalog.owner'],
    ['Could you show me ledger-db? I have a call with the auditors in ten minutes.', 'catalog.show'],
    ['Short check before my interview: is checkout healthy?', 'health.show'],
    ['not urgent but who owns checkout?', 'catalog.owner'],
    ['no rush, what depends on checkout?', 'catalog.depends'],
  ])('is answered: %s', (text, command) => expect(hear(text)).toMatchObject({ outcome: 'intent', intent: { command } }))

  test.each([
    'As discussed with Lee, restart checkout in staging',
    'if you have a minute, restart checkout in staging',
    'not urgent, don’t restart checkout in staging',
    'as Lee said: restart checkout in staging',
    'I’d need checkout restarted in staging if it fails',
    'As discussed on the phone, I’d need the owner role on checkout.',
  ])('makes no request of what is none: %s', (text) => expect(hear(text).outcome).not.toBe('intent'))
})

describe('clauses', () => {
  test('keep what asks for one thing to be shown', () => {
    const text = 'Could you show me the ledger? I have a call.'
    const [shown] = clausesOf(text)
    expect(shown!.isLedTo).toBe(true)
    expect(shown!.tokens.map(({ word, start, end }) => [word, text.slice(start, end)])).toEqual([
      ['show', 'show'],
      ['me', 'me'],
      ['ledger', 'ledger'],
    ])
  })

  test('say whether words that ask to be told lead to them', () =>
    expect(clausesOf('Tell me about auth, it is late').map(({ isLedTo }) => isLedTo)).toEqual([true, false]))
})
