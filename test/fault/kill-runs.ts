import { setTimeout as pause } from 'node:timers/promises'
import { expect } from '@jest/globals'
import {
  approveButton,
  askForChanges,
  countUnended,
  dueEnd,
  leaveFreezes,
  press,
  readEnds,
  type ChangeRound,
} from './change-round.js'
import { claimsOver, killInTurn } from './kill-in-turn.js'
import type { Stage } from './start-hubs.js'

/** How long Azure's activity log is asked for a request that it does not know, and a little more; milliseconds of business time. */
export const logAsked = 16 * 60_000

/** Has changes asked for and approved, the only hub die at each of these steps while it drives them, and checks how each ended. */
export async function killRuns(stage: Stage, steps: readonly string[]): Promise<void> {
  const hub = stage.hubs[0]!
  await leaveFreezes(stage)
  await hub.holdAt('timer.claimed')
  const round = await askForChanges(stage, [hub])
  for (const change of round.changes) await press(stage, hub, 'lee', await approveButton(stage, hub, 'lee', change))
  await killInTurn(stage, hub, steps, {
    what: `of ${round.changes.length} changes`,
    holdAt: 'timer.claimed',
    unfinished: () => countUnended(stage, round),
  })
  await stage.later(claimsOver)
  await stage.later(logAsked)
  await checkEnds(stage, steps.join(', '), round)
}

/** Checks that each change of a round ended as it must, by what Azure received, and that the audit log tells of it whole; prints how it was. */
export async function checkEnds(stage: Stage, name: string, round: ChangeRound): Promise<void> {
  await allSaid(stage)
  const ends = await readEnds(stage, round)
  const count = (state: string) => ends.filter((end) => end.state === state).length
  const received = ends.reduce((sum, end) => sum + end.received, 0)
  process.stdout.write(
    `${name}: ${count('succeeded')} succeeded, ${count('failed')} failed as not taken, ${count('unknown')} unknown; Azure received ${received} requests\n`,
  )
  expect(ends).toEqual(ends.map(dueEnd))
  expect(await stage.verifyAudit()).toMatchObject({ holds: true, findings: [] })
}

/**
 * Waits until the outbox has sent what Teams' limits held back: 60 messages in a channel in 30 s. Those seconds are real ones, whatever
 * business time says. @throws where something is never sent
 */
async function allSaid(stage: Stage): Promise<void> {
  const queued = () => stage.withStore(async (store) => (await store.outbox.counts()).queued)
  for (const end = performance.now() + 60_000; (await queued()) > 0; await pause(500)) {
    if (performance.now() > end) throw new Error(`${await queued()} messages are not sent after a minute.`)
    await stage.later(1_000)
  }
}
