/** The words of each line of a text. */
export const lineWords = (lines: string): string[][] =>
  lines
    .trim()
    .split('\n')
    .map((line) => line.trim().split(' '))
