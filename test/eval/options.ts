/** What `npm run eval` was asked for. */
export interface EvalOptions {
  /** Files or folders of cases. */
  paths: string[]
  /** Say each case of the set to tune on that did not come right. */
  misses: boolean
  /** Print every verdict as JSON, one a line, in place of the report. */
  json: boolean
  /** Read Contoso's names anew from the local tenant. */
  readNames: boolean
}

export const usage = `npm run eval -- [--misses] [--json] [--read-names] [file or folder of cases …]
  without a path: test/language
  --misses      also says each case of set "tune" that did not come right; those of "held-out" are only counted
  --json        prints each verdict as a line of JSON
  --read-names  reads the names of Contoso's catalog anew from the local tenant, writes them, and ends`

/** @throws Error naming what is no option */
export function readOptions(args: readonly string[]): EvalOptions {
  const flags = args.filter((arg) => arg.startsWith('-'))
  const wrong = flags.find((flag) => !['--misses', '--json', '--read-names'].includes(flag))
  if (wrong !== undefined) throw new Error(`${wrong} is no option.\n${usage}`)
  const paths = args.filter((arg) => !arg.startsWith('-'))
  return {
    paths: paths.length ? paths : ['test/language'],
    misses: flags.includes('--misses'),
    json: flags.includes('--json'),
    readNames: flags.includes('--read-names'),
  }
}
