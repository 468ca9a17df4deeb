import type { Token } from './tokens.js'
import { baseOfGerund, baseOfParticiple } from './verb-forms.js'

// People also ask with the verb behind what it is to be done to: "I'd like checkout restarted", "checkout needs a restart", "in staging, restart
// checkout". Such words are put as the commands' own phrases are, verb first, and understood as those.

/** Words with the verb first, where they are a request put otherwise. */
export interface Recast {
  tokens: readonly Token[]
  /** They tell what is needed and ask nobody for it: it is asked back. */
  tellsNeed: boolean
}

/** What is known of words. */
export interface Words {
  /** Verbs by which changes and notes are asked for. */
  verbs: ReadonlySet<string>
  /** Whether something of the catalog is called so. */
  isName(words: string): boolean
}

/** How words stand in their text. */
export interface Put {
  /** Behind "can you", "I want you to". */
  isOpened: boolean
  /** Behind "I need", "could I have": the first of them is "need". */
  isWanted: boolean
  /** With "please". */
  isPolite: boolean
}

/** Words as a phrase would have them; as they are where they are no request put otherwise. */
export function recast(tokens: readonly Token[], words: Words, put: Put): Recast {
  const { verbs } = words
  const caused =
    causedBy(tokens, verbs, put) ?? (put.isPolite ? namedBy(tokens, verbs) : undefined) ?? frontedBy(tokens, words)
  if (caused) return { tokens: caused, tellsNeed: false }
  const needed = neededBy(tokens, verbs)
  return needed ? { tokens: needed, tellsNeed: true } : { tokens, tellsNeed: false }
}

const verbFirst = (tokens: readonly Token[], at: number, base: string): readonly Token[] => [
  { ...tokens[at]!, word: base },
  ...tokens.slice(0, at),
  ...tokens.slice(at + 1),
]

/** The one word of a form of a verb, not at the beginning. */
function onlyDone(tokens: readonly Token[], verbs: ReadonlySet<string>): { at: number; base: string } | undefined {
  const done = tokens.flatMap(({ word }, at) => {
    const base = at === 0 ? undefined : baseOfParticiple(word, verbs)
    return base === undefined ? [] : [{ at, base }]
  })
  return done.length === 1 ? done[0] : undefined
}

/**
 * "Get checkout restarted in staging" as "restart checkout in staging"; "have …" only behind words that ask, because it may be a question, and
 * "need …" only where somebody says that they do.
 */
function causedBy(
  tokens: readonly Token[],
  verbs: ReadonlySet<string>,
  { isOpened, isWanted }: Put,
): readonly Token[] | undefined {
  const [first, ...rest] = tokens
  const causes = first?.word === 'get' || (isOpened && first?.word === 'have') || (isWanted && first?.word === 'need')
  const done = causes ? onlyDone(rest, verbs) : undefined
  if (!done || telling.has(rest[done.at - 1]!.word)) return undefined
  const [to, be] = [rest[done.at - 2]?.word, rest[done.at - 1]!.word]
  const said = to === 'to' && be === 'be' ? rest.filter((_, at) => at !== done.at - 1 && at !== done.at - 2) : rest
  return verbFirst(said, said.indexOf(rest[done.at]!), done.base)
}

/** Before a participle these tell what was done. */
const telling = new Set('was were is are been already just being'.split(' '))

const needing = new Set('needs need wants requires'.split(' '))

/** "Checkout needs a restart", "checkout in dev needs to be restarted", "checkout needs restarting". */
function neededBy(tokens: readonly Token[], verbs: ReadonlySet<string>): readonly Token[] | undefined {
  const at = tokens.findIndex(({ word }, index) => index > 0 && needing.has(word))
  if (at < 0) return undefined
  let next = at + 1
  if (tokens[next]?.word === 'to' && tokens[next + 1]?.word === 'be') next += 2
  const word = tokens[next]?.word
  const base = baseOfGerund(word, verbs) ?? baseOfParticiple(word, verbs) ?? (verbs.has(word ?? '') ? word : undefined)
  if (base === undefined) return undefined
  return [{ ...tokens[next]!, word: base }, ...tokens.slice(0, at), ...tokens.slice(next + 1)]
}

/** "A restart of checkout, please", "checkout restarted please". */
function namedBy(tokens: readonly Token[], verbs: ReadonlySet<string>): readonly Token[] | undefined {
  const [first, second, ...rest] = tokens
  if (second?.word === 'of' && verbs.has(first!.word)) return [first!, ...rest]
  const done = verbs.has(first?.word ?? '') ? undefined : onlyDone(tokens, verbs)
  return done && !telling.has(tokens[done.at - 1]!.word) ? verbFirst(tokens, done.at, done.base) : undefined
}

/** Words that lead to where something is to be done, or to what. */
const leading = new Set(['in', 'on', 'for'])
/** Most words of that before a verb. */
const mostBefore = 5

/** "In staging restart checkout" as "restart checkout in staging". What says when it is to be done stays where it is. */
function frontedBy(tokens: readonly Token[], { verbs, isName }: Words): readonly Token[] | undefined {
  const [first, ...rest] = tokens
  if (!leading.has(first?.word ?? '')) return undefined
  const at = 1 + rest.findIndex(({ word }, index) => index > 0 && verbs.has(word) && !leading.has(word))
  const front = tokens.slice(1, at).map(({ word }) => word)
  return at < 2 || at > mostBefore || at === tokens.length - 1 || !isName(front.join(' '))
    ? undefined
    : [...tokens.slice(at), ...tokens.slice(0, at)]
}
