import { conflict } from '../../../skills/kit/errors.js'
import type { Claim, Instant, Ref } from '../../../skills/kit/model.js'
import type { SourceState } from '../../../skills/kit/ports.js'
import type { Reached } from '../../reached.js'
import type { TenantStore } from '../../store/contract.js'
import type { Json } from '../../store/json.js'
import type { Fence, Lease } from '../../store/lease.js'
import { sourceStateWrite, type CatalogStore } from '../../store/records/catalog-store.js'
import { writeSaid } from './write-said.js'
import { refKey } from '../../../skills/kit/ref-key.js'

/** A push as it is kept while it is taken in. */
interface Journal {
  title?: string
  claims: Claim[]
  gone: Ref[]
  /** Whether it is everything that the source has. */
  whole: boolean
}

export interface PushParts {
  store: TenantStore
  lease(name: string, ttlMs: number): Promise<Lease | undefined>
  catalog: CatalogStore
  clock: { now(): Instant }
  /** Steps: `push.kept` when a push is on disk, and those of `writeSaid`. */
  reached?: Reached | undefined
}

/** What came of a push. */
export interface PushReport {
  written: number
  dropped: number
  entities: number
}

/** The name under which claims carry a pushed source, so that none is taken for a vendor's. */
export const pushedSource = (name: string): string => `push/${name}`

const journalKind = 'push-journal'
/** Milliseconds that a source stays with a hub that is gone. */
const holdMs = 30_000

/**
 * Takes in what other systems push. A push is on disk before anything of it is shown, so that what a hub leaves half done when it dies is
 * ended before the next push of the source, or when a hub starts.
 */
export function createPushDesk({ store, lease, catalog, clock, reached }: PushParts) {
  const waiting = new Map<string, Promise<unknown>>()
  const partitionOf = (name: string) => `push/${name}`

  /** One push of a source at a time in this hub, and by the lease in all hubs. */
  async function alone<T>(name: string, work: (fence: Fence) => Promise<T>): Promise<T> {
    const before = waiting.get(name) ?? Promise.resolve()
    const turn = before
      .catch(() => undefined)
      .then(async () => {
        const held = await lease(partitionOf(name), holdMs)
        if (!held) throw conflict(`Another push of ${name} is being taken in.`, 'Send it again in a few seconds.')
        try {
          return await work({ name: held.name, fence: held.fence })
        } finally {
          await held.release()
        }
      })
    waiting.set(name, turn)
    try {
      return await turn
    } finally {
      if (waiting.get(name) === turn) waiting.delete(name)
    }
  }

  async function journalOf(name: string): Promise<Journal | undefined> {
    const kept = await store.get({ partition: partitionOf(name), kind: journalKind, id: name })
    return kept?.data as unknown as Journal | undefined
  }

  async function apply(name: string, { claims, gone, whole, title }: Journal, fence: Fence): Promise<PushReport> {
    const source = pushedSource(name)
    await catalog.catchUp()
    const named = new Set(claims.map(refKey))
    const left = whole ? refsOf(source).filter((ref) => !named.has(refKey(ref))) : gone
    const signal = AbortSignal.timeout(holdMs)
    const { written, dropped } = await writeSaid(
      { claims, gone: left },
      { source, catalog, clock, fence, signal, reached },
    )
    await catalog.catchUp()
    const entities = refsOf(source).length
    const known = catalog.sources().find((state) => state.source === source)
    const now = clock.now()
    const state: SourceState = {
      source,
      title: title ?? known?.title ?? name,
      asOf: now,
      swept: { at: now, read: entities },
    }
    await store.commit(partitionOf(name), [{ op: 'delete', kind: journalKind, id: name }, sourceStateWrite(state)], {
      fence,
    })
    await catalog.catchUp()
    return { written, dropped, entities }
  }

  function refsOf(source: string): Ref[] {
    const refs: Ref[] = []
    for (const batch of catalog.index.claimedBy(source))
      refs.push(...batch.map(({ record: { kind, id } }) => ({ kind, id })))
    return refs
  }

  /** Ends what a hub that died has left. */
  async function finish(name: string, fence: Fence): Promise<void> {
    const left = await journalOf(name)
    if (left) await apply(name, left, fence)
  }

  return {
    take: (name: string, push: Omit<Journal, 'whole'>, whole: boolean): Promise<PushReport> =>
      alone(name, async (fence) => {
        await finish(name, fence)
        const journal: Journal = { ...push, whole }
        const data = journal as unknown as Json
        await store.commit(partitionOf(name), [{ op: 'put', kind: journalKind, id: name, data }], { fence })
        await reached?.('push.kept', name)
        return apply(name, journal, fence)
      }),

    async look(name: string): Promise<{ title: string; entities: number; asOf: Instant } | undefined> {
      const source = pushedSource(name)
      await catalog.catchUp()
      const state = catalog.sources().find((one) => one.source === source)
      return state?.asOf === undefined
        ? undefined
        : { title: state.title, entities: refsOf(source).length, asOf: state.asOf }
    },

    /** Ends the pushes that were being taken in when a hub died; one that another hub is at is left to it. */
    async resume(): Promise<void> {
      let after: string | undefined
      do {
        const page = await store.query({ kind: journalKind, ...(after !== undefined && { after }) })
        for (const { id } of page.records)
          await alone(id, (fence) => finish(id, fence)).catch((error: unknown) => {
            if (!(error instanceof Error) || error.name !== 'Conflict') throw error
          })
        after = page.continuation
      } while (after !== undefined)
    },
  }
}
