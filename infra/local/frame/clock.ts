/** Business time of the local tenant: real time until a test or a demo moves it with `POST /local/clock`. */
export interface TenantClock {
  now(): Date
  /** Moves business time to a moment; it runs on from there at the speed of real time. */
  set(now: Date): void
}

/** @param real the machine's clock, injectable for tests. */
export function tenantClock(real: () => number = Date.now): TenantClock {
  let offset = 0
  return {
    now: () => new Date(real() + offset),
    set: (now) => {
      offset = now.getTime() - real()
    },
  }
}
