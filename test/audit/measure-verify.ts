import { generateKeyPairSync, randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { auditData, auditStream } from '../../bot/store/records/audit-stream.js'
import { AuditIndex } from '../../bot/store/read-model/audit-index.js'
import { openSqliteStore } from '../../bot/store/sqlite/open.js'
import { anchorHead } from '../../bot/workers/audit/anchor-heads.js'
import { readAuditKeys } from '../../bot/workers/audit/audit-keys.js'
import { folderAnchors } from '../../bot/workers/audit/folder-anchors.js'
import { verifyAudit } from '../../bot/workers/audit/verify-audit.js'

// node infra/build/run.js test/audit/measure-verify.ts [entries]: how long an audit log takes to verify, to follow at a hub's start and to
// be asked, 100,000 entries unless told.
const entries = Number(process.argv[2] ?? 100_000)
const folder = mkdtempSync(join(tmpdir(), 'nexus-measure-'))
const now = () => new Date().toISOString()
const pem = generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()
const keys = readAuditKeys(pem)

async function timed<T>(what: string, act: () => Promise<T>): Promise<T> {
  const began = performance.now()
  const result = await act()
  process.stdout.write(`${what}: ${((performance.now() - began) / 1000).toFixed(2)} s\n`)
  return result
}

try {
  const store = await openSqliteStore({ folder, clock: { now: Date.now }, id: randomUUID })
  const tenant = store.forTenant('contoso')
  const anchors = folderAnchors(join(folder, 'anchors'))
  const line = (n: number) =>
    auditData(
      {
        action: 'run.succeeded',
        by: { id: `person-${n % 500}@contoso.example`, objectId: `object-${n % 500}`, name: `Person ${n % 500}` },
        target: {
          kind: 'Resource',
          id: `/subscriptions/s/resourcegroups/rg/providers/microsoft.web/sites/site-${n % 3000}`,
        },
        detail: { proposal: `PR-${n >> 2}`, result: { State: 'running', Instances: 3 } },
      },
      now(),
    )
  await timed(`${entries} entries written and anchored every 500`, async () => {
    for (let n = 0; n < entries; n += 500) {
      await tenant.log.append(
        auditStream,
        Array.from({ length: Math.min(500, entries - n) }, (_, i) => line(n + i)),
      )
      await anchorHead({ store, tenant, anchors, key: keys.signing!, now })
    }
  })
  const verdict = await timed('verified', () => verifyAudit({ tenant, anchors, keys, now }))
  process.stdout.write(`  ${verdict.entries} entries, ${verdict.anchors.count} anchors, holds: ${verdict.holds}\n`)
  const index = new AuditIndex('contoso', tenant.log)
  await timed('followed by a hub that starts', () => index.catchUp())
  await timed('1,000 questions by person and thing', async () => {
    for (let n = 0; n < 1000; n++)
      index.find({
        by: `person-${n % 500}@contoso.example`,
        targets: [{ kind: 'Resource', id: `site-${n}` }],
        limit: 50,
      })
  })
  await store.close()
  process.exitCode = verdict.holds ? 0 : 1
} finally {
  rmSync(folder, { recursive: true })
}
