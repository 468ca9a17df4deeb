import { isMap, LineCounter, parseDocument, type Document, type Node } from 'yaml'
import type { ActionManifest } from '../../skills/kit/action-manifest.js'
import type { ManifestCommands } from '../../skills/kit/command.js'
import { Manifest, manifestOf } from './manifest-schema.js'

/** A manifest, or what is wrong with its file: a sentence each, with file and line. */
export type ReadManifest = { manifest: ActionManifest; mistakes?: undefined } | { mistakes: string[] }

/** Longest file that is read, in characters. */
const longest = 50_000

/**
 * Reads an action's file: YAML, shape, and what its texts say.
 * @param file as mistakes name it
 */
export function readManifest(file: string, text: string, check: ManifestCommands['check']): ReadManifest {
  if (text.length > longest) return { mistakes: [`${file}: it is longer than ${longest} characters`] }
  const lines = new LineCounter()
  const document = parseDocument(text, { lineCounter: lines })
  const says = (line: number, what: string) => `${file}, line ${line}: ${what}`
  if (document.errors.length)
    return { mistakes: document.errors.map(({ pos, message }) => says(lines.linePos(pos[0]).line, firstLine(message))) }
  const value = plain(document)
  if (value === undefined) return { mistakes: [says(1, 'it holds more aliases than an action needs')] }
  const lineOf = (at: readonly PropertyKey[]) => lines.linePos(nodeAt(document, at)).line
  const shaped = Manifest.safeParse(value)
  if (!shaped.success)
    return {
      mistakes: shaped.error.issues.map(({ path, message }) =>
        says(lineOf(path), [path.map(String).join('.'), message].filter(Boolean).join(': ')),
      ),
    }
  const manifest = manifestOf(shaped.data)
  const wrong = check(manifest)
  if (wrong.length)
    return { mistakes: wrong.map(({ at, message }) => says(lineOf(at), `${at.map(String).join('.')}: ${message}`)) }
  return { manifest }
}

function plain(document: Document): unknown {
  try {
    return document.toJS({ maxAliasCount: 50 })
  } catch {
    return undefined
  }
}

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
