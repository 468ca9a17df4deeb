import { answer, count, dotted, instantProp, textProp } from '../kit/answer.js'
import { allOf, back, itself, out } from '../kit/catalog/filter-parts.js'
import type { Filter } from '../kit/catalog/filter.js'
import { listFound } from '../kit/list-found.js'
import type { Entity } from '../kit/model.js'
import type { Turn } from '../kit/ports.js'
import type { Reply } from '../kit/reply.js'

/** Which environments are asked for; all of them where nothing is said. */
export interface EnvironmentsAsked {
  team?: Entity | undefined
  person?: Entity | undefined
  service?: Entity | undefined
}

/** Lists environments by name, with what runs there and when they expire. */
export async function listEnvironments(
  { team, person, service }: EnvironmentsAsked,
  turn: Turn<'catalog'>,
): Promise<Reply> {
  const whose = service ?? team ?? person
  const { total, section, sources } = await listFound(
    {
      title: 'Environments',
      filter: allOf('Environment', whose && of(whose)),
      order: { by: 'name' },
      detail: (one) => {
        const expires = instantProp(one, 'expires')
        const resources = one.props['resources']
        return dotted(
          typeof resources === 'number' ? count(resources, 'resource') : undefined,
          textProp(one, 'version'),
          expires && ['expires ', { until: expires }],
        )
      },
    },
    turn,
  )
  const named = whose ? ` of ${whose.name}` : ''
  return answer(
    {
      state: 'accent',
      icon: 'environment',
      topic: 'Environments',
      title: whose?.name ?? 'All environments',
      status: total ? String(total) : 'none known',
      sentence: total ? `${count(total, 'environment')}${named}.` : `No environment${named} is known.`,
      sections: section ? [section] : [],
    },
    { sources },
  )
}

/** An environment's own word for whose it is, that of what it is part of, or that the service or a part of it runs there. */
function of(whose: Entity): Filter {
  if (whose.kind !== 'Service')
    return { any: [out('ownedBy', itself(whose)), out('partOf', out('ownedBy', itself(whose)))] }
  const parts: Filter = { any: [itself(whose), out('partOf', itself(whose))] }
  return { any: [out('partOf', itself(whose)), back('runsIn', { any: [parts, out('deploys', itself(whose))] })] }
}
