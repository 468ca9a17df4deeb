import type { TenantStore } from '../contract.js'
import { StoreConflict } from '../errors.js'

const kind = 'turn'

/** A turn that is being answered. */
export interface OpenTurn {
  /** Closes it: answered turns are never answered again, failed ones may be when they come again. */
  end(answered: boolean): Promise<void>
}

/** Which turns were heard, so that what a channel sends again is answered once. */
export interface TurnRecords {
  /** Notes a turn durably; undefined where it was answered, or is being answered. */
  begin(id: string): Promise<OpenTurn | undefined>
  /** Forgets turns that were heard before a moment (milliseconds since 1970); answers how many. */
  forget(before: number): Promise<number>
}

/**
 * How long a turn may be under way, in milliseconds, before it counts as lost with its hub: longer than a command and its sending may
 * take together; Teams sends again for about a minute.
 */
const abandonedAfter = 25_000

/**
 * Keeps turns as records.
 * @param hub names this process: a turn that it began itself is under way, whatever the clock says
 * @param now milliseconds since 1970
 */
export function turnRecords(store: TenantStore, hub: string, now: () => number): TurnRecords {
  const underWay = new Set<string>()

  async function begin(id: string): Promise<OpenTurn | undefined> {
    if (underWay.has(id)) return undefined
    underWay.add(id)
    const etag = await take(id).catch((error: unknown) => {
      underWay.delete(id)
      throw error
    })
    if (!etag) {
      underWay.delete(id)
      return undefined
    }
    return { end: (answered) => end(id, etag, answered) }
  }

  /** Writes the mark, in place of one that a lost hub left behind. */
  async function take(id: string): Promise<string | undefined> {
    const known = await store.get({ partition: id, kind, id })
    if (known) {
      const { answered, by } = known.data as { answered: boolean; by: string }
      if (answered || (by !== hub && now() - known.at < abandonedAfter)) return undefined
    }
    try {
      const [etag] = await store.commit(id, [
        {
          op: 'put',
          kind,
          id,
          data: { answered: false, by: hub },
          index: { at: now() },
          ...(known ? { ifMatch: known.etag } : { ifAbsent: true }),
        },
      ])
      return etag
    } catch (error) {
      if (error instanceof StoreConflict) return undefined // another hub was faster
      throw error
    }
  }

  async function end(id: string, etag: string, answered: boolean): Promise<void> {
    // A turn that was answered stays closed in this process even where the store does not take the mark: nothing is said twice.
    if (!answered) underWay.delete(id)
    try {
      if (answered)
        await store.commit(id, [
          { op: 'put', kind, id, data: { answered: true, by: hub }, index: { at: now() }, ifMatch: etag },
        ])
      else await store.commit(id, [{ op: 'delete', kind, id, ifMatch: etag }])
    } catch (error) {
      if (!(error instanceof StoreConflict)) throw error // another hub took it over: the mark is its own now
    }
    underWay.delete(id)
  }

  async function forget(before: number): Promise<number> {
    let forgotten = 0
    for (;;) {
      const { records } = await store.query({ kind, where: [{ field: 'at', from: 0, below: before }], limit: 200 })
      if (!records.length) return forgotten
      await Promise.all(records.map(({ partition, id }) => store.commit(partition, [{ op: 'delete', kind, id }])))
      forgotten += records.length
    }
  }

  return { begin, forget }
}
