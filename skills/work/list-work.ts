import type { Text } from '../../cards/model.js'
import { answer, count, dotted, instantProp, textProp } from '../kit/answer.js'
import { allOf, itself, notIn, out } from '../kit/catalog/filter-parts.js'
import type { Filter } from '../kit/catalog/filter.js'
import { doneStates } from '../kit/done-states.js'
import { listFound } from '../kit/list-found.js'
import type { Entity, Ref } from '../kit/model.js'
import type { Turn } from '../kit/ports.js'
import type { Reply } from '../kit/reply.js'

/** Whose work is asked for; one's own where nothing is said. */
export interface WorkAsked {
  person?: Entity | undefined
  team?: Entity | undefined
  service?: Entity | undefined
}

/** Lists open work items, what moved last first. */
export async function listWork({ person, team, service }: WorkAsked, turn: Turn<'catalog'>): Promise<Reply> {
  const whose: Ref & { name: string } = service ?? team ?? person ?? { ...turn.person, kind: 'Person' }
  const { total, section, entities, sources } = await listFound(
    {
      title: 'Open',
      filter: allOf('WorkItem', notIn(...doneStates), about(whose)),
      order: { by: 'updated', descending: true },
      detail: (item) => {
        const updated = instantProp(item, 'updated')
        const priority = textProp(item, 'priority')
        return dotted(priority && `priority ${priority}`, updated && ['moved ', { ago: updated }])
      },
    },
    turn,
  )
  const mine = whose.id === turn.person.id
  const active = entities.filter((item) =>
    /active|progress|doing|committed/i.test(textProp(item, 'state') ?? ''),
  ).length
  return answer(
    {
      state: 'accent',
      icon: 'document',
      topic: 'Work items',
      title: whose.name,
      status: total ? `${total} open` : 'none open',
      sentence: sentenceOf(mine ? 'you' : whose.name, total, total === entities.length ? active : undefined),
      sections: section ? [section] : [],
    },
    { sources },
  )
}

function about(whose: Ref): Filter {
  if (whose.kind === 'Person') return out('assignedTo', itself(whose))
  if (whose.kind === 'Team') return out('ownedBy', itself(whose))
  return { any: [out('affects', itself(whose)), out('partOf', itself(whose))] }
}

/** @param active how many are at work, where all of them are known */
function sentenceOf(whose: string, total: number, active: number | undefined): Text {
  if (!total) return whose === 'you' ? 'No open work item is yours.' : `No open work item of ${whose} is known.`
  const items = `${count(total, 'open work item')} of ${whose === 'you' ? 'yours' : whose}`
  return active ? `${items}, ${active} of them under way.` : `${items}.`
}
