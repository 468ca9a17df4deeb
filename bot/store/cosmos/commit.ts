import { checkCommit } from '../check-commit.js'
import { StoreBadInput, StoreConflict } from '../errors.js'
import type { Write } from '../contract.js'
import type { Fence } from '../lease.js'
import type { Json } from '../json.js'
import { chainWaiting } from './chain.js'
import type { Kept } from './connection.js'
import type { Engine } from './engine.js'
import { inParallel } from './in-parallel.js'
import { untilAlone } from './until-alone.js'
import { checkFence } from './leases.js'
import type { HeadDocument, NoteDocument } from './documents.js'
import { checkConditions, documentIdOf, noteOf, operationsFor, type Place, wantsReading } from './steps.js'

/** Documents of a batch at most, the head and what a write adds included. */
const mostOperations = 100

/**
 * Does `TenantStore.commit`. Most commits are one batch: conditions on records are the batch's own. Only where one fails, or a write depends
 * on what is there, the documents are read first; a refusal names the first write whose condition does not hold.
 */
export async function commit(
  engine: Engine,
  tenant: string,
  partition: string,
  writes: readonly Write[],
  fence?: Fence,
): Promise<(string | undefined)[]> {
  const { texts } = checkCommit(partition, writes)
  const data = texts.map((text) => (text === '' ? null : (JSON.parse(text) as Json)))
  const place: Place = { tenant, partition, now: engine.now() }
  const written = await untilAlone(`partition ${partition}`, (n) =>
    attempt(engine, place, writes, data, { ...(fence && { fence }), thorough: n > 0 }),
  )
  if (written.notes.length > 0) await engine.moving.move(written.notes)
  if (writes.some(({ op }) => op === 'audit')) await chainWaiting(engine, tenant, partition)
  return written.etags
}

interface Attempt {
  etags: (string | undefined)[]
  notes: NoteDocument[]
}

/** @returns undefined where the documents have to be read, or read again */
async function attempt(
  engine: Engine,
  place: Place,
  writes: readonly Write[],
  data: readonly Json[],
  { fence, thorough }: { fence?: Fence; thorough: boolean },
): Promise<Attempt | undefined> {
  const { connection } = engine
  const key = [place.tenant, place.partition]
  const read = await inParallel(writes, async (write) => {
    const id = documentIdOf(write)
    return id !== undefined && (thorough || wantsReading(write)) ? connection.read('records', key, id) : undefined
  })
  const counts = writes.some(({ op }) => op === 'audit')
  const head = counts || fence ? await connection.read<HeadDocument>('records', key, 'head') : undefined
  if (fence) checkFence(head, fence)
  for (const [n, write] of writes.entries())
    if (thorough) checkConditions(write, read[n], place)
    else if (wantsReading(write) && !holds(write, read[n], place)) return undefined
  const steps = writes.map((write, n) => operationsFor(write, data[n]!, read[n], place, n, head?.entries ?? 0))
  const operations = steps.flat()
  if (counts || fence) operations.push(headOperation(place, head, fence, writes))
  if (operations.length === 0) return { etags: [], notes: [] }
  if (operations.length > mostOperations)
    throw new StoreBadInput(
      `the commit to partition ${place.partition} needs more than ${mostOperations} documents: split it`,
    )
  const outcome = await connection.batch('records', key, operations)
  if ('failed' in outcome) return undefined
  let at = 0
  const etags = writes.map((write, n) => {
    const etag = outcome.etags[at]
    at += steps[n]!.length
    return write.op === 'put' ? etag : undefined
  })
  return {
    etags,
    notes: writes.flatMap((write, n) => (write.op === 'enqueue' ? [noteOf(place, write, n, data[n]!)] : [])),
  }
}

function holds(write: Write, found: Kept | undefined, place: Place): boolean {
  try {
    checkConditions(write, found, place)
    return true
  } catch (error) {
    if (error instanceof StoreConflict) return false
    throw error
  }
}

/** The partition's head after this commit: how many entries it has left for the log, and the newest fence of each lease that wrote. */
function headOperation(
  place: Place,
  head: (HeadDocument & Kept) | undefined,
  fence: Fence | undefined,
  writes: readonly Write[],
) {
  const { tenant, partition } = place
  const entries = (head?.entries ?? 0) + writes.filter(({ op }) => op === 'audit').length
  const fences = { ...head?.fences, ...(fence && { [fence.name]: fence.fence }) }
  const resourceBody = { id: 'head', type: 'head', tenant, partition, entries, fences }
  return head
    ? { operationType: 'Replace' as const, id: 'head', resourceBody, ifMatch: head._etag }
    : { operationType: 'Create' as const, resourceBody }
}
