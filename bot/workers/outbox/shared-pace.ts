import type { TenantStore } from '../../store/contract.js'
import { paceRecords } from '../../store/records/pace-records.js'
import { tenantLimits, threadLimits } from './pace.js'
import { createTurnstile, type Turnstile, type TurnstileParts } from './turnstile.js'

/** What a pace is made of that several hubs keep together. */
export interface SharedPaceParts extends Omit<TurnstileParts, 'counted'> {
  store: TenantStore
  /** Names this process. */
  hub: string
  /** The store did not take or give what was sent; the own pace is kept all the same. */
  failed(error: unknown): void
}

/** Teams' limits, kept by all hubs on one store together. */
export interface SharedPace {
  turnstile: Turnstile
  /** Learns what other hubs have sent. */
  read(): Promise<void>
  /** Forgets what counts no more, by real time: business time may be elsewhere. Answers how many threads. */
  forget(): Promise<number>
  /** Makes known what is not known yet. */
  stop(): Promise<void>
}

/** Milliseconds after which others know of a send; it is shorter than any limit's window. */
const publishAfter = 200

/**
 * A turnstile whose sends other hubs hear of by the store, and which hears of theirs: answers that other hubs give in their turns, and what
 * the hub sent that had the outbox before. What others sent in the last fifth of a second may be missing.
 */
export function createSharedPace({ store, hub, failed, ...parts }: SharedPaceParts): SharedPace {
  const limits = [...(parts.thread ?? threadLimits), ...(parts.tenant ?? tenantLimits)]
  const longest = Math.max(...limits.map(({ withinMs }) => withinMs))
  const records = paceRecords(store, hub, longest)
  let timer: NodeJS.Timeout | undefined
  const publish = async (): Promise<void> => {
    clearTimeout(timer)
    timer = undefined
    await records.publish().catch(failed)
  }
  const turnstile = createTurnstile({
    ...parts,
    counted(send) {
      records.add(send)
      timer ??= setTimeout(() => void publish(), publishAfter)
    },
  })
  return {
    turnstile,
    async read() {
      const news = await records.news(parts.ticks()).catch((error: unknown) => (failed(error), []))
      for (const send of news) turnstile.remember(send)
    },
    // Another hub's clock may be a little behind.
    forget: () => records.forget(Math.trunc(parts.ticks() - 2 * longest)),
    stop: publish,
  }
}
