import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { beginAlerts, countDoneAlerts, countOpenAlerts, deliverAlerts, endAlerts } from './alert-round.js'
import { checkUnfinished, claimsOver, killInTurn } from './kill-in-turn.js'
import { beginRound, countDone, countOpen, countWaiting, type Round } from './reminder-round.js'
import { startHub, type Stage, type StagedHub, type StageEngine } from './start-hubs.js'

// A row for each kind of work, with the steps that its worker names: a hub dies at each, one after the other. Steps of other work need a
// round of their own, as reminders and alerts have; those of changes (`run.…`) and of the audit log are in killed-runs.test.ts.
const killings = [
  ['timer.claimed:3', 'timer.acted:6', 'timer.ended:2'],
  ['outbox.claimed:3', 'outbox.sending:5'],
  ['outbox.sent:2', 'outbox.settled:2'],
]

/** On Cosmos DB every call goes over the network, so that `npm test` has a slice of the steps; `NEXUS_SOAK_KILLS` asks for all. */
const slice = ['timer.acted:6', 'outbox.sent:2', 'inbox.claimed:3']
const inSlice = (engine: StageEngine, rows: string[][]): string[][] =>
  engine === 'sqlite' || process.env['NEXUS_SOAK_KILLS']
    ? rows
    : rows.map((steps) => steps.filter((step) => slice.includes(step))).filter((steps) => steps.length > 0)

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

  /** Checks what became of a round, and prints it: Graph shows every chat, so that there is nothing that cannot be known. */
  async function checkDone(name: string, round: Round): Promise<void> {
    // What was on its way when its hub died, or waits for its turn, is tried again a little later: that is late, and not lost.
    await stage.until('every reminder came to an end', async () => {
      await stage.later(claimsOver)
      return (await countWaiting(stage, round)) === 0
    })
    const { once, twice, unknown, lost, actedOnce } = await countDone(stage, round)
    process.stdout.write(`${engine}, ${name}: ${once} said once, ${twice} twice, ${unknown} unknown, ${lost} lost\n`)
    expect({ once, actedOnce }).toEqual({ once: people.length, actedOnce: people.length })
  }

  describe('a hub is killed at a named step and started again: nothing is lost and nothing done twice', () => {
    test.each(inSlice(engine, killings).map((steps) => ({ steps, name: steps.join(', ') })))(
      '$name',
      async ({ steps, name }) => {
        const [hub] = stage.hubs
        const [holdAt = ''] = steps[0]!.split('.')
        const round = await beginRound(stage, name, people)
        await stage.clock(round.due - claimsOver)
        await killInTurn(stage, hub!, steps, {
          what: `of ${people.length} reminders`,
          holdAt: `${holdAt}.claimed`,
          unfinished: () => countOpen(stage, round),
        })
        await checkDone(name, round)
      },
      patience,
    )
  })

  describe('a hub is killed while alerts come in: each is heard, and all are in one thread', () => {
    const alerts = 24
    test.each(inSlice(engine, [['webhook.kept:6'], ['inbox.claimed:3'], ['inbox.noticed:2']]))(
      '%s',
      async (step) => {
        const [hub] = stage.hubs
        const round = await beginAlerts(stage, step, alerts)
        await hub!.stopAt(step)
        await deliverAlerts(stage, round, round.bodies)
        expect(await hub!.ended).toBe('SIGKILL')
        const unfinished = await countOpenAlerts(stage, round)
        await hub!.restart()
        await deliverAlerts(stage, round, round.refused)
        // An alert that two hands had at once is tried again a little later.
        const done = await stage.until('no webhook waits', async () => {
          await stage.later(claimsOver)
          const reached = await countDoneAlerts(stage, round)
          return reached.queued === 0 && reached
        })
        checkUnfinished(`${engine}, killed at ${step}`, `of ${alerts} alerts`, unfinished)
        process.stdout.write(
          `${engine}, ${step}: ${done.heard} heard, ${done.queued} waiting, ${done.dead} given up, ${done.threads} thread\n`,
        )
        expect(done).toEqual({ heard: alerts, queued: 0, dead: 0, threads: 1, counted: true })
        await endAlerts(stage, round)
      },
      patience,
    )
  })

  describe('one of two hubs is killed, and the other goes on', () => {
    beforeAll(() => stage.addHub(), patience)

    test.each(['timer.acted', 'outbox.sent:2'])(
      '%s',
      async (step) => {
        const [first, second] = stage.hubs as [StagedHub, StagedHub]
        const round = await beginRound(stage, `two hubs, ${step}`, people)
        // Both have timers in hand; one alone sends, and it is that one that dies.
        const armed = step.startsWith('outbox.') ? [first, second] : [first]
        for (const hub of armed) await hub.stopAt(step)
        const moved = stage.clock(round.due)
        const dead = await Promise.race(armed.map((hub) => hub.ended.then(() => hub)))
        for (const hub of armed) if (hub !== dead) await hub.stopAt(undefined)
        checkUnfinished(
          `${engine}, two hubs, one killed at ${step}`,
          `of ${people.length} reminders`,
          await countOpen(stage, round),
        )
        await moved
        await checkDone(`two hubs, ${step}`, round)
        await dead.restart()
      },
      patience,
    )
  })
}
