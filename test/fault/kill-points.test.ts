import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { setReminders, timesOf, type Reminder } from './reminders.js'
import { startHub, type Stage } from './start-hubs.js'

/** A kill that interrupted less than this proves little. */
const leastUnfinished = 10
/** Reminders of one round, each to another person. */
const items = 24
/** Longer than any claim lasts, in milliseconds of business time. */
const claimsOver = 120_000

interface Killing {
  step: string
  /** At which passing of the step the hub dies. */
  passing: number
  /** Most messages that may be left to a person: they were being sent when it died, and nobody can read whether they arrived. */
  undecided: number
}

// Whoever names another step adds its row here: what is begun in `begin`, what is counted in `countOpen` and `countDone`.
const killings: Killing[] = [
  { step: 'timer.claimed', passing: 3, undecided: 0 },
  { step: 'timer.acted', passing: 6, undecided: 0 },
  { step: 'timer.ended', passing: 2, undecided: 0 },
  { step: 'outbox.claimed', passing: 3, undecided: 0 },
  { step: 'outbox.sending', passing: 5, undecided: 16 },
  { step: 'outbox.sent', passing: 2, undecided: 16 },
  { step: 'outbox.settled', passing: 4, undecided: 16 },
]

let stage: Stage
let people: string[]
beforeAll(async () => {
  stage = await startHub()
  people = (await stage.call<{ id: string }[]>('/local/people')).map(({ id }) => id).slice(0, items)
  expect(people).toHaveLength(items)
}, 90_000)
afterAll(() => stage?.stop())

/** Sets reminders for tomorrow, and gives them with the moment. */
async function begin(name: string): Promise<{ round: Reminder[]; due: number }> {
  const due = (await stage.now()) + 86_400_000
  const round = people.map((person, n) => ({
    id: `${name} ${n}`,
    to: { person: stage.personId(person) },
    due: new Date(due).toISOString(),
    text: `${name}, reminder ${n}`,
  }))
  await stage.withStore((store) => setReminders(store, round))
  return { round, due }
}

/** How many of a round are not said yet, as far as the store knows. */
const countOpen = (round: readonly Reminder[]): Promise<number> =>
  stage.withStore(async (store) => {
    const states = await Promise.all(round.map(({ id }) => store.outbox.get('reminder/all', id)))
    return states.filter((item) => item?.state !== 'sent').length
  })

/** What became of a round: how often each stands on the page, how often its timer was acted on, and which a person has to decide. */
async function countDone(round: readonly Reminder[]) {
  const said = await Promise.all(
    round.map(async ({ text }, n) => {
      const seen = await stage.messages(`personal/${people[n]}`, people[n]!)
      return seen.filter((message) => message.text === text).length
    }),
  )
  return stage.withStore(async (store) => {
    const states = await Promise.all(round.map(({ id }) => store.outbox.get('reminder/all', id)))
    const acted = await Promise.all(round.map(({ id }) => timesOf(store, id)))
    const open = states.map((item) => item?.state === 'unknown')
    return {
      once: said.filter((count) => count === 1).length,
      twice: said.filter((count) => count > 1).length,
      unknown: open.filter(Boolean).length,
      lost: said.filter((count, n) => count === 0 && !open[n]).length,
      actedOnce: acted.filter((times) => times === 1).length,
    }
  })
}

/** Has the hub die at the step while a round falls due, and gives how many were open then. */
async function killAt({ step, passing }: Killing, round: readonly Reminder[], due: number): Promise<number> {
  const [hub] = stage.hubs
  await hub!.stopAt(`${step}:${passing}`)
  const moved = stage.clock(due).catch(() => undefined) // it dies while the tenant waits for it
  expect(await hub!.ended).toBe('SIGKILL')
  await moved
  expect(hub!.log()).toContain(`"step":"${step}","passing":${passing}`)
  return countOpen(round)
}

describe('a hub killed at a named step', () => {
  test.each(killings)(
    '$step',
    async (killing) => {
      const { round, due } = await begin(killing.step)
      const unfinished = await killAt(killing, round, due)
      await stage.hubs[0]!.restart()
      await stage.clock(due + claimsOver)
      const done = await countDone(round)
      process.stdout.write(
        `${killing.step}: ${unfinished} of ${items} unfinished when killed; then ${done.once} said once, ${done.twice} twice, ${done.unknown} unknown, ${done.lost} lost\n`,
      )
      expect(unfinished).toBeGreaterThanOrEqual(leastUnfinished)
      expect(done).toMatchObject({ twice: 0, lost: 0, actedOnce: items })
      expect(done.unknown).toBeLessThanOrEqual(killing.undecided)
    },
    60_000,
  )
})
