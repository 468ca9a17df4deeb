import { answer, count, sourcesOf, textProp } from '../kit/answer.js'
import type { Entity, Instant } from '../kit/model.js'
import type { Turn } from '../kit/ports.js'
import type { Button, CardBody, Reply, Section } from '../kit/reply.js'

/** Says over which dependencies one thing reaches another, by a shortest way; where there is none, whether the other reaches it. */
export async function showPath(
  from: Entity,
  to: Entity,
  at: Instant | undefined,
  turn: Turn<'catalog'>,
): Promise<Reply> {
  const { catalog } = turn
  const same = from.kind === to.kind && from.id === to.id
  const way = same ? [from] : await catalog.path(from, to, at)
  const back = way ? undefined : await catalog.path(to, from, at)
  const shown = way ?? back ?? []
  const [start, end] = way || !back ? [from, to] : [to, from]
  const query = `path from ${from.kind} ${from.id} to ${to.kind} ${to.id}${at ? ` at ${at}` : ''}`
  const card: CardBody = {
    state: way ? 'accent' : 'emphasis',
    icon: 'down',
    topic: 'Path',
    title: `${from.name} to ${to.name}`,
    status: way ? count(way.length - 1, 'step') : 'none',
    sentence: same
      ? `${from.name} is both ends.`
      : way
        ? `${from.name} reaches ${to.name} over ${count(way.length - 1, 'step')}: ${names(way)}.`
        : `${from.name} does not depend on ${to.name}${back ? `; ${to.name} reaches ${from.name}: ${names(back)}` : ', and not the other way round'}.`,
    ...(shown.length > 1 && { sections: [tree(shown)] }),
  }
  return answer(card, {
    sources: sourcesOf([from, to, ...shown], await catalog.sources(), query),
    buttons: [needs(start), dependents(end)],
  })
}

const names = (way: readonly Entity[]): string => way.map(({ name }) => name).join(' → ')

function tree(way: readonly Entity[]): Section {
  const nodes = way.map((entity, depth) => {
    const { kind, id, name } = entity
    const state = textProp(entity, 'state')
    const select: Button = {
      title: `Show ${name}`,
      intent: { command: 'catalog.show', args: { entity: { kind, id } } },
    }
    return { depth, title: name, ...(state && { end: state }), select }
  })
  return { kind: 'tree', nodes }
}

const needs = ({ kind, id, name }: Entity): Button => ({
  title: `What ${name} needs`,
  intent: { command: 'catalog.depends', args: { entity: { kind, id }, direction: 'down' } },
})

const dependents = ({ kind, id, name }: Entity): Button => ({
  title: `What depends on ${name}`,
  intent: { command: 'catalog.depends', args: { entity: { kind, id }, direction: 'up' } },
})
