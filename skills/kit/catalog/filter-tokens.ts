import { FilterFault, type Word } from './filter-fault.js'

/** A piece of a filter's text. `text` was in quotes; `end` stands behind the last. */
export interface Token extends Word {
  kind: 'word' | 'text' | 'sign' | 'end'
  /** What it says: of a text that is without its quotes and escapes. */
  says: string
}

/** Signs as people write them, the longer ones first, and what each stands for. */
const signs: readonly (readonly [written: string, sign: string])[] = [
  ['!=', '!='],
  ['≠', '!='],
  ['<=', '<='],
  ['≤', '<='],
  ['>=', '>='],
  ['≥', '>='],
  ...['=', '<', '>', '(', ')', ','].map((sign) => [sign, sign] as const),
]

/** Which quotes end a text, by the one it begins with: phones and chats make curly ones of straight ones. */
const quotes: Readonly<Record<string, string>> = {
  '"': '"',
  "'": "'",
  '“': '”“"',
  '”': '”"',
  '„': '“”"',
  '‘': "’'",
  '«': '»',
}

const wordPattern = /[^\s"“”„«»(),=<>!≠≤≥]+/uy

/** Cuts a filter's text into pieces. @throws FilterFault for a sign that means nothing and for quotes that do not end */
export function filterTokens(text: string): Token[] {
  const tokens: Token[] = []
  let at = 0
  while (at < text.length) {
    const next = /\s/u.test(text[at]!) ? undefined : (textAt(text, at) ?? signAt(text, at) ?? wordAt(text, at))
    if (next) tokens.push(next)
    at += next?.raw.length ?? 1
  }
  return [...tokens, { kind: 'end', raw: '', says: '', at: text.length }]
}

function signAt(text: string, at: number): Token | undefined {
  const found = signs.find(([written]) => text.startsWith(written, at))
  return found && { kind: 'sign', raw: found[0], says: found[1], at }
}

function wordAt(text: string, at: number): Token {
  wordPattern.lastIndex = at
  const raw = wordPattern.exec(text)?.[0]
  if (raw === undefined) throw new FilterFault(text[at]!, at, 'this sign means nothing here', 'Not equal is != or ≠.')
  return { kind: 'word', raw, says: raw, at }
}

/** A text in quotes, its escapes as in JSON. */
function textAt(text: string, at: number): Token | undefined {
  const ends = quotes[text[at]!]
  if (ends === undefined) return undefined
  let end = at + 1
  while (end < text.length && !ends.includes(text[end]!)) end += text[end] === '\\' ? 2 : 1
  const raw = text.slice(at, end + 1)
  if (end >= text.length)
    throw new FilterFault(raw, at, 'these quotes do not end', 'Write the same quotes behind the text.')
  return { kind: 'text', raw, says: unescaped(raw, at), at }
}

function unescaped(raw: string, at: number): string {
  const inner = raw
    .slice(1, -1)
    .replace(/\\.|["\u0000-\u001f]/gsu, (one) =>
      one === "\\'" ? "'" : one.length > 1 ? one : JSON.stringify(one).slice(1, -1),
    )
  try {
    return JSON.parse(`"${inner}"`) as string
  } catch {
    throw new FilterFault(raw, at, 'this escape is not known', 'A backslash is written \\\\, quotes inside quotes \\".')
  }
}
