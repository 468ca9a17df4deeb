import type { TenantClock } from './clock.js'

/** Work that falls due in business time. */
export interface Agenda {
  /** The clock, whose `set` also does the work that fell due by it. */
  clock: TenantClock
  after(ms: number, work: () => void): void
  /** Forgets what is not due yet. */
  stop(): void
}

/** Node's timers overflow beyond 2^31-1 ms; later work is looked at again then. */
const longestTimer = 2_147_483_647

/** Runs work in the order in which it falls due, by a timer while time passes and at once where the clock is moved over it. */
export function createAgenda(clock: TenantClock): Agenda {
  let items: { at: number; work: () => void }[] = []
  let timer: NodeJS.Timeout | undefined
  const run = (): void => {
    for (let next = items[0]; next && next.at <= clock.now().getTime(); next = items[0]) {
      items.shift()
      next.work()
    }
    clearTimeout(timer)
    const [next] = items
    if (next) timer = setTimeout(run, Math.min(next.at - clock.now().getTime(), longestTimer)).unref()
  }
  return {
    clock: {
      now: clock.now,
      set: (now) => {
        clock.set(now)
        run()
      },
    },
    after(ms, work) {
      items.push({ at: clock.now().getTime() + ms, work })
      items.sort((a, b) => a.at - b.at)
      run()
    },
    stop() {
      items = []
      clearTimeout(timer)
    },
  }
}
