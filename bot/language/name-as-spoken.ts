import { numberWords } from './number-words.js'

/** How surely a thing is meant whose name was put down as it sounds. */
export const asSpoken = 0.95
/** Most words of a name that is looked for as it sounds. */
const mostWords = 8

/**
 * What a key may stand for that was written as it is spoken: "incident one twenty nine" is incident 129, "check out" is checkout.
 * @param key words as names are compared
 */
export function keysAsSpoken(key: string): string[] {
  const words = key.split(' ')
  if (words.length < 2 || words.length > mostWords) return []
  const digits = inDigits(words)
  const joined = words.slice(1).flatMap((word, at) => {
    const before = words[at]!
    return isLong(before) && isLong(word)
      ? [[...words.slice(0, at), before + word, ...words.slice(at + 2)].join(' ')]
      : []
  })
  return [...(digits === key ? [] : [digits]), ...joined]
}

/** Of those a record's by its number, where the word for it is said: "one thirty" alone is a time of day. */
export const recordKeys = (key: string): string[] =>
  /^(?:inc|incident|outage|proposal) \S/.test(key) ? keysAsSpoken(key).filter((one) => /\d/.test(one)) : []

/** Letters by themselves may be anything's. */
const isLong = (word: string): boolean => word.length >= 3 && !numberWords.has(word)

/** Numbers that were said in words as their digits, one behind the other: "one twenty nine", "one hundred and twenty nine" and "one two nine" are 129. */
function inDigits(words: readonly string[]): string {
  const said: string[] = []
  let number = ''
  const close = () => {
    if (number) said.push(number)
    number = ''
  }
  for (let at = 0; at < words.length;) {
    const two = words.slice(at, at + 2).join(' ')
    const width = numberWords.has(two) ? 2 : numberWords.has(words[at]!) ? 1 : 0
    const isHundred = words[at] === 'hundred' && number !== ''
    const isJoint = words[at] === 'and' && number !== ''
    if (width) {
      const value = numberWords.get(width === 2 ? two : words[at]!)!
      number = number.endsWith('00') && value < 100 ? String(Number(number) + value) : `${number}${value}`
    } else if (isHundred) number = `${number}00`
    else if (!isJoint) {
      close()
      said.push(words[at]!)
    }
    at += Math.max(1, width)
  }
  close()
  return said.join(' ')
}
