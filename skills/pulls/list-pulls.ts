import type { Text } from '../../cards/model.js'
import { answer, count, dotted, instantProp } from '../kit/answer.js'
import { allOf, itself, notIn, out, repositoriesOf } from '../kit/catalog/filter-parts.js'
import type { Filter } from '../kit/catalog/filter.js'
import { joinedSources, listFound, type Listed } from '../kit/list-found.js'
import { sayChecks } from '../kit/mine/say-checks.js'
import type { Entity, Ref } from '../kit/model.js'
import type { Turn } from '../kit/ports.js'
import type { Reply } from '../kit/reply.js'

/** Whose pull requests are asked for; one's own where nothing is said. */
export interface PullsAsked {
  person?: Entity | undefined
  team?: Entity | undefined
  repository?: Entity | undefined
}

/** Lists open pull requests: of a person those that wait for them and those they opened, else those of a team or a repository. */
export async function listPulls({ person, team, repository }: PullsAsked, turn: Turn<'catalog'>): Promise<Reply> {
  const scope = repository ?? team
  if (scope) return listOf(scope, turn)
  const { id, name } = person ?? turn.person
  const who: Ref = { kind: 'Person', id }
  const [waiting, own] = await Promise.all([
    listFound(pulls('Waiting for a review', out('reviewBy', itself(who)), notIn('draft')), turn),
    listFound(pulls('Opened', out('authoredBy', itself(who))), turn),
  ])
  const mine = id === turn.person.id
  const whom = mine ? 'you' : name
  const sentence: Text = [
    waiting.total
      ? `${count(waiting.total, 'pull request')} ${waiting.total === 1 ? 'waits' : 'wait'} for a review by ${whom}`
      : `No pull request waits for a review by ${whom}`,
    own.total ? `; ${mine ? 'you have' : `${name} has`} ${own.total} open.` : '.',
  ]
  return answer(
    {
      state: waiting.total ? 'warning' : 'good',
      icon: waiting.total ? 'waiting' : 'done',
      topic: 'Pull requests',
      title: mine ? turn.person.name : name,
      status: waiting.total ? `${waiting.total} to review` : 'none to review',
      sentence,
      sections: [waiting.section, own.section].filter((section) => section !== undefined),
    },
    { sources: joinedSources(waiting, own) },
  )
}

async function listOf(scope: Entity, turn: Turn<'catalog'>): Promise<Reply> {
  const of = out('partOf', { all: [{ kinds: ['Repository'] }, repositoriesOf(scope)] })
  const team: Filter = {
    any: [of, out('reviewBy', itself(scope)), out('ownedBy', itself(scope))],
  }
  const found = await listFound(pulls('Open', scope.kind === 'Team' ? team : of), turn)
  const oldest = found.entities[0] && instantProp(found.entities[0], 'opened')
  return answer(
    {
      state: 'accent',
      icon: 'repository',
      topic: 'Pull requests',
      title: scope.name,
      status: found.total ? `${found.total} open` : 'none open',
      sentence: found.total
        ? [
            `${count(found.total, 'pull request')} of ${scope.name} ${found.total === 1 ? 'is' : 'are'} open`,
            ...(oldest ? [', the oldest since ', { date: oldest }] : []),
            '.',
          ]
        : `No pull request of ${scope.name} is open.`,
      sections: found.section ? [found.section] : [],
    },
    { sources: found.sources },
  )
}

/** Open pull requests, the oldest first. */
const pulls = (title: string, ...filters: Filter[]): Listed => ({
  title,
  filter: allOf('PullRequest', notIn('merged', 'closed'), ...filters),
  order: { by: 'opened' },
  detail: (pull) => {
    const opened = instantProp(pull, 'opened')
    return dotted(sayChecks(pull), opened && ['opened ', { ago: opened }])
  },
})
