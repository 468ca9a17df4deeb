import type { TenantStore } from '../contract.js'
import type { Json } from '../json.js'

/** A team of Teams as it was last read, which every hub on the store knows. */
export interface TeamInTeams {
  /** Its id in Teams, which is that of its General channel too. */
  id: string
  /** Object id of the Entra group it belongs to, in lower case. */
  groupId: string
  channels: { id: string; name: string }[]
  /** When it was read, milliseconds since 1970; 0 where something in it changed since. */
  readAt: number
}

const kind = 'team'
const partitionOf = (id: string): string => `team/${id}`

/** The teams that Nexus was added to, with their channels. */
export function teamRecords(store: TenantStore) {
  const get = async (id: string): Promise<TeamInTeams | undefined> =>
    (await store.get({ partition: partitionOf(id), kind, id }))?.data as unknown as TeamInTeams | undefined
  const keep = async (team: TeamInTeams): Promise<void> => {
    const index = { group: team.groupId }
    await store.commit(partitionOf(team.id), [{ op: 'put', kind, id: team.id, data: team as unknown as Json, index }])
  }
  return {
    get,
    keep,
    /** All that were read, at most 1,000. */
    all: async (): Promise<TeamInTeams[]> =>
      (await store.query({ kind, limit: 1000 })).records.map(({ data }) => data as unknown as TeamInTeams),
    /** The team of an Entra group, where it was read before. */
    async ofGroup(groupId: string): Promise<TeamInTeams | undefined> {
      const where = [{ field: 'group', equals: groupId.toLowerCase() }]
      const { records } = await store.query({ kind, where, limit: 1 })
      return records[0]?.data as unknown as TeamInTeams | undefined
    },
    /** Notes that a team is not any more as it was read. */
    async outdate(id: string): Promise<void> {
      const known = await get(id)
      if (known) await keep({ ...known, readAt: 0 })
    },
  }
}

export type TeamRecords = ReturnType<typeof teamRecords>
