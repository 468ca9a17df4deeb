import { expect } from '@jest/globals'
import type { Stage, StagedHub } from './start-hubs.js'

/** A kill that interrupted less than this proves little. */
const leastUnfinished = 10

/** Longer than any claim or lease lasts, in milliseconds of business time. */
export const claimsOver = 120_000

/** What is interrupted. */
export interface Interrupted {
  what: string
  /** The step that work is held up at until a hub is told where to die. */
  holdAt: string
  /** How much of it is not done, as far as the store knows. */
  unfinished(): Promise<number>
}

/**
 * Has a hub die at each of these steps, one after the other, as time moves on: it is started again, and dies again while it takes up what
 * it left. After the last one it runs and holds nothing up.
 * @param steps such as `timer.acted:6`
 */
export async function killInTurn(
  stage: Stage,
  hub: StagedHub,
  steps: readonly string[],
  { what, holdAt, unfinished }: Interrupted,
): Promise<void> {
  await hub.holdAt(holdAt)
  for (const step of steps) {
    await hub.stopAt(step)
    const moved = stage.later(claimsOver).catch(() => undefined) // the only hub dies while the tenant waits for it
    // The audit log is signed by time alone, while all else stands still.
    if (!step.startsWith('audit.')) await hub.holdAt(undefined).catch(() => undefined) // it may die before it answers
    expect(await hub.ended).toBe('SIGKILL')
    await moved
    const [name, passing = '1'] = step.split(':')
    expect(hub.log()).toContain(`"step":"${name}","passing":${passing}`)
    checkUnfinished(`killed at ${step}`, what, await unfinished())
    await hub.restart({ holdAt })
  }
  await hub.holdAt(undefined)
}

/** Demands that a kill interrupted enough, and prints how much that was. */
export function checkUnfinished(killed: string, what: string, count: number): void {
  process.stdout.write(`${killed}: ${count} ${what} unfinished\n`)
  expect(count).toBeGreaterThanOrEqual(leastUnfinished)
}
