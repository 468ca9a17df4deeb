import type { Steps } from '../steps.js'
import { conceptsOf } from './concepts.js'
import type { SparseRow } from './softmax-regression.js'

/** Features of texts, learnt once from the examples; what none of them has is left out of a text's row. */
export interface FeatureSpace {
  size: number
  /** The examples' rows, in their order. */
  rows: readonly SparseRow[]
  /** A text's words as a row of TF-IDF values, of length 1 for words and for letters each. */
  rowOf(words: readonly string[]): SparseRow
}

/** Words and letters weigh like this beside each other. */
const lettersWeigh = 0.6
/** What a word is about weighs more than the word itself. */
const conceptsWeigh = 1.5
/** Letters of a word that are looked at together. */
const gram = 4

/** A word as features see it, wherever it stands. */
interface WordFeatures {
  /** The word itself and all that it may be about. */
  own: readonly number[]
  letters: readonly number[]
  /** What stands for it beside its neighbours. */
  beside: string
}

/** Examples that are gone over in a step: some ten milliseconds. */
const atOnce = 1_000

/** Learns which features the examples have, and how rare each is (smoothed inverse document frequency). */
export function* learnFeatures(examples: readonly (readonly string[])[]): Steps<FeatureSpace> {
  const ids = new Map<string, number>()
  const isConcept: boolean[] = []
  const learn = (feature: string): number => {
    const known = ids.get(feature)
    if (known !== undefined) return known
    isConcept.push(feature.startsWith('c '))
    ids.set(feature, ids.size)
    return ids.size - 1
  }
  const words = new Map<string, WordFeatures>()
  const learnWord = (word: string): WordFeatures => {
    const known = words.get(word)
    if (known) return known
    const learnt = featuresOfWord(word, learn)
    words.set(word, learnt)
    return learnt
  }
  const learnt: Features[] = []
  for (const example of examples) {
    if (learnt.length % atOnce === 0) yield
    learnt.push(featuresOf(example, learnWord, learn))
  }
  yield
  const seen = new Int32Array(ids.size).fill(-1)
  const spread = new Int32Array(ids.size)
  learnt.forEach(({ words, letters }, at) => {
    for (const id of [...words, ...letters]) {
      if (seen[id] !== at) spread[id]!++
      seen[id] = at
    }
  })
  const values = Float64Array.from(
    spread,
    (count, id) => (Math.log((1 + examples.length) / (1 + count)) + 1) * (isConcept[id] ? conceptsWeigh : 1),
  )
  const rows: SparseRow[] = []
  for (const features of learnt) {
    if (rows.length % atOnce === 0) yield
    rows.push(rowFrom(features, values))
  }
  const find = (feature: string) => ids.get(feature)
  return {
    size: ids.size,
    rows,
    rowOf: (text) =>
      rowFrom(
        featuresOf(text, (word) => words.get(word) ?? featuresOfWord(word, find), find),
        values,
      ),
  }
}

/** Ids of features, some of them several times. */
interface Features {
  words: readonly number[]
  letters: readonly number[]
}

/** Each feature as often as it is there and as rare as it is, words and letters by themselves. */
function rowFrom(features: Features, values: Float64Array): SparseRow {
  const parts = [
    { at: weighted(features.words, values), weight: 1 },
    { at: weighted(features.letters, values), weight: lettersWeigh },
  ]
  const size = parts.reduce((sum, { at }) => sum + at.size, 0)
  const row = { ids: new Int32Array(size), values: new Float32Array(size) }
  let place = 0
  for (const { at, weight } of parts) {
    let square = 0
    for (const value of at.values()) square += value * value
    const share = weight / (Math.sqrt(square) || 1)
    for (const [id, value] of at) {
      row.ids[place] = id
      row.values[place++] = value * share
    }
  }
  return row
}

function weighted(ids: readonly number[], values: Float64Array): Map<number, number> {
  const sums = new Map<number, number>()
  for (const id of ids) sums.set(id, (sums.get(id) ?? 0) + values[id]!)
  return sums
}

type IdOf = (feature: string) => number | undefined

/** Words, what they are about, neighbours, and how the text begins. Words within a name have no neighbours and no letters. */
function featuresOf(text: readonly string[], wordOf: (word: string) => WordFeatures, idOf: IdOf): Features {
  const found: number[] = []
  const letters: number[] = []
  const add = (id: number | undefined) => id !== undefined && found.push(id)
  let before = '^'
  for (const said of text) {
    const isWithin = said.startsWith('+')
    const word = wordOf(isWithin ? said.slice(1) : said)
    found.push(...word.own)
    if (isWithin) continue
    add(idOf(`b ${before} ${word.beside}`))
    letters.push(...word.letters)
    before = word.beside
  }
  if (before !== '^') add(idOf(`b ${before} $`))
  return { words: found, letters }
}

function featuresOfWord(word: string, idOf: IdOf): WordFeatures {
  const idsOf = (features: readonly string[]) => features.map(idOf).filter((id): id is number => id !== undefined)
  const concepts = conceptsOf(word)
  const isKind = word.startsWith('<')
  const padded = ` ${word} `
  const grams = isKind ? 0 : Math.max(0, padded.length - gram + 1)
  return {
    own: idsOf([`w ${word}`, ...concepts.map((concept) => `c ${concept}`), ...(isKind ? ['c <>'] : [])]),
    letters: idsOf(Array.from({ length: grams }, (_, at) => `l${padded.slice(at, at + gram)}`)),
    beside: concepts[0] ?? word,
  }
}
