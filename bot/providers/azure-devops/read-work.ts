import type { Claim } from '../../../skills/kit/model.js'
import { fieldsOf } from '../../fields.js'
import { workItemRef } from './azure-devops-ids.js'
import type { Knowledge } from './knowledge.js'
import type { Reading } from './reading.js'
import { endStates, workClaim } from './work-claim.js'

/** Items that one request reads, and ids that one query finds ("Work tracking, process, and project limits"). */
export const batch = 200
const mostFound = 20_000
/** Days for which an item that is done is kept in the catalog. */
const keptDays = 30
const done = endStates.map((state) => `'${state}'`).join(', ')

/** What the catalog keeps: all that is not removed, and of what is done the latest. */
const kept = `[System.State] <> 'Removed' AND ([System.State] NOT IN (${done}) OR [System.ChangedDate] >= @Today - ${keptDays})`

/**
 * Ids of the work items above one, in their order: a query answers at most 20,000 and refuses what finds more, so that the next one begins
 * after the last that was found.
 */
export async function idsAfter({ client, signal }: Reading, after: number): Promise<number[]> {
  const query = `SELECT [System.Id] FROM WorkItems WHERE [System.Id] > ${after} AND ${kept} ORDER BY [System.Id]`
  const { raw } = await client.post('_apis/wit/wiql', { $top: mostFound }, { query }, signal)
  const { workItems } = raw as { workItems?: unknown }
  const ids = Array.isArray(workItems) ? workItems.map((one: unknown) => Number(fieldsOf(one).text('id'))) : []
  return ids.filter((id) => Number.isSafeInteger(id) && id > after).sort((a, b) => a - b)
}

/** Some work items by their ids; which of them are not there any more. */
export async function readWork(
  reading: Reading,
  knowledge: Knowledge,
  ids: readonly number[],
): Promise<{ claims: Claim[]; absent: number[] }> {
  const claims: Claim[] = []
  for (let from = 0; from < ids.length; from += batch) {
    const some = ids.slice(from, from + batch)
    // With relations come all fields: the two cannot be asked for together.
    const wanted = { ids: some, $expand: 'relations', errorPolicy: 'omit' }
    const { raw } = await reading.client.post('_apis/wit/workitemsbatch', {}, wanted, reading.signal)
    const { value } = raw as { value?: unknown }
    // What is not there is null in its place.
    for (const one of Array.isArray(value) ? (value as unknown[]) : []) {
      const claim = workClaim(reading, fieldsOf(one), one, knowledge)
      if (claim) claims.push(claim)
    }
  }
  const there = new Set(claims.map(({ id }) => id))
  return { claims, absent: ids.filter((id) => !there.has(workItemRef(id).id)) }
}

const day = 86_400_000

/** Whether the catalog keeps an item, by the same rule as the sweep's query. */
export function isKept({ props }: Claim, now: string): boolean {
  const [state, updated] = [String(props.state), String(props.updated ?? '')]
  if (state === 'Removed') return false
  if (!(endStates as readonly string[]).includes(state)) return true
  const today = Math.floor(Date.parse(now) / day) * day
  return Date.parse(updated) >= today - keptDays * day
}
