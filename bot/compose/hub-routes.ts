import { findUnreached, sayUnreached } from '../../skills/control/unreached.js'
import { auditApi } from '../channels/http/audit-api.js'
import { catalogApi } from '../channels/http/catalog-api.js'
import { hubApi, type HubApiParts } from '../channels/http/hub-api.js'
import type { HttpRoute } from '../channels/http/http-server.js'
import { createUserTokenVerifier, type TokenPerson } from '../channels/http/verify-user-token.js'
import type { MovableClock } from '../clock.js'
import { hubAudience, type Config } from '../config.js'
import { writeHeadline } from '../hub/headline.js'
import type { Caller } from '../hub/caller.js'
import type { Hub } from '../hub/hub.js'
import { nameArguments } from '../hub/name-arguments.js'
import type { Access } from '../hub/access/access.js'
import type { Registry } from '../hub/registry.js'
import { speakersOwn } from '../hub/speakers-own.js'
import type { SharedPorts } from '../hub/unasked.js'
import type { Hearing } from '../language/understanding.js'
import { settled, type Drains } from '../settled.js'
import type { TeamRecords } from '../store/records/team-records.js'
import type { ConversationRecords } from '../store/records/conversation-records.js'
import { outboxDesk } from '../workers/outbox/outbox-desk.js'
import type { keepAudit } from './audit.js'
import type { Control } from './control.js'
import type { keepFeedback } from './feedback.js'
import { findPlace } from './find-place.js'
import type { Knowledge } from './knowledge.js'
import type { UnderstandNamed } from './understand-named.js'
import type { startUpkeep } from './upkeep.js'

/** What the addresses of the terminal, of probes and of operators are made of. */
export interface HubRoutesParts extends Pick<HubApiParts, 'press' | 'show'> {
  config: Config
  knowledge: Pick<Knowledge, 'catalog' | 'kinds' | 'own' | 'people' | 'policy'>
  ports: SharedPorts
  hub: Pick<Hub, 'hear' | 'catalogFor'>
  access: Pick<Access, 'of'>
  understand: UnderstandNamed
  conversations: ConversationRecords
  teams: TeamRecords
  registry: Registry
  upkeep: ReturnType<typeof startUpkeep>
  control: Pick<Control, 'standing'>
  letters: HubApiParts['letters']
  audit: ReturnType<typeof keepAudit>
  feedback: Pick<ReturnType<typeof keepFeedback>, 'cases'>
  clock: MovableClock
  /** Who is waited for when business time was moved. */
  drains: readonly Drains[]
  fetch: typeof globalThis.fetch
}

/** The hub's own addresses, each asked with a person's Entra token. */
export function hubRoutes(parts: HubRoutesParts): HttpRoute[] {
  const { config, knowledge, ports, upkeep, conversations, clock } = parts
  const { catalog, kinds, own: store, people, policy } = knowledge
  const tenant = config.AZURE_TENANT_ID
  const verifyUser = createUserTokenVerifier(
    { authority: config.AZURE_AUTHORITY_HOST, tenant, audience: hubAudience(config) },
    parts.fetch,
  )
  const callerOf = (identity: TokenPerson & { name: string; zone?: string; locale?: string }): Caller => ({
    person: people.person(identity),
    place: { kind: 'terminal', id: `terminal/${identity.objectId}` },
  })
  return [
    ...auditApi({ ...parts.audit, verifyUser, callerOf }),
    ...catalogApi({
      verifyUser,
      personOf: (token) => callerOf({ ...token, name: token.name ?? 'somebody' }).person,
      desk: upkeep.pushes,
      kinds: kinds.all,
      write: parts.audit.write,
    }),
    ...hubApi({
      ...parts,
      verifyUser,
      callerOf,
      placeNamed: (name) => findPlace(name, { teams: parts.teams, catalog: ports.catalog }),
      name: async (args, { person }) => nameArguments(args, await parts.hub.catalogFor({ person })),
      async understand(text, { person }) {
        const { id, zone, locale } = person
        const speaker = { kind: 'Person', id }
        const own = await speakersOwn(text, person, ports.catalog)
        const hearing: Hearing = { text, tenant, now: clock.now(), zone, locale, mentions: [], speaker, ...own }
        return parts.understand(hearing, (await parts.access.of(person)).mayName)
      },
      now: () => clock.now(),
      feedbackCases: () => parts.feedback.cases(),
      sync: upkeep.sync,
      sources: () => [
        ...catalog.sources().filter(({ source }) => source !== 'settings'),
        ...(upkeep.settings ? [upkeep.settings.state()] : []),
      ],
      unread: upkeep.unread,
      mistakes: async () => [...(upkeep.settings?.mistakes() ?? []), ...(await policy.unknownGroups())],
      standing: parts.control.standing,
      unreached: async () => sayUnreached(await findUnreached({ ...ports, now: clock.now() })),
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
