import type { Text } from '../../cards/model.js'
import { answer, count, instantProp, textProp } from '../kit/answer.js'
import type { Range } from '../kit/arguments.js'
import { allOf, during, itself, out, repositoriesOf } from '../kit/catalog/filter-parts.js'
import type { Filter } from '../kit/catalog/filter.js'
import { listFound } from '../kit/list-found.js'
import type { Entity } from '../kit/model.js'
import type { Turn } from '../kit/ports.js'
import type { Reply } from '../kit/reply.js'

/** Which deployments are asked for; all of them where nothing is said. */
export interface DeploymentsAsked {
  service?: Entity | undefined
  environment?: Entity | undefined
  range?: Range | undefined
}

/** Lists what was brought where, the newest first. */
export async function listDeployments(asked: DeploymentsAsked, turn: Turn<'catalog'>): Promise<Reply> {
  const { service, environment, range } = asked
  const { total, section, entities, sources } = await listFound(
    {
      title: 'Deployments',
      filter: allOf(
        'Deployment',
        service && ofScope(service),
        environment && into(environment),
        range && during('started', range),
      ),
      order: { by: 'started', descending: true },
      over: range,
      detail: (one) => {
        const started = instantProp(one, 'started')
        return started && [{ ago: started }]
      },
    },
    turn,
  )
  const of = [service && ` of ${service.name}`, environment && ` to ${environment.name}`].filter(Boolean).join('')
  const [last] = entities
  const author = last && (await turn.catalog.related(last, { type: 'authoredBy', direction: 'out' }))[0]?.entity.name
  return answer(
    {
      state: last && textProp(last, 'state') === 'failed' ? 'warning' : 'accent',
      icon: 'up',
      topic: 'Deployments',
      title: service?.name ?? environment?.name ?? 'All services',
      status: total ? count(total, 'deployment') : 'none known',
      sentence: last ? sentenceOf(last, author, of, range) : [`No deployment${of} is known`, ...between(range), '.'],
      sections: section ? [section] : [],
      ...(service &&
        environment &&
        last &&
        textProp(last, 'version') && { facts: [{ label: 'Version', value: textProp(last, 'version')! }] }),
    },
    { sources },
  )
}

function sentenceOf(last: Entity, author: string | undefined, of: string, range: Range | undefined): Text {
  const [started, version, state] = [instantProp(last, 'started'), textProp(last, 'version'), textProp(last, 'state')]
  return [
    `The last deployment${of}`,
    ...between(range),
    version ? ` was ${version}` : '',
    ...(started ? [version ? ', ' : ' was ', { ago: started }] : []),
    author ? `, by ${author}` : '',
    state ? `; it ${state === 'running' || state === 'waiting' ? `is ${state}` : state}` : '',
    '.',
  ]
}

const between = (range: Range | undefined): Exclude<Text, string> =>
  range ? [' between ', { time: range.from }, ' and ', { time: range.to }] : []

/** What deploys a service, or comes from a repository of it or of a team. */
function ofScope(scope: Entity): Filter {
  const services: Filter = scope.kind === 'Team' ? out('ownedBy', itself(scope)) : itself(scope)
  return {
    any: [out('deploys', services), out('builtFrom', { all: [{ kinds: ['Repository'] }, repositoriesOf(scope)] })],
  }
}

const into = (environment: Entity): Filter => ({
  any: [out('runsIn', itself(environment)), { property: 'environment', is: '=', value: environment.name }],
})
