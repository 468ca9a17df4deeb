/** Where the terminal reads and writes. */
export interface Screen {
  print(line: string): void
  /** Everything on standard input, as lines. */
  readLines(): Promise<string[]>
  width: number
  colour: boolean
}
