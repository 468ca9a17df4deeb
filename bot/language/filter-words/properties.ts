import type { KindDeclaration, PropertyDeclaration } from '../../../skills/kit/catalog/kind-declaration.js'
import { askable, wordsAt } from './asking.js'

/** A property that words name, and where they go on. */
export interface PropertySaid {
  name: string
  declared: PropertyDeclaration
  next: number
}

/** The property that words name: by its name, its title, what else it is called, or another form of one of these. */
export function propertyAt(words: readonly string[], at: number, kind: KindDeclaration): PropertySaid | undefined {
  const { byName, byStem } = calledOf(kind)
  for (const width of [4, 3, 2, 1]) {
    const said = wordsAt(words, at, width)
    const found = said === undefined ? undefined : (byName.get(said) ?? byStem.get(stem(said)))
    if (found) return { ...found, next: at + width }
  }
  return undefined
}

/** What the properties of a kind are called; of several that are called alike the first declared. */
interface Called {
  byName: ReadonlyMap<string, Omit<PropertySaid, 'next'>>
  /** "costing", "expiring": of what has numbers and moments, people make verbs. */
  byStem: ReadonlyMap<string, Omit<PropertySaid, 'next'>>
}

const called = new WeakMap<KindDeclaration, Called>()

function calledOf(kind: KindDeclaration): Called {
  const known = called.get(kind)
  if (known) return known
  const [byName, byStem] = [
    new Map<string, Omit<PropertySaid, 'next'>>(),
    new Map<string, Omit<PropertySaid, 'next'>>(),
  ]
  for (const [name, declared] of askable(kind))
    for (const one of namesOf(name, declared)) {
      if (!byName.has(one)) byName.set(one, { name, declared })
      const isVerb = declared.type === 'number' || declared.type === 'instant'
      if (isVerb && !byStem.has(stem(one))) byStem.set(stem(one), { name, declared })
    }
  called.set(kind, { byName, byStem })
  return { byName, byStem }
}

const namesOf = (name: string, { title, says = [] }: PropertyDeclaration): string[] =>
  [name, title, ...says].map((one) => one.toLowerCase())

/** A word without its ending: "expires" and "expiring" are one. Shorter ones than five letters stay, and so does what is of several words. */
const stem = (word: string): string => (/^[a-z]{5,}$/.test(word) ? word.replace(/(?:ing|ed|es|e|s|y)$/, '') : word)

/** The moment that "today" means of a thing that happens. */
const moments: Readonly<Record<string, string>> = {
  Incident: 'opened',
  Deployment: 'started',
  Run: 'started',
  Change: 'at',
  PullRequest: 'opened',
  WorkItem: 'created',
  Pipeline: 'lastRun',
  Proposal: 'asked',
  AlertRule: 'fired',
}

/** The moment by which something that happens is said to be of a time; undefined of what only is there. */
export const happenedAt = ({ kind }: KindDeclaration): string | undefined => moments[kind]

/** The moment from which a thing's age counts: when it was made. */
export const madeAt = (kind: KindDeclaration): string | undefined =>
  ['created', 'opened', 'asked', 'started', 'at'].find((name) => kind.properties[name]?.type === 'instant')

/** Moments that lie ahead. */
export const isAhead = (property: string): boolean => ['expires', 'due', 'sprintEnd'].includes(property)
