import type { Event, ThreadReply } from '../kit/event.js'
import type { SystemTurn } from '../kit/ports.js'
import { changeIncident } from './change-incident.js'
import { incidentKind } from './incident-writes.js'
import { doerOf, tell, type Incident } from './incident.js'

type HearingTurn = SystemTurn<'records'>

/** Which teams let Nexus hear their replies, as far as cards say it. */
const heardTeams = { partition: 'heard-teams', kind: 'heard' } as const

/** Whether replies in the threads of a team are heard without a mention. */
export const isHeard = async (team: string, { records }: Pick<HearingTurn, 'records'>): Promise<boolean> =>
  (await records.get<{ on: boolean }>({ ...heardTeams, id: team }))?.data.on === true

/** Open incidents of a team whose cards say at once that it changed; those of others say it when they are drawn next. */
const mostRedrawn = 50

/** Hears that a team lets Nexus listen, or does so no more, and has the cards of its open incidents say so. */
export async function hearListening({ subjects: [team], data }: Event, turn: HearingTurn): Promise<void> {
  if (!team) return
  const { on } = data as { on: boolean }
  await turn.records.commit(heardTeams.partition, [{ op: 'put', kind: heardTeams.kind, id: team.id, data: { on } }])
  const open = await turn.records.find<Incident>({ kind: incidentKind, where: { open: 1 }, limit: 1_000 })
  for (const { id } of open.filter((one) => one.data.team?.id === team.id).slice(0, mostRedrawn))
    await changeIncident(id, turn, async (kept) => kept && { incident: kept.data })
}

/** Longest line of a story that is somebody's reply, in characters. */
const longest = 300

/** Hears a reply in an incident's thread, and puts it into the story as what it is: that person's words. */
export async function hearReply({ at, subjects, data }: Event, turn: HearingTurn): Promise<void> {
  const incident = subjects.find(({ kind }) => kind === 'Incident')
  if (!incident) return
  const { by, text } = data as unknown as ThreadReply
  const said = text.length > longest ? `${text.slice(0, longest - 1)}…` : text
  await changeIncident(
    incident.id.toUpperCase(),
    turn,
    async (kept) =>
      kept && { incident: { ...kept.data, story: tell(kept.data.story, { at, by: doerOf(by), text: `“${said}”` }) } },
  )
}
