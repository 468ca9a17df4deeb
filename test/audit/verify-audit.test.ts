import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { generateKeyPairSync, randomUUID } from 'node:crypto'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { openSqliteStore } from '../../bot/store/sqlite/open.js'
import { auditData, auditStream } from '../../bot/store/records/audit-stream.js'
import type { LogHead } from '../../bot/store/streams.js'
import { anchorHead } from '../../bot/workers/audit/anchor-heads.js'
import { readAuditKeys } from '../../bot/workers/audit/audit-keys.js'
import { folderAnchors } from '../../bot/workers/audit/folder-anchors.js'
import { verifyAudit } from '../../bot/workers/audit/verify-audit.js'
import type { AuditVerdict } from '../../bot/audit-verdict.js'
import { manipulations, type Manipulation, type Victim } from './testing/manipulations.js'

const now = () => '2026-11-21T08:00:00.000Z'
const newKey = () => generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()
const pem = newKey()
let folder: string
let copies = 0

const open = (data: string) =>
  openSqliteStore({ folder: data, clock: { now: () => Date.parse(now()) }, id: randomUUID })

/** A log of 40 entries, anchored at 10, 20, 30 and 35. */
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'nexus-audit-'))
  const store = await open(join(folder, 'data'))
  const tenant = store.forTenant('contoso')
  const anchors = folderAnchors(join(folder, 'anchors'))
  const write = (from: number, to: number) =>
    tenant.log.append(
      auditStream,
      Array.from({ length: to - from + 1 }, (_, i) =>
        auditData({ action: 'run.succeeded', by: { id: `p${from + i}`, objectId: 'o', name: 'P' }, detail: {} }, now()),
      ),
    )
  for (const [from, to] of [
    [1, 10],
    [11, 20],
    [21, 30],
    [31, 35],
  ] as const) {
    await write(from, to)
    await anchorHead({ store, tenant, anchors, key: readAuditKeys(pem).signing!, now })
  }
  await write(36, 40)
  await store.close()
})
afterAll(() => rmSync(folder, { recursive: true }))

async function verdictAfter(manipulate: (victim: Victim) => void, key = pem, seen?: LogHead): Promise<AuditVerdict> {
  const copy = join(folder, `copy-${copies++}`)
  const victim = { data: join(copy, 'data'), anchors: join(copy, 'anchors') }
  for (const part of ['data', 'anchors']) cpSync(join(folder, part), join(copy, part), { recursive: true })
  manipulate(victim)
  const store = await open(victim.data)
  try {
    const anchors = folderAnchors(victim.anchors)
    return await verifyAudit({
      tenant: store.forTenant('contoso'),
      anchors,
      keys: readAuditKeys(key),
      now,
      ...(seen && { seen }),
    })
  } finally {
    await store.close()
  }
}

test('an untouched log holds; what came after the last anchor is said', async () => {
  expect(await verdictAfter(() => {})).toMatchObject({
    holds: true,
    entries: 40,
    anchors: { count: 4, last: { seq: 35 } },
    notYetAnchored: 5,
    findings: [],
    more: 0,
  })
})

describe('each manipulation is found, and said where it is', () => {
  const found: Record<Manipulation, RegExp[]> = {
    'edit-entry': [/^Entry 21 was edited/],
    'edit-entry-and-hash': [/^Entry 22 does not follow entry 21 as it stands/],
    'edit-moment': [/^Entry 21 was edited/],
    'remove-entry': [/^Entry 21 is missing/],
    'cut-tail': [/^The log ends with entry 30, and entry 35 was signed .* at least 5 at its end were cut off\.$/],
    'cut-tail-and-note': [/^The log ends with entry 30/, /^There are anchors, and the store knows of none/],
    'swap-entries': [
      /^Entry 21 is out of order: it and entry 22/,
      /^Entry 22 is out of order: it and entry 21/,
      /^Entry 23 does not follow entry 22 as it stands/,
    ],
    recompute: [/^Entry 30 is not the one whose hash was signed .* computed anew, somewhere after entry 20\.$/],
    'recompute-all': [
      /^Entry 10 is not the one whose hash was signed .* computed anew, from the beginning or nearly so\.$/,
    ],
    'edit-anchor': [/^The anchor of entry 920 .* has a signature that does not fit/],
    'remove-anchor': [/^The anchor of entry 30 .* does not follow the one of entry 10/],
    'remove-first-anchor': [/^The anchor of entry 20 .* is not the first that was made/],
    'remove-last-anchor': [/^The last anchor, of entry 35, is missing/],
    'swap-anchors': [
      /^The anchor of entry 20 .* not the first/,
      /entry 10 .* does not follow/,
      /entry 30 .* does not follow/,
    ],
    'remove-all-anchors': [/^The last anchor, of entry 35, is missing/, /^Nothing is anchored/],
  }
  test.each(Object.entries(found))('%s', async (name, said) => {
    const { holds, findings } = await verdictAfter(manipulations[name as Manipulation])
    expect(holds).toBe(false)
    expect(findings).toHaveLength(said.length)
    findings.forEach((finding, i) => expect(finding.said).toMatch(said[i]!))
  })
})

test('a hub that runs finds what was written anew since it read it, anchored or not', async () => {
  const store = await open(join(folder, 'data'))
  const seen = await store.forTenant('contoso').log.head(auditStream)
  await store.close()
  const recompute = await verdictAfter((victim) => manipulations.recompute(victim), pem, seen)
  expect(recompute.findings.map(({ what, seq }) => [what, seq])).toEqual([
    ['recomputed', 30],
    ['recomputed', 40],
  ])
  expect((await verdictAfter(() => {}, pem, seen)).holds).toBe(true)
})

test('another key is said once, with its id; with both keys all of it holds', async () => {
  const other = newKey()
  const { holds, findings } = await verdictAfter(() => {}, other)
  expect(holds).toBe(false)
  expect(findings).toMatchObject([{ what: 'key' }])
  expect(findings[0]!.said).toContain(`4 anchors are signed with key ${readAuditKeys(pem).signing!.id}`)
  expect(await verdictAfter(() => {}, `${other}\n${pem}`)).toMatchObject({ holds: true })
})
