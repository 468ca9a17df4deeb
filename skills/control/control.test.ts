import { mkdtempSync, rmSync } from 'node:fs'
import { randomUUID } from 'node:crypto'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { controlOf } from '../../bot/compose/control.js'
import { calendarDecisions } from '../../bot/hub/change/change-calendar.js'
import type { Caller } from '../../bot/hub/caller.js'
import { entity, smallHub, smallNow, to, type SmallHub } from '../../bot/hub/testing/small-hub.js'
import { readPublished } from '../../bot/store/records/published-claims.js'
import { skillRecords } from '../../bot/store/records/skill-records.js'
import { openSqliteStore, type SqliteStore } from '../../bot/store/sqlite/open.js'
import { enqueueWrite } from '../../bot/workers/outbox/enqueue.js'
import { entity as entityArg } from '../kit/arguments.js'
import { defineSkill } from '../kit/command.js'
import { notAllowed } from '../kit/errors.js'
import control from './index.js'

const ten = (words: string) => [
  words,
  ...Array.from({ length: 9 }, (_, n) => `${words} ${'please '.repeat(n + 1).trim()}`),
]
/** Something to stop. */
const change = (name: string) => ({
  summary: name,
  says: ten(`${name} {target}`),
  args: { target: entityArg('Service', 'what') },
  effect: 'change' as const,
  role: 'developer' as const,
  plan: () => Promise.reject(new Error('planned')),
  step: () => Promise.reject(new Error('stepped')),
})
const skills = [
  control,
  defineSkill({
    name: 'action',
    summary: 'Changes things.',
    uses: [],
    commands: { restart: change('restart'), scale: change('scale') },
  }),
  defineSkill({
    name: 'incident',
    summary: 'Notes things.',
    uses: ['records'],
    commands: {
      acknowledge: {
        summary: 'Acknowledge',
        says: ten('ack {target}'),
        args: { target: entityArg('Service', 'what') },
        effect: 'note',
        role: 'developer',
        async run({ target }, turn) {
          await turn.records.commit('incidents', [{ op: 'put', kind: 'ack', id: target.id, data: true }])
          return { text: 'Acknowledged.', undo: { command: 'incident.acknowledge', args: {} } }
        },
      },
    },
  }),
]

let folder: string
let stores: SqliteStore[]
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'nexus-control-'))
  stores = []
})
afterEach(async () => {
  for (const store of stores) await store.close()
  rmSync(folder, { recursive: true })
})

/** A hub on the folder's store, as compose wires the switches. */
async function hub() {
  const store = await openSqliteStore({ folder, clock: { now: () => Date.parse(smallNow) }, id: randomUUID })
  stores.push(store)
  const tenant = store.forTenant('contoso')
  const writing = {
    destinationOf: async () => ({ chat: 'nowhere' }),
    enqueue: enqueueWrite,
    published: readPublished(tenant),
  }
  const recordsOf = (skill: string) => skillRecords(skill, tenant, writing, () => smallNow)
  const { mayChange, mayNote } = controlOf(recordsOf('control'), { now: () => smallNow })
  const small = smallHub({
    skills,
    records: [entity('Service', 'web'), entity('Environment', 'production')],
    recordsOf,
    mayNote,
    changes: {
      async admit(found) {
        const decision = await mayChange(found)
        if (!decision.allowed) throw notAllowed(decision.reason, decision.wayOn)
      },
    },
  })
  const audit = async () => (await tenant.log.read('audit')).map(({ data }) => data as Record<string, unknown>)
  return { small, audit, recordsOf }
}

const admin = ({ small }: { small: SmallHub }): Caller => small.caller('admin')
/** What a developer's words came to, in a line. */
async function tell({ small }: { small: SmallHub }, words: string, by = small.caller()): Promise<string> {
  const { outcome, reply } = await small.ask(words, by)
  return `${outcome}: ${(await small.read({ text: reply.text })).replace(/\s+/g, ' ')}`
}
const planned = /^refuse: .*Something in Nexus failed/ // the change is let through to its plan, which fails here

test('all changes stop on every hub at once, with who, since when and why; notes go on; resume lets them go on', async () => {
  const [one, two] = [await hub(), await hub()]
  expect(await tell(one, 'restart web')).toMatch(planned)
  expect(await tell(one, 'stop all changes because of the outage', admin(one))).toMatch(/^note: .*Stopped: all changes/)
  expect(await tell(two, 'scale web')).toMatch(
    /refuse: .*All changes are stopped, by Dana Ortiz since 2026-11-21 02:14 UTC: .*outage\. Admins can let it go on/,
  )
  expect(await tell(two, 'ack web')).toMatch(/^note: .*Acknowledged/)
  expect(await tell(two, 'resume changes', admin(two))).toMatch(/^note: .*Not stopped any more: all changes/)
  expect(await tell(one, 'restart web')).toMatch(planned)
})

test('one action, or one skill; by its short name or its id; what changes nothing, or is not there, cannot be stopped', async () => {
  const one = await hub()
  await tell(one, 'stop action restart because it hangs', admin(one))
  expect(await tell(one, 'restart web')).toMatch(/action\.restart is stopped/)
  expect(await tell(one, 'scale web')).toMatch(planned)
  await tell(one, 'stop skill action because it hangs', admin(one))
  expect(await tell(one, 'scale web')).toMatch(/All changes of action are stopped/)
  expect(await tell(one, 'stop skill incident because x', admin(one))).toMatch(/incident changes nothing outside Nexus/)
  expect(await tell(one, 'stop action reboot because x', admin(one))).toMatch(
    /No skill and no action is called “reboot”/,
  )
  expect(await tell(one, 'control')).toMatch(
    /all changes of action, action\.restart|action\.restart, all changes of action/,
  )
})

test('read-only mode refuses notes too, but not its own end; it wants a reason', async () => {
  const one = await hub()
  expect(await tell(one, 'read-only mode on', admin(one))).toMatch(/^refuse: .*Say why/)
  await tell(one, 'read-only mode on because of the audit', admin(one))
  for (const words of ['ack web', 'restart web'])
    expect(await tell(one, words)).toMatch(/^refuse: .*Nexus is in read-only mode, by Dana Ortiz since/)
  expect(await tell(one, 'read-only mode off', admin(one))).toMatch(/^note: .*Read-only mode is off/)
  expect(await tell(one, 'ack web')).toMatch(/^note/)
})

test('only Admins throw switches, and everybody sees them', async () => {
  const one = await hub()
  for (const words of ['stop all changes because x', 'resume changes', 'read-only mode off'])
    expect(await tell(one, words, one.small.caller('platform-engineer'))).toMatch(/^refuse: .*Only Admins/)
  expect(await tell(one, 'control')).toMatch(/^answer: .*Changes may be asked for/)
})

test('a switch is thrown once: who comes second sees by whom; the audit log has each turn of a switch once', async () => {
  const [one, two] = [await hub(), await hub()]
  await tell(one, 'stop all changes because of outage A', admin(one))
  const second = { ...admin(two), person: { ...admin(two).person, id: 'lee@contoso.example', name: 'Lee Park' } }
  const { reply } = await two.small.ask('stop all changes because of outage B', second)
  expect((await two.small.read(reply)).replace(/\s+/g, ' ')).toMatch(
    /It was so already, by Dana Ortiz, since .* Reason .*outage A By/,
  )
  await tell(one, 'resume changes', admin(one))
  await tell(one, 'resume changes', admin(one))
  await tell(one, 'ack web')
  expect(
    (await one.audit()).map(({ action, by, detail }) => [
      action,
      (by as { name: string }).name,
      (detail as { command?: string }).command,
    ]),
  ).toEqual([
    ['control.stopped', 'Dana Ortiz', undefined],
    ['control.resumed', 'Dana Ortiz', undefined],
    ['note.made', 'Dana Ortiz', 'incident.acknowledge'],
  ])
})

test('its undo buttons do what they say', async () => {
  const one = await hub()
  const { reply } = await one.small.ask('stop action restart because it hangs', admin(one))
  const card = await one.small.show(reply)
  await one.small.press(card, 'Resume action.restart', {}, admin(one))
  expect(await tell(one, 'restart web')).toMatch(planned)
})

/** What a freeze says of a change, asked as the hub asks it. */
async function frozen(
  { recordsOf }: Pick<Awaited<ReturnType<typeof hub>>, 'recordsOf'>,
  environment: string,
  services: string[] = ['web'],
  at = smallNow,
) {
  const { freezes } = controlOf(recordsOf('control'), { now: () => at })
  const target = { kind: 'Resource', id: 'site' } as const
  return calendarDecisions(
    { hours: [], freezes: await freezes() },
    { command: 'action.restart', plan: { environment, risk: 'low', target }, services, groups: [], incidents: [], at },
  ).map(({ reason }) => reason)
}

test('a freeze holds for what it names until its end, is shown, lifted by its Undo, and set again', async () => {
  const one = await hub()
  const { reply } = await one.small.ask(
    'freeze changes in production until Monday 8:00 because quarter end',
    admin(one),
  )
  expect(await one.small.read(reply)).toMatch(/Frozen until Monday 23 November 08:00 UTC: changes in production/)
  const until = /^Frozen until Monday 23 November 08:00 UTC: quarter end \(Dana Ortiz froze changes in production\)\.$/
  expect(await frozen(one, 'prd')).toEqual([expect.stringMatching(until)])
  expect(await frozen(one, 'staging')).toEqual([])
  expect(await frozen(one, 'production', ['web'], '2026-11-23T07:59:59.999Z')).toHaveLength(1)
  expect(await frozen(one, 'production', ['web'], '2026-11-23T08:00:00.000Z')).toEqual([])
  const standing = await one.small.ask('control')
  expect((await one.small.read(standing.reply)).replace(/\s+/g, ' ')).toMatch(
    /Changes are frozen .*until Monday 23 November 08:00 UTC.*Dana Ortiz: quarter end/,
  )
  const card = await one.small.show(reply)
  const lifted = await one.small.press(card, 'Unfreeze changes in production', {}, admin(one))
  expect(await frozen(one, 'production')).toEqual([])
  await one.small.press(await one.small.show(lifted.reply), 'Freeze changes in production again', {}, admin(one))
  expect(await frozen(one, 'production')).toEqual([expect.stringMatching(until)])
  expect((await one.audit()).map(({ action, turn }) => [action, typeof turn])).toEqual([
    ['control.frozen', 'string'],
    ['control.unfrozen', 'string'],
    ['control.frozen', 'string'],
  ])
})

test('freezing again moves it, and its Undo sets it back; another hub sees it at once', async () => {
  const [one, two] = [await hub(), await hub()]
  await tell(one, 'freeze changes until tomorrow 8:00 because move', admin(one))
  const moved = await two.small.ask('freeze changes until Monday 8:00 because move', admin(two))
  expect(await two.small.read(moved.reply)).toMatch(/It was until Sunday 22 November 08:00 UTC before/)
  expect(await frozen(one, 'dev')).toEqual([expect.stringMatching(/^Frozen until Monday 23 November 08:00 UTC/)])
  await two.small.press(await two.small.show(moved.reply), 'Set the freeze back', {}, admin(two))
  expect(await frozen(one, 'dev')).toEqual([expect.stringMatching(/^Frozen until Sunday 22 November 08:00 UTC/)])
})

test.each([
  ['freeze changes until yesterday 8:00 because x', /would end before it begins/],
  ['freeze changes until 2028-01-01T00:00Z because x', /a year at most/],
  ['lift the freeze', /Nothing is frozen/],
  ['unfreeze changes of web', /No freeze stands for changes of web/],
])('%s is refused', async (words, said) => {
  const one = await hub()
  expect(await tell(one, words, admin(one))).toMatch(new RegExp(`^refuse: .*${said.source}`))
  expect(await frozen(one, 'production')).toEqual([])
})

test('only Admins freeze, and it wants a reason and an end', async () => {
  const one = await hub()
  expect(await tell(one, 'freeze changes until Monday because x', one.small.caller('team-lead'))).toMatch(/Only Admins/)
  expect(await tell(one, 'freeze changes until Monday 8:00', admin(one))).toMatch(/^ask: .*why/)
})

test('a freeze that came to its end leaves the records with a line of the log, once; one that was moved stays', async () => {
  const one = await hub()
  await tell(one, 'freeze changes of web until tomorrow 8:00 because move', admin(one))
  const records = one.recordsOf('control')
  const wake = (due: string) =>
    one.small.hub.wake('control', 'freeze-end', { partition: 'switches', id: 'Service/web', due, data: null })
  expect(await wake('2026-11-22T07:59:00.000Z')).toEqual([])
  const writes = await wake('2026-11-22T08:00:00.000Z')
  await records.commit('switches', writes)
  expect((await one.audit()).at(-1)).toMatchObject({
    action: 'control.freeze-ended',
    cause: 'the freeze of Dana Ortiz came to its end',
  })
  expect(await wake('2026-11-22T08:00:00.000Z')).toEqual([])
})

test('whom Nexus cannot reach: on call first, guests and the reached left out; a developer is not told', async () => {
  const shift = { from: '2026-11-20T00:00:00.000Z', to: '2026-11-22T00:00:00.000Z', person: 'lee' }
  const records = [
    ...['dana', 'lee', 'mei'].map((id) => entity('Person', id, { objectId: id })),
    entity('Person', 'guest', { objectId: 'guest', guest: true }),
    ...['web', 'identity'].map((id) => entity('Team', id)),
    entity('Schedule', 'web-rota', { shifts: [shift] }, [to('ownedBy', 'Team', 'web')]),
  ]
  const chats = {
    partner: async () => undefined,
    partners: async () => new Set(['dana']),
    reachesTeam: async (team: string) => team === 'web',
  }
  const small = smallHub({ skills: [control], records, ports: { chats } })
  const { reply } = await small.ask('whom can you not reach', small.caller('admin'))
  const said = (await small.read(reply)).replace(/\s+/g, ' ')
  expect(said).toMatch(/cannot reach 2 people and 1 team; on call among them: lee\./)
  expect(said).toMatch(/On call now.*lee.*Teams without a channel.*identity.*People without a chat.*mei/)
  expect(said).not.toMatch(/guest|dana/)
  expect(await tell({ small }, 'whom can you not reach')).toMatch(/^refuse: .*Only Admins/)
})
