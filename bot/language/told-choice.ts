import type { Arg, Args } from '../../skills/kit/arguments.js'
import { wordLikeness } from './phrases.js'
import type { Slots } from './slots.js'
import type { Stretch } from './spot-names.js'
import type { Token } from './tokens.js'

/** Stands for the name in what tells a value. */
const theName = '…'
/** Words that stand for a name said before: "which services depend on it" is asked of it as if its name stood there. */
const pointers = new Set(['it', 'this', 'that', 'them', 'these', 'those'])

/**
 * The value of a choice that a whole question tells by its words and where they stand to the name: "who uses checkout" asks the contrary of
 * "what checkout uses".
 * @param names where the names stand that may be asked about; words before and behind are told apart only where one is known
 * @returns undefined where nothing tells it
 */
export function toldChoice(
  { told = {} }: Extract<Arg, { type: 'choice' }>,
  tokens: readonly Token[],
  names: readonly Stretch[],
): string | undefined {
  const ways = Object.entries(told).map(([said, value]) => ({ said: said.split(' '), value }))
  const by = (isWord: (word: string, said: string) => boolean) =>
    ways.find(({ said }) => tells(said, tokens, names, isWord))
  return (by((word, said) => word === said) ?? by((word, said) => wordLikeness(word, said) > 0))?.value
}

/** Words that join a verb to what it is of. */
const joining = new Set(['on', 'upon', 'of', 'from', 'to'])

function tells(
  said: readonly string[],
  tokens: readonly Token[],
  names: readonly Stretch[],
  isWord: (word: string, said: string) => boolean,
): boolean {
  const words = said.filter((word) => word !== theName)
  const side = said[0] === theName ? 'behind' : said.at(-1) === theName ? 'before' : undefined
  return tokens.some((_, from) => {
    const to = from + words.length
    if (names.some((name) => from < name.to && name.from < to)) return false
    if (!words.every((word, at) => isWord(word, tokens[from + at]?.word ?? ''))) return false
    if (side === undefined) return true
    const object = joining.has(tokens[to]?.word ?? '') ? to + 1 : to
    const isLed = names.some((name) => name.from === to || name.from === object)
    const isBefore = isLed || names.every((name) => to <= name.from) || pointers.has(tokens[object]?.word ?? '')
    return side === 'before' ? isBefore : !isBefore
  })
}

/** The same for every choice of a command, as words for its arguments. */
export function toldSlots(args: Args, tokens: readonly Token[], names: readonly Stretch[]): Slots {
  return Object.fromEntries(
    Object.entries(args).flatMap(([argument, arg]) => {
      const value = arg.type === 'choice' && arg.told ? toldChoice(arg, tokens, names) : undefined
      return value === undefined ? [] : [[argument, { words: value, start: tokens[0]!.start, end: tokens[0]!.start }]]
    }),
  )
}
