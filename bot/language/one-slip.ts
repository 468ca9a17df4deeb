/** Whether two different words are one slip apart: a letter too many, too few, another, or swapped with its neighbour. Quicker than a distance. */
export function isOneSlip(one: string, other: string): boolean {
  const [short, long] = one.length <= other.length ? [one, other] : [other, one]
  if (long.length - short.length > 1 || one === other) return false
  let before = 0
  while (before < short.length && short[before] === long[before]) before++
  let behind = 0
  while (behind < short.length - before && short.at(-1 - behind) === long.at(-1 - behind)) behind++
  const left = short.length - before - behind
  if (long.length > short.length) return left === 0
  return left === 1 || (left === 2 && short[before] === long[before + 1] && short[before + 1] === long[before])
}

/**
 * Whether a word was meant by another with one slip in it. A plural is no slip: "environments" are not one.
 * @param shortest words shorter than this are near to too many
 */
export const isSlipOf = (word: string, said: string, shortest: number): boolean =>
  word.length >= shortest && said !== `${word}s` && isOneSlip(word, said)

/** Whether two words are forms or spellings of one: "incident" and "incidents", "organize" and "organise", "re-run" and "rerun". */
export const isFormOf = (one: string, other: string): boolean =>
  [one, other].includes(`${one.length < other.length ? one : other}s`) ||
  [one, other].includes(`${one.length < other.length ? one : other}d`) ||
  plainly(one) === plainly(other)

const plainly = (word: string): string => word.replaceAll('-', '').replaceAll('z', 's').replace(/re$/, 'er')
