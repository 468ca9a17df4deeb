import { stepNamed } from './relation-types.js'

/** Words of the filter language; a name or value that is one of them stands in quotes. */
const keywords = new Set(['and', 'or', 'not', 'in', 'where', 'contains', 'missing', 'within', 'older', 'true', 'false'])
/** Words that stand for a filter where no comparison follows. */
const wholes = new Set(['everything', 'nothing', 'words'])

/** Whether a word belongs to the language itself, whatever its case. */
export const isKeyword = (word: string): boolean => keywords.has(word.toLowerCase())

/** Whether a kind or a property can be written without quotes. */
export const bareName = (name: string): boolean =>
  /^[\p{L}_][\p{L}\p{N}_.\-]*$/u.test(name) && !isKeyword(name) && !wholes.has(name.toLowerCase()) && !stepNamed(name)

/** Whether a text can be written as a value without quotes, on every keyboard and in every chat. */
export const isBareText = (text: string): boolean => /^[a-z_][\w-]*$/i.test(text) && !isKeyword(text)

/** The number that a bare word is; only where it says the whole word, so that versions (`1.10`) and ids (`0047`) stay texts. */
export function numberOf(word: string): number | undefined {
  const number = /^-?\d/.test(word) ? Number(word) : NaN
  return Number.isFinite(number) && String(number) === word ? number : undefined
}

/** Units of an age by the milliseconds they have, from the largest that is printed. */
export const agesByUnit: readonly (readonly [suffix: string, milliseconds: number])[] = [
  ['d', 86_400_000],
  ['h', 3_600_000],
  ['m', 60_000],
  ['s', 1_000],
  ['ms', 1],
]

const units = new Map<string, number>([
  ...agesByUnit,
  ['w', 7 * 86_400_000],
  ...(['week', 'day', 'hour', 'minute', 'second'] as const).flatMap((name): [string, number][] => {
    const milliseconds = { week: 604_800_000, day: 86_400_000, hour: 3_600_000, minute: 60_000, second: 1_000 }[name]
    return [name, `${name}s`].map((unit) => [unit, milliseconds])
  }),
  ['min', 60_000],
])

/** The milliseconds of `7d` or `1.5 hours`; undefined where it is no age, or not a whole number of them that is counted exactly. */
export function ageOf(word: string): number | undefined {
  const [, number, unit] = /^(\d+(?:\.\d+)?)\s*([a-z]+)$/i.exec(word) ?? []
  const milliseconds = Number(number) * (units.get(unit?.toLowerCase() ?? '') ?? NaN)
  return Number.isSafeInteger(milliseconds) ? milliseconds : undefined
}
