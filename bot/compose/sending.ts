import type { TokenCredential } from '@azure/identity'
import { createConnectorSender } from '../channels/teams/connector-sender.js'
import type { Clock } from '../clock.js'
import type { Config } from '../config.js'
import type { Log } from '../log.js'
import type { Store } from '../store/contract.js'
import type { ConversationRecords } from '../store/records/conversation-records.js'
import type { LeasedLoop } from '../workers/leased-loop.js'
import { levelOfReport } from '../workers/outbox/level-of-report.js'
import { startOutbox, type OutboxParts } from '../workers/outbox/outbox-worker.js'
import { readThreads } from './read-threads.js'
import type { reachTeams } from './teams-reach.js'

/** What the sending of what nobody asked for is made of. */
export interface SendingParts extends Pick<OutboxParts, 'draw' | 'worker' | 'reached'> {
  config: Config
  credential: TokenCredential
  store: Store
  conversations: ConversationRecords
  reach: ReturnType<typeof reachTeams>
  clock: Clock
  fetch: typeof globalThis.fetch
  log: Log
}

/** Starts what empties the outbox into Teams, and reads there what became of a message whose sending got no answer. */
export function startSending(parts: SendingParts): LeasedLoop {
  const { config, credential, store, conversations, reach, clock, fetch, log } = parts
  const { teams, places, pace, token } = reach
  return startOutbox({
    store: store.forTenant(config.AZURE_TENANT_ID),
    lease: (name, ttlMs) => store.lease(name, ttlMs),
    clock,
    pace,
    chance: Math.random,
    worker: parts.worker,
    send: createConnectorSender({ token, fetch, routeOf: conversations.routeOf }),
    findMessages: readThreads(config, credential, { conversations, teams, learn: places.learn }, fetch, Date.now),
    draw: parts.draw,
    report: (sent) => log[levelOfReport(sent)]('outbox', { ...sent }),
    failed: (error, item) => log.error('outbox.failed', { error, id: item?.id }),
    ...(parts.reached && { reached: parts.reached }),
  })
}
