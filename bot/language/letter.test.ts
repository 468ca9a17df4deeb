import { describe, expect, test } from '@jest/globals'
import { openLetter } from './letter.js'
import { createNameIndex } from './name-index.js'
import { hearing, named, registryOfSkills } from './testing/hearing.js'
import { createUnderstand } from './understand.js'

const registry = await registryOfSkills()
const names = createNameIndex([
  named('Service', 'checkout-web', 'checkout-web', 'checkout'),
  named('Service', 'payments-api', 'payments-api', 'payments'),
  named('Team', 'payments', 'Payments'),
  named('Environment', 'staging', 'staging', 'stg'),
  named('Incident', 'inc-129', 'INC-129'),
  named('Person', 'dana@contoso.example', 'Dana Ortiz', 'dana'),
  named('Person', 'lee@contoso.example', 'Lee Park', 'lee'),
])
const speaker = { kind: 'Person', id: 'dana@contoso.example' }
const words = new Set('restart undo digest help show incidents'.split(' '))
const open = (text: string) => openLetter(text, { names, speaker, isWord: (word) => words.has(word) })

describe('a greeting and a signature', () => {
  test.each([
    ['Hi,\nwho owns checkout?\nRuth', 'who owns checkout?'],
    ['Hello Nexus,\n\nwho owns checkout?\n\nBest regards,\nRuth Hall', 'who owns checkout?'],
    ['Dear Nexus,\nwho owns checkout?\nKind regards, R. Hall', 'who owns checkout?'],
    ['Good morning team,\nwho owns checkout\n\nRuth', 'who owns checkout'],
    ['Hi Nexus, who owns checkout?\nRuth', 'who owns checkout?'],
    ['who owns checkout?\nThanks!', 'who owns checkout?'],
    ['who owns checkout\nthx', 'who owns checkout'],
    ['who owns checkout?\ncheers, ruth', 'who owns checkout?'],
    ['who owns checkout?\n- Ruth', 'who owns checkout?'],
    ['who owns checkout?\nThank you in advance :)\nRuth', 'who owns checkout?'],
    ['who owns checkout?\nSent from my iPhone', 'who owns checkout?'],
    ['who owns checkout?\nRuth\nSent from my iPhone', 'who owns checkout?'],
    ['who owns checkout? Thanks, Ruth', 'who owns checkout?'],
    ['please restart checkout in staging.\nDana', 'please restart checkout in staging.'],
    ['Re: INC-129\n\nPlease escalate INC-129.\nDana', 'Please escalate INC-129.'],
  ])('are no part of %j', (text, said) => {
    const letter = open(text)
    expect(letter).toEqual({ text: expect.any(String), isPassedOn: false })
    expect(letter.text.trim()).toBe(said)
    expect(letter.text).toHaveLength(text.length)
    expect(text.slice(letter.text.search(/\S/)).startsWith(said)).toBe(true)
  })

  test.each([
    ['the question is the last line', 'checkout is red again\nwho is on call'],
    ['the last line is a thing', 'who owns this:\npayments'],
    ['the last line is a thing with a capital letter', 'who owns this?\nPayments'],
    ['the last line is a thing below thanks', 'who owns this, thanks\nCheckout'],
    ['the sentence goes on', 'put on call for payments:\nLee'],
    ['the sentence goes on without a stop', 'put on call for payments\nLee'],
    ['the last line is a word that asks', 'That did not help.\nUndo'],
    ['the last line is a word that asks, below thanks', 'Thanks for that.\nHelp'],
    ['thanks lead to a question', 'that worked\nthanks who owns payments'],
    ['somebody else is greeted', 'Hi Lee,\ncan you look at checkout?'],
    ['a greeting stands within a line', 'Hello, who owns checkout?'],
    ['there is nothing else', 'Hello,\n\n'],
    ['all of it is thanks', 'Regards, Ruth'],
    ['the subject says more', 'Re: INC-129\n\nWhat was the cause?'],
  ])('are not looked for where %s: %j', (_why, text) => expect(open(text).text).toBe(text))

  test('are somebody else’s where a person of the catalog who does not write signed', () => {
    expect(open('Hello,\nplease restart checkout in staging.\nLee').isPassedOn).toBe(true)
    expect(open('please restart checkout in staging.\nRegards, Lee Park').isPassedOn).toBe(true)
  })
})

describe('what a letter asks', () => {
  const { commands } = registry
  const understand = createUnderstand(commands)
  const hear = (text: string) => understand(hearing(text), names)
  const without = (text: string) => {
    const { recognised: _, ...heard } = { recognised: [], ...hear(text) }
    return heard
  }

  test.each([
    'who owns checkout?',
    'please show me today’s digest.',
    'please restart checkout in staging.',
    'snooze INC-129 for 2 hours.',
    'should we restart checkout in staging?',
    'Lee restarted checkout in staging.',
    'If it is red, restart checkout in staging.',
    'don’t restart checkout in staging.',
    'Lee said: restart checkout in staging.',
  ])('is what it asks without greeting and signature: %s', (text) => {
    expect(without(`Hi,\n${text}\nRuth`)).toEqual(without(text))
    expect(without(`Dear Nexus,\n\n${text}\n\nKind regards,\nDana`)).toEqual(without(text))
  })

  test.each(['please restart checkout in staging.', 'snooze INC-129 for 2 hours.', 'escalate INC-129.'])(
    'is asked back where somebody else signed it: %s',
    (text) => expect(['choose', 'confirm']).toContain(hear(`Hi,\n${text}\nLee`).outcome),
  )
})
