import { describe, expect, test } from '@jest/globals'
import { createNameIndex } from './name-index.js'
import { hearing, named, registryOfSkills } from './testing/hearing.js'
import { tokensOf } from './tokens.js'
import { createUnderstand } from './understand.js'

const registry = await registryOfSkills()
const cut = (text: string) =>
  tokensOf(text)
    .map(({ word }) => word)
    .join(' ')

test.each([
  ['whats up', 'what is up'],
  ['wats up', 'what is up'],
  ['wat can u do', 'what can you do'],
  ['whos oncall rn', 'who is on call'],
  ['is it ok atm', 'is it'],
  ['y cant i restart it', 'y can not i restart it'],
  ['tell me abt ur commands', 'about your commands'],
  ['can u tell me whens my shift', 'when is my shift'],
  ['wheres it', 'where is it'],
  ['lemme see it', 'let me see it'],
  ['-1 on PR-12', '-1 on pr-12'],
  ['PR-12: −1', 'pr-12 -1'],
  ['+1 on PR-12', '+1 on pr-12'],
])('“%s” is read as “%s”', (text, words) => expect(cut(text)).toBe(words))

test.each([
  ['what runs in u1', 'what runs in u1'],
  ['r2 is down', 'r2 is down'],
  ['- 1 on it', '1 on it'],
  ['rn data-lake', 'rn data-lake'],
  ['scale to -12', 'scale to 12'],
])('“%s” stays “%s”', (text, words) => expect(cut(text)).toBe(words))

test('a word that is read as two stands where it stood', () =>
  expect(tokensOf('so whats up')).toEqual([
    { word: 'what', start: 3, end: 8 },
    { word: 'is', start: 3, end: 8 },
    { word: 'up', start: 9, end: 11 },
  ]))

describe('what is asked in words of a chat', () => {
  const names = createNameIndex([
    named('Service', 'checkout-web', 'checkout-web', 'checkout'),
    named('Service', 'auth-api', 'auth-api', 'auth'),
    named('Environment', 'staging', 'staging', 'stg'),
    named('Proposal', 'pr-12', 'PR-12', '12'),
  ])
  const understand = createUnderstand(registry.commands)
  const hear = (text: string) => understand(hearing(text), names)

  test.each([
    ['wats the status of checkout', 'health.show'],
    ['wot depends on auth', 'catalog.depends'],
    ['is auth ok atm', 'health.show'],
    ['tell me abt checkout', 'catalog.show'],
    ['gimme the owner of auth', 'catalog.owner'],
    ['could u tell me who owns auth', 'catalog.owner'],
    ['-1 on PR-12', 'approval.reject'],
    ['+1 on PR-12', 'approval.approve'],
  ])('is understood: %s', (text, command) =>
    expect(hear(text)).toMatchObject({ outcome: 'intent', intent: { command } }),
  )

  test('is a question where it says that something can not be done', () =>
    expect(hear('y cant i restart checkout in staging').outcome).not.toBe('intent'))

  test.each(['dont restart checkout in staging', 'u cant restart checkout in staging'])(
    'proposes nothing where it asks for nothing: %s',
    (text) => expect(hear(text).outcome).toBe('suggest'),
  )
})
