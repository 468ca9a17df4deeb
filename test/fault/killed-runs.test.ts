import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { approve, askForChanges, countUnended, dueEnd, readEnds, receivedBy, type ChangeRound } from './change-round.js'
import { startHub, type Stage } from './start-hubs.js'

/** A kill that interrupted less than this proves little. */
const leastUnfinished = 10
/** Longer than any claim lasts, in milliseconds of business time. */
const claimsOver = 61_000
/** How long Azure's activity log is asked for a request that it does not know, and a little more. */
const logAsked = 16 * 60_000

// Each round of changes is killed at these steps, one after the other: whoever takes it up again is killed again.
const rounds = [
  ['run.locked:4', 'run.planned:4', 'run.started:4', 'run.taken:4'],
  ['run.attempt-recorded:4'],
  ['run.sent:4', 'run.stepped:2', 'run.recorded:2'],
  ['audit.head-kept', 'audit.head-anchored'],
].map((steps) => ({ steps }))

let stage: Stage
beforeAll(async () => {
  stage = await startHub()
}, 90_000)
afterAll(() => stage?.stop())

const later = async (ms: number) => stage.clock((await stage.now()) + ms)

/** Checks that each change of a round ended as it must, by what Azure received, and prints how that was. */
async function checkEnds(name: string, round: ChangeRound): Promise<void> {
  const ends = await readEnds(stage, round)
  const count = (state: string) => ends.filter((end) => end.state === state).length
  process.stdout.write(
    `${name}: of ${ends.length} changes ${count('succeeded')} succeeded, ${count('failed')} failed as not taken, ${count('unknown')} unknown; Azure received ${ends.reduce((sum, { received }) => sum + received, 0)} requests\n`,
  )
  expect(ends).toEqual(ends.map(dueEnd))
  expect(await stage.verifyAudit()).toMatchObject({ holds: true, findings: [] })
}

describe('a hub is killed while it drives changes: none is lost, none sent twice, and each ends as it must', () => {
  test.each(rounds)(
    '$steps',
    async ({ steps }) => {
      const [hub] = stage.hubs
      await hub!.holdAt('timer.claimed')
      const round = await askForChanges(stage, stage.hubs)
      for (const change of round.changes) await approve(stage, hub!, 'lee', change)
      for (const step of steps) {
        await hub!.stopAt(step)
        const moved = later(claimsOver).catch(() => undefined) // the only hub dies while the tenant waits for it
        if (step.startsWith('run.')) await hub!.holdAt(undefined)
        expect(await hub!.ended).toBe('SIGKILL')
        await moved
        const unfinished = await countUnended(stage, round)
        process.stdout.write(`killed at ${step}: ${unfinished} of ${round.changes.length} changes unfinished\n`)
        expect(unfinished).toBeGreaterThanOrEqual(leastUnfinished)
        await hub!.restart({ holdAt: 'timer.claimed' })
      }
      await hub!.holdAt(undefined)
      await later(claimsOver)
      await later(logAsked)
      await checkEnds(steps.join(', '), round)
    },
    90_000,
  )
})
