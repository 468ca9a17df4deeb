import { expect, test } from '@jest/globals'
import { createNameIndex } from './name-index.js'
import { isFormOf } from './one-slip.js'
import { compilePhrases, matchPhrase } from './phrases.js'
import { hearing, registryOfSkills } from './testing/hearing.js'
import { tokensOf } from './tokens.js'
import { createUnderstand } from './understand.js'

test.each([
  ['incident', 'incidents'],
  ['incidents', 'incident'],
  ['schedule', 'scheduled'],
  ['organise', 'organize'],
  ['rerun', 're-run'],
  ['center', 'centre'],
])('%s and %s are forms of one word', (one, other) => expect(isFormOf(one, other)).toBe(true))

test.each([
  ['find', 'wind'],
  ['stage', 'state'],
  ['list', 'last'],
  ['owned', 'owner'],
  ['unlock', 'unblock'],
])('%s and %s are two words', (one, other) => expect(isFormOf(one, other)).toBe(false))

test('a word is no other with a slip in it', () => {
  const [phrase] = compilePhrases('catalog.find', ['find down sites'], {})
  const matches = (text: string) => matchPhrase(phrase!, tokensOf(text), (said) => said === 'wind').length
  expect(matches('find down sites')).toBe(1)
  expect(matches('fnd down sites')).toBe(1)
  expect(matches('wind down sites')).toBe(0)
})

const { commands } = await registryOfSkills()
const understand = createUnderstand(commands)
const names = createNameIndex([
  { kind: 'Environment', id: 'staging', name: 'staging', aliases: ['stg'] },
  { kind: 'Service', id: 'auth-api', name: 'auth-api', aliases: ['auth'] },
])

test.each([
  ['wind down staging', 'environment.delete'],
  ['last deployments of auth', 'deployment.list'],
])('“%s” is what its words say', (text, command) =>
  expect(understand(hearing(text), names)).toMatchObject({ outcome: 'intent', intent: { command } }),
)
