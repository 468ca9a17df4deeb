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
