import type { TokenCredential } from '@azure/identity'
import type { Config } from '../config.js'
import type { SharedPorts } from '../hub/unasked.js'
import { catalogPort } from '../store/read-model/catalog-port.js'
import { onCallPort } from '../store/read-model/on-call-port.js'
import { peoplePort } from '../store/read-model/people-port.js'
import { schedulesPort } from '../store/read-model/schedules-port.js'
import { chatsPort } from '../store/records/chats-port.js'
import type { ConversationRecords } from '../store/records/conversation-records.js'
import type { SyncWorker } from '../workers/sync/sync-worker.js'
import type { Knowledge } from './knowledge.js'
import { cloudOf, declarationsOf } from './outside-ports.js'
import { pagingOf, scheduleSystemsOf } from './sources.js'
import type { Surroundings } from './surroundings.js'
import type { TeamsReach } from './teams-reach.js'

/** What is at work behind the ports; each is asked for only when a port is used, by when all of it is there. */
export interface BehindPorts {
  reach(): Pick<TeamsReach, 'places'>
  audit(): SharedPorts['audit']
  proposals(): SharedPorts['proposals']
  sync(): Pick<SyncWorker, 'one' | 'rereading'>
}

/** The ports that are the same whoever asks. */
export function sharedPorts(
  config: Config,
  { catalog, kinds, people, settings }: Knowledge,
  { clock, fetch }: Pick<Surroundings, 'clock' | 'fetch'>,
  { conversations, credential }: { conversations: ConversationRecords; credential: TokenCredential },
  behind: BehindPorts,
): SharedPorts {
  const schedules = schedulesPort(scheduleSystemsOf(config, fetch), (source) => behind.sync().one(source))
  const persons = peoplePort(catalog.index, people.of)
  return {
    catalog: catalogPort(catalog.index, catalog.sources, clock, kinds.all),
    onCall: onCallPort({ index: catalog.index, sources: catalog.sources, now: () => clock.now(), schedules }),
    schedules,
    rereading: { anew: (things, patience) => behind.sync().rereading.anew(things, patience) },
    people: persons,
    chats: chatsPort(conversations, people, (team) => behind.reach().places.channelOf(team, 'incidents')),
    audit: {
      find: (query, reader) => behind.audit().find(query, reader),
      ownLatest: (person, limit) => behind.audit().ownLatest(person, limit),
    },
    cloud: cloudOf(config, credential, clock),
    declarations: declarationsOf(config),
    settings,
    paging: pagingOf(config, clock, fetch),
    // The keeping of changes plans with the ports of skills, and is one of them.
    get proposals() {
      return behind.proposals()
    },
  }
}
