import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { generateKeyPairSync, randomUUID } from 'node:crypto'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { keepAudit, type AuditKeeping } from './audit.js'
import { AuditKeyError } from '../audit-place.js'
import { createClock, type MovableClock } from '../clock.js'
import { readConfig } from '../config.js'
import type { JsonRoute } from '../channels/http/http-server.js'
import type { AuditEntry } from '../../skills/kit/audit.js'
import type { Json, Person, Ref } from '../../skills/kit/model.js'
import { openSqliteStore, type SqliteStore } from '../store/sqlite/open.js'

const id = '6f1c2f3e-0d4b-4a54-9c1f-0f5f6f7a8b9c'
const pem = generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()
const dana = { id: 'dana@contoso.example', objectId: 'dana', name: 'Dana Ortiz' }
const lee = { id: 'lee@contoso.example', objectId: 'lee', name: 'Lee Park' }
const reader = { id: 'turn-1', person: { ...lee, tenant: 'contoso', roles: ['admin'] } as unknown as Person }

let folder: string
let clock: MovableClock
let stores: SqliteStore[]
let kept: AuditKeeping[]
let logged: string[]
let version: string | undefined

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'nexus-keep-audit-'))
  clock = createClock()
  clock.set('2026-11-21T08:00:00.000Z')
  stores = []
  kept = []
  logged = []
  version = undefined
})
afterEach(async () => {
  for (const audit of kept) await audit.stop()
  for (const store of stores) await store.close()
  rmSync(folder, { recursive: true })
})

/** A hub's keeping of the audit log, on the folder's store. */
async function hub(settings: Record<string, string> = {}) {
  const store = await openSqliteStore({
    folder: join(folder, 'data'),
    clock: { now: () => Date.parse(clock.now()) },
    id: randomUUID,
  })
  stores.push(store)
  const tenant = store.forTenant(id)
  const write = (level: string) => (event: string) => void logged.push(`${level} ${event}`)
  const audit = keepAudit({
    config: readConfig({
      AZURE_TENANT_ID: id,
      AZURE_CLIENT_ID: id,
      AZURE_CLIENT_SECRET: 'not-for-the-log',
      NEXUS_BOT_APP_ID: id,
      NEXUS_DATA: join(folder, 'data'),
      NEXUS_AUDIT_KEY: pem,
      ...settings,
    }),
    store,
    tenant,
    settings: {
      version: async () => {
        if (version === undefined) throw new Error('not there')
        return version
      },
    },
    clock,
    log: { info: write('info'), warn: write('warn'), error: write('error') },
  })
  kept.push(audit)
  const lines = async () =>
    (await tenant.log.read('audit', { limit: 1000 })).map(({ data }) => data as unknown as AuditEntry)
  return { audit, tenant, lines, actions: async () => (await lines()).map(({ action }) => action) }
}

/** Waits until something is so; the worker looks every second, and business time can be moved. */
async function eventually(holds: () => Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 200; tries++) {
    if (await holds()) return
    clock.set(new Date(Date.parse(clock.now()) + 1_000).toISOString())
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
  throw new Error('It did not come to that.')
}

test('a start says version, policy and whom Nexus believes, and no secret; it is anchored at once, beside the store', async () => {
  version = 'c0ffee'
  const { audit, lines } = await hub()
  await eventually(async () => (await audit.verify!()).anchors.count === 1)
  const [started] = await lines()
  expect(started).toMatchObject({
    action: 'hub.started',
    detail: { policyVersion: 'c0ffee', configuration: { NEXUS_ROLE_GROUPS: { 'Nexus Admins': 'admin' } } },
  })
  expect(JSON.stringify(started)).not.toMatch(/not-for-the-log|PRIVATE/)
  expect(existsSync(join(folder, 'data-audit-anchors', `${id}.jsonl`))).toBe(true)
})

test('who was refused is a line; other ends of a turn are none', async () => {
  const { audit, lines } = await hub()
  const turn = { id: 'turn-7', tenant: id, by: dana, outcome: 'refuse' as const, command: 'control.stop' }
  await audit.turnEnded({ ...turn, fault: 'NotAllowed', reason: 'Only Admins.' })
  await audit.turnEnded({ ...turn, fault: 'NotFound' })
  await audit.turnEnded({ ...turn, outcome: 'answer' })
  expect((await lines()).filter(({ action }) => action === 'permission.refused')).toMatchObject([
    { by: dana, detail: { command: 'control.stop', reason: 'Only Admins.' }, turn: 'turn-7' },
  ])
})

test('sign-ins that fail are counted, a line a minute', async () => {
  const { audit, lines, actions } = await hub()
  const [route] = audit.countingRefusals([
    {
      method: 'GET',
      path: '/api/status',
      handle: async ({ authorization }) => ({ status: authorization ? 200 : 401 }),
    },
  ])
  const asked = (authorization?: string) => (route as JsonRoute).handle({ authorization } as never)
  for (let n = 0; n < 25; n++) await asked()
  await asked('Bearer x')
  await eventually(async () => (await actions()).includes('sign-in.failed'))
  const failed = (await lines()).filter(({ action }) => action === 'sign-in.failed')
  expect(failed.reduce((sum, { detail }) => sum + Number(detail['count']), 0)).toBe(25)
  expect(failed.length).toBeLessThan(3)
  expect(failed[0]!.detail).toMatchObject({ at: { '/api/status': expect.any(Number) } })
})

test('a new version of the settings is a line, one for all hubs', async () => {
  version = 'v1'
  const [one] = [await hub(), await hub()]
  await eventually(async () => (await one.actions()).includes('settings.changed'))
  version = 'v2'
  const changes = async () => (await one.lines()).filter(({ action }) => action === 'settings.changed')
  await eventually(async () => (await changes()).length > 1)
  expect((await changes()).map(({ detail }) => detail)).toEqual([
    { version: 'v1', before: null },
    { version: 'v2', before: 'v1' },
  ] satisfies Json[])
})

test('what one hub writes the other finds at once; reading is a line of its own', async () => {
  const [one, two] = [await hub(), await hub()]
  const target: Ref = { kind: 'Service', id: 'web' }
  await one.audit.write({ action: 'run.succeeded', by: dana, target, detail: {} })
  const found = await two.audit.port.find({ by: dana.id, targets: [target], limit: 10 }, reader)
  expect(found.records).toMatchObject([{ action: 'run.succeeded', by: dana }])
  expect(found.chain.to).toBeGreaterThanOrEqual(found.records[0]!.seq)
  expect((await one.lines()).at(-1)).toMatchObject({
    action: 'audit.read',
    by: lee,
    detail: { found: 1 },
    turn: 'turn-1',
  })
})

test('of a change that somebody had a part in, all lines come', async () => {
  const { audit } = await hub()
  const detail = { proposal: 'PR-1' }
  await audit.write({ action: 'proposal.asked', by: dana, detail })
  await audit.write({ action: 'proposal.approved', by: lee, detail })
  await audit.write({ action: 'run.succeeded', cause: 'PR-1', detail })
  await audit.write({ action: 'run.succeeded', cause: 'PR-2', detail: { proposal: 'PR-2' } })
  const { records, more } = await audit.port.find({ by: dana.id, limit: 1 }, reader)
  expect(records.map(({ action }) => action)).toEqual(['run.succeeded', 'proposal.approved', 'proposal.asked'])
  expect(more).toBe(false)
})

test('the head is anchored after so many entries, and what is left at shutdown', async () => {
  const { audit } = await hub({ NEXUS_AUDIT_ANCHOR_ENTRIES: '10', NEXUS_AUDIT_ANCHOR_MINUTES: '1440' })
  await eventually(async () => (await audit.verify!()).anchors.count === 1)
  for (let n = 0; n < 10; n++) await audit.write({ action: 'note.made', by: dana, detail: {} })
  await eventually(async () => (await audit.verify!()).anchors.count === 2)
  await audit.write({ action: 'note.made', by: dana, detail: {} })
  kept = []
  await audit.stop()
  expect(await audit.verify!()).toMatchObject({ holds: true, notYetAnchored: 0, anchors: { count: 3 } })
})

test('without a key it goes on, and says that nothing is signed; a wrong key is no start', async () => {
  const { audit } = await hub({ NEXUS_AUDIT_KEY: '' })
  expect(audit.verify).toBeUndefined()
  expect(logged).toContain('warn audit.unsigned')
  await expect(hub({ NEXUS_AUDIT_KEY: join(folder, 'nothing.pem') })).rejects.toThrow(AuditKeyError)
  await expect(hub({ NEXUS_AUDIT_KEY: join(folder, 'nothing.pem') })).rejects.toThrow(/there is no such file.*openssl/s)
})
