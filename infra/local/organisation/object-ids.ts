import { uuidOf } from '../frame/ids.js'
import type { Organisation } from './model.js'

/** Entra object id of a person, from their short id. */
export const personObjectId = (org: Pick<Organisation, 'domain'>, person: string): string =>
  uuidOf(`${org.domain}/person/${person}`)
/** Entra object id of a group; a team's group has the team's id. */
export const groupObjectId = (org: Pick<Organisation, 'domain'>, group: string): string =>
  uuidOf(`${org.domain}/group/${group}`)
/** User principal name, which is the mail address too. */
export const upnOf = (org: Pick<Organisation, 'domain'>, person: string): string => `${person}@${org.domain}`
/** Application ids that the local Entra knows: the hub's own registration, and its bot. */
export const hubAppId = (org: Pick<Organisation, 'domain'>): string => uuidOf(`${org.domain}/app/nexus`)
/** Secret of an application registration, accepted by the local token endpoint; a fact of the local tenant, not a secret of anybody's. */
export const appSecret = (appId: string): string => `local-${uuidOf(`secret/${appId}`)}`
/** Public client of the terminal: it signs people in with a password or a device code, and has no secret. */
export const terminalAppId = (org: Pick<Organisation, 'domain'>): string => uuidOf(`${org.domain}/app/nexus-terminal`)
/** Object id of an application's service principal. */
export const servicePrincipalId = (org: Pick<Organisation, 'domain'>, appId: string): string =>
  uuidOf(`${org.domain}/service-principal/${appId}`)
/** Everybody's password at the local token endpoint, which listens on loopback only and knows nobody real. */
export const localPassword = 'local'
