/** Spellings of one pattern at most: more of them teach nothing new. */
const mostSpellings = 12
/** Spellings of one plain request at most. */
const mostOfRequest = 80

/** Words, and choices between sequences of words and further choices. */
type Sequence = readonly (string | readonly Sequence[])[]

/**
 * Spells out a way people say something: `(ack|take) {incident} [for me]` is four. Parentheses hold alternatives of which one is said, brackets
 * what may be left out; either may stand within the other. Of a pattern of more than a dozen spellings a dozen are given, or as many as its
 * longest choice has, in which each alternative is said once at least: what is understood is learnt from them, and need not be one of them.
 * @returns each spelling once, the fullest of the first alternatives first
 * @throws Error where a parenthesis or bracket has no partner
 */
export const spellOut = (pattern: string): string[] => spellings(pattern, mostSpellings)

/** The same of what is met word for word and not learnt from: there are more of each, because one that is left out is not understood. */
export const spellOutRequest = (pattern: string): string[] => spellings(pattern, mostOfRequest)

function spellings(pattern: string, atMost: number): string[] {
  const { sequences, end } = readSequences(pattern, 0)
  if (end < pattern.length) throw new Error(`"${pattern}" has a "${pattern[end]}" too many`)
  const whole: Sequence = [sequences]
  const all = countOf(whole)
  const most = Math.max(atMost, widthOf(whole))
  return distinct(
    all <= most ? everySpelling(whole) : Array.from({ length: most }, (_, turn) => spellingAt(whole, turn)),
  )
}

const distinct = (spellings: readonly string[]): string[] => [
  ...new Set(spellings.map((one) => one.replace(/\s+/g, ' ').trim())),
]

const closing: Readonly<Record<string, string>> = { '(': ')', '[': ']' }

/** Reads sequences, parted by `|`, up to the first closing sign that opened before `at`, or the end. */
function readSequences(pattern: string, at: number): { sequences: Sequence[]; end: number } {
  const sequences: (string | readonly Sequence[])[][] = [[]]
  while (at < pattern.length && !')]'.includes(pattern[at]!)) {
    const closes = closing[pattern[at]!]
    if (closes) {
      const inner = readSequences(pattern, at + 1)
      if (pattern[inner.end] !== closes) throw new Error(`"${pattern}" lacks a "${closes}"`)
      sequences.at(-1)!.push(closes === ']' ? [...inner.sequences, []] : inner.sequences)
      at = inner.end + 1
    } else if (pattern[at] === '|') {
      sequences.push([])
      at++
    } else {
      const words = /^[^()[\]|]+/.exec(pattern.slice(at))![0]
      sequences.at(-1)!.push(words)
      at += words.length
    }
  }
  return { sequences, end: at }
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, one) => total + one, 0)

/** How many spellings there are. */
const countOf = (sequence: Sequence): number =>
  sequence.reduce((product: number, part) => product * (typeof part === 'string' ? 1 : sum(part.map(countOf))), 1)

/** How many spellings say each alternative once at least. */
const widthOf = (sequence: Sequence): number =>
  Math.max(1, ...sequence.map((part) => (typeof part === 'string' ? 1 : sum(part.map(widthOf)))))

const everySpelling = (sequence: Sequence): string[] =>
  sequence.reduce(
    (before: string[], part) =>
      before.flatMap((said) =>
        typeof part === 'string' ? said + part : part.flatMap(everySpelling).map((one) => said + one),
      ),
    [''],
  )

/** The spelling of a turn: each choice goes through its alternatives turn by turn, a later one shifted each time an earlier one is through. */
function spellingAt(sequence: Sequence, turn: number): string {
  let shift = 0
  return sequence
    .map((part) => {
      if (typeof part === 'string') return part
      const at = turn < part.length ? turn : turn + shift
      shift += Math.floor(turn / part.length)
      return spellingAt(part[at % part.length]!, Math.floor(at / part.length))
    })
    .join('')
}
