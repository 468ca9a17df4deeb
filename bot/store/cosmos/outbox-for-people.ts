import { seal, unseal } from '../continuation.js'
import { StoreBadInput } from '../errors.js'
import { checkSize, wholeNumber } from '../limits.js'
import type { Outbox, OutboxState } from '../queues.js'
import type { Kept } from './connection.js'
import type { ItemDocument, LineDocument, NoteDocument } from './documents.js'
import type { Engine } from './engine.js'
import { untilAlone } from './until-alone.js'
import {
  emptyLine,
  itemId,
  joined,
  type LineKey,
  lineKey,
  plain,
  readItem,
  readLine,
  standing,
  writing,
} from './lines.js'
import { idOf, ordered } from './order.js'
import { toEntry } from './outbox-entry.js'

const states = ['queued', 'sent', 'unknown', 'dead', 'dropped'] as const
const open = ['queued', 'unknown', 'dead'] as const
/** Items are counted in answers of so many. */
const together = 1000

type Found = ItemDocument & Kept

/** What people do with a tenant's outbox: look at it, and decide about what was left to them. */
export function outboxForPeople(engine: Engine, tenant: string): Pick<Outbox, 'list' | 'counts' | 'revive' | 'drop'> {
  const { connection } = engine
  const itemsOf = (state: OutboxState, limit: number, before?: string) =>
    connection.find<ItemDocument>('queues', {
      tenant,
      where: [
        [['type'], '=', 'item'],
        [['state'], '=', state],
        ...(before === undefined ? [] : [[['order'], '<', before] as [string[], '<', string]]),
      ],
      order: ['order'],
      descending: true,
      limit,
    })

  /** Changes an item that was left to people, with its line. */
  async function decide<T>(
    partition: string,
    id: string,
    change: (
      key: LineKey,
      item: Found,
      line: (LineDocument & Kept) | undefined,
    ) => Promise<T | [LineDocument, ItemDocument]>,
  ): Promise<T | 'done' | 'absent'> {
    const note = await connection.read<NoteDocument>('records', [tenant, partition], idOf('note', id))
    if (!note) return 'absent'
    const key = lineKey(tenant, note.thread)
    return untilAlone<T | 'done' | 'absent'>(`thread ${note.thread}`, async () => {
      const [line, item] = await Promise.all([readLine(engine, key), readItem(engine, key, itemId(partition, id))])
      if (!item || !['unknown', 'dead'].includes(item.state)) return 'absent'
      const changed = await change(key, item, line)
      if (!Array.isArray(changed)) return changed
      const outcome = await connection.batch('queues', key, [writing(changed[0], line), writing(changed[1], item)])
      return 'failed' in outcome ? undefined : 'done'
    })
  }

  return {
    async list({ state, limit, after }) {
      if (!states.includes(state)) throw new StoreBadInput(`the state is one of ${states.join(', ')}`)
      const most = wholeNumber('limit', limit, [1, 100], 50)
      const scope = [tenant, 'outbox', state]
      const [before] = after === undefined ? [] : unseal(scope, after, 1)
      const found = await itemsOf(state, most, before === undefined ? undefined : String(before))
      const last = found.at(-1)
      const items = found.map(toEntry)
      return last && found.length === most ? { items, continuation: seal(scope, [last.order]) } : { items }
    },

    async counts() {
      const counted = await Promise.all(open.map((state) => countAll((before) => itemsOf(state, together, before))))
      return Object.fromEntries(open.map((state, n) => [state, counted[n]!])) as Record<(typeof open)[number], number>
    },

    async revive(partition, id, reason) {
      checkSize('the reason', [reason])
      return decide<'replaced'>(partition, id, async (key, item, line) => {
        if (await isReplaced(engine, key, item)) return 'replaced'
        const now = engine.now()
        const { settled: _, ...rest } = plain(item)
        const revived: ItemDocument = { ...rest, state: 'queued', at: now, notBefore: now, reason }
        return [joined(line ? plain<LineDocument>(line) : emptyLine(key, item.thread), standing(revived)), revived]
      })
    },

    async drop(partition, id, reason) {
      checkSize('the reason', [reason])
      return decide<never>(partition, id, async (key, item, line) => [
        line ? plain<LineDocument>(line) : emptyLine(key, item.thread),
        { ...plain(item), state: 'dropped', settled: ordered(engine.now()), reason },
      ])
    },
  }
}

async function countAll(page: (before: string | undefined) => Promise<ItemDocument[]>): Promise<number> {
  let count = 0
  for (let found = await page(undefined); ; found = await page(found.at(-1)!.order)) {
    count += found.length
    if (found.length < together) return count
  }
}

/** Whether a later edit of the same message was enqueued, which an older one must not undo. */
async function isReplaced(
  engine: Engine,
  [tenant, within]: LineKey,
  { partition, coalesce, place }: Found,
): Promise<boolean> {
  if (coalesce === undefined) return false
  const edits = await engine.connection.find<ItemDocument>('queues', {
    tenant,
    within,
    where: [
      [['type'], '=', 'item'],
      [['partition'], '=', partition],
      [['coalesce'], '=', coalesce],
    ],
    order: ['place'],
    descending: true,
    limit: 1,
  })
  return edits.length > 0 && edits[0]!.place > place
}
