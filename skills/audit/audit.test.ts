import { expect, test } from '@jest/globals'
import { entity, smallHub, smallNow, to } from '../../bot/hub/testing/small-hub.js'
import type { Audit, AuditQuery, AuditRecord } from '../kit/audit.js'
import type { Role } from '../kit/model.js'
import audit from './index.js'
import { periodOf, type Period } from './period.js'

const dana = { id: 'dana@contoso.example', objectId: 'dana', name: 'Dana Ortiz' }
const lee = { id: 'lee@contoso.example', objectId: 'lee', name: 'Lee Park' }
const site = { kind: 'Resource', id: 'checkout-web-stg' } as const
const plan = { title: 'Restart web app checkout-web-stg', environment: 'staging' }
const restart = { proposal: 'PR-7', command: 'action.web-app.restart', plan }
const line = (
  seq: number,
  action: string,
  by: typeof dana | undefined,
  detail: AuditRecord['detail'],
): AuditRecord => ({
  seq,
  at: `2026-11-21T02:0${seq}:00.000Z`,
  action,
  ...(by && { by }),
  target: site,
  detail,
})
const records = [
  line(6, 'run.succeeded', undefined, { proposal: 'PR-7' }),
  line(5, 'run.attempted', undefined, { proposal: 'PR-7' }),
  line(4, 'run.started', undefined, { proposal: 'PR-7' }),
  line(3, 'proposal.approved', lee, { proposal: 'PR-7' }),
  line(2, 'proposal.asked', dana, restart),
  line(1, 'permission.refused', dana, { command: 'control.stop', reason: 'Only Admins.' }),
]
const catalog = [
  ...[dana, lee].map(({ id, name, objectId }) => {
    const person = entity('Person', id, { objectId }, [], 'entra')
    return { ...person, claims: { entra: { ...person.claims['entra']!, name } } }
  }),
  entity('Service', 'checkout'),
  entity('Resource', 'checkout-web-stg', { environment: 'staging' }, [to('partOf', 'Service', 'checkout')], 'azure'),
]

/** A hub whose log answers what it is told to, and what the log was asked. */
function hub(page: Partial<Awaited<ReturnType<Audit['find']>>> = {}) {
  const asked: AuditQuery[] = []
  const find: Audit['find'] = async (query) => {
    asked.push(query)
    return { records, more: false, chain: { to: 6 }, ...page }
  }
  const small = smallHub({
    skills: [audit],
    records: catalog,
    ports: { audit: { find, ownLatest: async () => records } },
  })
  const ask = async (words: string, role: Role = 'admin') => {
    const { reply, outcome } = await small.ask(words, small.caller(role))
    return `${outcome}: ${(await small.read(reply)).replace(/\s+/g, ' ')}`
  }
  return { asked, ask }
}

test('a change is one row: who asked, what, how it went and who approved; its lines are folded', async () => {
  expect(await hub().ask('audit log')).toMatch(
    /answer: .*2 found .*✓ Dana Ortiz: Restart web app checkout-web-stg .*succeeded, approved by Lee Park · PR-7 .*◐ Dana Ortiz: was refused control\.stop .*Entries of the log \(6\) • #6 .*Audit log, chain verified to #6/,
  )
})

test.each<[words: string, query: Partial<AuditQuery>]>([
  ['audit of checkout-web-stg', { targets: [site] }],
  ['who restarted checkout', { targets: [{ kind: 'Service', id: 'checkout' }, site] }],
  ['what did lee do', { by: lee.id }],
  [
    'what did lee run on staging last week',
    { by: lee.id, from: '2026-11-09T00:00:00.000Z', to: '2026-11-16T00:00:00.000Z' },
  ],
  ['what did lee approve since yesterday', { by: lee.id, from: '2026-11-20T00:00:00.000Z', to: smallNow }],
  ['what did lee do since 01:30', { by: lee.id, from: '2026-11-21T01:30:00.000Z', to: smallNow }],
  [
    'what did Dana do on production last week',
    { by: dana.id, from: '2026-11-09T00:00:00.000Z', to: '2026-11-16T00:00:00.000Z' },
  ],
  ['what did Dana restart this week', { by: dana.id, from: '2026-11-16T00:00:00.000Z', to: smallNow }],
  [
    'audit of checkout last week',
    {
      targets: [{ kind: 'Service', id: 'checkout' }, site],
      from: '2026-11-09T00:00:00.000Z',
      to: '2026-11-16T00:00:00.000Z',
    },
  ],
])('%s', async (words, query) => {
  const { asked, ask } = hub()
  expect(await ask(words)).toMatch(/^answer/)
  expect(asked).toEqual([{ ...query, limit: 500 }])
})

test('what was done, and where, narrows what is shown', async () => {
  expect(await hub().ask('who restarted checkout')).toMatch(/1 found .*Restart web app/)
  expect(await hub().ask('who scaled checkout')).toMatch(/nothing found/)
  expect(await hub().ask('what ran on staging today')).toMatch(/2 found/)
  expect(await hub().ask('what ran on production today')).toMatch(/nothing found/)
})

test('what somebody approved is their votes, and what somebody restarted is what they asked for', async () => {
  expect(await hub().ask('what did lee approve')).toMatch(/1 found .*Restart web app/)
  expect(await hub().ask('what did dana approve')).toMatch(/nothing found/)
  expect(await hub().ask('what did dana restart')).toMatch(/1 found .*Restart web app/)
  expect(await hub().ask('what did lee restart')).toMatch(/nothing found/)
})

test('own lines for everybody, those of others for Platform Engineers', async () => {
  const { asked, ask } = hub()
  expect(await ask('what did lee do', 'team-lead')).toMatch(/^refuse: .*Only Platform Engineers may read what .* did/)
  expect(asked).toEqual([])
  expect(await ask('what did I do', 'developer')).toMatch(/^answer/)
  expect(await ask('audit of checkout-web-stg', 'developer')).toMatch(/These are your own/)
  expect(asked.map(({ by }) => by)).toEqual([dana.id, dana.id])
  expect(await ask('what did lee do', 'platform-engineer')).toMatch(/^answer/)
})

test('a broken chain is said first', async () => {
  expect(await hub({ chain: { to: 2, broken: 'Entry 3: its content has another hash.' } }).ask('audit log')).toMatch(
    /▲ .*The audit log is not whole: Entry 3: its content has another hash\. .*chain broken after #2/,
  )
})

test.each<[Period, zone: string, from: string, to: string]>([
  ['today', 'Europe/Berlin', '2026-11-20T23:00:00.000Z', smallNow],
  ['yesterday', 'America/New_York', '2026-11-19T05:00:00.000Z', '2026-11-20T05:00:00.000Z'],
  ['this week', 'Asia/Kolkata', '2026-11-15T18:30:00.000Z', smallNow],
  ['last week', 'Pacific/Kiritimati', '2026-11-08T10:00:00.000Z', '2026-11-15T10:00:00.000Z'],
  ['this month', 'UTC', '2026-11-01T00:00:00.000Z', smallNow],
  // Berlin's clocks go back on 25 October.
  ['last month', 'Europe/Berlin', '2026-09-30T22:00:00.000Z', '2026-10-31T23:00:00.000Z'],
])('%s in %s', (period, zone, from, to) => {
  expect(periodOf(period, smallNow, zone)).toEqual({ from, to })
})

test('a day that begins at one o’clock begins there', () => {
  // Beirut's clocks go forward at midnight of 29 March 2026.
  const { from } = periodOf('today', '2026-03-29T10:00:00.000Z', 'Asia/Beirut')
  expect(from).toBe('2026-03-28T22:00:00.000Z')
})
