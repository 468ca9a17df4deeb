import { expect, test } from '@jest/globals'
import onCall from '../../skills/on-call/index.js'
import search from '../../skills/search/index.js'
import { languageOf } from './answer-language.js'
import type { Caller } from './caller.js'
import { entity, smallHub } from './testing/small-hub.js'

const small = smallHub({ skills: [onCall, search], records: [entity('Service', 'auth-api')] })
const caller = (place: Caller['place']['kind'], locale: string, alone?: true): Caller => {
  const one = small.caller('developer', place)
  return { ...one, person: { ...one.person, locale }, ...(alone && { alone }) }
}
const say = async (text: string, who: Caller) => {
  const outcome = await small.hub.hear(text, who)
  return [outcome.command, languageOf(outcome, who, small.registry.commands).words.language]
}

test.each<[text: string, place: Caller['place']['kind'], locale: string, alone: true | undefined, language: string]>([
  ['wer hat bereitschaft für auth-api', 'personal', 'en-GB', undefined, 'de'],
  ['wer hat bereitschaft für auth-api', 'channel', 'fr-FR', undefined, 'de'],
  ['qui est d’astreinte pour auth-api', 'channel', 'fr-CA', undefined, 'fr-CA'],
  ["who's on call for auth-api", 'personal', 'de-AT', undefined, 'de-AT'],
  ["who's on call for auth-api", 'channel', 'de-AT', undefined, 'en'],
  ["who's on call for auth-api", 'channel', 'de-AT', true, 'de-AT'],
  ["who's on call for auth-api", 'terminal', 'pt-PT', undefined, 'en'],
  ["who's on call for auth-api", 'personal', 'english please', undefined, 'en'],
  ['/on-call auth-api', 'personal', 'es-ES', undefined, 'es-ES'],
])('“%s” in a %s, of a person of %s (alone: %s), is answered in %s', async (text, place, locale, alone, language) => {
  expect(await say(text, caller(place, locale, alone))).toEqual(['on-call.show', language])
})

test('a command that is said in English only is answered in English, whole', async () => {
  expect(await say('search auth', caller('personal', 'de-DE'))).toEqual(['search.find', 'en'])
})

test.each([
  ['wer hat bereitschaft für quito', 'Kein Dienst und kein Team im Katalog heißt „quito“. Prüfe den Namen;'],
  ['wer hat bereitschaft für nichts', 'Diese Frage kenne ich auf Deutsch noch nicht; „Hilfe“ sagt, was ich verstehe.'],
  ['🙈', 'Darin steht kein Wort. Sag „Hilfe“, um zu sehen, was ich kann.'],
  [
    '/on-call',
    'Für die Antwort brauche ich: wessen Bereitschaft. Zum Beispiel: wer hat Bereitschaft für ‹Dienst oder Team›',
  ],
])('what is asked back and refused is said in the language as well: “%s”', async (text, wanted) => {
  const who = caller('personal', 'de-DE')
  const outcome = await small.hub.hear(text, who)
  const { text: say } = languageOf(outcome, who, small.registry.commands)
  expect(say(outcome.reply.text)).toMatch(new RegExp(`^${wanted}`))
})
