import type { Filled } from './fill-slots.js'
import type { Phrase, PhraseMatch } from './phrases.js'
import type { Token } from './tokens.js'

/**
 * What changes the world is proposed from words only where nothing in them is left over: the utterance opens with the command's own verb
 * or is a plain statement,
 * every word of it is the phrase's or a slot's, and every name is explained word for word. A list of words that forbid would never be
 * complete; measured on utterances that only talk about a change ("restarting it didn't help"), this one proposes none of them.
 */

/** Openings by which people ask Nexus, and not each other, to do something. */
const requests = [
  'can you',
  'could you',
  'would you',
  'will you',
  'i want you to',
  'i need you to',
  'i would like you to',
  'nexus',
].map((words) => words.split(' '))

/** Endings that say how soon, and nothing about what. */
const hurry = ['right now', 'right away', 'for me', 'now', 'asap', 'immediately', 'again'].map((words) =>
  words.split(' '),
)

/** An utterance as commands that change something look at it: courtesies around it are gone. */
export interface Request {
  tokens: readonly Token[]
  /** It is put as a question, or quotes somebody. Such words never propose a change. */
  doubtful: boolean
}

export function requestOf(tokens: readonly Token[], text: string): Request {
  const opening = requests.find((words) => words.every((word, at) => tokens[at]?.word === word))
  const begun = opening ? tokens.slice(opening.length) : tokens
  const ending = hurry.find((words) => words.every((word, at) => begun.at(at - words.length)?.word === word))
  const asked = text.includes('?') && (!opening || opening[0] === 'nexus')
  return {
    tokens: ending ? begun.slice(0, begun.length - ending.length) : begun,
    doubtful: asked || /["“”„«»]|(^|\s)['‘]\S/.test(text),
  }
}

/** Most words of a name that nothing has and that is still said to be unknown; longer ones are talk, and no name. */
const longestUnknown = 2

/** Names less sure than this are offered, and not acted on: two slips in eight letters. */
const sureEnough = 0.75

/** Whether a phrase of a changing command, its slots filled, says that and nothing else. */
export function isUnmistakable({ phrase, slots, first }: PhraseMatch, filled: Filled): boolean {
  const verb = phrase.pieces[0]
  const opens = verb && 'word' in verb && isVerb(verb.word, first)
  if (!opens && !isStatement(phrase)) return false
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

/** The verb itself, or a slip in it; never another form of it, by which people tell what was done: restarts, restarted, scaled. */
const isVerb = (verb: string, said: string): boolean =>
  said === verb || (verb.length >= 5 && !said.startsWith(verb.replace(/e$/, '')) && !/(s|ed|ing)$/.test(said))
