import type { OperationInput } from '@azure/cosmos'
import { subjectOf } from '../check-commit.js'
import { StoreConflict } from '../errors.js'
import type { Write } from '../contract.js'
import type { Json } from '../json.js'
import type { Kept } from './connection.js'
import type { EntryDocument, Index, NoteDocument, RecordDocument, TimerDocument } from './documents.js'
import { removing } from './lines.js'
import { digest, idOf, indexed, ordered } from './order.js'

/** Where and when a commit writes. */
export interface Place {
  tenant: string
  partition: string
  now: number
}

/** Id of the document that a write is about; entries for the log are always new. */
export function documentIdOf(write: Write): string | undefined {
  switch (write.op) {
    case 'put':
    case 'delete':
      return idOf('record', write.kind, write.id)
    case 'enqueue':
      return idOf('note', write.id)
    case 'set-timer':
    case 'clear-timer':
      return idOf('timer', write.id)
    case 'audit':
      return undefined
  }
}

/** Whether what a write does hangs on what is there; else its conditions are the batch's. */
export function wantsReading(write: Write): boolean {
  if (write.op === 'put') return write.ifAbsent === true
  if (write.op === 'delete') return write.ifMatch === undefined
  return write.op === 'clear-timer' || (write.op === 'set-timer' && write.claim !== undefined)
}

/** @throws StoreConflict where a write's condition does not hold for the document that is there */
export function checkConditions(write: Write, found: Kept | undefined, place: Place): void {
  const subject = subjectOf(write, place.partition)
  const alive = (found as RecordDocument | undefined)?.type === 'record'
  if (write.op === 'enqueue' && found) {
    throw new StoreConflict('exists', `outbox item ${write.id} in partition ${place.partition}`, 'was enqueued before')
  }
  if (write.op === 'put' && write.ifAbsent && alive)
    throw new StoreConflict('exists', subject, `exists already, with etag ${found!._etag}`)
  if ((write.op === 'put' || write.op === 'delete') && write.ifMatch !== undefined) {
    if (!alive) throw new StoreConflict('etag', subject, 'is not there any more: read it again and decide anew')
    if (found!._etag !== write.ifMatch)
      throw new StoreConflict(
        'etag',
        subject,
        `was changed since it was read (etag ${found!._etag}, not ${write.ifMatch}): read it again and decide anew`,
      )
  }
  if ((write.op === 'set-timer' || write.op === 'clear-timer') && write.claim !== undefined)
    if ((found as TimerDocument | undefined)?.claim !== write.claim)
      throw new StoreConflict(
        'claim',
        `timer ${write.id} in partition ${place.partition}`,
        'was set anew, cleared or claimed by another',
      )
}

/**
 * What a write is in a batch: one operation, or none where there is nothing to do.
 * @param found what was read where `wantsReading`
 * @param step which write of the commit it is
 * @param entries how many entries the partition left for the log before
 */
export function operationsFor(
  write: Write,
  data: Json,
  found: Kept | undefined,
  place: Place,
  step: number,
  entries: number,
): OperationInput[] {
  switch (write.op) {
    case 'put': {
      const document = recordOf(place, write, step, { type: 'record', index: write.index ?? {}, data })
      if (write.ifMatch !== undefined) return [replacing(document, write.ifMatch)]
      if (!write.ifAbsent) return [{ operationType: 'Upsert', resourceBody: document }]
      return [found ? replacing(document, found._etag) : { operationType: 'Create', resourceBody: document }]
    }
    case 'delete': {
      const tombstone = recordOf(place, write, step, { type: 'tombstone', index: {} })
      if (write.ifMatch !== undefined) return [replacing(tombstone, write.ifMatch)]
      return (found as RecordDocument | undefined)?.type === 'record' ? [replacing(tombstone, found!._etag)] : []
    }
    case 'enqueue':
      return [{ operationType: 'Create', resourceBody: noteOf(place, write, step, data) }]
    case 'set-timer': {
      const timer = timerOf(place, write, data)
      if (write.claim !== undefined) return [replacing(timer, found!._etag)]
      return [{ operationType: 'Upsert', resourceBody: timer }]
    }
    case 'clear-timer':
      return found ? [removing(found)] : []
    case 'audit':
      return [{ operationType: 'Create', resourceBody: entryOf(place, write.stream, entries, step, data) }]
  }
}

/** A document of ours as the SDK takes it; its own type for JSON knows no interfaces. */
type Body = Extract<OperationInput, { operationType: 'Create' }>['resourceBody']

const replacing = (document: { id: string }, ifMatch: string): OperationInput => ({
  operationType: 'Replace',
  id: document.id,
  resourceBody: document as Body & { id: string },
  ifMatch,
})

function recordOf(
  { tenant, partition, now }: Place,
  { kind, id }: { kind: string; id: string },
  step: number,
  rest: { type: RecordDocument['type']; index: Index; data?: Json },
): RecordDocument & Body {
  const order = digest(partition, kind, id)
  const index = Object.fromEntries(Object.entries(rest.index).map(([name, value]) => [name, indexed(value, order)]))
  return { id: idOf('record', kind, id), tenant, partition, kind, name: id, at: now, step, order, ...rest, index }
}

/** The note that an item was enqueued. */
export function noteOf(
  { tenant, partition, now }: Place,
  { id, thread, notBefore = now, coalesce }: Extract<Write, { op: 'enqueue' }>,
  step: number,
  data: Json,
): NoteDocument & Body {
  const order = `${ordered(now)}.${ordered(step)}.${digest(partition, id)}`
  return {
    ...{ id: idOf('note', id), type: 'note', tenant, partition, name: id, thread, at: now, notBefore, data },
    ...{ waits: true, order, ...(coalesce !== undefined && { coalesce }) },
  }
}

function timerOf(
  { tenant, partition }: Place,
  { id, due }: Extract<Write, { op: 'set-timer' }>,
  data: Json,
): TimerDocument & Body {
  const ready = readyAt(due, partition, id)
  return { id: idOf('timer', id), type: 'timer', tenant, partition, name: id, due, ready, attempts: 0, data }
}

/** When a timer may be claimed, as text that no other timer has. */
export const readyAt = (moment: number, partition: string, id: string): string =>
  `${ordered(moment)}.${digest(partition, id)}`

function entryOf(
  { tenant, partition, now }: Place,
  stream: string,
  entries: number,
  step: number,
  data: Json,
): EntryDocument & Body {
  const order = `${ordered(entries)}.${ordered(step)}`
  return { id: `entry.${order}`, type: 'entry', tenant, partition, stream, at: now, waits: true, order, data }
}
