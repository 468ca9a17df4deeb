import { proposal, proposalsOf } from '../../../skills/digest/testing/proposals.js'
import { unavailable } from '../../../skills/kit/errors.js'
import type { Ports } from '../../../skills/kit/ports.js'
import type { Contoso, Differences } from '../contoso.js'
import { silent, without } from '../differences.js'
import type { Sample } from '../sample.js'

const hoursFrom = (now: string, hours: number) => new Date(Date.parse(now) + hours * 3_600_000).toISOString()

/** Nexus of which nothing was asked before, with changes that wait, or without. */
function morning(contoso: Contoso, differences: Partial<Ports> = {}): Differences {
  const { now } = contoso
  const decided = { by: { id: '', objectId: '', name: '' }, at: now, stage: 0, verdict: 'approve' } as const
  const asked = { at: hoursFrom(now, -16), expires: hoursFrom(now, 8) }
  const dana = contoso.small.index.all('Person').find(({ id }) => id.startsWith('dana@'))
  const changes = [
    { proposal: proposal('PR-2041', 'Swap slots of orders', asked) },
    {
      proposal: proposal('PR-2038', 'Restart web app checkout-web-stg', {
        ...asked,
        state: 'started',
        votes: [{ ...decided, by: { ...decided.by, objectId: String(dana?.props['objectId']) } }],
      }),
    },
  ]
  return {
    ports: {
      records: { get: async () => undefined, find: async () => [], commit: async () => {} },
      chats: {
        partners: async () => new Set<string>(),
        reachesTeam: async () => false,
        partner: async () => contoso.small.caller().person,
      },
      proposals: proposalsOf(changes),
      ...differences,
    },
  }
}

/** Somebody's digest, on a morning that is otherwise than Contoso's. */
const digestOf =
  (as: string, differences: (contoso: Contoso) => Differences[]): Sample['reply'] =>
  (contoso) =>
    differences(contoso)
      .reduce((changed, difference) => changed.but(difference), contoso)
      .ask(as, 'my digest')

const silentChanges = {
  list: () => Promise.reject(unavailable('The list of changes does not answer.')),
} as unknown as Ports['proposals']

const says = (name: string, shows: string, words: string): Sample => ({
  name,
  shows,
  reply: (contoso) => contoso.but(morning(contoso)).ask('mateo', words),
})

/** The digest, busy, quiet and half broken, and how its time is set. */
export const digest: readonly Sample[] = [
  {
    name: 'digest',
    shows: 'A busy morning: what waits has its buttons, what was decided says how it went.',
    reply: digestOf('dana', (contoso) => [morning(contoso)]),
  },
  {
    name: 'digest-broken',
    shows: 'Something of theirs is broken, and a source does not answer; the rest is told.',
    reply: digestOf('sam', (contoso) => [
      morning(contoso, { proposals: silentChanges }),
      silent('github', contoso.now),
    ]),
  },
  {
    name: 'digest-quiet',
    shows: 'A quiet day is one line.',
    reply: digestOf('kofi', (contoso) => [
      morning(contoso, { proposals: proposalsOf([]) }),
      without(({ kind }) => ['Incident', 'PullRequest', 'Pipeline', 'Schedule'].includes(kind)),
    ]),
  },
  says('digest-set', 'When it comes next, in its zone and in the reader’s.', 'digest at 7 every day Berlin time'),
  says('digest-off', 'Stopped, with the way back.', 'stop my digest'),
  says('digest-wrong', 'A time that is none.', 'send my digest at 25:00'),
]
