import { editDistance } from '../../skills/kit/edit-distance.js'

/** A key that is spelt almost like another. */
export interface NearKey {
  key: string
  /** How much of the longer of the two is different, 0 to 1. */
  share: number
}

/** Several keys of one group, and beside each which letters it has, a bit for each. */
interface Group {
  keys: string[]
  letters: number[]
}

/** Keys shorter than this are near to nothing: every other one is. */
const leastLetters = 3

/** Letters that may be wrong in a key of a length. */
const slipsIn = (length: number): number => (length < 4 ? 0 : length < 8 ? 1 : length < 12 ? 2 : 3)
const mostSlips = slipsIn(Infinity)

/**
 * Keys by their spelling. They are grouped by what a slip hardly moves, their length, and by what it may never move, their figures; within a
 * group those with too many other letters are passed over before any is compared letter by letter. There may be a hundred thousand groups:
 * each is known by a number, which seldom stands for another one as well, and most are one key for ever.
 */
export class NearKeys {
  readonly #groups = new Map<number, string | Group>()

  /** Takes in a key that is not there yet. */
  add(key: string): void {
    const number = groupOf(key.length, figuresOf(key))
    const group = this.#groups.get(number)
    if (group === undefined) this.#groups.set(number, key)
    else if (typeof group === 'string')
      this.#groups.set(number, { keys: [group, key], letters: [lettersOf(group), lettersOf(key)] })
    else {
      group.keys.push(key)
      group.letters.push(lettersOf(key))
    }
  }

  delete(key: string): void {
    const number = groupOf(key.length, figuresOf(key))
    const group = this.#groups.get(number)
    if (group === key) this.#groups.delete(number)
    if (group === undefined || typeof group === 'string') return
    const place = group.keys.indexOf(key)
    if (place < 0) return
    const [last, letters] = [group.keys.pop()!, group.letters.pop()!]
    if (place < group.keys.length) {
      group.keys[place] = last
      group.letters[place] = letters
    }
    const [only] = group.keys
    if (only === undefined) this.#groups.delete(number)
    else if (group.keys.length === 1) this.#groups.set(number, only)
  }

  /** The keys that differ from one by so few slips as their length bears, that one among them. */
  near(key: string): NearKey[] {
    if (key.length < leastLetters) return []
    const [found, letters, figures]: [NearKey[], number, string] = [[], lettersOf(key), figuresOf(key)]
    for (let length = Math.max(1, key.length - mostSlips); length <= key.length + mostSlips; length++) {
      const longer = Math.max(key.length, length)
      const slips = slipsIn(longer)
      const group = Math.abs(key.length - length) > slips ? undefined : this.#groups.get(groupOf(length, figures))
      const keys = group === undefined ? [] : typeof group === 'string' ? [group] : group.keys
      for (let place = 0; place < keys.length; place++) {
        const one = keys[place]!
        const theirs = typeof group === 'object' ? group.letters[place]! : lettersOf(one)
        // A slip takes one letter away at most, and brings one.
        if (bitsIn(letters ^ theirs) > 2 * slips || one.length !== length || figuresOf(one) !== figures) continue
        const distance = editDistance(key, one, slips)
        if (distance <= slips) found.push({ key: one, share: distance / longer })
      }
    }
    return found
  }
}

/** The figures of a name: with others it is another name and no slip, as INC-9999 is not INC-99 and st124 not st123. */
const figuresOf = (key: string): string => key.replace(/\D+/g, ' ').trim()

/** A group as a number of 30 bits, by FNV-1a. */
function groupOf(length: number, figures: string): number {
  let hash = 0x811c9dc5 ^ length
  for (let place = 0; place < figures.length; place++) hash = Math.imul(hash ^ figures.charCodeAt(place), 0x01000193)
  return (hash ^ (hash >>> 15)) & 0x3fffffff
}

/** Which letters a key has, as bits; a bit may stand for several. */
function lettersOf(key: string): number {
  let letters = 0
  for (let place = 0; place < key.length; place++) letters |= 1 << (key.charCodeAt(place) & 31)
  return letters
}

/** How many bits of a number of 32 bits are set, by adding neighbours. */
function bitsIn(number: number): number {
  const pairs = number - ((number >>> 1) & 0x55555555)
  const fours = (pairs & 0x33333333) + ((pairs >>> 2) & 0x33333333)
  return Math.imul((fours + (fours >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24
}
