import { isMap, LineCounter, parseAllDocuments, type Document, type Node } from 'yaml'
import type { Mistake } from './mistake.js'

/** One document of a YAML file, of which every value knows where it stands. */
export interface YamlDocument {
  value: unknown
  /** Where the key that leads somewhere stands, or the nearest one above it. @param way such as `['spec', 'owner']` */
  placeOf(way: readonly PropertyKey[]): { line: number; column: number }
}

/** A file as its documents. */
export interface YamlFile {
  /** Those that could be read. */
  documents: YamlDocument[]
  mistakes: Mistake[]
}

/** Longest file that is read, in characters. */
const longest = 2_000_000
/** Mistakes of a file that are told: one slip can make many. */
const mostMistakes = 20
/** How often an alias may be used; a file that says more is made to fill memory. */
const mostAliases = 100

/**
 * Reads a YAML or JSON file of any number of documents. A document with a mistake is left out, and the others are read.
 * @param file as mistakes name it
 */
export function readYaml(file: string, text: string): YamlFile {
  if (text.length > longest)
    return { documents: [], mistakes: [{ file, message: `it is longer than ${longest} characters` }] }
  const lines = new LineCounter()
  const at = (offset: number): { line: number; column: number } => {
    const { line, col } = lines.linePos(offset)
    return { line: Math.max(line, 1), column: Math.max(col, 1) }
  }
  try {
    const parsed = parseAllDocuments(text, { lineCounter: lines, prettyErrors: false, logLevel: 'silent' })
    const read: YamlFile = { documents: [], mistakes: [] }
    for (const document of Array.isArray(parsed) ? parsed : []) {
      const [error] = document.errors
      if (error) read.mistakes.push({ file, ...at(error.pos[0]), message: sayError(error.message) })
      else if (document.contents !== null) take(document, read)
    }
    return { ...read, mistakes: read.mistakes.slice(0, mostMistakes) }
  } catch {
    return { documents: [], mistakes: [{ file, message: tooDeep }] }
  }

  function take(document: Document, read: YamlFile): void {
    try {
      const value: unknown = document.toJS({ maxAliasCount: mostAliases })
      read.documents.push({ value, placeOf: (way) => at(offsetOf(document, way)) })
    } catch {
      read.mistakes.push({
        file,
        ...at(document.range?.[0] ?? 0),
        message: 'an alias in it leads nowhere, or is used too often',
      })
    }
  }
}

/** Where the key that leads somewhere stands in the text; the nearest one above where it is absent. */
function offsetOf(document: Document, way: readonly PropertyKey[]): number {
  for (let depth = way.length; depth > 0; depth--) {
    const path = way.slice(0, depth).map((key) => (typeof key === 'symbol' ? String(key) : key))
    const parent = depth > 1 ? document.getIn(path.slice(0, -1), true) : document.contents
    const key = isMap(parent) && parent.items.find((item) => String(item.key) === String(path.at(-1)))?.key
    const start = ((key || document.getIn(path, true)) as Node | undefined)?.range?.[0]
    if (start !== undefined) return start
  }
  return document.contents?.range?.[0] ?? document.range?.[0] ?? 0
}

/** The parser's own words, without the place, which is told beside them. What is deeper than its stack is no declaration of anything. */
const sayError = (message: string): string =>
  /call stack/i.test(message) ? tooDeep : message.split('\n')[0]!.replace(/ at line \d+.*$/, '')
const tooDeep = 'it is nested too deeply to be read'
