import type { RelationType } from './catalog/relation-types.js'
import type { CustomRole } from './custom-role.js'

export type { RelationType } from './catalog/relation-types.js'

/** Anything that JSON can carry. */
export type Json = null | boolean | number | string | Json[] | { [key: string]: Json }

/** A moment: ISO 8601 in UTC with milliseconds, such as `2026-11-21T08:00:00.000Z`; so it sorts as text. */
export type Instant = string

/** The kinds that Nexus knows by itself: the ten that people name, and the system's own beside them. */
export const kinds = [
  'Service',
  'Resource',
  'Environment',
  'Pipeline',
  'Repository',
  'Team',
  'Api',
  'Package',
  'Incident',
  'WorkItem',
  'Person',
  'PullRequest',
  'Run',
  'Deployment',
  'Change',
  'Runbook',
  'AlertRule',
  'Schedule',
  'Proposal',
] as const
export type BuiltInKind = (typeof kinds)[number]

/** Where a kind stands in the order people look for them; what an organisation declared comes last. */
export const placeOfKind = (kind: string): number => {
  const place = (kinds as readonly string[]).indexOf(kind)
  return place < 0 ? kinds.length : place
}

/** A kind of the catalog: one that is built in, or an organisation's own, declared by a blueprint. */
export type Kind = BuiltInKind | (string & {})

/** In a list of kinds: an organisation's own as well, whatever they are called. */
export const ownKinds = '*'

/** Whether a list of kinds has one in it. */
export const takesKind = (taken: readonly Kind[], kind: Kind): boolean =>
  taken.includes(kind) || (taken.includes(ownKinds) && placeOfKind(kind) === kinds.length)

/** What points at an entity: its kind and the id it has within the kind. */
export interface Ref {
  kind: Kind
  id: string
}

/** A typed edge of the catalog, and who says so. */
export interface Relation {
  from: Ref
  type: RelationType
  to: Ref
  /** Name of the source, such as `github`. */
  source: string
  /** Where in the source it stands: `tag team`, `CODEOWNERS`, `catalog-info.yaml`. */
  why?: string
}

/** What one source says of one entity. */
export interface Claim extends Ref {
  name: string
  aliases?: string[]
  /** Text from outside: shown escaped, never a command, an id, a query or a template. */
  props: Record<string, Json>
  relations?: { type: RelationType; to: Ref; why?: string }[]
}

/** An entity as the catalog answers it: the claims of its sources, merged by their precedence. */
export interface Entity extends Ref {
  tenant: string
  name: string
  aliases: string[]
  props: Record<string, Json>
  /** Who says what is shown, and when each last changed it. */
  sources: { source: string; at: Instant }[]
  /** Since when it is as it is shown. */
  from: Instant
  /** Until when it was so; absent while it is. */
  to?: Instant
}

/** A person as the hub knows them: the verified identity and what the directory says. */
export interface Person {
  /** Nexus tenant. */
  tenant: string
  /** The catalog id: the mail address in lower case, which every source knows. */
  id: string
  /** Entra object id, from the verified activity or token. */
  objectId: string
  name: string
  /** Those that their groups give, and those that their custom roles are built on. */
  roles: Role[]
  customRoles?: readonly CustomRole[]
  /** IANA time zone. */
  zone: string
  /** BCP 47. */
  locale: string
  guest: boolean
}

/** Roles, least to most; Entra groups map to them. */
export const roles = ['guest', 'developer', 'team-lead', 'platform-engineer', 'admin'] as const
export type Role = (typeof roles)[number]

/** Where something is said. */
export interface Place {
  kind: 'personal' | 'channel' | 'group' | 'terminal'
  /** The conversation, stable for the place; a thread has its own below it. */
  id: string
  /** Channel or chat name, where it has one. */
  name?: string
  /** Id of the catalog's team whose channel it is. */
  team?: string
  /** Activity id of the first message of the thread, in a channel. */
  thread?: string
}
