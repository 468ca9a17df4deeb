import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { beginAlerts, countDoneAlerts, countOpenAlerts, deliverAlerts, endAlerts } from './alert-round.js'
import { beginRound, countDone, countOpen, type Round } from './reminder-round.js'
import { startHub, type Stage, type StagedHub, type StageEngine } from './start-hubs.js'

/** A kill that interrupted less than this proves little. */
const leastUnfinished = 10
/** Longer than any claim lasts, in milliseconds of business time. */
const claimsOver = 120_000

interface Killing {
  step: string
  /** At which passing of the step the hub dies. */
  passing: number
  /** Most messages that may be left to a person: they were being sent when it died, and nobody can read whether they arrived. */
  undecided: number
}

// A row for each step that a worker names. Steps of other work need a round of their own, as reminders and alerts have. Those of changes
// (`run.…`) are in test/changes/killed.test.ts.
const killings: Killing[] = [
  { step: 'timer.claimed', passing: 3, undecided: 0 },
  { step: 'timer.acted', passing: 6, undecided: 0 },
  { step: 'timer.ended', passing: 2, undecided: 0 },
  { step: 'outbox.claimed', passing: 3, undecided: 0 },
  { step: 'outbox.sending', passing: 5, undecided: 16 },
  { step: 'outbox.sent', passing: 2, undecided: 16 },
  { step: 'outbox.settled', passing: 2, undecided: 16 },
]

/** On Cosmos DB every call goes over the network, so that `npm test` has a slice of the rows; `NEXUS_SOAK_KILLS` asks for all. */
const slice = ['timer.acted', 'outbox.sent', 'inbox.claimed']
const inSlice = <T extends { step: string }>(engine: StageEngine, rows: T[]): T[] =>
  engine === 'sqlite' || process.env.NEXUS_SOAK_KILLS ? rows : rows.filter(({ step }) => slice.includes(step))

/** Kills hubs at every step that a worker names, where they remember in this engine, and looks at what became of their work. */
export function killPoints(engine: StageEngine): void {
  const patience = engine === 'cosmos' ? 240_000 : 90_000
  let stage: Stage
  /** Whom a round reminds: everybody, twice. */
  let people: string[]
  beforeAll(async () => {
    stage = await startHub(engine)
    const everybody = (await stage.call<{ id: string }[]>('/local/people')).map(({ id }) => id)
    people = [...everybody, ...everybody]
  }, patience)
  afterAll(() => stage?.stop())

  /** Has a hub die at a step while a round falls due, and gives how much was open then. */
  async function killAt(hub: StagedHub, { step, passing }: Killing, round: Round): Promise<number> {
    await hub.stopAt(`${step}:${passing}`)
    const moved = stage.clock(round.due).catch(() => undefined) // the only hub dies while the tenant waits for it
    expect(await hub.ended).toBe('SIGKILL')
    expect(hub.log()).toContain(`"step":"${step}","passing":${passing}`)
    const unfinished = await countOpen(stage, round)
    await moved
    return unfinished
  }

  /** Checks what became of a round, and prints it. */
  async function checkDone(name: string, round: Round, unfinished: number, undecided: number): Promise<void> {
    const done = await countDone(stage, round)
    const { once, twice, unknown, lost } = done
    process.stdout.write(
      `${engine}, ${name}: ${unfinished} of ${people.length} unfinished when killed; then ${once} said once, ${twice} twice, ${unknown} unknown, ${lost} lost\n`,
    )
    expect(unfinished).toBeGreaterThanOrEqual(leastUnfinished)
    expect(done).toMatchObject({ twice: 0, lost: 0, actedOnce: people.length })
    expect(unknown).toBeLessThanOrEqual(undecided)
  }

  describe('a hub is killed at a named step and started again: nothing is lost and nothing done twice', () => {
    test.each(inSlice(engine, killings))(
      '$step',
      async (killing) => {
        const [hub] = stage.hubs
        const round = await beginRound(stage, killing.step, people)
        const unfinished = await killAt(hub!, killing, round)
        await hub!.restart()
        await stage.clock(round.due + claimsOver)
        await checkDone(killing.step, round, unfinished, killing.undecided)
      },
      patience,
    )
  })

  describe('a hub is killed while alerts come in: each is heard, and all are in one thread', () => {
    const alerts = 24
    test.each(
      inSlice(engine, [
        { step: 'webhook.kept', passing: 6 },
        { step: 'inbox.claimed', passing: 3 },
        { step: 'inbox.noticed', passing: 2 },
      ]),
    )(
      '$step',
      async ({ step, passing }) => {
        const [hub] = stage.hubs
        const round = await beginAlerts(stage, step, alerts)
        await hub!.stopAt(`${step}:${passing}`)
        await deliverAlerts(stage, round, round.bodies)
        expect(await hub!.ended).toBe('SIGKILL')
        const unfinished = await countOpenAlerts(stage, round)
        await hub!.restart()
        await deliverAlerts(stage, round, round.refused)
        // An alert that two hands had at once is tried again a little later.
        const done = await stage.until('no webhook waits', async () => {
          await stage.clock((await stage.now()) + claimsOver)
          const reached = await countDoneAlerts(stage, round)
          return reached.queued === 0 && reached
        })
        process.stdout.write(
          `${engine}, ${step}: ${unfinished} of ${alerts} alerts unfinished when killed; then ${done.heard} heard, ${done.queued} waiting, ${done.dead} given up, ${done.threads} thread\n`,
        )
        expect(unfinished).toBeGreaterThanOrEqual(leastUnfinished)
        expect(done).toEqual({ heard: alerts, queued: 0, dead: 0, threads: 1, counted: true })
        await endAlerts(stage, round)
      },
      patience,
    )
  })

  describe('one of two hubs is killed, and the other goes on', () => {
    beforeAll(() => stage.addHub(), patience)

    test.each<Killing>([
      { step: 'timer.acted', passing: 1, undecided: 0 },
      { step: 'outbox.sent', passing: 2, undecided: 16 },
    ])(
      '$step',
      async (killing) => {
        const [first, second] = stage.hubs
        // The one that sends is the one to be killed: the other is started anew, so that it has no lease.
        await second!.stop()
        await stage.clock(await stage.now())
        await second!.restart()
        const round = await beginRound(stage, `two hubs, ${killing.step}`, people)
        const unfinished = await killAt(first!, killing, round)
        await stage.clock(round.due + claimsOver)
        await checkDone(`two hubs, ${killing.step}`, round, unfinished, killing.undecided)
        await first!.restart()
        await second!.stop()
        const next = await beginRound(stage, `after ${killing.step}`, people.slice(0, 3))
        await stage.clock(next.due)
        expect(await countDone(stage, next)).toMatchObject({ once: 3, actedOnce: 3 })
        await second!.restart()
      },
      patience,
    )
  })
}
