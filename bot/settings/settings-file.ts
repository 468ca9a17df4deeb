import { isMap, LineCounter, parseDocument, type Document, type Node } from 'yaml'
import type { Settings } from '../../skills/kit/ports.js'

/** A YAML file as plain values, of which each knows its line. */
export interface LocatedYaml {
  value: unknown
  /** A mistake as people read it: `policies/hours.yaml, line 3: …`. @param at the way to what is wrong, such as `['hours', 0, 'days']` */
  says(at: readonly PropertyKey[], what: string): string
  /** The line of what a way leads to, from 1. */
  lineOf(at: readonly PropertyKey[]): number
  mistakes?: undefined
}

/** Longest file of settings that is read, in characters. */
const longest = 50_000

/**
 * Reads a YAML file of the settings.
 * @param file as mistakes name it
 * @returns what it holds, or what is wrong with it, a sentence each with file and line
 */
export function locateYaml(file: string, text: string): LocatedYaml | { mistakes: string[] } {
  if (text.length > longest) return { mistakes: [`${file}: it is longer than ${longest} characters`] }
  const lines = new LineCounter()
  const document = parseDocument(text, { lineCounter: lines })
  const lineAt = (offset: number) => lines.linePos(offset).line
  const on = (offset: number, what: string) => `${file}, line ${lineAt(offset)}: ${what}`
  if (document.errors.length)
    return { mistakes: document.errors.map(({ pos, message }) => on(pos[0], firstLine(message))) }
  try {
    const value: unknown = document.toJS({ maxAliasCount: 50 })
    return {
      value,
      says: (at, what) => on(nodeAt(document, at), what),
      lineOf: (at) => lineAt(nodeAt(document, at)),
    }
  } catch {
    return { mistakes: [on(0, 'it holds more aliases than a file of settings needs')] }
  }
}

/** What is wrong somewhere in a value; `keys` are those that it should not have. */
interface Issue {
  path: readonly PropertyKey[]
  message: string
  keys?: readonly string[]
}

/** The mistakes of a value's shape, each with its line. @param base the way to the value in the file */
export const saysIssues = (
  { says }: LocatedYaml,
  issues: readonly Issue[],
  base: readonly PropertyKey[] = [],
): string[] =>
  issues.map(({ path, message, keys = [] }) => {
    const way = [...base, ...path]
    return says([...way, ...keys.slice(0, 1)], [way.map(String).join('.'), message].filter(Boolean).join(': '))
  })

/** Where the key that leads somewhere stands in the text; the nearest one above where it is absent. */
function nodeAt(document: Document, at: readonly PropertyKey[]): number {
  for (let depth = at.length; depth > 0; depth--) {
    const path = at.slice(0, depth).map((key) => (typeof key === 'symbol' ? String(key) : key))
    const parent = depth > 1 ? document.getIn(path.slice(0, -1), true) : document.contents
    const key = isMap(parent) && parent.items.find((item) => String(item.key) === String(path.at(-1)))?.key
    const start = ((key || document.getIn(path, true)) as Node | undefined)?.range?.[0]
    if (start !== undefined) return start
  }
  return 0
}

const firstLine = (message: string): string => message.split('\n')[0]!.replace(/ at line \d+.*$/, '')

/** How a file of the settings is turned into what is in force. */
export interface SettingsFile<T> {
  path: string
  read(text: string): { is: T; mistakes: readonly string[] }
  /** What reading it rests on besides its text; where that becomes another, the file is read anew. */
  basis?(): unknown
  /** What holds where there is no such file. */
  absent: T
  /** What holds where the settings do not answer, and never did. */
  unread: T
  /** Told of the mistakes of a file once, until it changes. */
  report?(mistakes: readonly string[]): void
}

/**
 * What a file of the settings says, asked at every question and read anew only when it changed. While the settings do not answer, what was
 * read last holds.
 */
export function inForce<T>(settings: Pick<Settings, 'read'>, file: SettingsFile<T>): () => Promise<T> {
  let last: { text: string | undefined; basis: unknown; is: T } | undefined
  return async () => {
    let text: string | undefined
    try {
      text = await settings.read(file.path)
    } catch {
      return last ? last.is : file.unread
    }
    const basis = file.basis?.()
    if (last && last.text === text && last.basis === basis) return last.is
    const { is, mistakes } = text === undefined ? { is: file.absent, mistakes: [] } : file.read(text)
    if (mistakes.length) file.report?.(mistakes)
    last = { text, basis, is }
    return is
  }
}
