/** What may stand behind a verb's stem in place of its ending: "scal|ing" of scale, "swapp|ing" of swap. */
const bases = (stem: string): string[] => [stem, `${stem}e`, ...(/(.)\1$/.test(stem) ? [stem.slice(0, -1)] : [])]

const baseWith = (ending: RegExp, word: string | undefined, verbs: ReadonlySet<string>): string | undefined =>
  word !== undefined && ending.test(word) ? bases(word.replace(ending, '')).find((base) => verbs.has(base)) : undefined

/** The verb of which a word is the -ing form, among some verbs. */
export const baseOfGerund = (word: string | undefined, verbs: ReadonlySet<string>): string | undefined =>
  baseWith(/ing$/, word, verbs)

/** The verb of which a word is the -ed form, among some verbs. */
export const baseOfParticiple = (word: string | undefined, verbs: ReadonlySet<string>): string | undefined =>
  baseWith(/ed$/, word, verbs)
