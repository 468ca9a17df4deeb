/** Where the terminal reads and writes. */
export interface Screen {
  print(line: string): void
  /** Everything on standard input, as lines. */
  readLines(): Promise<string[]>
  width: number
  colour: boolean
}

/** Text from outside as it may stand on a terminal: control characters, which could write anywhere, as JSON writes them. */
export const escaped = (text: string): string =>
  text.replace(
    /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g,
    (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
