import { describe, expect, test } from '@jest/globals'
import { partGlued, type GluedBeside } from './glued-words.js'
import { createNameIndex } from './name-index.js'
import { hearing, named, registryOfSkills } from './testing/hearing.js'
import { tokensOf } from './tokens.js'
import { createUnderstand } from './understand.js'

const names = createNameIndex([
  named('Service', 'checkout-web', 'checkout-web', 'checkout'),
  named('Service', 'payments-api', 'payments-api', 'payments'),
  named('Service', 'land-registry', 'land-registry', 'land'),
  named('Environment', 'staging', 'staging', 'stg'),
  named('Environment', 'production', 'production', 'prod'),
  named('Team', 'identity', 'Identity'),
  named('Incident', 'inc-129', 'INC-129'),
  named('Resource', 'st123', 'st123'),
  named('Person', 'dana@contoso.example', 'Dana Ortiz', 'dana'),
])
const registry = await registryOfSkills()
const known = new Set(
  'depends owns deployments sprint help gaps deployed changes owner over hand out load work back changed ring'.split(
    ' ',
  ),
)
const beside: GluedBeside = {
  names,
  verbs: new Set(['resolve', 'ack', 'restart']),
  isOfPhrases: () => false,
  vocabulary: () => ({ has: (word) => known.has(word), meant: (word) => (word === 'depnds' ? 'depends' : word) }),
}
const parted = (text: string) =>
  tokensOf(text)
    .flatMap((token) => partGlued(token, beside))
    .map(({ word }) => word)
    .join(' ')

describe('a word that is two run together', () => {
  test.each([
    ['whatdepends', 'what depends'],
    ['Lastdeployments', 'last deployments'],
    ['anythingfor', 'anything for'],
    ['sprintidentity', 'sprint identity'],
    ['whoowns', 'who owns'],
    ['whatis', 'what is'],
    ['gapsin', 'gaps in'],
    ['doagain', 'do again'],
    ['instaging', 'in staging'],
    ['oncheckout', 'on checkout'],
    ['resolve129', 'resolve 129'],
    ['deployedto', 'deployed to'],
    ['helpplease', 'help'],
  ])('“%s” is “%s”', (word, words) => expect(parted(word)).toBe(words))

  test.each([
    ['a word of English', 'however'],
    ['a word of English that begins with a preposition', 'island'],
    ['a word of English of two that are known', 'workload'],
    ['a word of English of two that are known', 'handout'],
    ['a name', 'st123'],
    ['a number of no record', 'resolve130'],
    ['a word and a number', 'phase129'],
    ['half a word', 'whatsoever'],
    ['three words', 'whoisoncall'],
    ['short', 'isit'],
    ['a word that is known', 'depends'],
    ['a slip of one', 'depnds'],
    ['of signs', 'in-staging'],
    ['a name with a slip', 'checkoutweb'],
    ['a preposition before a word that is no name', 'inchanges'],
  ])('is none where it is %s: “%s”', (_what, word) => expect(parted(word)).toBe(word))

  test('leaves each word where it stands', () => {
    const text = 'any gapsin the rota instaging'
    for (const { word, start, end } of tokensOf(text).flatMap((token) => partGlued(token, beside)))
      expect(text.slice(start, end)).toBe(word)
  })
})

describe('what was asked in words run together', () => {
  const understand = createUnderstand(registry.commands)
  const hear = (text: string) => understand(hearing(text), names)

  test.each([
    ['Whatdepends on checkout', 'catalog.depends'],
    ['Whoowns st123', 'catalog.owner'],
    ['whatis st123', 'catalog.show'],
    ['Lastdeployments of checkout', 'deployment.list'],
    ['Any gapsin the Identity rota', 'on-call.gaps'],
    ['Helpplease', 'help.show'],
  ])('is answered where it reads: %s', (text, command) =>
    expect(hear(text)).toMatchObject({ outcome: 'intent', intent: { command } }),
  )

  test.each([
    ['Resolve129', 'incident.resolve'],
    ['ack129', 'incident.acknowledge'],
    ['restart checkout instaging', 'action.web-app.restart'],
    ['please restart checkout instaging', 'action.web-app.restart'],
  ])('is asked back where it changes something: %s', (text, command) => {
    const heard = hear(text)
    expect(['choose', 'confirm']).toContain(heard.outcome)
    expect(heard).toMatchObject({ intent: { command } })
  })

  test.each([
    'don’t restart checkout instaging',
    'dontrestart checkout in staging',
    'neverrestart checkout in staging',
    'should we restart checkout instaging?',
    'we restarted checkout instaging',
    'if it is red, resolve129',
  ])('is not asked back where it asks for nothing: %s', (text) =>
    expect(['intent', 'choose', 'confirm', 'incomplete']).not.toContain(hear(text).outcome),
  )
})
