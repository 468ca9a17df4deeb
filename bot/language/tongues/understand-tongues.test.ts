import { fileURLToPath } from 'node:url'
import { expect, test } from '@jest/globals'
import { tongues, type Tongue } from '../../../skills/kit/tongues.js'
import { discoverSkills } from '../../discover-skills.js'
import { createRegistry } from '../../hub/registry.js'
import { Names } from '../name-index.js'
import { createUnderstand } from '../understand.js'
import { createTongues } from './understand-tongues.js'
import type { Hearing, NamedEntity, Understanding } from '../understanding.js'

const skills = await discoverSkills(fileURLToPath(new URL('../../../skills', import.meta.url)))
const { commands } = createRegistry(skills)
const understand = createUnderstand(commands)
const named = (kind: string, id: string, name = id): NamedEntity => ({ kind, id, name, aliases: [] })
const names = new Names([
  named('Service', 'auth-api'),
  named('Service', 'payments-api'),
  named('Team', 'payments', 'Payments'),
  named('Repository', 'github/contoso/orders-api', 'orders-api'),
  named('Person', 'lee@contoso.example', 'Lee Park'),
  named('Incident', 'inc-12', 'INC-12'),
])
const examples: Record<string, string> = {
  target: 'auth-api',
  entity: 'auth-api',
  scope: 'Payments',
  incident: 'INC-12',
  repository: 'orders-api',
  person: 'Lee Park',
  team: 'Payments',
}
const hearing = (text: string, subjects: Hearing['subjects'] = [], locale = 'en-GB'): Hearing => ({
  ...{ text, tenant: 'contoso', now: '2026-11-21T10:00:00.000Z', zone: 'Europe/Berlin', locale },
  ...{ mentions: [], speaker: { kind: 'Person', id: 'dana@contoso.example' }, subjects },
})
const hear = (text: string, subjects: Hearing['subjects'] = [], locale = 'en-GB'): Understanding =>
  understand(hearing(text, subjects, locale), names)
/** Only whether it is said in another language, and as which command; far quicker than all of understanding. */
const inTongues = createTongues(commands, ({ id }) => ({
  ...{ outcome: 'intent', via: 'phrase', certainty: 1, recognised: [] },
  intent: { command: id, args: {} },
}))
const foreign = (text: string, locale?: string) => inTongues(hearing(text, [], locale), names)
const commandIn = (understanding: Understanding) =>
  'intent' in understanding
    ? understanding.intent.command
    : 'command' in understanding
      ? understanding.command
      : undefined
/** What was heard does something: it is no question, no list of what might be meant. */
const acts = (understanding: Understanding): string | undefined => {
  const command = commandIn(understanding)
  return understanding.outcome !== 'suggest' &&
    command !== undefined &&
    commands.find(({ id }) => id === command)!.effect !== 'read'
    ? command
    : undefined
}
const filled = (phrase: string) => phrase.replace(/\{(\w+)\}/g, (_, name: string) => examples[name]!)

const spoken = commands.filter(({ saysIn }) => saysIn)
const said = spoken.flatMap(({ id, saysIn, effect }) =>
  tongues.flatMap((tongue) => saysIn![tongue].map((phrase) => ({ id, tongue, effect, text: filled(phrase) }))),
)

test('twelve commands are said in three languages, each in eight ways or more, and none of them changes the world', () => {
  expect(spoken.map(({ id }) => id).sort()).toEqual([
    ...['approval.list', 'catalog.depends', 'catalog.owner', 'catalog.show', 'health.show', 'help.show'],
    ...['incident.acknowledge', 'incident.list', 'incident.resolve', 'me.show', 'on-call.show', 'pull.list'],
  ])
  expect(spoken.filter(({ effect }) => effect === 'change')).toEqual([])
  for (const { saysIn } of spoken)
    for (const tongue of tongues) expect(saysIn![tongue].length).toBeGreaterThanOrEqual(8)
})

test.each(tongues)('what is declared in %s is understood as what it is declared for, with its name', (tongue) => {
  const wrong = said
    .filter((one) => one.tongue === tongue)
    .flatMap(({ id, text }) => {
      const understanding = hear(text, [], tongue)
      const own = commandIn(understanding) === id && 'tongue' in understanding && understanding.tongue === tongue
      return own && understanding.outcome === 'intent' ? [] : [[text, understanding.outcome, commandIn(understanding)]]
    })
  expect(wrong).toEqual([])
})

const none: Understanding = { outcome: 'none', reason: '' }
const ways: [what: string, write: (text: string) => string][] = [
  ['in capitals', (text) => text.toUpperCase()],
  ['as a question', (text) => `${text} ?`],
  ['without accents', (text) => text.normalize('NFD').replace(/\p{M}/gu, '').replace(/ß/g, 'ss')],
]
test.each(ways)('it is the same %s, for what only reads', (_, write) => {
  const wrong = said
    .filter(({ effect }) => effect === 'read')
    .flatMap(({ id, tongue, text }) => (commandIn(foreign(write(text), tongue) ?? none) === id ? [] : [write(text)]))
  expect(wrong).toEqual([])
})

test.each<[text: string, command: string, tongue: Tongue]>([
  ['Hallo, wer hat bitte Bereitschaft fuer die Auth API?', 'on-call.show', 'de'],
  ['kannst du mir sagen, wem auth-api gehört', 'catalog.owner', 'de'],
  ['Bonjour, qui est d’astreinte pour auth-api s’il te plaît ?', 'on-call.show', 'fr'],
  ['montre moi auth-api merci', 'catalog.show', 'fr'],
  ['¿Quién está de guardia para auth-api, por favor?', 'on-call.show', 'es'],
  ['hola, que depende de payments-api', 'catalog.depends', 'es'],
  ['Störungen bei Payments', 'incident.list', 'de'],
])('%s', (text, command, tongue) => {
  const understanding = hear(text)
  expect([commandIn(understanding), 'tongue' in understanding && understanding.tongue]).toEqual([command, tongue])
})

test('a slip in a long phrase is passed over, and a name that nothing has is said to be unknown', () => {
  expect(commandIn(hear('wer hat bereitschafft für auth-api'))).toBe('on-call.show')
  expect(hear('wem gehört zebra-api')).toMatchObject({
    outcome: 'unknown-name',
    command: 'catalog.owner',
    tongue: 'de',
  })
})

test('a record that there is none of is said to be unknown, behind a verb alone too; other words there are none', () => {
  expect(hear('zeig INC-999')).toMatchObject({ outcome: 'unknown-name', tongue: 'de', name: 'INC-999' })
  expect(hear('montre INC-999')).toMatchObject({ outcome: 'unknown-name', tongue: 'fr', name: 'INC-999' })
  expect(hear('zeig zebra').outcome).not.toBe('unknown-name')
})

test.each<[Tongue, string]>([
  ['de', 'auth-api neu starten in staging'],
  ['de', 'bitte starte auth-api neu'],
  ['de', 'auth-api nicht neu starten'],
  ['fr', 'redémarre auth-api s’il te plaît'],
  ['es', 'reinicia auth-api'],
])('in %s what changes something is said to be understood in English only: %s', (tongue, text) => {
  const changing = /nur auf Englisch|qu’en anglais|solo lo entiendo en inglés/
  expect(hear(text)).toEqual({ outcome: 'none', tongue, reason: expect.stringMatching(changing) })
})

test('what is called as a verb of changes is asked for all the same', () => {
  const called = new Names([named('Service', 'relance')])
  expect(understand(hearing('wem gehört relance'), called)).toMatchObject({ intent: { command: 'catalog.owner' } })
})

test('in an incident’s thread the verb alone is enough, elsewhere it is not', () => {
  const thread = [{ kind: 'Incident', id: 'inc-12' }]
  for (const verb of ['bestätigen', 'acquitter', 'confirmar'])
    expect([commandIn(hear(verb, thread)), acts(hear(verb))]).toEqual(['incident.acknowledge', undefined])
})

const negations: Record<Tongue, string[]> = {
  de: ['nicht', 'nie', 'keinesfalls nicht', 'niemals', 'auf keinen fall'],
  fr: ['ne pas', 'pas', 'jamais', 'ne … plus', "n'est pas"],
  es: ['no', 'nunca', 'jamás', 'sin', 'tampoco'],
}
test.each(tongues)('with a negation anywhere, nothing that is said in %s does anything', (tongue) => {
  let turn = 0
  const done = said
    .filter((one) => one.tongue === tongue)
    .flatMap(({ text, effect }) => {
      const words = text.split(' ')
      // What notes something is tried at each place, what reads at one.
      const places = effect === 'read' ? [1] : [...words.keys(), words.length]
      return places.map((at) => {
        const negation = negations[tongue][turn++ % negations[tongue].length]!
        return [...words.slice(0, at), negation, ...words.slice(at)].join(' ')
      })
    })
    .filter((text) => acts(hear(text)) !== undefined)
  expect(turn).toBeGreaterThan(120)
  expect(done).toEqual([])
})

test.each([
  'wenn INC-12 schlimmer wird, bestätige INC-12',
  'Lee hat INC-12 bestätigt',
  'INC-12 wurde bestätigt',
  'bestätige INC-12?',
  'soll ich INC-12 schließen',
  'wie schließe ich INC-12',
  '„bestätige INC-12“ hat er geschrieben',
  'INC-12 ist noch lange nicht gelöst',
  'bestätige INC-12 und löse INC-13',
  'si INC-12 est résolu, dis-le moi',
  'Lee a acquitté INC-12',
  'faut-il clôturer INC-12',
  'comment résoudre INC-12',
  'INC-12 était résolu',
  '« ferme INC-12 »',
  'INC-12 n’est pas résolu',
  'cuando INC-12 esté resuelto',
  'Lee ha cerrado INC-12',
  '¿cierra INC-12?',
  'cómo resolver INC-12',
  'hay que cerrar INC-12',
  'INC-12 no está resuelto',
  'restart nicht auth-api',
  'auth-api nicht neu starten',
  'starte auth-api neu',
  'ne redémarre pas auth-api',
  'redémarre auth-api',
  'no reinicies auth-api',
  'reinicia auth-api',
])('“%s” does nothing', (text) => {
  expect(acts(hear(text))).toBeUndefined()
})

test('what is said in English stays English', () => {
  const texts = [
    "who's on call for auth-api",
    'incidents',
    'incidents of payments',
    'ack INC-12',
    'help',
    'approvals',
    'show auth-api',
  ]
  for (const text of texts) expect(foreign(text)).toBeUndefined()
  const strayed = commands.flatMap(({ says }) => says.map(filled).filter((text) => foreign(text) !== undefined))
  expect(strayed).toEqual([])
})
