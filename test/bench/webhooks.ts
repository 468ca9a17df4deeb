import { randomUUID } from 'node:crypto'
import { createHttpServer } from '../../bot/channels/http/http-server.js'
import { webhookRoutes } from '../../bot/channels/http/webhooks/webhook-routes.js'
import { webhookSources } from '../../bot/channels/http/webhooks/webhook-sources.js'
import { keepDeliveries } from '../../bot/store/records/delivery-records.js'
import { openSqliteStore } from '../../bot/store/sqlite/open.js'

// The hub's addresses for webhooks on an embedded store, and nothing behind them, so that what is measured is taking in:
//   webhooks.js <folder> <code>
const [folder, code] = process.argv.slice(2)
const store = await openSqliteStore({ folder: folder!, clock: { now: () => Date.now() }, id: randomUUID })
const { inbox } = store.forTenant('bench')
const complain = (error: unknown) => console.error(error)
const server = createHttpServer(
  webhookRoutes({
    sources: webhookSources(
      { NEXUS_AZURE_MONITOR_WEBHOOK_CODE: code, NEXUS_EVENT_GRID_WEBHOOK_CODE: code },
      { authority: 'https://login.test', tenant: 'bench', audience: 'bench' },
      fetch,
    ),
    keep: (arrived) => keepDeliveries(inbox, arrived),
    failed: complain,
  }),
  complain,
)
process.send!({ port: await server.listen('127.0.0.1', 0) })
process.on('SIGTERM', () => void server.drain(1_000).then(() => store.close().then(() => process.exit(0))))
