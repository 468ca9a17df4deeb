import type { Claim, Json } from '../model.js'
import type { KindDeclaration, PropertyDeclaration } from './kind-declaration.js'
import { relationTypes, type RelationType } from './relation-types.js'

/** What is wrong with a claim; `property` names the property or relation, where it is one. */
export interface ClaimMistake {
  property?: string
  /** A sentence without its property: "is "huge", which is none of low, high". */
  reason: string
}

/** Longest id and name that are taken, in characters. ARM ids have at most about 2,000 (learn.microsoft.com, "Naming rules"). */
const longestName = 2_048
/** Most characters a claim's JSON may have: the least that any store keeps in one item, with room for the claims of other sources. */
const longestClaim = 500_000

/**
 * Holds a claim against the declaration of its kind. Pure. A vendor's claim is kept whatever is wrong with it, and its mistakes are counted;
 * a push is refused with them. Whether the other end of a relation exists is nobody's mistake: another source may claim it later.
 * @returns what is wrong, in the order it stands in the claim; empty where all is well
 */
export function checkClaim(claim: Claim, kinds: readonly KindDeclaration[]): ClaimMistake[] {
  const declared = kinds.find(({ kind }) => kind === claim.kind)
  if (!declared)
    return [
      { property: 'kind', reason: `is ${quoted(claim.kind)}; there are ${kinds.map(({ kind }) => kind).join(', ')}` },
    ]
  return [
    ...named('id', claim.id),
    ...named('name', claim.name),
    ...(claim.aliases ?? []).flatMap((alias) => named('aliases', alias)),
    ...tooLong(claim),
    ...propertyMistakes(claim.props, declared),
    ...relationMistakes(claim.relations ?? [], declared),
  ]
}

/** A mistake in a sentence: `tier is "huge", which is none of low, high`. */
export const sayMistake = ({ property, reason }: ClaimMistake): string =>
  property === undefined ? reason : `${property} ${reason}`

function named(property: string, value: unknown): ClaimMistake[] {
  if (typeof value !== 'string' || value.trim() === '') return [{ property, reason: 'must be text that is not empty' }]
  if (value.length > longestName)
    return [{ property, reason: `has ${value.length} characters, at most ${longestName}` }]
  return []
}

function tooLong(claim: Claim): ClaimMistake[] {
  const { length } = JSON.stringify(claim)
  return length > longestClaim ? [{ reason: `it has ${length} characters in all, at most ${longestClaim}` }] : []
}

function propertyMistakes(
  props: Claim['props'],
  { title, properties, required = [] }: KindDeclaration,
): ClaimMistake[] {
  const missing = required.filter((name) => !Object.hasOwn(props, name) || isNothing(props[name]!))
  const wrong = Object.entries(props).flatMap(([property, value]): ClaimMistake[] => {
    if (!Object.hasOwn(properties, property)) return [{ property, reason: `is no property of ${article(title)}` }]
    const reason = isNothing(value) ? undefined : valueMistake(value, properties[property]!)
    return reason ? [{ property, reason }] : []
  })
  return [...missing.map((property) => ({ property, reason: 'is missing' })), ...wrong]
}

/** `null` and an empty text say that there is none. */
const isNothing = (value: Json): boolean => value === null || value === ''

/** What is wrong with the value of a property, as the end of a sentence that it begins; undefined where nothing is. */
export function valueMistake(value: Json, declared: PropertyDeclaration): string | undefined {
  switch (declared.type) {
    case 'data':
      return undefined
    case 'number':
      return numberMistake(value, declared)
    case 'boolean':
      return typeof value === 'boolean' ? undefined : `is ${quoted(value)}, not true or false`
    case 'instant':
      return isInstant(value)
        ? undefined
        : `is ${quoted(value)}, not a moment in UTC with milliseconds such as 2026-11-21T08:00:00.000Z`
    case 'map':
      return isTextMap(value) ? undefined : `is ${quoted(value)}, not texts by name`
    case 'list':
      return listMistake(value, declared)
    case 'text':
    case 'ordered':
      return typeof value === 'string' ? textMistake(value, declared) : `is ${quoted(value)}, not text`
  }
}

function numberMistake(value: Json, { minimum, maximum, integer }: PropertyDeclaration): string | undefined {
  if (typeof value !== 'number' || !Number.isFinite(value)) return `is ${quoted(value)}, not a number`
  if (integer && !Number.isInteger(value)) return `is ${value}, not a whole number`
  if (minimum !== undefined && value < minimum) return `is ${value}, at least ${minimum}`
  return maximum !== undefined && value > maximum ? `is ${value}, at most ${maximum}` : undefined
}

function listMistake(value: Json, declared: PropertyDeclaration): string | undefined {
  if (!Array.isArray(value)) return `is ${quoted(value)}, not a list of texts`
  const { longest, ...item } = declared
  if (longest !== undefined && value.length > longest) return `has ${value.length} items, at most ${longest}`
  const at = value.findIndex((one) => typeof one !== 'string' || textMistake(one, item) !== undefined)
  if (at < 0) return undefined
  const wrong = value[at]!
  return `has an item ${at + 1} that ${typeof wrong === 'string' ? textMistake(wrong, item) : `is ${quoted(wrong)}, not text`}`
}

function textMistake(value: string, { values, pattern, longest }: PropertyDeclaration): string | undefined {
  if (longest !== undefined && value.length > longest) return `has ${value.length} characters, at most ${longest}`
  if (values && !values.some((one) => one.toLowerCase() === value.toLowerCase()))
    return `is ${quoted(value)}, which is none of ${values.join(', ')}`
  return pattern !== undefined && !new RegExp(pattern, 'u').test(value)
    ? `is ${quoted(value)}, which does not match ${pattern}`
    : undefined
}

/** What is wrong with relations of a kind, in their order. */
export function relationMistakes(
  relations: NonNullable<Claim['relations']>,
  { title, relations: declared }: Pick<KindDeclaration, 'title' | 'relations'>,
): ClaimMistake[] {
  return relations.flatMap(({ type, to }): ClaimMistake[] => {
    if (!Object.hasOwn(relationTypes, type))
      return [{ property: String(type), reason: `is no relation; there are ${Object.keys(relationTypes).join(', ')}` }]
    const allowed = declared[type as RelationType]
    if (!allowed) return [{ property: type, reason: `is no relation of ${article(title)}` }]
    if (!allowed.includes(to.kind))
      return [{ property: type, reason: `points at ${quoted(to.kind)}; it may point at ${allowed.join(', ')}` }]
    return named(`${type}.id`, to.id)
  })
}

const isInstant = (value: Json): boolean =>
  typeof value === 'string' &&
  /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/.test(value) &&
  !Number.isNaN(Date.parse(value)) &&
  new Date(value).toISOString() === value

const isTextMap = (value: Json): boolean =>
  typeof value === 'object' &&
  value !== null &&
  !Array.isArray(value) &&
  Object.values(value).every((one) => typeof one === 'string')

/** A value as it is shown back, cut short. */
function quoted(value: Json): string {
  const text = JSON.stringify(value) ?? 'nothing'
  return text.length > 60 ? `${text.slice(0, 59)}…` : text
}

const article = (title: string): string => `${/^[aeiou]/i.test(title) ? 'an' : 'a'} ${title}`
