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
