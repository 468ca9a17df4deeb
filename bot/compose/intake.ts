import type { Event } from '../../skills/kit/event.js'
import type { Catalog } from '../../skills/kit/ports.js'
import type { DeadLetters } from '../channels/http/dead-letters-api.js'
import type { DeadLetter } from '../dead-letter.js'
import type { HttpRoute } from '../channels/http/http-server.js'
import { webhookRoutes } from '../channels/http/webhooks/webhook-routes.js'
import { webhookSources } from '../channels/http/webhooks/webhook-sources.js'
import type { Clock } from '../clock.js'
import { hubAudience, type Config } from '../config.js'
import { readDelivered } from '../deliveries.js'
import type { Log } from '../log.js'
import type { Store, TenantStore } from '../store/contract.js'
import type { InboxEntry } from '../store/queues.js'
import { keepDeliveries, readDelivery } from '../store/records/delivery-records.js'
import { createFindSubjects } from '../workers/inbox/find-subjects.js'
import { startInbox } from '../workers/inbox/inbox-worker.js'
import { createOwnership } from '../workers/inbox/ownership.js'
import type { LeasedLoop } from '../workers/leased-loop.js'

/** What the intake is made of. */
export interface IntakeParts {
  config: Config
  store: Store
  own: TenantStore
  catalog: Catalog
  clock: Clock
  log: Log
  fetch: typeof globalThis.fetch
  /** Who claims, for people who look. */
  worker: string
  notice(event: Event): Promise<void>
  reached?: ((step: string) => Promise<void> | void) | undefined
}

/** How webhooks come in: the addresses they are brought to, the worker that reads them, and what it could not read. */
export interface Intake {
  routes: HttpRoute[]
  worker: LeasedLoop
  letters: DeadLetters
}

/** Puts the intake together and starts its worker. */
export function startIntake(parts: IntakeParts): Intake {
  const { config, store, own, clock, log, reached } = parts
  const worker = startInbox({
    store: own,
    clock,
    worker: parts.worker,
    ownership: createOwnership(store, `inbox/${own.tenant}`, clock),
    read: readDelivered,
    findSubjects: createFindSubjects(parts.catalog),
    notice: parts.notice,
    report: (worked) =>
      worked.outcome === 'dead' || worked.outcome === 'retried'
        ? log.warn('inbox', { ...worked })
        : log.info('inbox', { ...worked }),
    failed: (error, item) => log.error('inbox.failed', { error, source: item?.source, id: item?.id }),
    ...(reached && { reached }),
  })
  const entra = {
    authority: config.AZURE_AUTHORITY_HOST,
    tenant: config.AZURE_TENANT_ID,
    audience: hubAudience(config),
  }
  const routes = webhookRoutes({
    sources: webhookSources(config, entra, parts.fetch),
    keep: async (arrived) => {
      await keepDeliveries(own.inbox, arrived)
      worker.nudge()
    },
    failed: (error, source) => log.error('webhook.failed', { error, source }),
    ...(reached && { reached }),
  })
  return { routes, worker, letters: deadLetters(own, worker) }
}

const pageSize = 20

function deadLetters({ inbox }: TenantStore, worker: LeasedLoop): DeadLetters {
  return {
    count: () => inbox.count('dead'),
    async list(after) {
      const page = await inbox.list({ state: 'dead', limit: pageSize, ...(after && { after }) })
      return { letters: page.items.map(letterOf), ...(page.continuation && { after: page.continuation }) }
    },
    async get(source, id) {
      const entry = await inbox.get(source, id)
      if (entry?.state !== 'dead') return undefined
      const { headers, body } = readDelivery(entry)
      return { ...letterOf(entry), headers, body }
    },
    async revive(source, id) {
      const revived = await inbox.revive(source, id)
      if (revived) worker.nudge()
      return revived
    },
  }
}

const letterOf = ({ source, id, at, attempts, reason = 'unknown' }: InboxEntry): DeadLetter => ({
  source,
  id,
  at: new Date(at).toISOString(),
  attempts,
  reason,
})
