import { takesKind, type Kind, type Ref } from '../../skills/kit/model.js'
import { editDistance } from '../../skills/kit/edit-distance.js'
import { fold } from './tokens.js'
import type { NamedEntity } from './understanding.js'

/** An entity that words may mean. */
export interface Candidate {
  ref: Ref
  name: string
  /** 1 for the exact name, less for an alias, a short form and each typo. */
  certainty: number
  /** Every word that was said stands for one of the name, though perhaps with a typo: nothing is left over. */
  wordForWord: boolean
}

/** Finds entities by what people call them. */
export interface NameIndex {
  /** Likeliest first; kinds named earlier are preferred where words fit equally well. */
  find(words: string, kinds: readonly Kind[]): Candidate[]
}

interface Entry {
  entity: NamedEntity
  key: string
  weight: number
}

/** Endings that people leave out: "auth" is auth-api. */
const commonEndings = new Set(['api', 'service', 'svc', 'web', 'app', 'team'])
const exact = 1
const byAlias = 0.99
const byShortForm = 0.95
const byFirstName = 0.93
/** "the auth team", where only auth is a name. */
const byNoun = 0.95
/** Below this a typo is no longer that name. */
const leastCertainty = 0.6
/** The beginning of a longer name is worth offering, and never taken for it. */
const byBeginning = 0.5
/** Bigram matches that are compared letter by letter. */
const compared = 40

/** Learns the names of a catalog. Exact keys are looked up; typos go through shared bigrams to an edit distance. */
export function createNameIndex(entities: Iterable<NamedEntity>): NameIndex {
  const byKey = new Map<string, Entry[]>()
  const byBigram = new Map<string, Entry[]>()
  for (const entity of entities)
    for (const [key, weight] of keysOf(entity)) {
      const entry = { entity, key, weight }
      push(byKey, key, entry)
      for (const bigram of bigramsOf(key)) push(byBigram, bigram, entry)
    }
  return {
    find(words, kinds) {
      const key = keyOf(words)
      if (!key) return []
      const rank = new Map(kinds.map((kind, index) => [kind, index]))
      const fits = ({ entity }: Entry) => takesKind(kinds, entity.kind)
      const exactly = (wanted: string, share: number) =>
        (byKey.get(wanted) ?? []).filter(fits).map((entry) => ({ entry, certainty: entry.weight * share }))
      const scored = [
        () => exactly(key, 1),
        () => exactly(withoutNoun(key), byNoun),
        () => nearTo(key, byBigram, fits),
        () => beginningWith(key, byKey, fits),
      ]
      // "dana" names a person: for a command that asks for a team it is unknown, and never a typo of Data.
      const namesAnother = byKey.has(key)
      for (const attempt of namesAnother ? scored.slice(0, 2) : scored) {
        const found = attempt()
        if (found.length) return best(found, key, (kind) => rank.get(kind) ?? kinds.length)
      }
      return []
    },
  }
}

/** Names as they are compared: separators are spaces. */
const keyOf = (name: string): string =>
  fold(name)
    .split(/[\s\-_./]+/)
    .filter(Boolean)
    .join(' ')

function keysOf({ kind, name, aliases, id }: NamedEntity): Map<string, number> {
  const keys = new Map<string, number>()
  const add = (text: string, weight: number) => {
    const key = keyOf(text)
    if (key && (keys.get(key) ?? 0) < weight) keys.set(key, weight)
  }
  add(name, exact)
  if (id.length <= 80) add(id, exact)
  for (const alias of aliases) add(alias, byAlias)
  const words = keyOf(name).split(' ')
  if (words.length > 1 && commonEndings.has(words.at(-1)!)) add(words.slice(0, -1).join(' '), byShortForm)
  if (kind === 'Person') add(words[0]!, byFirstName)
  if (kind === 'Team') add(`${name} team`, byAlias)
  if (kind === 'Service') add(`${name} service`, byAlias)
  return keys
}

/** A name without the noun that says what it is: "payments service" is payments. */
const withoutNoun = (key: string): string =>
  key.replace(/ (team|service|api|app|repo|repository|database|db|pipeline)$/, '')

/** The figures of a name: with others it is another name and no typo, as INC-9999 is not INC-99 and st124 not st123. */
const digitsOf = (key: string): string => key.replace(/\D+/g, ' ').trim()

function nearTo(
  key: string,
  byBigram: Map<string, Entry[]>,
  fits: (entry: Entry) => boolean,
): { entry: Entry; certainty: number }[] {
  if (key.length < 3) return []
  const shared = new Map<Entry, number>()
  const bigrams = bigramsOf(key)
  for (const bigram of bigrams)
    for (const entry of byBigram.get(bigram) ?? [])
      if (fits(entry) && digitsOf(entry.key) === digitsOf(key)) shared.set(entry, (shared.get(entry) ?? 0) + 1)
  const overlap = ([entry, count]: [Entry, number]) => (2 * count) / (bigrams.length + entry.key.length + 1)
  const nearest = [...shared].sort((a, b) => overlap(b) - overlap(a)).slice(0, compared)
  return nearest.flatMap(([entry]) => {
    const longer = Math.max(key.length, entry.key.length)
    const limit = longer < 4 ? 0 : longer < 8 ? 1 : longer < 12 ? 2 : 3
    const distance = editDistance(key, entry.key, limit)
    const certainty = entry.weight * (1 - 1.2 * (distance / longer))
    return distance <= limit && certainty >= leastCertainty ? [{ entry, certainty }] : []
  })
}

/** Names of which one word begins with the key; shorter names, of which it says more, are surer. */
function beginningWith(key: string, byKey: Map<string, Entry[]>, fits: (entry: Entry) => boolean) {
  if (key.length < 3) return []
  const keys = [...byKey.keys()].filter((name) => name.startsWith(key) || name.includes(` ${key}`))
  return keys.flatMap((name) =>
    byKey
      .get(name)!
      .filter(fits)
      .map((entry) => ({ entry, certainty: byBeginning * entry.weight * (key.length / name.length) })),
  )
}

/** One candidate an entity, the surest; equal certainty goes by the order of kinds, then by name, so that answers do not vary. */
function best(scored: { entry: Entry; certainty: number }[], said: string, rank: (kind: Kind) => number): Candidate[] {
  const same = (key: string) => [said, withoutNoun(said)].some((words) => isWordForWord(words, key))
  const candidates = new Map<string, Candidate>()
  for (const { entry, certainty } of scored) {
    const { kind, id, name } = entry.entity
    const key = `${kind}/${id}`
    if ((candidates.get(key)?.certainty ?? 0) < certainty)
      candidates.set(key, { ref: { kind, id }, name, certainty, wordForWord: same(entry.key) })
  }
  return [...candidates.values()].sort(
    (a, b) => b.certainty - a.certainty || rank(a.ref.kind) - rank(b.ref.kind) || (a.name < b.name ? -1 : 1),
  )
}

/** As many words, each with as few slips as its length bears: "checkout why" is not "checkout web". */
function isWordForWord(said: string, key: string): boolean {
  const [theirs, ours] = [said.split(' '), key.split(' ')]
  return theirs.length === ours.length && theirs.every((word, at) => isSlipOf(word, ours[at]!))
}

function isSlipOf(said: string, word: string): boolean {
  const limit = slips(Math.min(said.length, word.length))
  return editDistance(said, word, limit) <= limit
}

/** Letters that may be wrong in a word. */
const slips = (length: number): number => (length < 4 ? 0 : length < 8 ? 1 : 2)

/** Pairs of neighbouring characters, with the edges marked so that beginnings weigh. */
function bigramsOf(key: string): string[] {
  const padded = `^${key}$`
  return Array.from({ length: padded.length - 1 }, (_, index) => padded.slice(index, index + 2))
}

function push<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const values = map.get(key)
  if (values) values.push(value)
  else map.set(key, [value])
}
