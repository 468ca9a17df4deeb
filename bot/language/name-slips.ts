import { editDistance } from '../../skills/kit/edit-distance.js'

/**
 * The most slips in a word, where as many words were said as a key has, each with as few as its length bears. A word of another name is no slip of
 * this one's and counts one more: cart is not card; orders and order are one word.
 * @returns undefined of other words: "checkout why" is not "checkout web"
 */
export function slipsOf(said: string, key: string, isWord: (word: string) => boolean): number | undefined {
  const [theirs, ours] = [said.split(' '), key.split(' ')]
  if (theirs.length !== ours.length) return undefined
  let most = 0
  for (const [at, word] of theirs.entries()) {
    const limit = slips(Math.min(word.length, ours[at]!.length))
    const distance = editDistance(word, ours[at]!, limit)
    if (distance > limit) return undefined
    const isOther = distance > 0 && isWord(word) && singular(word) !== singular(ours[at]!)
    most = Math.max(most, isOther ? distance + 1 : distance)
  }
  return most
}

/** Letters that may be wrong in a word. */
const slips = (length: number): number => (length < 4 ? 0 : length < 8 ? 1 : 2)

const singular = (word: string): string => word.replace(/s$/, '')
