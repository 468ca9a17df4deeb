import { afterEach, expect, test } from '@jest/globals'
import type { Instant } from '../kit/model.js'
import { clockIn, dayIn, weekdayOf } from '../kit/zoned-time.js'
import type { Edition } from './edition.js'
import { defaultSetting, planned, readSetting, settingWrites, type Setting } from './setting.js'
import { createDigestWorld, type DigestWorld, type Sent, type WorldHub } from './testing/digest-world.js'

let world: DigestWorld
afterEach(() => world.close())

/** Begins a world with hubs, and people who have a chat with Nexus. */
async function begin(now: Instant, zones: Record<string, string>, hubs = 1): Promise<WorldHub[]> {
  world = await createDigestWorld(now)
  const started: WorldHub[] = []
  for (let hub = 0; hub < hubs; hub++) started.push(await world.startHub())
  for (const [person, zone] of Object.entries(zones)) {
    world.hire(person)
    await world.chat(person, zone)
  }
  await settle(started)
  return started
}

const settle = async (hubs: readonly WorldHub[]) => void (await Promise.all(hubs.map((hub) => hub.drained())))

async function goTo(at: Instant, hubs: readonly WorldHub[]): Promise<Sent[]> {
  world.set(at)
  await settle(hubs)
  return world.collect()
}

/** Keeps a setting as `digest.set` does. */
async function keep({ records }: WorldHub, person: string, setting: Partial<Setting>, zone: string): Promise<void> {
  const before = await readSetting(records, person)
  const changed = { ...(before?.data ?? defaultSetting), ...setting }
  await records.commit(person, settingWrites(person, planned(changed, zone, world.now()), before))
}

const everyDay = [...(['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const)]

/** Who gets it where and when; some at times that clocks are set over. */
const living: [person: string, zone: string, time: string, on: Record<string, string>][] = [
  ['berlin', 'Europe/Berlin', '02:30', { '2026-03-29': '03:00' }],
  ['london', 'Europe/London', '01:30', { '2026-03-29': '02:00' }],
  ['york', 'America/New_York', '02:15', { '2026-03-08': '03:00' }],
  ['johns', 'America/St_Johns', '08:30', {}],
  ['howe', 'Australia/Lord_Howe', '01:45', {}],
  ['howe2', 'Australia/Lord_Howe', '02:10', { '2026-10-04': '02:30' }],
  ['sydney', 'Australia/Sydney', '02:30', { '2026-10-04': '03:00' }],
  ['chatham', 'Pacific/Chatham', '03:00', { '2026-09-27': '03:45' }],
  ['kolkata', 'Asia/Kolkata', '08:30', {}],
  ['beirut', 'Asia/Beirut', '00:00', { '2026-03-29': '01:00' }],
  ['kiritimati', 'Pacific/Kiritimati', '23:59', {}],
  ['niue', 'Pacific/Niue', '00:00', {}],
  ['santiago', 'America/Santiago', '00:30', { '2026-09-06': '01:00' }],
]

test.each([
  ['spring in the north, autumn in the south', '2026-03-03', '2026-04-10'],
  ['autumn in the north, spring in the south', '2026-09-01', '2026-11-05'],
])('%s: two hubs that are stopped and started, each day of each person once, at its time', async (_when, from, to) => {
  const zones = Object.fromEntries(living.map(([person, zone]) => [person, zone]))
  let hubs = await begin(`${from}T12:00:00.000Z`, zones, 2)
  for (const [person, zone, time] of living) await keep(hubs[0]!, person, { time, days: everyDay }, zone)
  const sent: (Sent & { seen: Instant })[] = []
  for (let step = 0; ; step++) {
    const next = (await world.next())!
    if (next > `${to}T12:00:00.000Z`) break
    if (step % 11 === 5) {
      await hubs[step % 2]!.stop()
      hubs = hubs.filter((_, index) => index !== step % 2)
    }
    sent.push(...(await goTo(next, hubs)).map((one) => ({ ...one, seen: next })))
    if (hubs.length < 2) hubs.push(await world.startHub())
  }
  for (const [person, zone, time, moved] of living) {
    const own = sent.filter((one) => one.to === person)
    const days = own.map(({ day }) => day)
    // Every day between the first and the last, each once, in order.
    const whole = Math.round((Date.parse(days.at(-1)!) - Date.parse(days[0]!)) / 86_400_000) + 1
    expect([person, new Set(days).size, days.length, days.toSorted()]).toEqual([person, whole, whole, days])
    expect(days[0]! <= `${from.slice(0, 8)}05` && days.at(-1)! >= `${to.slice(0, 7)}`).toBe(true)
    for (const { day, seen } of own) {
      expect([person, day, dayIn(zone, seen), clockIn(zone, seen)]).toEqual([person, day, day, moved[day] ?? time])
    }
  }
  expect(world.failures).toEqual([])
})

test('whoever has a chat gets one on weekdays at 08:30 of their own zone, without asking', async () => {
  const hubs = await begin('2026-11-20T12:00:00.000Z', { dana: 'Europe/Berlin', mei: 'Asia/Singapore' })
  const sent: Sent[] = []
  for (let next = await world.next(); next! < '2026-12-01T00:00:00.000Z'; next = await world.next())
    sent.push(...(await goTo(next!, hubs)))
  const danas = sent.filter(({ to }) => to === 'dana')
  expect(danas.map(({ day }) => weekdayOf(day))).toEqual(['mon', 'tue', 'wed', 'thu', 'fri', 'mon'])
  expect(danas[0]!.at.slice(0, 16)).toBe('2026-11-23T07:30')
  expect(sent.find(({ to }) => to === 'mei')!.at.slice(0, 16)).toBe('2026-11-23T00:30')
})

test('the hub was down over the moment: late on the same morning, and said to be', async () => {
  const [hub] = await begin('2026-11-22T12:00:00.000Z', { dana: 'Europe/Berlin' })
  await hub!.stop()
  world.set('2026-11-23T10:00:00.000Z')
  const later = await world.startHub()
  await settle([later])
  expect(await world.collect()).toMatchObject([{ to: 'dana', day: '2026-11-23' }])
  const [edition] = await later.records.find<Edition>({ kind: 'edition' })
  expect(edition!.data).toMatchObject({ late: true, due: '2026-11-23T07:30:00.000Z' })
  expect(await goTo('2026-11-24T07:30:00.000Z', [later])).toMatchObject([{ day: '2026-11-24' }])
})

test('down for longer: nothing that day, and the next one says so and covers it', async () => {
  const hubs = await begin('2026-11-22T12:00:00.000Z', { dana: 'Europe/Berlin' })
  await goTo('2026-11-23T07:30:00.000Z', hubs)
  await hubs[0]!.stop()
  world.set('2026-11-24T12:00:00.000Z')
  const later = await world.startHub()
  await settle([later])
  expect(await world.collect()).toEqual([])
  expect(await goTo('2026-11-25T07:30:00.000Z', [later])).toMatchObject([{ day: '2026-11-25' }])
  const editions = await later.records.find<Edition>({ kind: 'edition' })
  const { missed, since } = editions.find(({ id }) => id === '2026-11-25')!.data
  expect([missed, since!.slice(0, 16)]).toEqual(['2026-11-24', '2026-11-23T07:30'])
})

test('the clock goes a year ahead, and back: one digest a day and no more', async () => {
  const zones = Object.fromEntries(Array.from({ length: 30 }, (_, n) => [`p${n}`, 'Europe/Berlin']))
  const hubs = await begin('2026-11-22T12:00:00.000Z', zones, 2)
  expect(await goTo('2027-11-22T12:00:00.000Z', hubs)).toEqual([])
  const morning = await goTo('2027-11-23T07:30:00.000Z', hubs)
  expect(new Set(morning.map(({ to, day }) => `${to} ${day}`)).size).toBe(30)
  expect(morning).toHaveLength(30)
  expect(await goTo('2026-11-24T07:30:00.000Z', hubs)).toEqual([])
  expect(await goTo('2027-11-23T20:00:00.000Z', hubs)).toEqual([])
  expect(await goTo('2027-11-24T07:30:00.000Z', hubs)).toHaveLength(30)
})

test('somebody who goes to another zone gets one a day, at the time of where they are', async () => {
  const hubs = await begin('2026-11-22T12:00:00.000Z', { dana: 'Europe/Berlin' })
  const sent = await goTo('2026-11-23T07:30:00.000Z', hubs)
  // The same morning, later, in New York, where it is 08:30 once more.
  world.set('2026-11-23T12:00:00.000Z')
  await world.chat('dana', 'America/New_York')
  await settle(hubs)
  sent.push(...(await goTo('2026-11-23T13:30:00.000Z', hubs)), ...(await goTo('2026-11-24T13:30:00.000Z', hubs)))
  // Over the date line: the 25th of Tokyo begins before that of New York.
  await world.chat('dana', 'Asia/Tokyo')
  await settle(hubs)
  sent.push(...(await goTo('2026-11-24T23:30:00.000Z', hubs)))
  expect(sent.map(({ day, at }) => [day, at.slice(11, 16)])).toEqual([
    ['2026-11-23', '07:30'],
    ['2026-11-24', '13:30'],
    ['2026-11-25', '23:30'],
  ])
})

test('a second device says nothing of a zone, or the same: nothing moves; a chosen zone stays wherever they are', async () => {
  const hubs = await begin('2026-11-22T12:00:00.000Z', { dana: 'Europe/Berlin' })
  await keep(hubs[0]!, 'dana', { zone: 'Asia/Tokyo' }, 'Europe/Berlin')
  const due = await world.next()
  await world.chat('dana', undefined)
  await world.chat('dana', 'America/New_York')
  await settle(hubs)
  expect([due, await world.next()]).toEqual(Array(2).fill('2026-11-22T23:30:00.000Z'))
})

test('whoever left, took Nexus out of their chat or stopped it gets none; who comes back gets the next', async () => {
  const hubs = await begin('2026-11-22T12:00:00.000Z', {
    dana: 'Europe/Berlin',
    lee: 'Europe/Berlin',
    mei: 'Europe/Berlin',
  })
  world.dismiss('dana')
  await world.chat('lee', 'Europe/Berlin', false)
  await keep(hubs[0]!, 'mei', { on: false }, 'Europe/Berlin')
  await settle(hubs)
  expect(await goTo('2026-11-23T07:30:00.000Z', hubs)).toEqual([])
  world.hire('dana')
  await world.chat('lee', 'Europe/Berlin', true)
  await world.chat('mei', 'Europe/London')
  await settle(hubs)
  expect((await goTo('2026-11-24T07:30:00.000Z', hubs)).map(({ to }) => to).sort()).toEqual(['dana', 'lee'])
  expect(world.failures).toEqual([])
})

test('a chat that comes before the directory knows its person is met when it does', async () => {
  const hubs = await begin('2026-11-23T05:00:00.000Z', {})
  await world.chat('dana', 'Europe/Berlin')
  await settle(hubs)
  await goTo('2026-11-23T05:02:00.000Z', hubs)
  world.hire('dana')
  await goTo('2026-11-23T05:10:00.000Z', hubs)
  expect(await goTo('2026-11-23T07:30:00.000Z', hubs)).toMatchObject([{ to: 'dana', day: '2026-11-23' }])
})

test('a zone that the directory learns later holds from the first digest on', async () => {
  const hubs = await begin('2026-11-22T12:00:00.000Z', {})
  for (const person of ['york', 'tokyo']) {
    world.hire(person)
    await world.chat(person, undefined)
  }
  await settle(hubs)
  expect(await world.next()).toBe('2026-11-23T08:30:00.000Z')
  // In New York it is night then, and in Tokyo evening.
  world.hire('york', 'America/New_York')
  world.hire('tokyo', 'Asia/Tokyo')
  expect(await goTo('2026-11-23T08:30:00.000Z', hubs)).toEqual([])
  expect(await goTo('2026-11-23T13:30:00.000Z', hubs)).toMatchObject([{ to: 'york', day: '2026-11-23' }])
  expect(await goTo('2026-11-23T23:30:00.000Z', hubs)).toMatchObject([{ to: 'tokyo', day: '2026-11-24' }])
})

test('somebody who never comes is looked for ever more rarely, and then no more', async () => {
  const hubs = await begin('2026-11-23T05:00:00.000Z', {})
  await world.chat('ghost', 'Europe/Berlin')
  await settle(hubs)
  let looks = 0
  for (let next = await world.next(); next && looks < 100; next = await world.next(), looks++) await goTo(next, hubs)
  expect(looks).toBe(35)
})
