// Takes webhooks in and lets a hearer hear of them, as fast as it can, until it is killed: `intaker.js <folder>`.
// Before a webhook is brought it prints `+ <id>`, when it was accepted `= <id>`; test/intake-kill.test.ts reads.
import { randomUUID } from 'node:crypto'
import { writeSync } from 'node:fs'
import { createHttpServer } from '../../bot/channels/http/http-server.js'
import { webhookRoutes } from '../../bot/channels/http/webhooks/webhook-routes.js'
import { keepDeliveries } from '../../bot/store/records/delivery-records.js'
import { openSqliteStore } from '../../bot/store/sqlite/open.js'
import { inboxOver } from './inbox-over.js'

const say = (line: string) => writeSync(1, `${line}\n`)
const complain = (error: unknown) => console.error(error)
const store = await openSqliteStore({ folder: process.argv[2]!, clock: { now: () => Date.now() }, id: randomUUID })
const { inbox } = store.forTenant('kill')
const worker = inboxOver(store, complain)
const routes = webhookRoutes({
  sources: [{ name: 'test', keeps: [], prove: () => 'good' }],
  keep: async (arrived) => {
    await keepDeliveries(inbox, arrived)
    worker.nudge()
  },
  failed: complain,
})
const port = await createHttpServer(routes, complain).listen('127.0.0.1', 0)

async function bring(lane: number): Promise<void> {
  for (let n = 0; ; n += 1) {
    const id = `${process.pid}-${lane}-${n}`
    say(`+ ${id}`)
    const headers = { 'content-type': 'application/json' }
    const answer = await fetch(`http://127.0.0.1:${port}/webhooks/test`, {
      method: 'POST',
      headers,
      body: JSON.stringify(id),
    })
    await answer.body?.cancel()
    if (answer.status === 202) say(`= ${id}`)
  }
}

await Promise.all(Array.from({ length: 16 }, (_, lane) => bring(lane)))
