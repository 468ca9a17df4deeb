import { answer, count, dotted, sourcesOf, textProp } from '../kit/answer.js'
import { groupBy } from '../kit/group-by.js'
import type { Entity, Ref } from '../kit/model.js'
import type { Reached, Turn } from '../kit/ports.js'
import type { Button, CardBody, Reply, Section } from '../kit/reply.js'
import { feelFailure, servicesOf } from './feel-failure.js'
import { refKey } from '../kit/ref-key.js'

/** Says what hangs on a thing, or what it hangs on, as a tree: each once, below the one it is reached through. */
export async function showDependencies(
  entity: Entity,
  direction: 'up' | 'down',
  depth: number | undefined,
  turn: Turn<'catalog'>,
): Promise<Reply> {
  const reached =
    direction === 'up'
      ? await feelFailure(entity, depth, turn.catalog)
      : await turn.catalog.reach(entity, { direction, ...(depth && { depth }) })
  const [pager] = entity.kind === 'Service' ? [entity] : await servicesOf(entity, turn.catalog)
  const query = `reach ${direction} from ${entity.kind} ${entity.id}${depth ? ` depth ${depth}` : ''}`
  const card: CardBody = {
    state: 'accent',
    icon: direction,
    topic: direction === 'up' ? 'Depends on it' : 'It depends on',
    title: entity.name,
    status: reached.length ? count(reached.length, nounOf(reached)) : 'none',
    sentence: sentence(entity, direction, reached),
    sections: reached.length ? [tree(entity, reached)] : [],
  }
  const ref = { kind: entity.kind, id: entity.id }
  const turned =
    direction === 'up'
      ? { title: `What ${entity.name} needs`, direction: 'down' }
      : { title: `What depends on ${entity.name}`, direction: 'up' }
  return answer(card, {
    sources: sourcesOf([entity, ...reached.map((one) => one.entity)], await turn.catalog.sources(), query),
    buttons: [
      {
        title: turned.title,
        intent: { command: 'catalog.depends', args: { entity: ref, direction: turned.direction } },
      },
      ...(pager ? [onCallOf(pager)] : []),
    ],
  })
}

const onCallOf = ({ kind, id, name }: Entity): Button => ({
  title: `Who's on call for ${name}`,
  intent: { command: 'on-call.show', args: { target: { kind, id } } },
})

const nounOf = (reached: readonly Reached[]): string =>
  reached.every((one) => one.entity.kind === 'Service') ? 'service' : 'thing'

function sentence({ name }: Entity, direction: 'up' | 'down', reached: readonly Reached[]): string {
  if (!reached.length)
    return direction === 'up'
      ? `Nothing in the catalog depends on ${name}.`
      : `${name} depends on nothing in the catalog.`
  const direct = reached.filter(({ depth }) => depth === 1).length
  const far = `${direct} directly, the farthest over ${count(Math.max(...reached.map(({ depth }) => depth)), 'step')}`
  const all = count(reached.length, nounOf(reached))
  return direction === 'up'
    ? `${all} ${reached.length === 1 ? 'feels' : 'feel'} it when ${name} fails: ${far}.`
    : `${name} stands on ${all}: ${far}.`
}

/** The services in the order of a walk down the tree, so that each stands below the one nearer to the start. */
function tree(start: Entity, reached: readonly Reached[]): Section {
  const below = groupBy(reached, ({ through }) => refKey(through))
  const walk = (from: Ref): Reached[] => (below.get(refKey(from)) ?? []).flatMap((one) => [one, ...walk(one.entity)])
  const nodes = walk(start).map(({ entity, depth }) => {
    const detail = dotted(textProp(entity, 'tier'), textProp(entity, 'state'))
    const ref = { kind: entity.kind, id: entity.id }
    const select = { title: `Show ${entity.name}`, intent: { command: 'catalog.show', args: { entity: ref } } }
    return { depth: depth - 1, title: entity.name, ...(detail && { end: detail }), select }
  })
  return { kind: 'tree', nodes }
}
