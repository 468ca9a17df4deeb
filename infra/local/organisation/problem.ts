/** One mistake in an organisation's files: where it is, what is wrong, what to do. */
export interface Problem {
  /** File name within the folder. */
  file: string
  /** From 1; 0 where the mistake is the file itself. */
  line: number
  column: number
  message: string
}

/** All mistakes of an organisation folder at once. */
export class OrganisationError extends Error {
  override readonly name = 'OrganisationError'

  /** @param folder as the person named it, so that the places can be clicked in a terminal. */
  constructor(
    folder: string,
    readonly problems: Problem[],
  ) {
    const count = problems.length === 1 ? 'a mistake' : `${problems.length} mistakes`
    super(
      [`The organisation in ${folder} has ${count}:`, ...problems.map((problem) => `  ${line(folder, problem)}`)].join(
        '\n',
      ),
    )
  }
}

const line = (folder: string, { file, line, column, message }: Problem): string =>
  `${folder.replace(/\/$/, '')}/${file}${line ? `:${line}:${column}` : ''}: ${message}`

/** By file, then place. */
export const inOrder = (problems: Problem[]): Problem[] =>
  problems.toSorted((a, b) => a.file.localeCompare(b.file) || a.line - b.line || a.column - b.column)
