import { asWritten, translatorOf, type Translator } from '../../cards/tongues/translate.js'
import type { CommandInfo } from '../../skills/kit/ports.js'
import { readablePhrase } from '../../skills/kit/readable-phrase.js'
import { tongueOf, type Tongue } from '../../skills/kit/tongues.js'
import type { Caller } from './caller.js'
import type { Outcome } from './outcome.js'

type Said = Pick<CommandInfo, 'id' | 'saysIn' | 'example' | 'args'>

/**
 * In which language an answer is written: that in which it was asked; else, where nobody but its asker reads it, that of their Teams. Among
 * several people what was asked in English is answered in English. Only commands that are said in other languages are answered in them: of all
 * others the half would stay English. What was no command at all is Nexus's own words.
 */
export function languageOf(
  { command, tongue }: Pick<Outcome, 'command' | 'tongue'>,
  { person, place, alone }: Pick<Caller, 'person' | 'place' | 'alone'>,
  commands: readonly Said[],
): Translator {
  if (command !== undefined && !commands.find(({ id }) => id === command)?.saysIn) return asWritten
  const own = place.kind === 'personal' || place.kind === 'terminal' || alone ? tongueOf(person.locale) : undefined
  const chosen = tongue ?? own
  if (!chosen) return asWritten
  return translatorOf(chosen, tongueOf(person.locale) === chosen ? person.locale : chosen, examplesIn(chosen, commands))
}

/** What people say to each command first, by what they say to it in English. */
const examplesIn = (tongue: Tongue, commands: readonly Said[]): ReadonlyMap<string, string> =>
  new Map(
    commands.flatMap(({ example, args, saysIn }) =>
      saysIn ? [[readablePhrase(example, args), readablePhrase(saysIn[tongue][0]!, args)] as const] : [],
    ),
  )
