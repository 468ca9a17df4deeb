/** Numbers up to 99 as they are written out, in lower case. */
export const numberWords: ReadonlyMap<string, number> = written()

function written(): Map<string, number> {
  const words = new Map(
    'zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty'
      .split(' ')
      .map((word, value) => [word, value]),
  )
  const ones = [...words.keys()].slice(1, 10)
  for (const [tens, value] of Object.entries({
    twenty: 20,
    thirty: 30,
    forty: 40,
    fifty: 50,
    sixty: 60,
    seventy: 70,
    eighty: 80,
    ninety: 90,
  })) {
    words.set(tens, value)
    ones.forEach((one, index) => words.set(`${tens} ${one}`, value + index + 1))
  }
  return words
}

/** Words that say how many, beside the numbers themselves. */
const quantities: Readonly<Record<string, number>> = {
  couple: 2,
  'couple of': 2,
  dozen: 12,
  'half a dozen': 6,
  'half dozen': 6,
  hundred: 100,
  thousand: 1_000,
}

/** Words beyond this many characters are no number. */
const longest = 100

/** What a number may be many of. */
const many = / (dozen|hundred|thousand)$/

/**
 * Reads a number: "5", "1,000", "-1", "2.5", "80%", "40 percent", "2k", "five", "twenty-five", "a dozen", "two dozen", "a hundred", "a couple".
 * @returns undefined where the words are no number, or only have one in them: "twice as many", "a few"
 */
export function readNumber(words: string): number | undefined {
  if (words.length > longest) return undefined
  const said = words
    .toLowerCase()
    .replace(/(?<=[a-z])-(?=[a-z])/g, ' ')
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/^an? /, '')
    .replace(/(?: ?%| percent| per cent)$/, '')
  const digits = said.replace(/(?<=\d)[,_' ](?=\d{3}\b)/g, '')
  if (/^[-+]?(\d+\.?\d*|\.\d+)(e\d+)?$/.test(digits)) return finite(Number(digits))
  const thousands = /^(\d{1,9}(?:\.\d{1,3})?) ?k$/.exec(digits)?.[1]
  // Whole to the last digit: 1.1 × 1,000 is 1,100 and not 1,100.0000000000002.
  if (thousands !== undefined) return Math.round(Number(thousands) * 1_000)
  const minus = /^minus (.+)$/.exec(said)?.[1]
  if (minus !== undefined) {
    const value = minus.startsWith('minus ') ? undefined : readNumber(minus)
    return value === undefined ? undefined : -value
  }
  if (Object.hasOwn(quantities, said)) return quantities[said]
  const of = many.exec(said)?.[1]
  if (of === undefined) return numberWords.get(said)
  const count = said.replace(many, '')
  const times = numberWords.get(count) ?? (/^\d{1,9}$/.test(count) ? Number(count) : undefined)
  return times === undefined ? undefined : times * quantities[of]!
}

const finite = (number: number): number | undefined => (Number.isFinite(number) ? number : undefined)
