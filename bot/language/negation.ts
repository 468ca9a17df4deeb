/** Words that turn a request into its contrary, each by itself. */
const words = new Set(
  [
    'not never no none nobody noone nothing neither nor without cannot avoid refrain',
    'dont doesnt didnt cant wont shouldnt mustnt wouldnt isnt arent wasnt couldnt neednt',
  ].flatMap((line) => line.split(' ')),
)

/** Openings of the same meaning, of several words. */
const phrases = [
  'hold off',
  'hold back',
  'leave alone',
  'hands off',
  'keep from',
  'stay away',
  'instead of',
  'rather than',
  'stop from',
  'wait with',
  'forget about',
].map((phrase) => phrase.split(' '))

/**
 * Whether words say that something is not to be done, or was not: "don't restart it", "never scale it down", "hold off on the restart". A word of
 * a phrase may stand behind the thing: "leave checkout alone".
 * @param said words as `tokensOf` cuts them, contractions spelt out where it knows them
 */
export function isNegated(said: readonly string[]): boolean {
  if (said.some((word) => words.has(word) || /n['’]t$/.test(word))) return true
  return phrases.some(([first, second]) => {
    const at = said.indexOf(first!)
    return at >= 0 && said.slice(at + 1).includes(second!)
  })
}

/** Words that open a question or ask to be shown something. */
const opensQuestion = new Set(
  'who whose whom what which when where why y how is are was were does did has have had any anything anyone anybody list show find count search give tell'.split(
    ' ',
  ),
)
/** Questions that are no questions: "why don't you restart it", "how about not", "what if we don't". */
const onlySounds = new Set(['about', 'if', 'not', 'dont', 'would', 'should'])

/** What is said before a question denies nothing in it: "not urgent, but who owns it". */
const noHurry =
  /^(?:(?:it is |this is |that is )?(?:not|nothing) (?:too |very |that |so |really )?urgent|no (?:rush|hurry|stress|pressure)|no need to hurry) (?:at all )?(?:but |and |though )?/

/** Somebody does not know, and so asks: "not sure who has payments", "I can't remember which one it was". */
const wondering =
  /\b(?:not (?:quite |so |entirely )?(?:sure|certain|clear)|no (?:idea|clue)|(?:do|does|did|can|could|will) ?n(?:o|'|’)t (?:really )?(?:know|remember|recall|find|see|tell|understand)|cannot (?:find|remember|recall|tell|see)|never (?:know|remember)|nobody knows)\b.*\b(?:who|whose|what|which|where|when|how|why)\b/

/**
 * Whether words ask something, so that a "not" in them is what they ask for and no refusal: "which services have no runbook", "who is not on
 * call". "Do not" and "is not" ask nothing.
 */
export function asksToRead(all: readonly string[]): boolean {
  const text = all.join(' ')
  if (wondering.test(text)) return true
  const [first = '', second = '', third = ''] = text.replace(noHurry, '').split(' ')
  if (!opensQuestion.has(first) || onlySounds.has(second)) return false
  return !(first === 'why' && second === 'do' && third === 'not')
}

/** Whether words say that something is not to be done, or was not. */
export const saysNotTo = (said: readonly string[]): boolean => isNegated(said) && !asksToRead(said)
