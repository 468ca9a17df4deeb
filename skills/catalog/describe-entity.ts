import type { Span, State, Text } from '../../cards/model.js'
import { textProp } from '../kit/answer.js'
import type { KindDeclaration } from '../kit/catalog/kind-declaration.js'
import { stepNamed, type Step } from '../kit/catalog/relation-types.js'
import type { Entity, Instant } from '../kit/model.js'
import type { Neighbour } from '../kit/ports.js'
import type { CardBody } from '../kit/reply.js'
import { shownProperty } from './show-value.js'

/** An entity, what its kind declares, and what is one step away either way. */
export interface Portrait {
  entity: Entity
  declared: KindDeclaration
  out: readonly Neighbour[]
  back: readonly Neighbour[]
  now: Instant
}

/** How an entity is headed: what it is, how it stands and the sentence that says it. */
export type Head = Pick<CardBody, 'state' | 'icon' | 'topic' | 'title' | 'status' | 'sentence'>

/** The head of an entity's card. What has a title of its own, such as a pull request, is headed by that; its name is what people quote. */
export function headOf(portrait: Portrait): Head {
  const { entity, declared } = portrait
  const status = textProp(entity, 'state')?.toLowerCase()
  const title = textProp(entity, 'title')
  const sentence = sentenceOf(portrait)
  return {
    state: lookOf(entity, declared) ?? 'accent',
    ...(declared.icon && { icon: declared.icon }),
    topic: title && title !== entity.name ? `${declared.title} · ${entity.name}` : declared.title,
    title: title ?? entity.name,
    ...(status && { status }),
    ...(sentence && { sentence }),
  }
}

/** What an entity's state looks like by its kind's declaration; undefined where it is calm, or has none. */
export const lookOf = (entity: Entity, declared: KindDeclaration | undefined): State | undefined =>
  declared?.properties.state?.looks?.[textProp(entity, 'state')?.toLowerCase() ?? '']

/** What its source says of it, else the sentence of its kind. */
export function sentenceOf(portrait: Portrait): Text | undefined {
  const said = textProp(portrait.entity, 'summary') ?? textProp(portrait.entity, 'jobTitle')
  return said ? withStop(said) : piecedTogether(portrait)
}

/** Properties and steps that the sentence of a card says, so that no fact repeats them. */
export function saidInSentence({ entity, declared: { sentence = [] } }: Portrait): string[] {
  if (textProp(entity, 'summary')) return []
  if (textProp(entity, 'jobTitle')) return ['jobTitle']
  return sentence.flatMap((piece) => [...piece.matchAll(slots)].map(([, name]) => name!))
}

const slots = /\{(\w+)\}/g

/** The pieces of which nothing is missing; no sentence where that is the first. */
function piecedTogether(portrait: Portrait): Text | undefined {
  const pieces = (portrait.declared.sentence ?? []).map((piece) => filled(piece, portrait))
  const [first] = pieces
  if (!first) return undefined
  const spans = pieces.flatMap((piece) => piece ?? [])
  const start = spans[0]
  return typeof start === 'string' ? [capital(start), ...spans.slice(1)] : spans
}

/** A piece with its slots filled; undefined where one has no value. */
function filled(piece: string, portrait: Portrait): Span[] | undefined {
  const parts = piece.split(slots)
  const spans = parts.map((part, index): Span[] | undefined => {
    if (index % 2 === 0) return part ? [part] : []
    const value = valueOf(part, portrait)
    return value === undefined ? undefined : [value].flat()
  })
  return spans.includes(undefined) ? undefined : spans.flatMap((span) => span!)
}

/** What a card shows of a property or a step; undefined where there is nothing. */
export function valueOf(name: string, { entity, declared, out, back, now }: Portrait): Text | undefined {
  const step = stepNamed(name)
  if (!step) return shownProperty(entity, name, declared.properties[name], now)
  const near = (step.direction === 'out' ? out : back).filter((one) => !isOwnGroup(one.entity, entity))
  return namesOf(near, step) || undefined
}

/** The resource group of a resource, which is a property of it as well and is said as that. */
const isOwnGroup = (group: Entity, entity: Entity): boolean =>
  group.kind === 'Resource' && group.name.toLowerCase() === textProp(entity, 'resourceGroup')?.toLowerCase()

/** Names of what is one step away, each once; empty where nothing is. */
export const namesOf = (neighbours: readonly Neighbour[], { type }: Pick<Step, 'type'>): string =>
  [...new Set(neighbours.filter(({ relation }) => relation.type === type).map(({ entity }) => entity.name))].join(', ')

/** A kind that is declared nowhere any more, though some of it is still in the catalog. */
export const undeclared = (entity: Entity): KindDeclaration => ({
  kind: entity.kind,
  title: entity.kind,
  plural: `${entity.kind}s`,
  summary: '',
  says: [],
  properties: Object.fromEntries(
    Object.keys(entity.props).map((name) => [name, { type: 'text' as const, title: capital(name) }]),
  ),
  relations: {},
  facts: Object.keys(entity.props),
  sections: [],
  next: [],
})

const withStop = (sentence: string): string => (/[.!?…]$/.test(sentence) ? sentence : `${sentence}.`)
const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)
