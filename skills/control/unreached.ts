import type { Row } from '../../cards/model.js'
import { answer, count } from '../kit/answer.js'
import type { Entity } from '../kit/model.js'
import type { SystemTurn } from '../kit/ports.js'
import type { Button, Reply, Section } from '../kit/reply.js'

/** Whom Nexus cannot reach in Teams. */
export interface Unreached {
  /** People of the directory, guests aside, who have no chat with Nexus. */
  people: Entity[]
  /** Teams in none of whose channels Nexus can speak. */
  teams: Entity[]
  /** Those of the people who carry a pager now. */
  onCall: Entity[]
}

type Asking = Pick<SystemTurn<'catalog' | 'chats' | 'onCall'>, 'catalog' | 'chats' | 'onCall' | 'now'>

/** Finds whom Nexus cannot reach, by what the store knows of chats and teams at this moment. */
export async function findUnreached({ catalog, chats, onCall, now }: Asking): Promise<Unreached> {
  const [everybody, allTeams, reached] = await Promise.all([
    catalog.all('Person'),
    catalog.all('Team'),
    chats.partners(),
  ])
  const people = everybody.filter(
    ({ props }) => typeof props['objectId'] === 'string' && props['guest'] !== true && !reached.has(props['objectId']),
  )
  const [without, rotas] = await Promise.all([
    Promise.all(allTeams.map(async (team) => ((await chats.reachesTeam(team.id)) ? [] : [team]))),
    Promise.all(allTeams.map((team) => onCall.rotas(team, now))),
  ])
  const carrying = new Set(
    rotas
      .flat(2)
      .flatMap(({ shifts }) => shifts.filter(({ from, to }) => from <= now && now < to).map(({ person }) => person.id)),
  )
  return { people, teams: without.flat(), onCall: people.filter(({ id }) => carrying.has(id)) }
}

/** Whom Nexus cannot reach, in a line; undefined where it reaches everybody. */
export function sayUnreached({ people, teams, onCall }: Unreached): string | undefined {
  if (!people.length && !teams.length) return undefined
  const parts = [
    ...(people.length ? [people.length === 1 ? '1 person' : `${people.length} people`] : []),
    ...(teams.length ? [count(teams.length, 'team')] : []),
  ]
  const pagers = onCall.length ? `; on call among them: ${onCall.map(({ name }) => name).join(', ')}` : ''
  return `Nexus cannot reach ${parts.join(' and ')}${pagers}.`
}

/** Lists whom Nexus cannot reach: those on call first, because they are the ones it will need. */
export async function listUnreached(turn: Asking): Promise<Reply> {
  const found = await findUnreached(turn)
  const { people, teams, onCall } = found
  const sources = [{ name: 'Nexus', asOf: turn.now }]
  const sentence = sayUnreached(found)
  if (sentence === undefined)
    return answer(
      {
        state: 'good',
        topic: 'Control',
        title: 'Everybody is reached',
        sentence: 'Everybody of the directory has a chat with Nexus, and every team a channel.',
      },
      { sources },
    )
  const others = people.filter(({ id }) => !onCall.some((person) => person.id === id))
  return answer(
    {
      state: onCall.length ? 'attention' : 'warning',
      topic: 'Control',
      title: 'Whom Nexus cannot reach',
      status: `${people.length + teams.length}`,
      sentence: `${sentence} Install the app for them in the Teams admin centre; a team adds it by itself.`,
      sections: [
        ...list('On call now, without a chat', onCall, 'attention'),
        ...list('Teams without a channel', teams, 'warning'),
        ...list('People without a chat', others, 'emphasis'),
      ],
    },
    { headline: sentence, sources },
  )
}

const shown = 20

function list(title: string, found: readonly Entity[], state: Row['state']): Section[] {
  if (!found.length) return []
  const rows = found.slice(0, shown).map((entity): Row<Button> => ({
    state,
    title: entity.name,
    select: {
      title: `Show ${entity.name}`,
      intent: { command: 'catalog.show', args: { entity: { kind: entity.kind, id: entity.id } } },
    },
  }))
  return [{ kind: 'rows', title: `${title} (${found.length})`, rows, total: found.length }]
}
