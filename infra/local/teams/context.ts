import type { Services } from '../frame/services.js'
import type { BotClient } from './channel/bot-client.js'
import type { Directory } from './directory.js'
import type { Feed } from './feed.js'
import type { History } from './history.js'
import type { Hubs } from './hubs.js'
import type { AppManifest } from './manifest.js'
import type { Membership } from './membership.js'
import type { TeamsState } from './model.js'
import type { TeamsOptions } from './options.js'
import type { State } from '../frame/state.js'
import type { Wire } from './wire.js'

/** The one Teams that both faces, the connector service and the client, are views of. */
export interface TeamsContext {
  services: Services
  options: TeamsOptions
  hubs: Hubs
  state: State<TeamsState>
  directory: Directory
  membership: Membership
  history: History
  feed: Feed
  wire: Wire
  bot: BotClient
  manifest: AppManifest
}
