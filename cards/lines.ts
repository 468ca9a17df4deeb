const wide =
  /^(?:\p{Emoji_Presentation}|[\u1100-\u115F\u2E80-\u303E\u3041-\uA4CF\uAC00-\uD7A3\uF900-\uFAFF\uFE30-\uFE6F\uFF00-\uFF60\uFFE0-\uFFE6])/u
const letters = new Intl.Segmenter(undefined, { granularity: 'grapheme' })

/** How many columns of a terminal a text takes: one a letter, two for East Asian ones and emoji. */
export function columnsOf(text: string): number {
  if (/^[\x20-\x7E]*$/.test(text)) return text.length
  let columns = 0
  for (const { segment } of letters.segment(text)) columns += wide.test(segment) ? 2 : 1
  return columns
}

/** Fills a text up with spaces to a number of columns. */
export const pad = (text: string, columns: number): string => text + ' '.repeat(Math.max(0, columns - columnsOf(text)))

/** The pieces of a word that is longer than a line. */
function pieces(word: string, width: number): string[] {
  if (columnsOf(word) <= width) return [word]
  const result = ['']
  for (const { segment } of letters.segment(word)) {
    if (columnsOf(result.at(-1)! + segment) > width) result.push('')
    result[result.length - 1] += segment
  }
  return result
}

/** Breaks a text at spaces into lines of at most `width` columns; a word longer than a line is cut. Keeps the text's own lines. */
export function wrap(text: string, width: number): string[] {
  return text.split('\n').flatMap((paragraph) => {
    const lines = ['']
    for (const word of paragraph.split(' ').flatMap((word) => pieces(word, width))) {
      const line = lines.at(-1)!
      const longer = line === '' ? word : `${line} ${word}`
      if (columnsOf(longer) <= width) lines[lines.length - 1] = longer
      else lines.push(word)
    }
    return lines
  })
}

/** Lines behind a lead: the first follows it, the others stand under it. */
export function hang(lead: string, text: string, width: number): string[] {
  const space = ' '.repeat(columnsOf(lead))
  return wrap(text, Math.max(16, width - columnsOf(lead))).map((line, index) => (index === 0 ? lead : space) + line)
}
