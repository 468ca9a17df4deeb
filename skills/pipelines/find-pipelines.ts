import type { Text } from '../../cards/model.js'
import { answer, count, dotted, instantProp, textProp } from '../kit/answer.js'
import { allOf, itself, out, repositoriesOf } from '../kit/catalog/filter-parts.js'
import type { Filter } from '../kit/catalog/filter.js'
import { listFound } from '../kit/list-found.js'
import type { Entity } from '../kit/model.js'
import type { Turn } from '../kit/ports.js'
import type { Reply } from '../kit/reply.js'

/** Which pipelines are asked for: one of them, or those of a service, a repository or a team; all where nothing is said. */
export interface PipelinesAsked {
  pipeline?: Entity | undefined
  service?: Entity | undefined
}

/** Says how pipelines stand: of one its last runs, else each with its last. */
export async function findPipelines({ pipeline, service }: PipelinesAsked, turn: Turn<'catalog'>): Promise<Reply> {
  return pipeline ? runsOf(pipeline, turn) : pipelinesOf(service, turn)
}

async function runsOf(pipeline: Entity, turn: Turn<'catalog'>): Promise<Reply> {
  const { section, entities, sources } = await listFound(
    {
      title: 'Runs',
      filter: allOf('Run', out('runOf', itself(pipeline))),
      order: { by: 'started', descending: true },
      detail: (run) => {
        const started = instantProp(run, 'started')
        return dotted(textProp(run, 'branch'), textProp(run, 'reason'), started && [{ ago: started }])
      },
    },
    turn,
  )
  const state = textProp(entities[0] ?? pipeline, 'state')
  const at = entities[0] ? instantProp(entities[0], 'started') : instantProp(pipeline, 'lastRun')
  return answer(
    {
      state: state === 'failed' ? 'attention' : state === 'succeeded' ? 'good' : 'accent',
      icon: 'pipeline',
      topic: 'Pipeline',
      title: pipeline.name,
      status: state ?? 'no run known',
      sentence: at ? [`Its last run ${verb(state)}, `, { ago: at }, '.'] : `No run of ${pipeline.name} is known.`,
      sections: section ? [section] : [],
    },
    {
      sources,
      buttons: [showOf(pipeline)],
    },
  )
}

const verb = (state: string | undefined): string =>
  state === undefined ? 'began' : ['running', 'queued', 'unknown', 'cancelled'].includes(state) ? `is ${state}` : state

const showOf = ({ kind, id, name }: Entity) => ({
  title: `Show ${name}`,
  intent: { command: 'catalog.show', args: { entity: { kind, id } } },
})

async function pipelinesOf(scope: Entity | undefined, turn: Turn<'catalog'>): Promise<Reply> {
  const filter = allOf('Pipeline', scope && belongsTo(scope))
  const [{ total, section, sources }, failed] = await Promise.all([
    listFound(
      {
        title: 'Pipelines',
        filter,
        order: { by: 'lastRun', descending: true },
        detail: (one) => {
          const ran = instantProp(one, 'lastRun')
          return dotted(textProp(one, 'host'), ran && ['ran ', { ago: ran }])
        },
      },
      turn,
    ),
    turn.catalog.find({ filter: { all: [filter, { property: 'state', is: '=', value: 'failed' }] }, limit: 1 }),
  ])
  return answer(
    {
      state: failed.total ? 'warning' : total ? 'good' : 'emphasis',
      icon: 'pipeline',
      topic: 'Pipelines',
      title: scope?.name ?? 'All pipelines',
      status: total ? count(total, 'pipeline') : 'none known',
      sentence: sentenceOf(scope, total, failed.total),
      sections: section ? [section] : [],
    },
    { sources },
  )
}

function sentenceOf(scope: Entity | undefined, total: number, failed: number): Text {
  const of = scope ? ` of ${scope.name}` : ''
  if (!total) return `No pipeline${of} is known.`
  const all = `${count(total, 'pipeline')}${of}`
  return failed
    ? `${all}; the last run of ${failed === total ? 'each' : failed} failed.`
    : `${all}; no last run failed.`
}

/** What deploys it, is part of it, or is built from a repository of it. */
const belongsTo = (scope: Entity): Filter => ({
  any: [
    ...(['deploys', 'partOf', 'ownedBy'] as const).map((type) => out(type, itself(scope))),
    out('builtFrom', { all: [{ kinds: ['Repository'] }, repositoriesOf(scope)] }),
  ],
})
