import type { Instant } from '../../../skills/kit/model.js'

/** What is tidied, and when. */
export interface TidyParts {
  /** Each forgets what was finished before a moment (milliseconds since 1970) and answers how much that was. */
  tasks: readonly { name: string; keepMs: number; forget(before: number): Promise<number> }[]
  clock: { now(): Instant; until(at: Instant, signal: AbortSignal): Promise<void> }
  /** Milliseconds between two rounds. */
  every: number
  report(name: string, forgotten: number): void
  failed(name: string, error: unknown): void
}

/** Starts a loop that forgets what nobody will ask for again, so that the store does not grow for ever. */
export function startTidying({ tasks, clock, every, report, failed }: TidyParts): { stop(): Promise<void> } {
  const stopping = new AbortController()
  const round = async (): Promise<void> => {
    for (const { name, keepMs, forget } of tasks) {
      if (stopping.signal.aborted) return
      await forget(Date.parse(clock.now()) - keepMs).then(
        (forgotten) => forgotten > 0 && report(name, forgotten),
        (error: unknown) => failed(name, error),
      )
    }
  }
  const loop = async (): Promise<void> => {
    while (!stopping.signal.aborted) {
      await clock.until(new Date(Date.parse(clock.now()) + every).toISOString(), stopping.signal).catch(() => {})
      if (!stopping.signal.aborted) await round()
    }
  }
  const running = loop()
  return {
    async stop() {
      stopping.abort()
      await running
    },
  }
}
