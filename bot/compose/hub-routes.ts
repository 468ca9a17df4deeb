import type { KindDeclaration } from '../../skills/kit/catalog/kind-declaration.js'
import type { SourceState } from '../../skills/kit/ports.js'
import { auditApi } from '../channels/http/audit-api.js'
import { catalogApi, type PushDesk } from '../channels/http/catalog-api.js'
import { hubApi, type HubApiParts } from '../channels/http/hub-api.js'
import type { HttpRoute } from '../channels/http/http-server.js'
import { createUserTokenVerifier, type TokenPerson } from '../channels/http/verify-user-token.js'
import type { MovableClock } from '../clock.js'
import { hubAudience, type Config } from '../config.js'
import { writeHeadline } from '../hub/headline.js'
import type { Caller } from '../hub/caller.js'
import type { Hub } from '../hub/hub.js'
import type { Person } from '../../skills/kit/model.js'
import { nameArguments } from '../hub/name-arguments.js'
import type { Registry } from '../hub/registry.js'
import type { Hearing, Understanding } from '../language/understanding.js'
import { settled, type Drains } from '../settled.js'
import type { Catalog } from '../../skills/kit/ports.js'
import type { TenantStore } from '../store/contract.js'
import type { Directory } from '../store/read-model/directory.js'
import type { TeamRecords } from '../store/records/team-records.js'
import type { ConversationRecords } from '../store/records/conversation-records.js'
import { outboxDesk } from '../workers/outbox/outbox-desk.js'
import type { SyncWorker } from '../workers/sync/sync-worker.js'
import type { keepAudit } from './audit.js'
import { findPlace } from './find-place.js'

/** What the addresses of the terminal, of probes and of operators are made of. */
export interface HubRoutesParts extends Pick<
  HubApiParts,
  'press' | 'show' | 'unread' | 'mistakes' | 'standing' | 'unreached' | 'letters'
> {
  config: Config
  hub: Pick<Hub, 'hear' | 'catalogFor'>
  /** @param person who speaks, and which names they may know */
  understand(hearing: Hearing, person: Person): Promise<Understanding>
  catalog: Catalog
  people: Directory
  conversations: ConversationRecords
  teams: TeamRecords
  registry: Registry
  sync: SyncWorker
  sources(): SourceState[]
  audit: ReturnType<typeof keepAudit>
  pushes: PushDesk
  kinds(): readonly KindDeclaration[]
  store: TenantStore
  clock: MovableClock
  /** Who is waited for when business time was moved. */
  drains: readonly Drains[]
  fetch: typeof globalThis.fetch
}

/** The hub's own addresses, each asked with a person's Entra token. */
export function hubRoutes(parts: HubRoutesParts): HttpRoute[] {
  const { config, people, conversations, catalog, clock, store } = parts
  const tenant = config.AZURE_TENANT_ID
  const verifyUser = createUserTokenVerifier(
    { authority: config.AZURE_AUTHORITY_HOST, tenant, audience: hubAudience(config) },
    parts.fetch,
  )
  const callerOf = (identity: TokenPerson & { name: string; zone?: string }): Caller => ({
    person: people.person(identity),
    place: { kind: 'terminal', id: `terminal/${identity.objectId}` },
  })
  return [
    ...auditApi({ ...parts.audit, verifyUser, callerOf }),
    ...catalogApi({
      verifyUser,
      personOf: (token) => callerOf({ ...token, name: token.name ?? 'somebody' }).person,
      desk: parts.pushes,
      kinds: parts.kinds,
      write: parts.audit.write,
    }),
    ...hubApi({
      ...parts,
      verifyUser,
      callerOf,
      placeNamed: (name) => findPlace(name, { teams: parts.teams, catalog }),
      name: async (args, { person }) => nameArguments(args, await parts.hub.catalogFor({ person })),
      understand: (text, { person }) =>
        parts.understand(
          {
            text,
            tenant,
            now: clock.now(),
            zone: person.zone,
            locale: person.locale,
            mentions: [],
            speaker: { kind: 'Person', id: person.id },
          },
          person,
        ),
      now: () => clock.now(),
      sync: parts.sync,
      commands: () => parts.registry.commands,
      outbox: outboxDesk({
        store,
        now: () => clock.now(),
        nameOfPlace: async (to) =>
          'person' in to
            ? people.person({ objectId: to.person, name: to.person }).name
            : (await conversations.get('channel' in to ? to.channel : to.chat))?.name,
        headline: (content) =>
          'activity' in content
            ? content.headline
            : 'text' in content
              ? writeHeadline(content.text, clock.now(), 'UTC')
              : `${content.kind} ${content.id}`,
      }),
      ...(config.NEXUS_CLOCK === 'local' && {
        setClock: (now: string) => (clock.set(now), settled(parts.drains)),
      }),
    }),
  ]
}
