import type { TenantClock } from './clock.js'

/** Longest that Node's timers wait. */
const longest = 2 ** 31 - 1

/** Work that falls due in business time: when the clock is moved past it, it is done at once. */
export class BusinessTimers {
  #waiting: { due: number; work: () => void }[] = []
  #timer: NodeJS.Timeout | undefined
  /** The clock whose moving is noticed; to be used in place of the one given. */
  readonly clock: TenantClock

  constructor(clock: TenantClock) {
    this.clock = {
      now: () => clock.now(),
      set: (now) => {
        clock.set(now)
        this.#run()
      },
    }
  }

  /** As `Services.after`. */
  after = (ms: number, work: () => void): void => {
    this.#waiting.push({ due: this.clock.now().getTime() + ms, work })
    this.#wait()
  }

  /** Forgets what is not due yet. */
  stop(): void {
    clearTimeout(this.#timer)
    this.#waiting = []
  }

  /** Does what is due, in order of time; work that comes of it is due from now. */
  #run(): void {
    const now = this.clock.now().getTime()
    const due = this.#waiting.filter((each) => each.due <= now).sort((a, b) => a.due - b.due)
    this.#waiting = this.#waiting.filter((each) => each.due > now)
    for (const { work } of due)
      try {
        work()
      } catch (error) {
        console.error('work that fell due failed', error) // the rest falls due all the same
      }
    this.#wait()
  }

  #wait(): void {
    clearTimeout(this.#timer)
    if (this.#waiting.length === 0) return
    const next = this.#waiting.reduce((least, { due }) => Math.min(least, due), Infinity)
    const pause = Math.min(Math.max(0, next - this.clock.now().getTime()), longest)
    this.#timer = setTimeout(() => this.#run(), pause).unref()
  }
}
