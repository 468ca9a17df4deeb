import { compoundWords } from './compound-words.js'
import { glue } from './glue-words.js'
import type { NameIndex } from './name-index.js'
import { isOneSlip } from './one-slip.js'
import { allKinds } from './spot-names.js'
import { isPassedOver, type Token } from './tokens.js'

// Thumbs leave out spaces: "whoowns checkout", "any gapsin the rota", "resolve129". A word that is none is read as two, where only one parting of it is
// likely. English has many words that are made of two, so the parts have to be what people run together: words that open a question, or lead to
// what it is about, or a name.

/** What is known of words. */
export interface GluedBeside {
  names: NameIndex
  /** Verbs by which changes and notes are asked for. */
  verbs: ReadonlySet<string>
  /** Whether a word is one of the phrases, which costs less to tell than of all words. */
  isOfPhrases(word: string): boolean
  /** All words of the commands' examples. */
  vocabulary(): { has(word: string): boolean; meant(word: string): string }
}

const wordsIn = (line: string): ReadonlySet<string> => new Set(line.split(' '))

/** Words that begin a question, what is asked for, or its contrary. */
const opening = wordsIn(
  'what who whos whose whats where when which why how is are was does did any anything anyone last next the my our can could please all this that these dont not never if',
)
/** Words that lead to a name; before other words they make words of their own: "in" and "come". */
const leading = wordsIn('in on of for with at to by from since about')
/** Words that follow others without a space. */
const following = wordsIn(
  'in on of for to from at with is are was me my please pls thx thanks again now today the this that',
)

/** Shortest word that is looked at, and shortest parts that are no word of the above. */
const shortest = { whole: 6, name: 3, word: 4, besideName: 5 }

/** A word in two. */
type Parts = readonly [string, string]

/** The words of a token: two where it was two run together, itself otherwise. Where each begins and ends stays true. */
export function partGlued(token: Token, known: GluedBeside): Token[] {
  const { word, start, end } = token
  if (end - start !== word.length) return [token]
  const parts = numbered(word, known) ?? partsOf(word, known)
  if (!parts) return [token]
  const at = start + parts[0].length
  return [
    { word: parts[0], start, end: at },
    { word: parts[1], start: at, end },
  ].filter(({ word }) => !isPassedOver(word))
}

/** "resolve129": a verb of requests and the number of a record. */
function numbered(word: string, { names, verbs }: GluedBeside): Parts | undefined {
  const [, verb = '', number = ''] = /^([a-z]{3,})(\d{2,})$/.exec(word) ?? []
  return verbs.has(verb) && names.knows(number) && !names.knows(word) ? [verb, number] : undefined
}

function partsOf(word: string, known: GluedBeside): Parts | undefined {
  if (word.length < shortest.whole || !/^[a-z]+$/.test(word)) return undefined
  if (glue.has(word) || compoundWords.has(word) || known.isOfPhrases(word) || known.names.knows(word)) return undefined
  const partings = Array.from({ length: word.length - 3 }, (_, at): Parts => [
    word.slice(0, at + 2),
    word.slice(at + 2),
  ])
  // "Whatis" may be nothing else, though "whats" is near.
  const plain = partings.find(([first, second]) => opening.has(first) && following.has(second))
  if (plain) return plain
  const likely = partings.filter((parts) => mayBeGlued(parts, known))
  if (!likely.length || isWord(word, known)) return undefined
  const telling = (parts: Parts) => Math.max(...parts.map((part) => (glue.has(part) ? 0 : part.length)))
  const most = Math.max(...likely.map(telling))
  const [parts, ...others] = likely.filter((one) => telling(one) === most)
  return others.length ? undefined : parts
}

/** Whether a word is one after all, or a slip of one, or of a name. */
function isWord(word: string, { names, vocabulary }: GluedBeside): boolean {
  const all = vocabulary()
  if (all.has(word) || isOneSlip(all.meant(word), word)) return true
  return names.find(word, allKinds).some(({ wordForWord, doubtful }) => wordForWord && !doubtful)
}

/** Whether two words are run together by people, and make no word of their own. */
function mayBeGlued([first, second]: Parts, { names, isOfPhrases, vocabulary }: GluedBeside): boolean {
  const isName = (part: string) => part.length >= shortest.name && names.knows(part)
  const isKnown = (part: string) =>
    part.length >= shortest.name && (isOfPhrases(part) || glue.has(part) || names.knows(part) || vocabulary().has(part))
  if (opening.has(first)) return isKnown(second)
  if (leading.has(first) && isName(second)) return true
  if (following.has(second))
    return glue.has(first) ? second.length > 2 : first.length >= shortest.word && isKnown(first)
  if (first.length < shortest.word || second.length < shortest.word) return false
  return (
    (second.length >= shortest.besideName && isName(second) && isKnown(first)) ||
    (first.length >= shortest.besideName && isName(first) && isKnown(second))
  )
}
