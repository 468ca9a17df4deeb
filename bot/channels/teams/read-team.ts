import { z } from 'zod/v4'
import type { Undelivered } from '../../outgoing.js'
import { callConnector, type ConnectorParts } from './call-connector.js'

/** A team as the connector tells of it. */
export interface ReadTeam {
  id: string
  /** Object id of its Entra group, in lower case. */
  groupId: string
  channels: { id: string; name: string }[]
}

const Team = z.looseObject({ aadGroupId: z.string().min(1) })
const Channels = z.looseObject({
  conversations: z.array(z.looseObject({ id: z.string().min(1), name: z.string().nullish() })),
})

/** What people call a team's first channel; the connector gives it no name, so that each client can in its own language. */
const general = 'General'
const patience = 4_000

/**
 * Reads a team and its channels from the connector (Microsoft, "Get Teams-specific context for your bot"): two calls.
 * @returns how the call ended where it was not answered
 */
export async function readTeam(
  { serviceUrl, teamId }: { serviceUrl: string; teamId: string },
  parts: ConnectorParts,
): Promise<ReadTeam | Undelivered> {
  const get = (path: string) => callConnector({ serviceUrl, method: 'GET', path, patience }, parts)
  const path = `v3/teams/${encodeURIComponent(teamId)}`
  const team = await get(path)
  if (!('body' in team)) return team
  const list = await get(`${path}/conversations`)
  if (!('body' in list)) return list
  const details = Team.safeParse(team.body)
  const channels = Channels.safeParse(list.body)
  if (!details.success || !channels.success)
    return { is: 'rejected', reason: 'Teams told of a team without its group.' }
  return {
    id: teamId,
    groupId: details.data.aadGroupId.toLowerCase(),
    channels: channels.data.conversations.map(({ id, name }) => ({ id, name: name || general })),
  }
}
