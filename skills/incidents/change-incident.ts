import { Fault, notFound } from '../kit/errors.js'
import type { SystemTurn } from '../kit/ports.js'
import type { Kept, RecordWrite } from '../kit/records.js'
import type { Incident } from './incident.js'
import { incidentKind, incidentWrites } from './incident-writes.js'

/** What is needed to change an incident, with or without a person who asks. */
export type Keeping = Pick<SystemTurn<'records'>, 'records' | 'now'>

/** An incident after a change, and what else is written with it. */
export interface Change {
  incident: Incident
  writes?: RecordWrite[]
}

/**
 * How often a change is tried that others come in between. Each time one of them is done, and those that can meet at one incident are the
 * sixteen items that a hub works on at once, its timers, and the people who press at that moment.
 */
const tries = 20

/** The incident of an id, as it is now. */
export const readIncident = (id: string, { records }: Pick<Keeping, 'records'>): Promise<Kept<Incident> | undefined> =>
  records.get<Incident>({ partition: id, kind: incidentKind, id })

/**
 * Changes an incident with all that follows from it, in one commit; where somebody else was faster, the change is worked out anew.
 * @param change what it becomes; undefined where there is nothing to change
 * @returns the incident as it is now
 * @throws Fault whatever `change` throws, or Conflict where others keep coming in between
 */
export async function changeIncident(
  id: string,
  turn: Keeping,
  change: (kept: Kept<Incident> | undefined) => Promise<Change | undefined>,
): Promise<Incident> {
  for (let attempt = 1; ; attempt++) {
    const kept = await readIncident(id, turn)
    const wanted = await change(kept)
    if (!wanted) {
      if (kept) return kept.data
      throw notFound(`There is no incident ${id}.`)
    }
    try {
      return await commit(kept, wanted, turn)
    } catch (error) {
      if (!(error instanceof Fault && error.code === 'Conflict') || attempt === tries) throw error
    }
  }
}

/** An incident is kept also where its channel is not there; it is told when it is. */
async function commit(kept: Kept<Incident> | undefined, wanted: Change, { records, now }: Keeping): Promise<Incident> {
  const write = async (speaks: boolean) => {
    const { incident, writes } = incidentWrites(kept, wanted.incident, now, speaks)
    await records.commit(incident.id, [...writes, ...(wanted.writes ?? [])])
    return incident
  }
  try {
    return await write(true)
  } catch (error) {
    if (error instanceof Fault && error.code === 'NotFound') return write(false)
    throw error
  }
}
