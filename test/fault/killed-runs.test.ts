import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import {
  approveButton,
  askForChanges,
  countUnended,
  leaveFreezes,
  press,
  receivedBy,
  type AskedChange,
} from './change-round.js'
import { checkUnfinished, claimsOver } from './kill-in-turn.js'
import { checkEnds, killRuns, logAsked } from './kill-runs.js'
import { startHub, type Stage, type StagedHub } from './start-hubs.js'

// Each round of changes is killed at these steps, one after the other: whoever takes it up again is killed again.
const rounds = [
  ['run.locked:4', 'run.planned:4', 'run.started:4', 'run.taken:4'],
  ['run.attempt-recorded:4'],
  ['run.sent:4', 'run.stepped'],
  ['audit.head-kept', 'audit.head-anchored', 'run.recorded'],
].map((steps) => ({ steps, name: steps.join(', ') }))

let stage: Stage
beforeAll(async () => {
  stage = await startHub()
}, 90_000)
afterAll(() => stage?.stop())

describe('a hub is killed while it drives changes: none is lost, none sent twice, and each ends as it must', () => {
  test.each(rounds)('$name', ({ steps }) => killRuns(stage, steps), 90_000)
})

describe('two hubs on one store decide and drive the same changes, and one is killed in the middle', () => {
  beforeAll(() => stage.addHub(), 30_000)

  test('two people vote at once on different hubs, and both hubs drive', async () => {
    const [first, second] = stage.hubs as [StagedHub, StagedHub]
    await leaveFreezes(stage)
    // Each takes some of the runs in hand before either goes on.
    for (const hub of [first, second]) await hub.holdAt('run.taken')
    const round = await askForChanges(stage, [first, second])
    for (const said of await Promise.all(
      round.changes.map((change, n) => voteAtOnce(change, n % 2 ? [first, second] : [second, first])),
    ))
      expect(said).toEqual([
        'note: You approved.',
        // A hub may have taken it in hand before the second vote arrived.
        expect.stringMatching(
          /^refuse: It (is approved and waits for its turn|has started)\. Nothing more is to be decided\.$/,
        ),
      ])

    const before = (await receivedBy(stage)).length
    await stage.faults({ target: 'arm-answer', delayMs: 2_000 })
    for (const hub of [first, second]) await hub.holdAt(undefined)
    const received = await stage.until('Azure has received requests of both', async () => {
      const count = (await receivedBy(stage)).length - before
      return count > 8 && count // each has eight runs in hand at most
    })
    await first.kill()
    const unfinished = await countUnended(stage, round)
    await stage.faults()
    await stage.clock(await stage.now()) // answers when the other hub has done all that it can
    const left = await countUnended(stage, round)
    checkUnfinished(`killed when ${received} requests had arrived`, `of ${round.changes.length} changes`, unfinished)
    process.stdout.write(`${left} of them were in the dead hub's hands\n`)
    expect(left).toBeGreaterThan(0)
    expect(left).toBeLessThan(round.changes.length)
    await stage.later(claimsOver)
    await stage.later(logAsked)
    await checkEnds(stage, 'two hubs', round)
  }, 90_000)

  /** Has two people who have both seen a change wait approve it at the same moment; gives what they are told, sorted and without its id. */
  async function voteAtOnce(change: AskedChange, hubs: readonly StagedHub[]): Promise<string[]> {
    const people = ['lee', 'tess']
    const buttons = await Promise.all(people.map((as, n) => approveButton(stage, hubs[n]!, as, change)))
    const said = await Promise.all(people.map((as, n) => press(stage, hubs[n]!, as, buttons[n])))
    return said.map((text) => text.replace(`approved ${change.id}`, 'approved').replace(change.id, 'It')).sort()
  }
})
