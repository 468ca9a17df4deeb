import { appendFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { generateKeyPairSync, randomUUID } from 'node:crypto'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { auditData, auditStream } from '../../store/records/audit-stream.js'
import { openSqliteStore, type SqliteStore } from '../../store/sqlite/open.js'
import { anchorHead, type AnchoringParts } from './anchor-heads.js'
import { readAuditKeys } from './audit-keys.js'
import { folderAnchors } from './folder-anchors.js'
import { verifyAudit } from './verify-audit.js'

const now = () => '2026-11-21T08:00:00.000Z'
const keys = readAuditKeys(
  generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
)
let folder: string
let stores: SqliteStore[]

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'nexus-anchors-'))
  stores = []
})
afterEach(async () => {
  for (const store of stores) await store.close()
  rmSync(folder, { recursive: true })
})

/** One hub's store, what it anchors by, and what tests do with it. */
async function hub(reached?: AnchoringParts['reached']) {
  const store = await openSqliteStore({ folder, clock: { now: () => Date.parse(now()) }, id: randomUUID })
  stores.push(store)
  const tenant = store.forTenant('contoso')
  const anchors = folderAnchors(join(folder, 'anchors'))
  return {
    write: (count = 1) =>
      tenant.log.append(
        auditStream,
        Array.from({ length: count }, () => auditData({ action: 'hub.started', cause: 'a test', detail: {} }, now())),
      ),
    anchor: () => anchorHead({ store, tenant, anchors, key: keys.signing!, now, ...(reached && { reached }) }),
    verify: () => verifyAudit({ tenant, anchors, keys, now }),
  }
}

const linesIn = () =>
  readFileSync(join(folder, 'anchors', 'contoso.jsonl'), 'utf8')
    .split('\n')
    .filter(Boolean)

test('two hubs write and anchor at once: one chain of anchors, each head once', async () => {
  const hubs = [await hub(), await hub()]
  for (let n = 0; n < 10; n++)
    await Promise.all(hubs.flatMap(({ write, anchor }) => [write(), anchor(), write(), anchor()]))
  await hubs[0]!.anchor()
  expect(await hubs[1]!.verify()).toMatchObject({ holds: true, entries: 40, notYetAnchored: 0 })
  expect(new Set(linesIn()).size).toBe(linesIn().length)
})

test('nothing new is anchored twice', async () => {
  const { write, anchor } = await hub()
  await write()
  for (let n = 0; n < 3; n++) await anchor()
  expect(linesIn()).toHaveLength(1)
})

test('a hub that dies between signing and anchoring: the next one anchors what it had signed, then its own', async () => {
  const first = await hub((step) => {
    if (step === 'audit.head-kept') throw new Error('killed')
  })
  await first.write(3)
  await expect(first.anchor()).rejects.toThrow('killed')
  const second = await hub()
  expect(await second.verify()).toMatchObject({
    holds: false,
    findings: [{ what: 'anchor', seq: 3 }, { what: 'unanchored' }],
  })
  await second.write()
  await second.anchor()
  expect(linesIn()).toHaveLength(2)
  expect(await second.verify()).toMatchObject({ holds: true, anchors: { count: 2, last: { seq: 4 } } })
})

test('a line that a crash left half written does no harm once it is written whole', async () => {
  const { write, anchor, verify } = await hub((step) => {
    if (step !== 'audit.head-kept' || torn) return
    torn = true
    appendFileSync(join(folder, 'anchors', 'contoso.jsonl'), '{"at":"2026')
    throw new Error('killed')
  })
  let torn = true
  await write()
  await anchor()
  torn = false
  await write()
  await expect(anchor()).rejects.toThrow('killed')
  await anchor()
  expect(linesIn()).toHaveLength(3)
  expect(await verify()).toMatchObject({ holds: true, anchors: { count: 2 } })
})

test.each([
  [
    'an RSA key',
    generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    /rsa, not ed25519/,
  ],
  ['no PEM', 'secret', /no PEM block/],
  ['a broken block', '-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----', /is no key/],
])('%s is refused, and not repeated', (_what, pem, said) => {
  expect(() => readAuditKeys(pem)).toThrow(said)
  expect(() => readAuditKeys(pem)).not.toThrow(pem)
})

test('a public key verifies and does not sign', () => {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519')
  const of = (key: typeof publicKey, type: 'spki' | 'pkcs8') =>
    readAuditKeys(key.export({ type, format: 'pem' } as never).toString())
  const [own, theirs] = [of(privateKey, 'pkcs8'), of(publicKey, 'spki')]
  expect(theirs.signing).toBeUndefined()
  expect(theirs.fits(own.signing!.id, 'text', own.signing!.sign('text'))).toBe(true)
  expect(theirs.fits(own.signing!.id, 'text?', own.signing!.sign('text'))).toBe(false)
  expect(theirs.fits('other', 'text', own.signing!.sign('text'))).toBeUndefined()
})
