import type { CardBody } from '../../cards/model.js'
import { textOf } from '../../cards/text.js'
import type { Entity, Instant, Json } from './model.js'
import type { SourceState } from './ports.js'
import type { Reply, Source } from './reply.js'

/**
 * A reply that says on a card what it says in words: the text is drawn from the card, so that no channel says less.
 * @param headline the first line, which alone must make sense on a lock screen; default the card's sentence
 */
export function answer(card: CardBody, rest: Omit<Reply, 'text' | 'card'> & { headline?: string } = {}): Reply {
  const { headline = card.sentence, ...reply } = rest
  const said = textOf(card)
  return { ...reply, card, text: said.startsWith(headline) ? said : `${headline}\n${said}` }
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

/** A text property of an entity, or undefined. */
export const textProp = ({ props }: Entity, name: string): string | undefined =>
  typeof props[name] === 'string' && props[name] !== '' ? (props[name] as string) : undefined

/** A moment property of an entity, or undefined. */
export const instantProp = (entity: Entity, name: string): Instant | undefined => {
  const value = textProp(entity, name)
  return value && !Number.isNaN(Date.parse(value)) ? value : undefined
}

/** A list property of an entity; empty where it is not one. */
export const listProp = ({ props }: Entity, name: string): Json[] =>
  Array.isArray(props[name]) ? (props[name] as Json[]) : []

/** `1 service`, `3 services`. */
export const count = (n: number, noun: string): string => `${n} ${noun}${n === 1 ? '' : 's'}`
