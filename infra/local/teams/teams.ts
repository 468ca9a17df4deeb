import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Vendor } from '../frame/router.js'
import type { Services } from '../frame/services.js'
import { serviceUrl } from './channel/activities.js'
import { BotClient } from './channel/bot-client.js'
import { Client } from './client/client.js'
import { connector } from './connector/connector.js'
import type { TeamsContext } from './context.js'
import { Directory } from './directory.js'
import { Feed } from './feed.js'
import { History } from './history.js'
import { LocalServer } from './local/server.js'
import { AppManifest } from './manifest.js'
import { messagesForGraph } from './messages-for-graph.js'
import { installKey, Membership } from './membership.js'
import type { TeamsState } from './model.js'
import type { TeamsOptions } from './options.js'
import { Wire } from './wire.js'

/** Teams in the local tenant: two faces of one state. */
export interface Teams {
  /** The connector service, for the tenant's HTTPS port. */
  connector: Vendor
  /** What was said, for Graph to read. */
  messages: ReturnType<typeof messagesForGraph>
  /** The page and `/local/*`, for an HTTP server that listens on loopback. */
  local(request: IncomingMessage, response: ServerResponse): Promise<void>
  /**
   * Tells the bot of installs that it does not know yet, and settles when it has heard; to be called when the hub listens. Once told,
   * never again.
   */
  announceInstalls(): Promise<void>
  /** Ends event streams and deliveries, and writes what is not written yet. */
  close(): Promise<void>
}

/** Builds the Teams half of the local tenant. It starts nothing by itself. */
export function teams(services: Services, options: TeamsOptions): Teams {
  const directory = new Directory(services.org, options.botName ?? 'Nexus')
  const state = services.open('teams', () => seed(directory, options.installed ?? 'all'))
  // Numbers given out since the last write may be lost with the process; readers of the feed must not meet them again.
  state.value.sequence += 10_000
  const feed = new Feed()
  const history = new History(state, services.clock, feed)
  const wire = new Wire(history.next, feed)
  const appId = directory.bot.id.replace(/^28:/, '')
  const bot = new BotClient({
    endpoint: new URL('/api/messages', options.hub).href,
    token: () => options.signChannelToken({ aud: appId, serviceurl: serviceUrl(context) }),
    wire,
    clock: services.clock,
    timeoutMs: options.delivery?.timeoutMs ?? 15_000,
    pausesMs: options.delivery?.pausesMs ?? [1_000, 2_000, 4_000],
  })
  const membership = new Membership(state, directory)
  const manifest = new AppManifest(options.manifest)
  const context: TeamsContext = { services, options, state, directory, membership, history, feed, wire, bot, manifest }
  const client = new Client(context)
  const local = new LocalServer(context, client)
  return {
    connector: connector(context),
    messages: messagesForGraph(context),
    local: local.handle,
    announceInstalls: () => {
      client.installs.announceAll()
      return bot.idle()
    },
    async close() {
      local.close()
      await bot.close()
      state.flush()
    },
  }
}

const seed = (directory: Directory, installed: 'all' | 'none'): TeamsState => ({
  sequence: 0,
  lastId: 0,
  messages: [],
  installs:
    installed === 'none'
      ? {}
      : Object.fromEntries(directory.places.map((place) => [installKey(place), { consent: false }])),
  joined: {},
  uploads: {},
})
