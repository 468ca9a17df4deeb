import { remindersPartition, setReminders, timesOf, type Reminder } from './reminders.js'
import type { Stage } from './start-hubs.js'

/** Reminders that fall due together, each to another person. */
export interface Round {
  /** Milliseconds since 1970. */
  due: number
  reminders: (Reminder & { person: string })[]
}

/** What became of a round. */
export interface Outcome {
  /** Reminders that stand on the page once, and more often. */
  once: number
  twice: number
  /** Messages whose fate a person has to decide. */
  unknown: number
  /** Reminders that are nowhere. */
  lost: number
  /** Timers that were acted on once. */
  actedOnce: number
}

/** Sets a reminder for each of the people, a day from now in business time. */
export async function beginRound(stage: Stage, name: string, people: readonly string[]): Promise<Round> {
  const due = (await stage.now()) + 86_400_000
  const reminders = people.map((person, n) => ({
    id: `${name} ${n}`,
    person,
    to: { person: stage.personId(person) },
    due: new Date(due).toISOString(),
    text: `${name}, reminder ${n}`,
  }))
  await stage.withStore((store) =>
    setReminders(
      store,
      reminders.map(({ person: _, ...reminder }) => reminder),
    ),
  )
  return { due, reminders }
}

/** How many of a round are not said, as far as the store knows. */
export async function countOpen(stage: Stage, { reminders }: Round): Promise<number> {
  const states = await statesOf(stage, reminders)
  return states.filter((state) => state !== 'sent').length
}

/** How many of a round may still be said: they have no end yet, as far as the store knows. */
export async function countWaiting(stage: Stage, { reminders }: Round): Promise<number> {
  const states = await statesOf(stage, reminders)
  return states.filter((state) => state === undefined || state === 'queued').length
}

/** What became of a round, by the page and by the store. */
export async function countDone(stage: Stage, { reminders }: Round): Promise<Outcome> {
  const said = await Promise.all(
    reminders.map(async ({ person, text }) => {
      const seen = await stage.messages(`personal/${person}`, person)
      return seen.filter((message) => message.text === text).length
    }),
  )
  const states = await statesOf(stage, reminders)
  const acted = await stage.withStore((store) => Promise.all(reminders.map(({ id }) => timesOf(store, id))))
  return {
    once: said.filter((count) => count === 1).length,
    twice: said.filter((count) => count > 1).length,
    unknown: states.filter((state) => state === 'unknown').length,
    lost: said.filter((count, n) => count === 0 && states[n] !== 'unknown').length,
    actedOnce: acted.filter((times) => times === 1).length,
  }
}

const statesOf = (stage: Stage, reminders: readonly Reminder[]) =>
  stage.withStore((store) =>
    Promise.all(reminders.map(async ({ id }) => (await store.outbox.get(remindersPartition, id))?.state)),
  )
