import { checkCommit, subjectOf } from '../check-commit.js'
import { StoreConflict } from '../errors.js'
import type { Scalar, Write } from '../contract.js'
import type { Fence } from '../lease.js'
import type { Engine } from './engine.js'
import { checkFence } from './leases.js'
import { appendEntries } from './log.js'
import { enqueue } from './outbox.js'
import type { Place } from './place.js'
import { clearTimer, setTimer } from './timers.js'

type Put = Extract<Write, { op: 'put' }>

/** Does `TenantStore.commit`: everything is checked and turned into text first, then written in one job. */
export async function commit(
  engine: Engine,
  tenant: string,
  partition: string,
  writes: readonly Write[],
  fence?: Fence,
): Promise<(string | undefined)[]> {
  const { texts, bytes } = checkCommit(partition, writes)
  const job = () => {
    const place = { connection: engine.connection, tenant, partition, now: engine.now() }
    if (fence) checkFence(engine.connection, fence)
    return writes.map((write, i) => apply(place, write, texts[i]!))
  }
  return engine.write(job, bytes)
}

function apply(place: Place, write: Write, text: string): string | undefined {
  switch (write.op) {
    case 'put':
      return put(place, write, text)
    case 'delete':
      return bury(place, write)
    case 'enqueue':
      return enqueue(place, write, text)
    case 'set-timer':
      return setTimer(place, write, text)
    case 'clear-timer':
      return clearTimer(place, write)
    case 'audit':
      appendEntries(place, write.stream, [text])
  }
}

interface Head {
  seq: number
  alive: number
  fields: string
}

function headOf({ connection, tenant, partition }: Place, kind: string, id: string): Head | undefined {
  return connection.get<Head>(
    `SELECT seq, data IS NOT NULL AS alive, fields FROM record WHERE tenant = ? AND kind = ? AND partition = ? AND id = ?`,
    ...[tenant, kind, partition, id],
  )
}

function put(place: Place, write: Put, text: string): string {
  const head = headOf(place, write.kind, write.id)
  const subject = subjectOf(write, place.partition)
  if (write.ifAbsent && head?.alive) throw new StoreConflict('exists', subject, `exists already, with etag ${head.seq}`)
  if (write.ifMatch !== undefined) expectEtag(head, write.ifMatch, subject)
  const fields = JSON.stringify(write.index ?? {})
  const seq = replace(place, write, fields, text)
  if (fields !== (head?.fields ?? '{}')) indexAnew(place, write, head?.fields ?? '{}', write.index ?? {})
  return String(seq)
}

function bury(place: Place, write: Extract<Write, { op: 'delete' }>): undefined {
  const head = headOf(place, write.kind, write.id)
  if (write.ifMatch !== undefined) expectEtag(head, write.ifMatch, subjectOf(write, place.partition))
  if (!head?.alive) return
  replace(place, write, '{}', null)
  indexAnew(place, write, head.fields, {})
}

function expectEtag(head: Head | undefined, etag: string, subject: string): void {
  if (!head?.alive) throw new StoreConflict('etag', subject, 'is not there any more: read it again and decide anew')
  if (String(head.seq) !== etag)
    throw new StoreConflict(
      'etag',
      subject,
      `was changed since it was read (etag ${head.seq}, not ${etag}): read it again and decide anew`,
    )
}

function replace(place: Place, key: { kind: string; id: string }, fields: string, text: string | null): number {
  const { connection, tenant, partition, now } = place
  const { rowid } = connection.run(
    'REPLACE INTO record (tenant, kind, partition, id, at, bytes, fields, data) VALUES (?, ?, ?, ?, ?, ?, ?, ?)',
    ...[tenant, key.kind, partition, key.id, now, text === null ? 0 : Buffer.byteLength(text), fields, text],
  )
  return rowid
}

function indexAnew(
  place: Place,
  key: { kind: string; id: string },
  before: string,
  after: Record<string, Scalar>,
): void {
  const { connection, tenant, partition } = place
  const row = (name: string, value: Scalar) => [tenant, key.kind, name, value, partition, key.id]
  for (const [name, value] of Object.entries(JSON.parse(before) as Record<string, Scalar>))
    connection.run(
      'DELETE FROM field WHERE tenant = ? AND kind = ? AND name = ? AND value = ? AND partition = ? AND id = ?',
      ...row(name, value),
    )
  for (const [name, value] of Object.entries(after))
    connection.run(
      'INSERT INTO field (tenant, kind, name, value, partition, id) VALUES (?, ?, ?, ?, ?, ?)',
      ...row(name, value),
    )
}
