import type { Text } from '../../cards/model.js'
import { severityOf } from '../kit/answer.js'
import { regionName, typeName } from '../kit/azure-names.js'
import type { PropertyDeclaration } from '../kit/catalog/kind-declaration.js'
import type { Entity, Instant, Json } from '../kit/model.js'

/** Most items of a list that stand on a card. */
const mostItems = 4
/** Most characters of a text in a fact; the whole stands where it comes from. */
const mostCharacters = 160

/** A property of an entity as its card writes it; undefined where it has none, or one that no card shows. */
export function shownProperty(
  entity: Entity,
  name: string,
  declared: PropertyDeclaration | undefined,
  now: Instant,
): Text | undefined {
  const value = Object.hasOwn(entity.props, name) ? entity.props[name]! : undefined
  if (value === undefined || value === null || value === '') return undefined
  if (declared?.shown === 'severity') return severityOf(entity)
  if (typeof value === 'boolean') return value ? 'yes' : 'no'
  if (typeof value === 'number') return withUnit(value, declared?.unit)
  if (Array.isArray(value)) return items(value)
  return typeof value === 'string' ? shownText(value, declared, now) : undefined
}

function shownText(value: string, declared: PropertyDeclaration | undefined, now: Instant): Text {
  if (declared?.shown === 'resource type') return typeName(value)
  if (declared?.shown === 'region') return value === 'global' ? 'all regions' : regionName(value)
  if (declared?.shown === 'link') return [{ link: value, text: hostOf(value) }]
  if (isInstant(value)) return [value > now ? { until: value } : { ago: value }]
  return value.length > mostCharacters ? `${value.slice(0, mostCharacters - 1)}…` : value
}

/** `12 %`, `1,240 EUR`. */
const withUnit = (value: number, unit: string | undefined): string =>
  [value.toLocaleString('en', { maximumFractionDigits: 2 }), unit].filter(Boolean).join(' ')

function items(values: readonly Json[]): Text | undefined {
  const texts = values.filter((one): one is string => typeof one === 'string')
  if (!texts.length) return undefined
  const left = texts.length - mostItems
  return [...texts.slice(0, mostItems), ...(left > 0 ? [`${left} more`] : [])].join(', ')
}

const isInstant = (value: string): boolean => /^\d{4}-\d\d-\d\dT/.test(value) && !Number.isNaN(Date.parse(value))

/** What an address is called: its host; all of it where it is none. */
const hostOf = (address: string): string => /^https?:\/\/([^/?#]+)/.exec(address)?.[1] ?? address
