import type { CommandInfo } from '../../../skills/kit/ports.js'
import { tongueOf, tongues, type Tongue } from '../../../skills/kit/tongues.js'
import { choosePhrase, fillMatch } from '../choose-phrase.js'
import { sureEnough } from '../closed-vocabulary.js'
import type { Filled } from '../fill-slots.js'
import type { NameIndex } from '../name-index.js'
import { compilePhrases, matchPhrase, type Phrase, type PhraseMatch } from '../phrases.js'
import { kindOfId, spokenOf } from '../spoken-of.js'
import { tokensOf, type Token } from '../tokens.js'
import type { Hearing, Understanding } from '../understanding.js'
import { cutTongue } from './cut-tongue.js'
import { tongueWords, type TongueWords } from './tongue-words.js'

/** Words in another language to meaning; undefined where they say nothing that is known in any. */
export type UnderstandTongues = (hearing: Hearing, names: NameIndex) => Understanding | undefined

/** What is said of a question that is in a language and none that is known in it. */
const unknownIn: Record<Tongue, string> = {
  de: 'Diese Frage kenne ich auf Deutsch noch nicht; „Hilfe“ sagt, was ich verstehe.',
  fr: 'Je ne connais pas encore cette question en français ; « aide » dit ce que je comprends.',
  es: 'Todavía no conozco esa pregunta en español; «ayuda» dice lo que entiendo.',
}

/** What is said of a request for a change: which words ask for one is known in English only. */
const changesIn: Record<Tongue, string> = {
  de: 'Was etwas ändert, verstehe ich nur auf Englisch, etwa “restart checkout in staging”; „Hilfe“ sagt, was ich auf Deutsch verstehe.',
  fr: 'Ce qui change quelque chose, je ne le comprends qu’en anglais, par exemple “restart checkout in staging” ; « aide » dit ce que je comprends en français.',
  es: 'Lo que cambia algo solo lo entiendo en inglés, por ejemplo “restart checkout in staging”; «ayuda» dice lo que entiendo en español.',
}

/** Phrases of fewer words have to be said to the letter: "incidents" is no slip of "incidentes". */
const longEnough = 3
/** Most words of a name that nothing has and that is still said to be unknown. */
const longestUnknown = 2

/**
 * Compiles what people say in other languages. It is a closed vocabulary whatever the command does: a text is understood where one phrase and
 * its names explain every word of it, and never where a word turns it into its contrary. What notes something is said to the letter, as no
 * question and no quotation; what changes the world outside is not among these commands at all.
 * @param understood makes an understanding of a command and what fills it
 */
export function createTongues(
  commands: readonly CommandInfo[],
  understood: (command: CommandInfo, filled: Filled, certainty: number) => Understanding,
): UnderstandTongues {
  const byId = new Map(commands.map((command) => [command.id, command]))
  // Word by word, because there are tens of thousands of phrases and a few thousand words.
  const english = new Set(
    [...new Set(commands.flatMap(({ says }) => says.flatMap((phrase) => phrase.split(/\s+/))))].flatMap((said) =>
      tokensOf(said).map(({ word }) => word),
    ),
  )
  const learnt = tongues.map((tongue) => {
    const words = tongueWords[tongue]
    const cut = (text: string) => cutTongue(text, words, true)
    const said = commands.flatMap(({ id, saysIn, args }) =>
      saysIn ? compilePhrases(id, saysIn[tongue], args, cut).filter(({ words: fixed }) => fixed > 0) : [],
    )
    return { tongue, words, said, own: ownWords(said) }
  })
  const isNote = ({ phrase }: PhraseMatch) => byId.get(phrase.command)!.effect !== 'read'

  return (hearing, names) => {
    const own = tongueOf(hearing.locale)
    for (const { tongue, words, said, own: ownOnes } of learnt.toSorted(
      (a, b) => +(b.tongue === own) - +(a.tongue === own),
    )) {
      const tokens = cutTongue(hearing.text, words, false)
      const [first, second] = tokens
      // Every phrase has a word that no English one has, or is written with letters that none has: "löse" is no "lose".
      const changes = tokens.some(({ word }) => words.deeds.has(word) && !names.knows(word))
      if (!first || !(changes || ownLetters.test(hearing.text) || tokens.some(({ word }) => ownOnes.has(word))))
        continue
      if (tokens.some(({ word }) => words.negations.has(word))) {
        if (asks(first, second, words, ownOnes)) return { outcome: 'none', tongue, reason: unknownIn[tongue] }
        if (changes) return { outcome: 'none', tongue, reason: changesIn[tongue] }
        continue
      }
      const match = choosePhrase(
        said
          .flatMap((phrase) => matchPhrase(phrase, tokens))
          .filter((one) => mayMean(one, hearing))
          .filter((one) => !isNote(one) || !tokens.some(({ word }) => words.doubts.has(word))),
        (one) => fillMatch(one, tokens, hearing, names),
        (one, filled) => holds(one, filled),
      )
      if (match) return inTongue(understood(byId.get(match.phrase.command)!, match.filled, match.certainty), tongue)
      if (asks(first, second, words, ownOnes)) return { outcome: 'none', tongue, reason: unknownIn[tongue] }
      if (changes) return { outcome: 'none', tongue, reason: changesIn[tongue] }
    }
    return undefined
  }

  /** A question of the language that no phrase is: what it begins with may be a deed in English, as French "comment". */
  function asks(first: Token, second: Token | undefined, { doubts, negations }: TongueWords, own: ReadonlySet<string>) {
    return doubts.has(first.word) && second !== undefined && (own.has(second.word) || negations.has(second.word))
  }

  /** Words of a language's phrases that no English one has. */
  function ownWords(said: readonly Phrase[]): ReadonlySet<string> {
    const all = said.flatMap(({ pieces }) => pieces.flatMap((piece) => ('word' in piece ? [piece.word] : [])))
    return new Set(all.filter((word) => !english.has(word)))
  }

  function mayMean(match: PhraseMatch, { text, subjects = [] }: Hearing): boolean {
    const { implied, args, words } = match.phrase
    if (implied !== undefined && !spokenOf(args[implied]!, subjects).length) return false
    if (isNote(match)) return match.certainty >= exact && !/[?"“”„«»]/.test(text)
    return words >= longEnough || match.certainty >= exact
  }

  function holds(match: PhraseMatch, { unknown, wrong, loose, certainty }: Filled): boolean {
    if (wrong) return false
    if (unknown)
      return (
        match.slots[unknown.argument]!.length <= longestUnknown &&
        (match.phrase.words > 1 || kindOfId(unknown.words) !== undefined)
      )
    return isNote(match) ? !loose && certainty >= sureEnough : certainty >= sureEnough || match.phrase.words > 1
  }
}

/** Letters that English words are not written with. */
const ownLetters = /[äöüßàâçèéêëîïôùûñáíóú¿¡]/iu

/** Without a slip; what is implied counts a little less than what was said. */
const exact = 0.98

/** What was understood, said to be in a language. */
export const inTongue = (understanding: Understanding, tongue: Tongue): Understanding =>
  understanding.outcome === 'suggest' || understanding.outcome === 'none' ? understanding : { ...understanding, tongue }
