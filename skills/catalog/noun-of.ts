import type { Icon } from '../../cards/icons.js'
import type { Filter } from '../kit/catalog/filter.js'
import type { KindDeclaration } from '../kit/catalog/kind-declaration.js'

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

/** The noun of a filter in its canonical form, by the kinds that it names first. */
export function nounOf(filter: Filter, declared: readonly KindDeclaration[]): Noun {
  const [first, ...rest] = 'all' in filter ? filter.all : [filter]
  const kinds = first && 'kinds' in first ? first.kinds : []
  const named = kinds.map((name) => declared.find(({ kind }) => kind === name))
  const [only, ...others] = named
  const plurals = named.map((kind, index) => lowered(kind?.plural ?? kinds[index]!))
  const many = others.length ? `${plurals.slice(0, -1).join(', ')} and ${plurals.at(-1)}` : (plurals[0] ?? 'things')
  return {
    one: only && !others.length ? lowered(only.title) : 'thing',
    many,
    title: many.charAt(0).toUpperCase() + many.slice(1),
    kinds,
    icon: (only && !others.length && only.icon) || 'resource',
    conditions: kinds.length ? rest.length : rest.length + Number(first !== undefined),
  }
}

/** `the condition`, `both conditions`, `all 3 conditions` */
export const sayConditions = (n: number): string =>
  n === 1 ? 'the condition' : n === 2 ? 'both conditions' : `all ${n} conditions`

/** `Teams` is `teams` inside a sentence; `APIs` and `Azure` stay as they are. */
export const lowered = (title: string): string =>
  /^(Azure|[A-Z]{2})/.test(title) ? title : title.charAt(0).toLowerCase() + title.slice(1)
