import { answer } from '../kit/answer.js'
import { badInput, notAllowed } from '../kit/errors.js'
import type { Entity, Instant, Json } from '../kit/model.js'
import type { Actor } from '../kit/proposal.js'
import type { Turn } from '../kit/ports.js'
import type { Kept, Records } from '../kit/records.js'
import type { Intent, Reply } from '../kit/reply.js'

type ListeningTurn = Turn<'catalog' | 'records'>

/** Where consents are kept, one a team by its catalog id. */
export const consents = { partition: 'teams', kind: 'consent' } as const

/** That a team lets Nexus hear its replies: who said so, and when. */
export interface Consent {
  by: Actor
  at: Instant
}

/** Whether a team lets Nexus hear replies that do not mention it, read from the store: a hub decides by what is written. */
export const consentOf = (records: Pick<Records, 'get'>, team: string): Promise<Kept<Consent> | undefined> =>
  records.get<Consent>({ ...consents, id: team })

const meaning =
  'In my incident and approval threads of this team I read replies that do not mention me. I stay silent unless one asks me for something in plain words, such as “ack” or “resolve it”, and I keep replies in the incident’s story. Nothing else in the team is read or kept.'
const start: Intent = { command: 'listening.start', args: {} }
const stop: Intent = { command: 'listening.stop', args: {} }

/** Says whether it listens here, who let it, and what that means. */
export async function showListening(turn: ListeningTurn): Promise<Reply> {
  const team = await teamHere(turn)
  const consent = await consentOf(turn.records, team.id)
  return answer(
    {
      state: consent ? 'accent' : 'emphasis',
      topic: 'Listening',
      title: team.name,
      status: consent ? 'on' : 'off',
      sentence: consent
        ? [`${consent.data.by.name} let me, `, { ago: consent.data.at }, '.']
        : 'I hear replies here only where I am mentioned.',
      sections: [{ kind: 'text', text: meaning }],
    },
    {
      buttons: [
        consent ? { title: 'Stop listening', intent: stop } : { title: 'Listen in these threads', intent: start },
      ],
    },
  )
}

/** Keeps a team's consent. @throws Fault NotAllowed for who does not lead the team, BadInput where there is no team */
export async function beginListening(turn: ListeningTurn): Promise<Reply & { undo: Intent }> {
  const team = await teamOfLead(turn)
  const consent: Consent = { by: actorOf(turn), at: turn.now }
  await keep(team, consent, turn)
  return {
    ...said(team, 'on', 'From now on I hear replies in my threads of this team without a mention.'),
    buttons: [{ title: 'Stop listening', intent: stop }],
    undo: stop,
  }
}

/** Takes a team's consent back. */
export async function endListening(turn: ListeningTurn): Promise<Reply & { undo: Intent }> {
  const team = await teamOfLead(turn)
  await keep(team, undefined, turn)
  return {
    ...said(team, 'off', 'I hear replies here only where I am mentioned, from now on.'),
    buttons: [{ title: 'Listen in these threads', intent: start }],
    undo: start,
  }
}

const said = ({ name }: Entity, status: 'on' | 'off', sentence: string): Reply =>
  answer({
    state: status === 'on' ? 'accent' : 'emphasis',
    topic: 'Listening',
    title: name,
    status,
    sentence,
    ...(status === 'on' && { sections: [{ kind: 'text', text: meaning }] }),
  })

async function keep(team: Entity, consent: Consent | undefined, turn: ListeningTurn): Promise<void> {
  const known = await consentOf(turn.records, team.id)
  if (Boolean(known) === Boolean(consent)) return
  const target = { kind: team.kind, id: team.id }
  await turn.records.commit(consents.partition, [
    consent
      ? { op: 'put', kind: consents.kind, id: team.id, data: consent as unknown as Json, ifAbsent: true }
      : { op: 'delete', kind: consents.kind, id: team.id },
    {
      op: 'tell',
      event: {
        id: `listening/${team.id}/${turn.id}`,
        type: 'listening.changed',
        ...{ at: turn.now, arrived: turn.now, subjects: [target], data: { on: Boolean(consent) } },
      },
    },
    {
      op: 'audit',
      entry: {
        action: consent ? 'listening.started' : 'listening.stopped',
        ...{ by: actorOf(turn), target, detail: {}, turn: turn.id },
      },
    },
  ])
}

const actorOf = ({ person: { id, objectId, name } }: ListeningTurn): Actor => ({ id, objectId, name })

async function teamHere({ place, catalog }: ListeningTurn): Promise<Entity> {
  const team = place.team === undefined ? undefined : await catalog.get({ kind: 'Team', id: place.team })
  if (!team)
    throw badInput(
      'Listening is for the threads of one team, and this is no channel of a team I know.',
      'Say it in a channel of the team.',
    )
  return team
}

/** The team here, for somebody who leads it or runs Nexus: it is the team's to decide, and not any member's. */
async function teamOfLead(turn: ListeningTurn): Promise<Entity> {
  const team = await teamHere(turn)
  const { person, catalog } = turn
  const [leads, members] = await Promise.all([
    catalog.related(team, { type: 'leadBy', direction: 'out' }),
    catalog.related(team, { type: 'memberOf', direction: 'in' }),
  ])
  const isOf = (all: typeof leads) => all.some(({ entity }) => entity.id === person.id)
  if (person.roles.includes('admin') || isOf(leads) || (person.roles.includes('team-lead') && isOf(members)))
    return team
  const names = leads.map(({ entity }) => entity.name).join(' or ')
  throw notAllowed(
    `Whether I listen in threads of ${team.name} is for who leads it.`,
    `${names || 'A Team Lead of it, or an Admin of Nexus,'} can decide it, here: “listen in this team’s threads”.`,
  )
}
