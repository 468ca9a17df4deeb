import { setTimeout as pause } from 'node:timers/promises'

/** A clock that runs faster than the machine's, so that minutes of waiting are tried in seconds. */
export class FastClock {
  readonly #began = performance.now()
  readonly #start = Date.now()
  #ahead = 0

  constructor(readonly speed: number) {}

  /** Milliseconds since 1970 of this clock. */
  readonly ms = (): number => this.#start + this.#ahead + (performance.now() - this.#began) * this.speed
  readonly now = (): string => new Date(this.ms()).toISOString()
  /** The machine's moment at a moment of this clock. */
  readonly real = (at: number): number => this.#start + (at - this.#start - this.#ahead) / this.speed

  /** Jumps forward. */
  jump(ms: number): void {
    this.#ahead += ms
  }

  readonly until = async (at: string, signal: AbortSignal): Promise<void> => {
    await pause(Math.max(0, Date.parse(at) - this.ms()) / this.speed, undefined, { signal })
  }
}
