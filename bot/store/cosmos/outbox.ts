import { checkClaim } from '../check-claim.js'
import { StoreConflict } from '../errors.js'
import { checkName, checkSize, moment } from '../limits.js'
import { type Json, jsonText } from '../json.js'
import type { ClaimOptions, Outbox, OutboxItem, Settlement } from '../queues.js'
import { claimEach } from './claiming.js'
import type { Kept } from './connection.js'
import type { ItemDocument, LineDocument, NoteDocument } from './documents.js'
import type { Engine } from './engine.js'
import { untilAlone } from './until-alone.js'
import {
  advanced,
  following,
  isEnding,
  itemId,
  lineKey,
  plain,
  readItem,
  readLine,
  ready,
  waitingIn,
  writing,
} from './lines.js'
import { idOf, ordered } from './order.js'
import { toEntry } from './outbox-entry.js'
import { outboxForPeople } from './outbox-for-people.js'

/** The outbox of a tenant. */
export function outboxOf(engine: Engine, tenant: string): Outbox {
  const claimable = (count: number) =>
    engine.connection.find<LineDocument>('queues', {
      tenant,
      where: [
        [['type'], '=', 'line'],
        [['ready'], '<', ordered(engine.now() + 1)],
      ],
      order: ['ready'],
      limit: count,
    })
  let claims = 0
  return {
    async claim(options) {
      checkClaim(options)
      const claimed = await claimEach(options.limit, claimable, (line) => claimFirst(engine, line, options))
      claims += 1
      // What a crash left between a commit and its line is looked for when there is time, and now and then when there is none.
      if (claimed.length === options.limit && claims % 16 > 0) return claimed
      await engine.moving.moveWaiting(tenant)
      if (claimed.length > 0) return claimed
      return claimEach(options.limit, claimable, (line) => claimFirst(engine, line, options))
    },

    async settle(item, settlement) {
      if (settlement.state === 'retry') moment('notBefore', settlement.notBefore)
      if ('result' in settlement && settlement.result !== undefined)
        checkSize('the result', [jsonText(settlement.result, `the result of ${item.id}`)])
      await settleItem(engine, tenant, item, settlement)
    },

    async get(partition, id) {
      const note = await engine.connection.read<NoteDocument>('records', [tenant, partition], idOf('note', id))
      if (!note) return undefined
      const item = await readItem(engine, lineKey(tenant, note.thread), itemId(partition, id))
      if (item) return toEntry(item)
      return note.waits
        ? { ...{ partition, id, thread: note.thread, at: note.at }, data: note.data!, attempts: 0, state: 'queued' }
        : undefined
    },

    async waiting(thread) {
      checkName('the thread', thread)
      return (await waitingIn(engine, lineKey(tenant, thread), 100)).map(toEntry)
    },
    ...outboxForPeople(engine, tenant),
  }
}

/** Takes the first of a line: the line and the item are written together, as they were read. */
async function claimFirst(
  engine: Engine,
  line: LineDocument & Kept,
  { leaseMs, worker }: ClaimOptions,
): Promise<OutboxItem | undefined> {
  const key = lineKey(line.tenant, line.thread)
  const item = await readItem(engine, key, line.named[0]!.id)
  if (!item) return undefined
  const claim = engine.id()
  const taken: ItemDocument = { ...plain(item), attempts: item.attempts + 1, claim, worker }
  const outcome = await engine.connection.batch('queues', key, [
    writing(ready(plain<LineDocument>(line), engine.now() + leaseMs), line),
    writing(taken, item),
  ])
  if ('failed' in outcome) return undefined
  const { partition, name: id, thread, at, data, attempts } = taken
  return { partition, id, thread, at, data, attempts, claim }
}

async function settleItem(engine: Engine, tenant: string, item: OutboxItem, settlement: Settlement): Promise<void> {
  const key = lineKey(tenant, item.thread)
  await untilAlone(`thread ${item.thread}`, async () => {
    const [line, found] = await Promise.all([
      readLine(engine, key),
      readItem(engine, key, itemId(item.partition, item.id)),
    ])
    if (!line || found?.state !== 'queued' || found.claim !== item.claim)
      throw new StoreConflict(
        'claim',
        `outbox item ${item.id} in partition ${item.partition}`,
        'is not in the hands of this worker any more',
      )
    const behind = settlement.state === 'retry' || !isEnding(line) ? [] : await following(engine, key, found.id)
    const moved =
      settlement.state === 'retry'
        ? ready(plain<LineDocument>(line), settlement.notBefore)
        : advanced(plain(line), behind)
    const outcome = await engine.connection.batch('queues', key, [
      writing(moved, line),
      writing(settled(found, settlement, engine.now()), found),
    ])
    return 'failed' in outcome ? undefined : true
  })
}

function settled(item: ItemDocument, settlement: Settlement, now: number): ItemDocument {
  const { claim: _claim, worker: _worker, reason: _reason, result: _result, ...rest } = plain(item)
  const reason = 'reason' in settlement ? { reason: settlement.reason } : {}
  if (settlement.state === 'retry') return { ...rest, ...reason }
  const result: { result?: Json } =
    'result' in settlement && settlement.result !== undefined ? { result: settlement.result } : {}
  return { ...rest, ...reason, ...result, state: settlement.state, settled: ordered(now) }
}
