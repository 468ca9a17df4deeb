/** A bell that ends a pause, also where it rang just before the pause began. */
export interface Bell {
  ring(): void
  /** Aborted by the next ring. */
  rung(): AbortSignal
}

export function createBell(): Bell {
  let next = new AbortController()
  return {
    ring: () => next.abort(),
    rung() {
      if (next.signal.aborted) next = new AbortController()
      return next.signal
    },
  }
}
