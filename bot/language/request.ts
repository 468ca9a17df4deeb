import type { Clause } from './clauses.js'
import { asides, courtesies, endings } from './courtesies.js'
import { isHarmlessTalk, withoutReason } from './harmless-talk.js'
import { demands, minding, questions, toWhoever, wanting, wantingAsked } from './openings.js'
import { template } from './machine-text.js'
import { belowPaste } from './paste.js'
import { isAside, isTale, type Deeds } from './tale.js'
import type { Token } from './tokens.js'
import { recast } from './recast.js'
import { baseOfGerund } from './verb-forms.js'
import { endsWith, startsWith } from './word-phrases.js'

/** An utterance as commands that change something look at it: courtesies around it are gone, and what only tells why. */
export interface Request {
  tokens: readonly Token[]
  /** It is put as a question, or quotes somebody. Such words never propose a change. */
  doubtful: boolean
  /** Beside it stands what is not understood to its last word: it may be asked back, and nothing is done. */
  surrounded: boolean
  /** It may be another's, or may not have been meant as it is read: whatever it comes to is asked back. */
  isUnsure?: boolean
}

/** Courtesies that may stand before or behind a request, at most. */
const mostCourtesies = 4

/** What is known of words besides their look. */
export interface KnownWords extends Deeds {
  /** Verbs by which changes and notes are asked for. */
  verbs: ReadonlySet<string>
  /** Words with which what is asked of Nexus begins. */
  beginnings: ReadonlySet<string>
  /** Whether something of the catalog is called so. */
  isName(words: string): boolean
}

/**
 * What a text asks to be done, if it asks for anything.
 * @param whole all of it
 * @param parts its clauses, where it has several
 */
export function requestOf(whole: readonly Token[], parts: readonly Clause[], text: string, known: KnownWords): Request {
  const begin = belowPaste(text) ?? 0
  const tokens = whole.filter(({ start }) => start >= begin)
  const clauses = parts
    .map((clause) => ({ ...clause, tokens: clause.tokens.filter(({ start }) => start >= begin) }))
    .filter((clause) => clause.tokens.length)
  const saying = (clauses.length ? clauses : [{ tokens, asks: false, seam: '' }])
    .flatMap((clause) => partedAtRequest(clause, text, known))
    .filter((clause) => !isIdle(clause.tokens) && !tellsWhy(clause, known.isName))
  const asked = askedIn(saying, text, known)
  const said = asked?.tokens ?? saying.flatMap((clause) => clause.tokens)
  const { rest, asks, minds, isOpened, isWanted, isToWhoever } = withoutCourtesies(said.length ? said : tokens, known)
  const asksNexus =
    asks || clauses.some(({ asks, tokens }) => asks && isIdle(tokens) && tokens.some(({ word }) => word === 'you'))
  const own = text.slice(begin)
  const { tokens: inOrder, tellsNeed } = minds
    ? { tokens: inBase(rest, known.verbs), tellsNeed: false }
    : recast(rest, known, { isOpened, isWanted, isPolite: polite.test(own) })
  return {
    tokens: inOrder,
    doubtful: (own.includes('?') && !asksNexus) || quotes.test(own) || asksTwice(own, known),
    surrounded: (asked?.surrounded ?? false) || isToWhoever || tellsNeed,
  }
}

/** A request without what stands before and behind it in the same sentence. */
export function withoutCourtesies(tokens: readonly Token[], { verbs, isName }: KnownWords) {
  let rest = tokens
  let [asks, minds, isOpened, isWanted, isToWhoever] = [false, false, false, false, false]
  for (let round = 0; round < mostCourtesies; round++) {
    const before = rest.length
    const mind = minding.find((words) => startsWith(rest, words) && baseOfGerund(rest[words.length]?.word, verbs))
    const whoever = toWhoever.find((words) => startsWith(rest, words))
    const question = mind ?? whoever ?? questions.find((words) => startsWith(rest, words))
    const opening = question ?? demands.find((words) => startsWith(rest, words))
    const wanted = opening ? undefined : wantedBehind(rest)
    if (opening) rest = rest.slice(opening.length)
    else if (wanted) {
      rest = [{ ...rest[0]!, word: 'need' }, ...rest.slice(wanted.length)]
      asks ||= wantingAsked.includes(wanted)
      isWanted = true
    }
    // "Let's restart it", whose "'s" is cut off; "let the gate through" has a verb of its own.
    else if (rest[0]?.word === 'let' && verbs.has(rest[1]?.word ?? '')) rest = rest.slice(1)
    minds ||= mind !== undefined
    asks ||= question !== undefined
    isOpened ||= opening !== undefined
    isToWhoever ||= whoever !== undefined
    const ending = endings.find((words) => words.length < rest.length && endsWith(rest, words))
    if (ending) {
      asks ||= ['would', 'will', 'could', 'can'].includes(ending[0]!)
      rest = rest.slice(0, rest.length - ending.length)
    }
    rest = withoutReason(rest, isName)
    if (rest.length === before) break
  }
  // "Team, restart auth" is put to the team; "team of auth is identity" is about one.
  while (rest.length > 1 && courtesies.has(rest[0]!.word) && !['of', 'for'].includes(rest[1]!.word))
    rest = rest.slice(1)
  return { rest, asks, minds, isOpened, isWanted, isToWhoever }
}

/** "could I have", "we need" before what is no deed. */
const wantedBehind = (tokens: readonly Token[]): string[] | undefined =>
  [...wantingAsked, ...wanting].find(
    (words) => startsWith(tokens, words) && !['to', 'you', 'for', undefined].includes(tokens[words.length]?.word),
  )

/** Fewest words of what stands before a request in the same sentence; fewer say whom it is about: "nobody please restart it". */
const fewestBefore = 3

/** "he is at the dentist could you put Mei on call" in two, where the request begins; whole where none does. */
function partedAtRequest(clause: Clause, text: string, known: KnownWords): Clause[] {
  const { tokens } = clause
  const at = tokens.findIndex(
    (token, index) =>
      index >= fewestBefore &&
      (questions.some((words) => startsWith(tokens.slice(index), words)) ||
        polite.test(text.slice(tokens[index - 1]!.end, token.start))),
  )
  return at < 0 || !withoutCourtesies(tokens.slice(0, at), known).rest.length
    ? [clause]
    : [
        { tokens: tokens.slice(0, at), asks: false, seam: '' },
        { ...clause, tokens: tokens.slice(at) },
      ]
}

const polite = /\b(please|pls|plz|kindly)\b/i

/**
 * The one sentence of several that asks for something, if it is one: "tess and I went through it all, could you restart auth". The tales around
 * it leave it what it is where it is put to Nexus in so many words.
 */
function askedIn(saying: readonly Clause[], text: string, known: KnownWords) {
  if (saying.length < 2) return undefined
  const asking = saying.filter((clause) => isPut(clause, text) || opensWithVerb(clause, known))
  const [one, ...others] = asking
  if (!one || others.length) return undefined
  const around = saying.filter((clause) => clause !== one)
  if (around.some(({ asks, seam }) => asks || seam.includes(':'))) return undefined
  if (isPut(one, text) && around.every(({ tokens }) => isTale(tokens, known)))
    return { tokens: one.tokens, surrounded: false }
  return around.every(({ tokens }) => isAside(tokens, known, isPut(one, text)))
    ? { tokens: one.tokens, surrounded: true }
    : undefined
}

/** Whether a sentence is put to Nexus in so many words. Politeness is no word of its own: it stands before the first, between them, or behind the last. */
export function isPut({ tokens }: Clause, text: string): boolean {
  if (questions.some((words) => startsWith(tokens, words))) return true
  const { start } = tokens[0]!
  const { end } = tokens.at(-1)!
  return (
    politeBefore.test(text.slice(0, start)) || polite.test(text.slice(start, end)) || politeBehind.test(text.slice(end))
  )
}

const politeBefore = /\b(please|pls|plz|kindly)\s+(?:the\s+|an?\s+|just\s+)?$/i
const politeBehind = /^\s+(please|pls|plz|kindly)\b|^[,\s]*(please|pls|plz)\W*$/i

function opensWithVerb({ tokens }: Clause, known: KnownWords): boolean {
  const { rest } = withoutCourtesies(tokens, known)
  return known.verbs.has(rest[0]?.word ?? '')
}

/** "snooze it & restart checkout": the sign is no word, and what stands behind it is asked for too. */
const asksTwice = (text: string, { verbs }: KnownWords): boolean =>
  [...text.matchAll(/[&;]\s*(\p{L}+)/gu)].some(([, word]) => verbs.has(word!.toLowerCase()))

/** Words in quotation marks or of a template are somebody else's. */
export const quotes = new RegExp(`["“”„«»]|(^|\\s)['‘]\\S|^\\s*>|${template.source}`, 'mu')

/** Whether words only greet, thank, or lead over. */
export function isIdle(tokens: readonly Token[]): boolean {
  for (let at = 0; at < tokens.length;) {
    const aside = asides.find((words) => startsWith(tokens.slice(at), words))
    if (!aside && !courtesies.has(tokens[at]!.word)) return false
    at += aside?.length ?? 1
  }
  return true
}

/** Whether a part of a text only tells why. What ends in a colon leads to somebody else's words. */
const tellsWhy = ({ tokens, seam, asks }: Clause, isName: KnownWords['isName']): boolean =>
  !asks && !seam.includes(':') && isHarmlessTalk(tokens, isName)

/** "restarting checkout", behind "would you mind". */
function inBase([first, ...rest]: readonly Token[], verbs: ReadonlySet<string>): readonly Token[] {
  return first ? [{ ...first, word: baseOfGerund(first.word, verbs) ?? first.word }, ...rest] : []
}
