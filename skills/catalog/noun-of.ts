import type { Icon } from '../../cards/icons.js'
import type { Filter } from '../kit/catalog/filter.js'
import type { KindDeclaration } from '../kit/catalog/kind-declaration.js'

/** What a filter asks for, as people call it. */
export interface Noun {
  /** `Azure resource`, `thing`. */
  one: string
  /** `Azure resources`, `Services and teams`. */
  many: string
  /** The kinds it names; none where it names none. */
  kinds: readonly string[]
  icon: Icon
  /** Whether it asks for more than the kinds. */
  narrow: boolean
}

/** The noun of a filter in its canonical form, by the kinds that it names first. */
export function nounOf(filter: Filter, declared: readonly KindDeclaration[]): Noun {
  const [first, ...rest] = 'all' in filter ? filter.all : [filter]
  const kinds = first && 'kinds' in first ? first.kinds : []
  const named = kinds.map((kind) => declared.find((one) => one.kind === kind))
  const [only] = named
  const many = named.map((one, index) => one?.plural ?? kinds[index]!)
  const titles = many.map((title, index) => (index ? lowered(title) : title))
  return {
    one: named.length === 1 ? (only?.title ?? kinds[0]!) : 'thing',
    many: titles.length > 1 ? `${titles.slice(0, -1).join(', ')} and ${titles.at(-1)}` : (titles[0] ?? 'Things'),
    kinds,
    icon: (named.length === 1 && only?.icon) || 'resource',
    narrow: kinds.length ? rest.length > 0 : first !== undefined,
  }
}

/** `Teams` is `teams` inside a sentence; `API`s and `Azure` stay as they are. */
const lowered = (title: string): string =>
  /^(Azure|[A-Z]{2})/.test(title) ? title : title.charAt(0).toLowerCase() + title.slice(1)
