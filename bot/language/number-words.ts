/** Numbers up to 59 as they are written out, in lower case. */
export const numberWords: ReadonlyMap<string, number> = written()

function written(): Map<string, number> {
  const words = new Map(
    'zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty'
      .split(' ')
      .map((word, value) => [word, value]),
  )
  const ones = [...words.keys()].slice(1, 10)
  for (const [tens, value] of Object.entries({ twenty: 20, thirty: 30, forty: 40, fifty: 50 })) {
    words.set(tens, value)
    ones.forEach((one, index) => words.set(`${tens} ${one}`, value + index + 1))
  }
  return words
}

/** Words that say how many, beside the numbers themselves. */
const quantities: Readonly<Record<string, number>> = { dozen: 12, 'half a dozen': 6, 'half dozen': 6, hundred: 100 }

/**
 * Reads a number: "5", "1,000", "-1", "2.5", "80%", "five", "twenty-five", "a dozen", "two dozen", "a hundred".
 * @returns undefined where the words are no number
 */
export function readNumber(words: string): number | undefined {
  const said = words
    .toLowerCase()
    .replace(/(?<=[a-z])-(?=[a-z])/g, ' ')
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/^an? /, '')
  const digits = said.replace(/[,_](?=\d{3}\b)/g, '').replace(/%$/, '')
  if (/^[-+]?(\d+\.?\d*|\.\d+)(e\d+)?$/.test(digits)) return Number(digits)
  const minus = /^minus (.+)$/.exec(said)?.[1]
  if (minus !== undefined) {
    const value = readNumber(minus)
    return value === undefined ? undefined : -value
  }
  if (Object.hasOwn(quantities, said)) return quantities[said]
  const [, many, of] = /^(.+) (dozen|hundred)$/.exec(said) ?? []
  if (many === undefined) return numberWords.get(said)
  const times = numberWords.get(many) ?? (/^\d+$/.test(many) ? Number(many) : undefined)
  return times === undefined ? undefined : times * quantities[of!]!
}
