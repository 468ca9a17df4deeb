import type { Icon } from '../../cards/icons.js'
import type { Filter } from '../kit/catalog/filter.js'
import type { KindDeclaration } from '../kit/catalog/kind-declaration.js'
import { disputed, ownableOf, unowned } from '../kit/catalog/ownership-filters.js'
import { printFilter } from '../kit/catalog/print-filter.js'

/** What a filter asks for, as people call it. */
export interface Noun {
  /** Inside a sentence: `service`, `Azure resource`, `thing`. */
  one: string
  /** `services and teams` */
  many: string
  /** At the beginning: `Services and teams`. */
  title: string
  /** The kinds it names; none where it names none. */
  kinds: readonly string[]
  icon: Icon
  /** How many conditions it has besides the kinds. */
  conditions: number
}

/** Conditions that have a word of their own, by how they are printed. */
const adjectives = new Map([
  [printFilter(unowned), 'unowned'],
  [printFilter(disputed), 'disputed'],
])

/** A condition's own word, where it has one: `unowned`. */
export const adjectiveOf = (condition: Filter): string | undefined => adjectives.get(printFilter(condition))

/** The noun of a filter in its canonical form, by the kinds that it names first and the words that its conditions have. */
export function nounOf(filter: Filter, declared: readonly KindDeclaration[]): Noun {
  const [first, ...rest] = 'all' in filter ? filter.all : [filter]
  const kinds = first && 'kinds' in first ? first.kinds : []
  const said = first && !kinds.length && !isOwnable(first, declared) ? [first, ...rest] : rest
  const words = said.flatMap((condition) => adjectiveOf(condition) ?? [])
  const named = kinds.map((name) => declared.find(({ kind }) => kind === name))
  const [only, ...others] = named
  const plurals = named.map((kind, index) => lowered(kind?.plural ?? kinds[index]!))
  const plural = others.length ? `${plurals.slice(0, -1).join(', ')} and ${plurals.at(-1)}` : (plurals[0] ?? 'things')
  const many = [...words, plural].join(' ')
  return {
    one: [...words, only && !others.length ? lowered(only.title) : 'thing'].join(' '),
    many,
    title: many.charAt(0).toUpperCase() + many.slice(1),
    kinds,
    icon: (only && !others.length && only.icon) || 'resource',
    conditions: said.length - words.length,
  }
}

/** "Everything that can be owned" goes without saying where who owns it is asked for. */
const isOwnable = (condition: Filter, declared: readonly KindDeclaration[]): boolean =>
  printFilter(condition) === printFilter(ownableOf(declared))

/** `the condition`, `both conditions`, `all 3 conditions` */
export const sayConditions = (n: number): string =>
  n === 1 ? 'the condition' : n === 2 ? 'both conditions' : `all ${n} conditions`

/** `Teams` is `teams` inside a sentence; `APIs` and `Azure` stay as they are. */
export const lowered = (title: string): string =>
  /^(Azure|[A-Z]{2})/.test(title) ? title : title.charAt(0).toLowerCase() + title.slice(1)
