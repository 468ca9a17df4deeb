import type { CardBody, CardSection } from '../../cards/model.js'
import { answer, count, sourcesOf, textProp } from '../kit/answer.js'
import type { Entity } from '../kit/model.js'
import type { Reached, Turn } from '../kit/ports.js'
import type { Reply } from '../kit/reply.js'

/** Says what hangs on a service, or what it hangs on, nearest first, a section a step. */
export async function showDependencies(
  entity: Entity,
  direction: 'up' | 'down',
  depth: number | undefined,
  turn: Turn<'catalog'>,
): Promise<Reply> {
  const reached = await turn.catalog.reach(entity, { direction, ...(depth && { depth }) })
  const query = `reach ${direction} from ${entity.kind} ${entity.id}${depth ? ` depth ${depth}` : ''}`
  const sources = sourcesOf([entity, ...reached.map((one) => one.entity)], await turn.catalog.sources(), query)
  const card: CardBody = {
    state: 'accent',
    icon: direction === 'up' ? '▲' : '▼',
    title: direction === 'up' ? `Depends on ${entity.name}` : `${entity.name} depends on`,
    status: count(reached.length, 'service'),
    sentence: sentence(entity, direction, reached),
    sections: levels(reached, entity),
  }
  const other = direction === 'up' ? 'down' : 'up'
  const title = direction === 'up' ? `What ${entity.name} needs` : `What depends on ${entity.name}`
  const ref = { kind: entity.kind, id: entity.id }
  return answer(card, {
    sources,
    buttons: [
      { title, intent: { command: 'catalog.depends', args: { entity: ref, direction: other } } },
      { title: `Who's on call for ${entity.name}`, intent: { command: 'on-call.show', args: { target: ref } } },
    ],
  })
}

function sentence({ name }: Entity, direction: 'up' | 'down', reached: readonly Reached[]): string {
  if (!reached.length)
    return direction === 'up'
      ? `Nothing in the catalog depends on ${name}.`
      : `${name} depends on nothing in the catalog.`
  const direct = reached.filter(({ depth }) => depth === 1).length
  const deepest = Math.max(...reached.map(({ depth }) => depth))
  const all = count(reached.length, 'service')
  return direction === 'up'
    ? `${all} ${reached.length === 1 ? 'feels' : 'feel'} it when ${name} fails: ${direct} directly, the farthest over ${count(deepest, 'step')}.`
    : `${name} stands on ${all}: ${direct} directly, the farthest over ${count(deepest, 'step')}.`
}

function levels(reached: readonly Reached[], start: Entity): CardSection[] {
  const deepest = Math.max(0, ...reached.map(({ depth }) => depth))
  const names = new Map([start, ...reached.map(({ entity }) => entity)].map((entity) => [entity.id, entity.name]))
  return Array.from({ length: deepest }, (_, index) => {
    const level = reached.filter(({ depth }) => depth === index + 1)
    const rows = level.map(({ entity, through, depth }) => ({
      text: entity.name,
      note: [textProp(entity, 'tier'), depth > 1 ? `through ${names.get(through.id) ?? through.id}` : undefined]
        .filter(Boolean)
        .join(' · '),
    }))
    return { title: index === 0 ? 'Directly' : `Over ${index + 1} steps`, rows, open: index < 2 }
  })
}
