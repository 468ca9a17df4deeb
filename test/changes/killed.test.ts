import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { createClock, type MovableClock } from '../../bot/clock.js'
import { openChangeHub, type ChangeHub, type ChangeHubOptions } from './change-hub.js'
import { newWorld, sampleSkill, type World } from './sample-skill.js'

/** Unfinished changes at each kill; fewer would prove little. */
const many = 12
const ids = Array.from({ length: many }, (_, index) => `PR-${index + 1}`)

let folder: string
let clock: MovableClock
let worlds: World[]
let stops: (() => Promise<void>)[]

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'nexus-killed-'))
  clock = createClock()
  clock.set('2026-11-21T14:00:00.000Z')
  worlds = [newWorld()]
  stops = []
})
afterEach(async () => {
  for (const stop of stops) await stop()
  rmSync(folder, { recursive: true })
})

async function open(options: Partial<ChangeHubOptions> = {}): Promise<ChangeHub> {
  const hub = await openChangeHub({ folder, clock, skills: [sampleSkill(worlds[0]!)], ...options })
  stops.push(() => hub.stop())
  return hub
}
const seconds = (count: number) => clock.set(new Date(Date.parse(clock.now()) + count * 1_000).toISOString())

async function approveAll(hub: ChangeHub): Promise<void> {
  for (let index = 0; index < many; index++) {
    const { reply } = await hub.say('dana', `scale unit-${index} to 3`)
    await hub.click('lee', reply.view!.id, 'Approve scale')
  }
}
async function runOn(hubs: readonly ChangeHub[]): Promise<void> {
  for (let step = 0; step < 12; step++) {
    seconds(2)
    await Promise.all(hubs.map((hub) => hub.settle()))
  }
}
const statesOf = async (hub: ChangeHub) => Promise.all(ids.map(async (id) => (await hub.get(id))?.run?.state))
/** Every effect with the attempt that was recorded for it; an attempt has one at most. */
const attempts = () => worlds[0]!.effects.map(({ attempt }) => attempt)

const steps = [
  'run.locked',
  'run.planned',
  'run.started',
  'run.taken',
  'run.attempt-recorded',
  'run.sent',
  'run.stepped',
  'run.recorded',
]
test.each(steps)('killed at %s, twelve runs go on where they were, and nothing is sent twice', async (step) => {
  const stuck: string[] = []
  const first = await openChangeHub({
    folder,
    clock,
    skills: [sampleSkill(worlds[0]!)],
    // From here on this hub does nothing more: it is dead, and its store with it.
    reached: (at) => {
      if (at !== step) return undefined
      stuck.push(at)
      return new Promise(() => undefined)
    },
  })
  await approveAll(first)
  while (stuck.length < 8) await new Promise((resolve) => setTimeout(resolve, 5))
  const sentBefore = worlds[0]!.effects.length
  await first.kill()

  const second = await open()
  seconds(61)
  await runOn([second])
  const states = await statesOf(second)
  // Where nothing can say whether a recorded request was sent, a person has to look; everything else is done.
  const lost = step === 'run.attempt-recorded' ? stuck.length : 0
  expect(states.filter((state) => state === 'succeeded')).toHaveLength(many - lost)
  expect(states.filter((state) => state === 'unknown')).toHaveLength(lost)
  expect(attempts()).toHaveLength(many - lost)
  expect(new Set(attempts()).size).toBe(many - lost)
  const kept = await Promise.all(ids.map(async (id) => (await second.get(id))!.run!.attempts))
  expect(kept.every((own) => own.length === 1)).toBe(true)
  expect(second.events.map(({ id }) => id).sort()).toEqual(ids.map((id) => `${id}/ended`).sort())
  process.stdout.write(`killed at ${step}: ${many} unfinished, ${stuck.length} in hand, ${sentBefore} sent before\n`)
})

test('two hubs on one store do each step once', async () => {
  const hubs = [await open(), await open()]
  worlds[0]!.polls = 3
  await approveAll(hubs[0]!)
  await runOn(hubs)
  expect(await statesOf(hubs[1]!)).toEqual(ids.map(() => 'succeeded'))
  expect(attempts()).toHaveLength(many)
  const events = hubs.flatMap(({ events: heard }) => heard.map(({ id }) => id))
  expect(events.sort()).toEqual(ids.map((id) => `${id}/ended`).sort())
  const lines = await hubs[0]!.audited()
  expect(lines.filter(({ action }) => action === 'run.succeeded')).toHaveLength(many)
  expect(lines.filter(({ action }) => action === 'run.attempted')).toHaveLength(many)
  expect(hubs.flatMap(({ failures }) => failures)).toEqual([])
})

test.each(['run.taken', 'run.attempt-recorded'])(
  'a hub that was held up at %s beyond its claim sends nothing when it wakes',
  async (step) => {
    let wake: () => void = () => undefined
    const asleep = new Promise<void>((resolve) => (wake = resolve))
    let reached = 0
    const slow = await open({
      reached: (at) => {
        if (at !== step) return undefined
        reached++
        return asleep
      },
    })
    await slow.say('dana', 'scale checkout to 5')
    await slow.click('lee', 'PR-1', 'Approve scale')
    while (!reached) await new Promise((resolve) => setTimeout(resolve, 5))
    const quick = await open()
    seconds(61)
    // The slow one claims its timer again as well as the quick one; whoever has it, the other is overtaken.
    for (let round = 0; round < 4; round++) {
      await quick.settle()
      seconds(61)
    }
    wake()
    for (let round = 0; round < 6; round++) {
      seconds(61)
      await Promise.all([quick.settle(), slow.settle()])
    }
    const run = (await quick.get('PR-1'))!.run!
    expect(['succeeded', 'unknown']).toContain(run.state)
    expect(worlds[0]!.effects.length).toBe(run.state === 'succeeded' ? 1 : 0)
    expect(run.attempts).toHaveLength(1)
  },
)
