import { notUnderstood } from './refusal.js'

/** Decides whether a text matches; made once for a constant pattern. */
type Test = (text: string) => boolean

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')

/** A test that the pattern stands between characters that are no letters or digits, as Kusto's index of terms sees it. */
function term(pattern: string, flags: string, sides: { before: boolean; after: boolean }): Test {
  const before = sides.before ? '(?<![\\p{L}\\p{N}])' : ''
  const after = sides.after ? '(?![\\p{L}\\p{N}])' : ''
  const regex = new RegExp(`${before}${escaped(pattern)}${after}`, `u${flags}`)
  return (text) => regex.test(text)
}

const both = { before: true, after: true }
const ignoringCase = (matches: (text: string, pattern: string) => boolean) => (pattern: string) => {
  const lower = pattern.toLowerCase()
  return (text: string) => matches(text.toLowerCase(), lower)
}
const exact =
  (matches: (text: string, pattern: string) => boolean) =>
  (pattern: string): Test =>
  (text) =>
    matches(text, pattern)

/** A regular expression of RE2's syntax; what JavaScript's has not (possessive forms, `(?i)`) is translated or refused. */
export function regexOf(pattern: string): RegExp {
  const insensitive = pattern.startsWith('(?i)')
  try {
    return new RegExp(insensitive ? pattern.slice(4) : pattern, insensitive ? 'i' : '')
  } catch {
    throw notUnderstood(`The regular expression '${pattern}' is not valid.`)
  }
}

/** Operators on two strings, without their negations, by the operator as written in the query. */
export const stringOperators: Record<string, (pattern: string) => Test> = {
  '=~': ignoringCase((text, pattern) => text === pattern),
  has: (pattern) => term(pattern, 'i', both),
  has_cs: (pattern) => term(pattern, '', both),
  hasprefix: (pattern) => term(pattern, 'i', { before: true, after: false }),
  hasprefix_cs: (pattern) => term(pattern, '', { before: true, after: false }),
  hassuffix: (pattern) => term(pattern, 'i', { before: false, after: true }),
  hassuffix_cs: (pattern) => term(pattern, '', { before: false, after: true }),
  contains: ignoringCase((text, pattern) => text.includes(pattern)),
  contains_cs: exact((text, pattern) => text.includes(pattern)),
  startswith: ignoringCase((text, pattern) => text.startsWith(pattern)),
  startswith_cs: exact((text, pattern) => text.startsWith(pattern)),
  endswith: ignoringCase((text, pattern) => text.endsWith(pattern)),
  endswith_cs: exact((text, pattern) => text.endsWith(pattern)),
  'matches regex': (pattern) => {
    const regex = regexOf(pattern)
    return (text) => regex.test(text)
  },
}
