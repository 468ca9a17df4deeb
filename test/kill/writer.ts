// Writes to a store as fast as it can and says so, until it is killed: `writer.js <folder> <tenant>`.
// Before each write it prints `+ <kind> <id>`, when it was acknowledged `= <kind> <id>`; test/contracts/store-kill.test.ts reads.
import { randomUUID } from 'node:crypto'
import { writeSync } from 'node:fs'
import type { TenantStore } from '../../bot/store/contract.js'
import { openSqliteStore } from '../../bot/store/sqlite/open.js'

const lanes = 16
const claim = { limit: 8, leaseMs: 60_000, worker: `writer ${process.pid}` }
const say = (line: string) => writeSync(1, `${line}\n`)

/** Does a write between its two lines. */
async function told(kind: string, id: string, write: () => Promise<unknown>): Promise<void> {
  say(`+ ${kind} ${id}`)
  await write()
  say(`= ${kind} ${id}`)
}

async function intake({ inbox }: TenantStore, lane: number): Promise<void> {
  for (let n = 0; ; n += 1) {
    const id = `${process.pid}-${lane}-${n}`
    await told('inbox', id, () => inbox.append([{ source: 'kill', id, data: { id, filler: 'x'.repeat(600) } }]))
  }
}

async function commits(tenant: TenantStore, lane: number): Promise<void> {
  for (let n = 0; ; n += 1) {
    const id = `${process.pid}-${lane}-${n}`
    await told('commit', id, () =>
      tenant.commit(id, [
        { op: 'put', kind: 'left', id, data: { id, filler: 'x'.repeat(300) }, index: { lane } },
        { op: 'put', kind: 'right', id, data: { id } },
        { op: 'enqueue', id, thread: `thread-${lane}`, data: { id } },
        { op: 'set-timer', id, due: 0, data: { id } },
        { op: 'audit', stream: 'audit', data: id },
      ]),
    )
  }
}

async function sends({ outbox }: TenantStore): Promise<void> {
  for (;;) {
    const items = await outbox.claim(claim)
    await Promise.all(
      items.map((item) => told('sent', item.id, () => outbox.settle(item, { state: 'sent', result: item.id }))),
    )
    if (items.length === 0) await new Promise(setImmediate)
  }
}

async function works({ inbox }: TenantStore): Promise<void> {
  for (;;) {
    const items = await inbox.claim(claim)
    await Promise.all(items.map((item) => told('done', item.id, () => inbox.done(item))))
    if (items.length === 0) await new Promise(setImmediate)
  }
}

const [folder, name] = process.argv.slice(2)
const store = await openSqliteStore({ folder: folder!, clock: { now: () => Date.now() }, id: randomUUID })
const tenant = store.forTenant(name!)
const loops = Array.from({ length: lanes }, (_, lane) => [intake(tenant, lane), commits(tenant, lane)]).flat()
await Promise.all([...loops, sends(tenant), works(tenant)])
