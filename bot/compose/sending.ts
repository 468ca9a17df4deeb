import type { TokenCredential } from '@azure/identity'
import type { CardData } from '../../cards/model.js'
import type { Person, Place } from '../../skills/kit/model.js'
import type { Chats } from '../../skills/kit/ports.js'
import type { Reply } from '../../skills/kit/reply.js'
import { createConnectorSender } from '../channels/teams/connector-sender.js'
import type { Clock } from '../clock.js'
import type { Config } from '../config.js'
import type { Hub } from '../hub/hub.js'
import type { ReadBy } from '../hub/hub-parts.js'
import type { Log } from '../log.js'
import type { Content, Destination, Drawn } from '../outgoing.js'
import type { Store } from '../store/contract.js'
import type { ConversationRecords } from '../store/records/conversation-records.js'
import type { LeasedLoop } from '../workers/leased-loop.js'
import { levelOfReport } from '../workers/outbox/level-of-report.js'
import { startOutbox, type OutboxParts } from '../workers/outbox/outbox-worker.js'
import { readThreads } from './read-threads.js'
import type { reachTeams } from './teams-reach.js'

/** What the sending of what nobody asked for is made of. */
export interface SendingParts extends Pick<OutboxParts, 'worker' | 'reached'> {
  config: Config
  credential: TokenCredential
  store: Store
  conversations: ConversationRecords
  reach: ReturnType<typeof reachTeams>
  hub: Pick<Hub, 'draw' | 'drawIn'>
  /** A reply's card, its buttons kept. */
  show(reply: Reply, by: ReadBy): Promise<CardData>
  chats: Chats
  clock: Clock
  fetch: typeof globalThis.fetch
  log: Log
}

/** Starts what empties the outbox into Teams, and reads there what became of a message whose sending got no answer. */
export function startSending(parts: SendingParts): LeasedLoop {
  const { config, credential, store, conversations, reach, hub, clock, fetch, log } = parts
  const { teams, places, pace, token } = reach
  const drawFor = async (content: Exclude<Content, Drawn>, reader: Person): Promise<Reply> =>
    'text' in content ? content : hub.draw(content, reader)
  return startOutbox({
    store: store.forTenant(config.AZURE_TENANT_ID),
    lease: (name, ttlMs) => store.lease(name, ttlMs),
    clock,
    pace,
    chance: Math.random,
    worker: parts.worker,
    send: createConnectorSender({ token, fetch, routeOf: conversations.routeOf }),
    findMessages: readThreads(config, credential, { conversations, teams, learn: places.learn }, fetch, Date.now),
    draw: async (content, to) => {
      if ('activity' in content) return content
      // A chat with Nexus is one person's: what is said there is drawn for them.
      const reader = 'person' in to ? await parts.chats.partner(to.person) : undefined
      const reply = reader ? await drawFor(content, reader) : await hub.drawIn(content, placeOf(to))
      return reach.draw(
        reply,
        await parts.show(reply, reader ? { person: reader } : { place: placeOf(to) }),
        to,
        reader,
      )
    },
    report: (sent) => log[levelOfReport(sent)]('outbox', { ...sent }),
    failed: (error, item) => log.error('outbox.failed', { error, id: item?.id }),
    ...(parts.reached && { reached: parts.reached }),
  })
}

/** A destination as the place that it is. */
const placeOf = (to: Destination): Pick<Place, 'kind' | 'id'> =>
  'person' in to
    ? { kind: 'personal', id: to.person }
    : 'channel' in to
      ? { kind: 'channel', id: to.channel }
      : { kind: 'group', id: to.chat }
