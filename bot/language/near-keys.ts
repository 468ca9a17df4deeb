import { editDistance } from '../../skills/kit/edit-distance.js'

/** A key that is spelt almost like another. */
export interface NearKey {
  key: string
  /** How much of the longer of the two is different, 0 to 1. */
  share: number
}

/** Keys of one length with the same figures, and beside each which letters it has, a bit for each. */
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
 * group those with too many other letters are passed over before any is compared letter by letter.
 */
export class NearKeys {
  readonly #groups = new Map<string, Group>()

  /** Takes in a key that is not there yet. */
  add(key: string): void {
    const name = groupOf(key.length, key)
    const group = this.#groups.get(name)
    // Most groups have one key for ever: a list that is made with it takes no room for more.
    if (!group) return void this.#groups.set(name, { keys: [key], letters: [lettersOf(key)] })
    group.keys.push(key)
    group.letters.push(lettersOf(key))
  }

  delete(key: string): void {
    const group = this.#groups.get(groupOf(key.length, key))
    const place = group?.keys.indexOf(key) ?? -1
    if (!group || place < 0) return
    const [last, letters] = [group.keys.pop()!, group.letters.pop()!]
    if (place === group.keys.length) return
    group.keys[place] = last
    group.letters[place] = letters
  }

  /** The keys that differ from one by so few slips as their length bears, that one among them. */
  near(key: string): NearKey[] {
    if (key.length < leastLetters) return []
    const [found, letters]: [NearKey[], number] = [[], lettersOf(key)]
    for (let length = Math.max(1, key.length - mostSlips); length <= key.length + mostSlips; length++) {
      const longer = Math.max(key.length, length)
      const slips = slipsIn(longer)
      const group = this.#groups.get(groupOf(length, key))
      if (!group || Math.abs(key.length - length) > slips) continue
      for (let place = 0; place < group.keys.length; place++) {
        // A slip takes one letter away at most, and brings one.
        if (bitsIn(letters ^ group.letters[place]!) > 2 * slips) continue
        const distance = editDistance(key, group.keys[place]!, slips)
        if (distance <= slips) found.push({ key: group.keys[place]!, share: distance / longer })
      }
    }
    return found
  }
}

/** The figures of a name: with others it is another name and no slip, as INC-9999 is not INC-99 and st124 not st123. */
const groupOf = (length: number, key: string): string => `${length} ${key.replace(/\D+/g, ' ').trim()}`

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
