/** Letters of Cyrillic and Greek that look like Latin ones, lower case (Unicode Technical Standard 39, confusables). */
const latin = new Map(
  [
    ...'аa еe оo рp сc хx уy іi јj ѕs һh ԁd ԛq ԝw ɡg ӏl вb кk мm нh тt αa οo νv ρp τt υu ιi κk ηn χx γy'.matchAll(
      /(\S)(\S)/g,
    ),
  ].map(([, alike, letter]) => [alike!, letter!] as const),
)

const foreign = /[\u0370-\u03ff\u0400-\u052f\u0261]/

/**
 * A word without letters that only look Latin, as they come from pasted text and from people who mislead: a word of Latin letters with some of
 * them, or of nothing else, is Latin. Words that are really of another script stay.
 * @param text in lower case
 */
export function withoutLookAlikes(text: string): string {
  if (!foreign.test(text)) return text
  return text.replace(/[\p{L}\p{N}\p{M}]+/gu, (word) => {
    if (!foreign.test(word)) return word
    const plain = [...word].map((letter) => latin.get(letter) ?? letter).join('')
    return foreign.test(plain) ? word : plain
  })
}

/** Characters that show nothing: zero-width ones, marks of direction, variation selectors, tags, fillers and soft hyphens. */
export const invisible =
  /[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\u{e0000}-\u{e01ef}]/gu
