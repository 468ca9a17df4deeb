import { answer, count, dotted, instantProp, listProp } from '../kit/answer.js'
import { allOf, itself, out } from '../kit/catalog/filter-parts.js'
import type { Filter } from '../kit/catalog/filter.js'
import { listFound, type ListFound } from '../kit/list-found.js'
import type { Entity } from '../kit/model.js'
import type { Turn } from '../kit/ports.js'
import type { Button, Reply } from '../kit/reply.js'

/** Which runbooks are asked for: of a thing, for some trouble, or both; all where nothing is said. */
export interface RunbooksAsked {
  entity?: Entity | undefined
  topic?: string | undefined
}

/** Lists runbooks that fit. Where none has the words, those of the thing are listed, and it is said so. */
export async function findRunbooks({ entity, topic }: RunbooksAsked, turn: Turn<'catalog'>): Promise<Reply> {
  const of = entity && about(entity)
  const exact = await list(allOf('Runbook', of, topic ? { words: topic } : undefined), turn)
  const wide = exact.total || !topic || !entity ? undefined : await list(allOf('Runbook', of), turn)
  const found = wide?.total ? wide : exact
  const asked = [topic && ` for “${topic}”`, entity && ` of ${entity.name}`].filter(Boolean).join('')
  const search: Button[] = topic
    ? [{ title: `Search for “${topic}”`, intent: { command: 'search.find', args: { text: topic } } }]
    : []
  return answer(
    {
      state: exact.total ? 'accent' : 'emphasis',
      icon: 'document',
      topic: 'Runbooks',
      title: topic ?? entity?.name ?? 'All runbooks',
      status: exact.total ? count(exact.total, 'runbook') : 'none known',
      sentence: exact.total
        ? `${count(exact.total, 'runbook')}${asked}.`
        : `No runbook${asked} is known.${wide?.total ? ` These are of ${entity!.name}.` : ''}`,
      sections: found.section ? [found.section] : [],
    },
    { sources: found.sources, buttons: exact.total ? [] : search },
  )
}

const list = (filter: Filter, turn: Turn<'catalog'>): Promise<ListFound> =>
  listFound(
    {
      title: 'Runbooks',
      filter,
      order: { by: 'updated', descending: true },
      detail: (one) => {
        const updated = instantProp(one, 'updated')
        const symptoms = listProp(one, 'symptoms').map(String).slice(0, 3).join(', ')
        return dotted(symptoms, updated && ['updated ', { ago: updated }])
      },
    },
    turn,
  )

const about = (entity: Entity): Filter =>
  entity.kind === 'Team'
    ? { any: [out('ownedBy', itself(entity)), out('documents', out('ownedBy', itself(entity)))] }
    : { any: [out('documents', itself(entity)), out('documents', out('partOf', itself(entity)))] }
