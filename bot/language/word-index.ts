import { describedWords, tagWords } from './described-words.js'
import { keyOf } from './name-keys.js'
import { isLeftOut, wordsOfKey } from './name-words.js'
import { NearKeys } from './near-keys.js'
import type { NamedEntity } from './understanding.js'

/** A thing that words mean by some of its name's words, in any order. */
export interface WordMatch {
  entity: NamedEntity
  certainty: number
  /** Only what tells no thing from another was left out of its name, and no word was misspelt or cut short. */
  whole: boolean
}

/** A thing with the words of each of its names, and those that describe it, each between blanks. */
interface Entry {
  entity: NamedEntity
  names: readonly string[]
  /** Words of names and tags, then those that describe it. */
  own: string
  described: string
}

/** A word of the catalog that a said one may stand for. */
interface Reading {
  word: string
  certainty: number
}

const byAllWords = 0.93
/** What a word of a name takes from the certainty by not being said. */
const leftOut = { common: 0.02, telling: 0.21 }
/** What a word takes by being only the beginning of one, and what a slip takes by its share of a word. */
const [perBeginning, perSlip] = [0.1, 1]
/** Letters of a beginning at least. */
const leastBeginning = 3
/** More things than these are too many to be told apart by what was said. */
const most = 500
/** Longer ids are paths that nobody says. */
const longestId = 80
const mostWords = 8
/** Shorter words are near to too many. */
const leastMended = 4

/**
 * Things by the single words of their names. Every word that is said must be one of a thing's names or tags, or say what it is or where it runs;
 * their order does not matter: "prod payments db" is psql-payments-prd.
 */
export class WordIndex {
  readonly #entries = new Map<NamedEntity, Entry>()
  /** What has a word; a set only where several have. */
  readonly #byWord = new Map<string, Entry | Set<Entry>>()
  readonly #near = new NearKeys()
  /** Every word that describes something, and the texts that it came in: few, because most things are described alike. */
  readonly #describing = new Set<string>()
  readonly #descriptions = new Set<string>()

  /** Takes in a thing that is not there yet. */
  add(entity: NamedEntity): void {
    const { name, aliases, id } = entity
    const said = [name, ...aliases, ...(id.length <= longestId ? [id] : [])].map(keyOf)
    const names = [...new Set(said)].map(wordsOfKey)
    const words = new Set([...names.flat(), ...tagWords(entity)])
    const own = ` ${[...words].join(' ')} `
    const entry = { entity, names: names.map((one) => one.join(' ')), own, described: describedWords(entity) }
    this.#entries.set(entity, entry)
    this.#describe(entry.described)
    for (const word of words) {
      const entries = this.#byWord.get(word)
      if (entries instanceof Set) entries.add(entry)
      else if (entries) this.#byWord.set(word, new Set([entries, entry]))
      else {
        this.#byWord.set(word, entry)
        if (word.length >= leastMended) this.#near.add(word)
      }
    }
  }

  #describe(described: string): void {
    if (this.#descriptions.has(described)) return
    this.#descriptions.add(described)
    for (const word of described.trim().split(' ')) this.#describing.add(word)
  }

  delete(entity: NamedEntity): void {
    const entry = this.#entries.get(entity)
    if (!entry) return
    this.#entries.delete(entity)
    for (const word of new Set(entry.own.trim().split(' '))) {
      const entries = this.#byWord.get(word)
      if (entries instanceof Set) entries.delete(entry)
      if (entries instanceof Set && entries.size) continue
      this.#byWord.delete(word)
      if (word.length >= leastMended) this.#near.delete(word)
    }
  }

  /** Whether some name or tag has a word, so that it is no slip of another. */
  knows(word: string): boolean {
    return this.#byWord.has(word)
  }

  /**
   * The things that words mean, in no order; none where a word is left over or where they are too many.
   * @param said a key
   * @param exactly takes words as they are said, without slips and beginnings
   */
  find(said: string, exactly: boolean): WordMatch[] {
    const words = wordsOfKey(said)
    if (!words.length || words.length > mostWords) return []
    const readings = words.map((word) => (exactly ? [{ word, certainty: 1 }] : this.#readingsOf(word)))
    // Nothing has all the words where one of them is none of the catalog's and no kind's.
    if (exactly && readings.some(([one]) => !this.#byWord.has(one!.word) && !this.#describing.has(one!.word))) return []
    const found: WordMatch[] = []
    for (const entry of this.#candidates(readings)) {
      const match = matchOf(entry, readings)
      if (match) found.push(match)
    }
    return found
  }

  /** Things that have the rarest word that was said; what says only of what kind a thing is or where it runs need not be a word of its own. */
  #candidates(readings: readonly (readonly Reading[])[]): Iterable<Entry> {
    const setsOf = (of: readonly Reading[]) => of.flatMap(({ word }) => this.#byWord.get(word) ?? [])
    const telling = readings.filter(([first]) => !isLeftOut(first!.word))
    const [rarest] = telling
      .map(setsOf)
      .filter((sets) => sets.length)
      .sort((a, b) => sizeOf(a) - sizeOf(b))
    const sets = rarest ?? (telling.length || readings.length < 2 ? [] : readings.flatMap(setsOf))
    if (sizeOf(sets) > most) return []
    const [only, ...others] = sets
    if (only && !others.length) return only instanceof Set ? only : [only]
    return new Set(sets.flatMap((one) => (one instanceof Set ? [...one] : [one])))
  }

  /** A word itself, where the catalog or its kinds know it; else what it begins or is a slip of. */
  #readingsOf(word: string): Reading[] {
    const itself = { word, certainty: 1 }
    if (this.#byWord.has(word) || isLeftOut(word)) return [itself]
    const near = this.#near.near(word).map(({ key, share }) => ({ word: key, certainty: 1 - perSlip * share }))
    return near.length ? near : [itself]
  }
}

const sizeOf = (sets: readonly (Entry | Set<Entry>)[]): number =>
  sets.reduce((sum, one) => sum + (one instanceof Set ? one.size : 1), 0)

function matchOf(entry: Entry, readings: readonly (readonly Reading[])[]): WordMatch | undefined {
  let certainty = byAllWords
  const said = new Set<string>()
  for (const of of readings) {
    const read = readingIn(entry, of)
    if (!read) return undefined
    certainty *= read.certainty
    said.add(read.word)
  }
  const exact = certainty === byAllWords
  const missing = entry.names.flatMap((name) => {
    const words = name.split(' ')
    const left = words.filter((word) => !said.has(word))
    // A name of which nothing was said is another one.
    return left.length === words.length ? [] : [left]
  })
  const least = missing
    .map((left) => {
      const common = left.filter(isLeftOut)
      const numbers = common.filter(isNumber).length
      // Of what happens again and again the number is what tells one from another, however many figures it is written with.
      const number = numbers && happensAgain.has(entry.entity.kind) ? 1 : 0
      return { telling: left.length - common.length + number, common: common.length - (number && numbers) }
    })
    .sort((a, b) => a.telling - b.telling || a.common - b.common)[0]
  // Found by a tag alone it is one of a group.
  const { telling, common } = least ?? { telling: 2, common: 0 }
  certainty -= telling * leftOut.telling + common * leftOut.common
  return certainty > 0 ? { entity: entry.entity, certainty, whole: exact && telling === 0 } : undefined
}

const isNumber = (word: string): boolean => /^\d+$/.test(word)

/** Kinds of which there are many of one name. */
const happensAgain: ReadonlySet<string> = new Set([
  'Deployment',
  'Run',
  'Change',
  'PullRequest',
  'WorkItem',
  'Incident',
  'Proposal',
])

function readingIn({ own, described }: Entry, readings: readonly Reading[]): Reading | undefined {
  const found = readings.find(({ word }) => own.includes(` ${word} `) || described.includes(` ${word} `))
  if (found) return found
  const [{ word }] = readings as [Reading]
  // "auth" begins authentication; a word that says what a thing is is no beginning.
  const at = word.length >= leastBeginning && readings.length === 1 ? own.indexOf(` ${word}`) : -1
  if (at < 0) return undefined
  return { word: own.slice(at + 1, own.indexOf(' ', at + 1)), certainty: 1 - perBeginning }
}
