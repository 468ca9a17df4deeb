import type { Filled } from './fill-slots.js'
import type { Phrase, PhraseMatch } from './phrases.js'
import { turnsRequest } from './tale.js'
import type { Token } from './tokens.js'

/**
 * What changes the world is proposed from words only where nothing in them is left over: the utterance opens with the command's own verb
 * or is a plain statement,
 * every word of it is the phrase's or a slot's, and every name is explained word for word. A list of words that forbid would never be
 * complete; measured on utterances that only talk about a change ("restarting it didn't help"), this one proposes none of them.
 */

/** Most words of a name that nothing has and that is still said to be unknown; longer ones are talk, and no name. */
const longestUnknown = 2

/** Names less sure than this are offered, and not acted on: two slips in eight letters. */
export const sureEnough = 0.75

/** Words behind which a new name stands. */
export const naming: ReadonlySet<string> = new Set(['called', 'named'])
/** Words behind which a value stands. */
const leadingToValue = new Set(['to', 'is', 'as', 'of', 'version', 'from'])
/** A name that is nobody's yet, a version or an address: one word with a sign within it. */
export const isId = (word: string): boolean => /^[\p{L}\p{N}][\p{L}\p{N}._/:+-]*$/u.test(word) && /[._/:-]/.test(word)

/** Whether what stands in the place of free words is one word, and led to or looking like an id: "generate python app failed" names nothing. */
function isOneName({ phrase: { pieces } }: PhraseMatch, slot: string, said: readonly Token[]): boolean {
  if (said.at(-1)!.start !== said[0]!.start) return false
  const before = pieces[pieces.findIndex((piece) => 'slot' in piece && piece.slot === slot) - 1]
  const leads = before && 'word' in before && (naming.has(before.word) || leadingToValue.has(before.word))
  return leads === true || isId(said[0]!.word)
}

/** Whether a phrase of a changing command, its slots filled, says that and nothing else. */
export function isUnmistakable(match: PhraseMatch, filled: Filled): boolean {
  const { phrase, slots, first } = match
  const verb = phrase.pieces[0]
  const opens = verb && 'word' in verb && isVerb(verb.word, first)
  if (!opens && !isStatement(phrase)) return false
  // Free words have no end of their own: "called billing-api failed" is a tale. One word, as it was typed, is a name, a version or an address.
  if (Object.entries(slots).some(([name, said]) => phrase.args[name]?.type === 'text' && !isOneName(match, name, said)))
    return false
  if (filled.unknown) return slots[filled.unknown.argument]!.length <= longestUnknown
  // A number out of bounds is a request that is refused with its reason; words in a number's place are none.
  if (filled.wrong) return typeof filled.args[filled.wrong.argument] === 'number'
  return !filled.loose && filled.certainty >= sureEnough
}

/**
 * What says of a thing what is so, "checkout's runbook is https://…": the property is one of a closed set, and nothing but its value stands
 * after "is". It asks for no deed that talk of it could be taken for; what it proposes is that the same be written down.
 */
function isStatement({ pieces, args }: Phrase): boolean {
  const [is, value] = pieces.slice(-2)
  return (
    is !== undefined &&
    value !== undefined &&
    'word' in is &&
    is.word === 'is' &&
    'slot' in value &&
    pieces.some((piece) => 'slot' in piece && args[piece.slot]?.type === 'choice')
  )
}

/** Words with which people tell what is or was so, and ask for nothing. */
const reporting = new Set(
  'is are was were has been does should can may will had did not fixed resolved solved closed approved rejected declined denied came happens started takes leads handles owns got needs duplicates belongs goes back acked acknowledged taken'.split(
    ' ',
  ),
)
/** With whom a record is, says who speaks: "INC-131 is mine". */
const own = new Set(['mine', 'me', 'my', 'i'])

/**
 * How far a phrase that fits asks for a note: `asked` where it opens with a verb, or says what the speaker does; `told` where it says what is or was so,
 * "INC-131 is fixed", which may be a tale; not at all where its first word is another form of the verb.
 */
export function asksForNote({ phrase: { pieces }, first }: PhraseMatch): 'asked' | 'told' | undefined {
  const [opening] = pieces
  const words = pieces.flatMap((piece) => ('word' in piece ? piece.word : []))
  const opens = opening !== undefined && 'word' in opening
  if (opens && !isVerb(opening.word, first)) return undefined
  const speaks = words.some((word) => own.has(word)) && !words.some((word) => past.has(word))
  if (opens && !subjects.has(opening.word) && !reporting.has(opening.word)) return 'asked'
  return speaks || !words.some((word) => reporting.has(word)) ? 'asked' : 'told'
}

/** Free words of which there may be as many characters are prose, and written down as they were said; shorter ones are a name or a value. */
const prose = 200
/** Most words of a name or a value that is none: longer ones are talk. */
const longestValue = { name: 4, wrong: 2, days: 4 }

/**
 * Whether what fills the places of a note's phrase is what they are for: what is no time or length and is more than a word or two was said of something
 * else, "snooze INC-131 unless Lee objects", and so were words in the place of a name.
 */
export function isOfPlaces({ phrase: { args }, slots }: PhraseMatch, { wrong, args: values }: Filled): boolean {
  const isShort = (said: readonly Token[], most: number) =>
    said.length <= most && !said.some(({ word }) => turnsRequest(word) || word === '&')
  if (wrong && typeof values[wrong.argument] !== 'number') {
    const said = slots[wrong.argument] ?? []
    // "Every other day" is said to be no set of weekdays.
    const areDays = args[wrong.argument]!.type === 'weekdays' && said.length <= longestValue.days
    if (!isShort(said, longestValue.wrong) && !(areDays && said[0]!.word === 'every')) return false
  }
  return Object.entries(slots).every(([name, said]) => {
    const arg = args[name]
    const type = arg?.type
    if (arg?.type === 'text') return arg.max >= prose || isShort(said, longestValue.name)
    if (wrong?.argument === name) return true
    if (type === 'zone' || type === 'weekdays' || type === 'time-of-day' || type === 'choice')
      return !said.some(({ word }) => word !== 'and' && turnsRequest(word))
    return type === 'entity' || type === 'filter' || !said.some(({ word }) => word === 'then' || word === 'but')
  })
}

const subjects = new Set(['i', 'we', "i've", "i'll", 'this', 'you', 'all', 'done'])
const past = new Set(['fixed', 'resolved', 'solved', 'closed', 'acked', 'acknowledged', 'taken'])

/**
 * The verb itself, or a slip in it: of three or four letters only two that were swapped. Never another form of it, by which people tell what was done: restarts,
 * restarted, scaled.
 */
export function isVerb(verb: string, said: string): boolean {
  if (said === verb) return true
  if (said.startsWith(verb.replace(/e$/, '')) || /(s|ed|ing)$/.test(said)) return false
  return verb.length >= 5 || (said.length === verb.length && said[0] === verb[0] && lettersOf(said) === lettersOf(verb))
}

const lettersOf = (word: string): string => [...word].sort().join('')
