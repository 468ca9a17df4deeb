import { since } from '../../cards/ages.js'
import { english } from '../../cards/words.js'
import type { Fact, Row, Text } from '../../cards/model.js'
import type { Entity, Instant, Json } from './model.js'
import type { SourceState } from './ports.js'
import type { Button, CardBody, Reply, Section, Source } from './reply.js'

/**
 * A reply with a card.
 * @param headline what is said where there is no card, such as a lock screen; the card's sentence unless told
 */
export function answer(card: CardBody, rest: Omit<Reply, 'text' | 'card'> & { headline?: Text } = {}): Reply {
  const { headline = card.sentence ?? card.title, ...reply } = rest
  return { ...reply, card, text: headline }
}

/** A source as the foot of a card names it; a source that was never read is not shown. */
export function sourceOf({ title, asOf, down }: SourceState, query?: string): Source[] {
  if (!asOf) return []
  return [{ name: title, asOf, ...(query && { query }), ...(down && { trouble: down.reason }) }]
}

/** The sources that an entity's facts come from, with their age. */
export function sourcesOf(entities: readonly Entity[], states: readonly SourceState[], query?: string): Source[] {
  const named = new Set(entities.flatMap(({ sources }) => sources.map(({ source }) => source)))
  return states.filter(({ source }) => named.has(source)).flatMap((state) => sourceOf(state, query))
}

/** A section that is a list of rows, folded unless open; undefined where there is nothing to list. */
export function listSection<T>(
  title: string,
  items: readonly T[],
  row: (item: T) => Row<Button>,
  { open = false, most = 8 } = {},
): Section | undefined {
  if (!items.length) return undefined
  return {
    kind: 'rows',
    title: `${title} (${items.length})`,
    fold: open ? 'open' : 'closed',
    rows: items.slice(0, most).map(row),
    ...(items.length > most && { total: items.length }),
  }
}

/** Texts joined by a middle dot, the absent ones left out; undefined where all are absent. */
export function dotted(...parts: (Text | undefined)[]): Text | undefined {
  const said = parts.filter((part): part is Text => part !== undefined && part !== '')
  if (!said.length) return undefined
  return said.flatMap((part, index) => [...(index ? [' · '] : []), ...(typeof part === 'string' ? [part] : part)])
}

/** A fact, or nothing where there is no value. */
export const fact = (label: string, value: Text | undefined): Fact[] =>
  value === undefined || value === '' ? [] : [{ label, value }]

/** A text property of an entity, or undefined. */
export const textProp = ({ props }: Entity, name: string): string | undefined =>
  typeof props[name] === 'string' && props[name] !== '' ? (props[name] as string) : undefined

/** A moment property of an entity, or undefined. */
export const instantProp = (entity: Entity, name: string): Instant | undefined => {
  const value = textProp(entity, name)
  return value && /^\d{4}-\d\d-\d\dT/.test(value) && !Number.isNaN(Date.parse(value)) ? value : undefined
}

/** A list property of an entity; empty where it is not one. */
export const listProp = ({ props }: Entity, name: string): Json[] =>
  Array.isArray(props[name]) ? (props[name] as Json[]) : []

/** How long something took: `41 min`. */
export const lasted = (from: Instant, to: Instant): string => since(from, to, english)

/** `1 service`, `3 services`. */
export const count = (n: number, noun: string): string => `${n.toLocaleString('en')} ${noun}${n === 1 ? '' : 's'}`

/** `SEV 1` for the property `sev1`. */
export const severityOf = (incident: Entity): string | undefined =>
  textProp(incident, 'severity')?.toUpperCase().replace(/^SEV/, 'SEV ')
