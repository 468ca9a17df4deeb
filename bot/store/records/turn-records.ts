import type { TenantStore } from '../contract.js'
import { StoreConflict } from '../errors.js'

const kind = 'turn'

/** A turn that is being answered. */
export interface OpenTurn {
  /**
   * Closes it: answered turns are never answered again, failed ones may be when they come again. Returns when that is durable; nobody
   * need wait for it, because until then this process knows.
   */
  end(answered: boolean): Promise<void>
}

/** Which turns were heard, so that what a channel sends again is answered once. */
export interface TurnRecords {
  /** Notes a turn durably; undefined where it was answered, or is being answered. */
  begin(id: string): Promise<OpenTurn | undefined>
  /** Forgets turns that were heard before a moment (milliseconds since 1970); answers how many. */
  forget(before: number): Promise<number>
  /** Writes the marks that wait, and returns when they are durable. */
  settle(): Promise<void>
}

/**
 * How long a turn may be under way, in milliseconds, before it counts as lost with its hub: longer than a command and its sending may
 * take together; Teams sends again for about a minute.
 */
const abandonedAfter = 25_000

/** The mark of an answered turn waits this long for the next turn's, in milliseconds, so that they share a commit to disk. */
const longestWait = 20

/**
 * Keeps turns as records.
 * @param hub names this process: a turn that it began itself is under way, whatever the clock says
 * @param now milliseconds since 1970
 */
export function turnRecords(store: TenantStore, hub: string, now: () => number): TurnRecords {
  const underWay = new Set<string>()
  const closing = new Set<Promise<void>>()
  const waiting: (() => void)[] = []
  let timer: NodeJS.Timeout | undefined

  async function begin(id: string): Promise<OpenTurn | undefined> {
    if (underWay.has(id)) return undefined
    underWay.add(id)
    const heard = now()
    const etag = await take(id, heard).catch((error: unknown) => {
      underWay.delete(id)
      throw error
    })
    if (!etag) {
      underWay.delete(id)
      return undefined
    }
    return {
      end(answered) {
        const closed = end(id, etag, heard, answered).finally(() => closing.delete(closed))
        closing.add(closed)
        return closed
      },
    }
  }

  /** Lets the waiting marks be written: whoever writes in the same turn of the event loop shares the commit. */
  function release(): void {
    clearTimeout(timer)
    timer = undefined
    for (const write of waiting.splice(0)) write()
  }

  const withTheNext = () =>
    new Promise<void>((write) => {
      waiting.push(write)
      timer ??= setTimeout(release, longestWait)
    })

  async function settle(): Promise<void> {
    release()
    await Promise.allSettled([...closing])
  }

  /** Writes the mark, in place of one that a lost hub left behind. A turn is new nearly always, so it is written before anything is read. */
  async function take(id: string, heard: number): Promise<string | undefined> {
    const fresh = await mark(id, heard, { ifAbsent: true })
    if (fresh) return fresh
    const known = await store.get({ partition: id, kind, id })
    if (!known) return mark(id, heard, { ifAbsent: true })
    const { answered, by } = known.data as { answered: boolean; by: string }
    if (answered || (by !== hub && heard - known.at < abandonedAfter)) return undefined
    return mark(id, heard, { ifMatch: known.etag })
  }

  /** Notes that this hub answers a turn. @returns the mark's etag, or undefined where another was faster */
  async function mark(
    id: string,
    heard: number,
    condition: { ifAbsent: true } | { ifMatch: string },
  ): Promise<string | undefined> {
    try {
      release()
      const data = { answered: false, by: hub }
      const [etag] = await store.commit(id, [{ op: 'put', kind, id, data, index: { at: heard }, ...condition }])
      return etag
    } catch (error) {
      if (error instanceof StoreConflict) return undefined
      throw error
    }
  }

  async function end(id: string, etag: string, heard: number, answered: boolean): Promise<void> {
    // A turn that was answered stays closed in this process even where the store does not take the mark: nothing is said twice.
    if (!answered) underWay.delete(id)
    try {
      if (answered) {
        await withTheNext()
        await store.commit(id, [
          { op: 'put', kind, id, data: { answered: true, by: hub }, index: { at: heard }, ifMatch: etag },
        ])
      } else await store.commit(id, [{ op: 'delete', kind, id, ifMatch: etag }])
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

  return { begin, forget, settle }
}
