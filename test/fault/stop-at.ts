import type { Reached } from '../../bot/reached.js'

/** At which step a hub ends, and at which passing of it, the first being 1. */
export interface StopAt {
  step: string
  passing: number
}

/**
 * Reads `timer.acted:5`; without a number it is the first passing.
 * @throws Error where it is neither
 */
export function readStopAt(text: string): StopAt {
  const [, step, passing = '1'] = /^([a-z]+\.[a-z-]+)(?::([1-9]\d*))?$/.exec(text) ?? []
  if (!step) throw new Error(`'${text}' is no step such as timer.acted or timer.acted:5.`)
  return { step, passing: Number(passing) }
}

/** Counts the passings of steps, and ends the hub at the one that is told, or holds its work up. */
export interface Stopper {
  reached: Reached
  /** Counts anew from here. */
  arm(at: StopAt | undefined): void
  /** Holds up whatever comes to a step from now on; undefined lets all of it go on. */
  hold(step: string | undefined): void
}

/** @param end ends the hub at once; nothing of it runs afterwards */
export function createStopper(end: (at: StopAt) => void): Stopper {
  let at: StopAt | undefined
  let passed = 0
  let held: { step: string; over: Promise<void>; letGo: () => void } | undefined
  return {
    arm(next) {
      at = next
      passed = 0
    },
    hold(step) {
      if (step !== undefined && step === held?.step) return
      held?.letGo()
      if (step === undefined) return void (held = undefined)
      let letGo = (): void => undefined
      held = { step, over: new Promise((resolve) => (letGo = resolve)), letGo }
    },
    reached(step) {
      if (step === at?.step && ++passed === at.passing) end(at)
      return step === held?.step ? held.over : undefined
    },
  }
}
