import { nearestName } from '../nearest-name.js'
import type { Filter } from './filter.js'
import type { KindDeclaration, PropertyDeclaration } from './kind-declaration.js'
import type { Step } from './relation-types.js'

/** The kind that a word names: by its own name, as one or several are called, or by another word for it, without case. */
export function kindCalled(word: string, kinds: readonly KindDeclaration[]): KindDeclaration | undefined {
  const said = word.toLowerCase()
  const names = [
    ({ kind }: KindDeclaration) => [kind],
    ({ title, plural, says }: KindDeclaration) => [title, plural, ...says.filter((one) => typeof one === 'string')],
  ]
  for (const of of names) {
    const found = kinds.find((kind) => of(kind).some((name) => name.toLowerCase() === said))
    if (found) return found
  }
  return undefined
}

/** The kinds that are left of those asked, by the conditions of a filter that must all hold. */
export function narrowed(filters: readonly Filter[], asked: readonly KindDeclaration[]): readonly KindDeclaration[] {
  const named = filters.flatMap((one) => ('kinds' in one ? [one.kinds] : []))
  const left = asked.filter(({ kind }) => named.every((kinds) => kinds.includes(kind)))
  // Two kinds at once are nothing, which is no mistake of what else is asked of them.
  return left.length ? left : asked
}

/** The kinds to which a step leads from any of some; empty where none of them has it. */
export function kindsBehind(
  { type, direction }: Step,
  from: readonly KindDeclaration[],
  all: readonly KindDeclaration[],
): readonly KindDeclaration[] {
  if (direction === 'in') return all.filter(({ relations }) => from.some(({ kind }) => relations[type]?.includes(kind)))
  const targets = new Set(from.flatMap(({ relations }) => relations[type] ?? []))
  return all.filter(({ kind }) => targets.has(kind))
}

const text = (title: string): PropertyDeclaration => ({ type: 'text', title })

/** What every entity has, besides tags. */
const common: Readonly<Record<string, PropertyDeclaration>> = {
  name: text('Name'),
  id: text('Id'),
  kind: text('Kind'),
  source: { type: 'list', title: 'Source' },
}

/** A property as it is declared. */
export interface Declared {
  /** As it is written, with the case of its declaration. */
  name: string
  /** One for each way in which the asked kinds declare it. */
  as: readonly PropertyDeclaration[]
}

/** The property of some kinds that a word names, without case; of a map its items are properties: `tags.team`. */
export function propertyCalled(word: string, kinds: readonly KindDeclaration[]): Declared | undefined {
  const [own, item] = split(word)
  const said = word.toLowerCase()
  const name = [...Object.keys(common), ...namesIn(kinds)].find((one) => one.toLowerCase() === said)
  if (name !== undefined) return { name, as: declarationsOf(name, kinds) }
  if (item === undefined) return undefined
  if (own.toLowerCase() === 'tags') return { name: `tags.${item}`, as: [text(item)] }
  const map = namesIn(kinds).find((one) => one.toLowerCase() === own.toLowerCase())
  const isMap = map !== undefined && declarationsOf(map, kinds).some(({ type }) => type === 'map')
  return isMap ? { name: `${map}.${item}`, as: [text(item)] } : undefined
}

function declarationsOf(name: string, kinds: readonly KindDeclaration[]): PropertyDeclaration[] {
  if (Object.hasOwn(common, name)) return [common[name]!]
  return kinds.flatMap(({ properties }) => {
    const own = Object.hasOwn(properties, name) ? properties[name] : undefined
    return own && own.type !== 'data' ? [own] : []
  })
}

function split(word: string): [own: string, item?: string] {
  const dot = word.indexOf('.')
  return dot < 0 ? [word] : [word.slice(0, dot), word.slice(dot + 1)]
}

const namesIn = (kinds: readonly KindDeclaration[]): string[] => [
  ...new Set(
    kinds.flatMap(({ properties }) => Object.keys(properties).filter((name) => properties[name]!.type !== 'data')),
  ),
]

/** What may be asked of some kinds, by name: their own properties first, those of maps by an example. */
export const propertyNames = (kinds: readonly KindDeclaration[]): string[] => [
  ...namesIn(kinds).filter((name) =>
    declarationsOf(name, kinds).some(({ personal, type }) => !personal && type !== 'map'),
  ),
  ...Object.keys(common),
]

/** The property that was probably meant, by its name, its title or other words for it. */
export function nearestProperty(word: string, kinds: readonly KindDeclaration[]): string | undefined {
  const said = new Map(propertyNames(kinds).map((name) => [name, name]))
  for (const name of namesIn(kinds))
    for (const { personal, title, says = [] } of declarationsOf(name, kinds))
      if (!personal) for (const other of [title, ...says]) if (!said.has(other)) said.set(other, name)
  const near = nearestName(word, said.keys())
  return near && said.get(near)
}
