import { checkClaim } from '../check-claim.js'
import { moment, wholeNumber } from '../limits.js'
import type { FiredTimer, Timer, Timers } from '../queues.js'
import { claimEach } from './claiming.js'
import type { Kept } from './connection.js'
import type { TimerDocument } from './documents.js'
import type { Engine } from './engine.js'
import { untilAlone } from './until-alone.js'
import { plain, removing, writing } from './lines.js'
import { idOf, ordered } from './order.js'
import { readyAt } from './steps.js'

type Found = TimerDocument & Kept

const toTimer = ({ partition, name: id, due, data }: TimerDocument): Timer => ({ partition, id, due, data })

/**
 * The timers of a tenant. They lie in the partitions of what they are about, so that effects and end are one batch; who is due is a range of
 * one index over the tenant, which is why no buckets of moments are kept beside it.
 */
export function timersOf(engine: Engine, tenant: string): Timers {
  const { connection } = engine
  const first = (limit: number, below?: number) =>
    connection.find<TimerDocument>('records', {
      tenant,
      where: [
        [['type'], '=', 'timer'],
        ...(below === undefined ? [] : [[['ready'], '<', ordered(below + 1)] as [string[], '<', string]]),
      ],
      order: ['ready'],
      limit,
    })

  async function claimOne(
    timer: Found,
    leaseMs: number,
    worker: string,
  ): Promise<(FiredTimer & { ready: string }) | undefined> {
    const claim = engine.id()
    const attempts = timer.attempts + 1
    const ready = readyAt(engine.now() + leaseMs, timer.partition, timer.name)
    const outcome = await connection.batch(
      'records',
      [tenant, timer.partition],
      [writing({ ...plain(timer), ready, attempts, claim, worker }, timer)],
    )
    return 'failed' in outcome ? undefined : { ...toTimer(timer), attempts, claim, ready: timer.ready }
  }

  return {
    async due(limit, now = engine.now()) {
      wholeNumber('limit', limit, [1, 1000])
      return (await first(limit, moment('now', now))).map(toTimer)
    },

    async next() {
      const [timer] = await first(1)
      return timer && Number(timer.ready.split('.')[0])
    },

    async claim(options) {
      checkClaim(options)
      const claimed = await claimEach(
        options.limit,
        (count) => first(count, engine.now()),
        (timer) => claimOne(timer, options.leaseMs, options.worker),
      )
      return claimed.sort((a, b) => (a.ready < b.ready ? -1 : 1)).map(({ ready: _, ...timer }) => timer)
    },

    async done({ partition, id, claim }) {
      return untilAlone(`timer ${id} in partition ${partition}`, async () => {
        const timer = await connection.read<TimerDocument>('records', [tenant, partition], idOf('timer', id))
        if (timer?.claim !== claim) return false
        const outcome = await connection.batch('records', [tenant, partition], [removing(timer)])
        return 'failed' in outcome ? undefined : true
      })
    },
  }
}
