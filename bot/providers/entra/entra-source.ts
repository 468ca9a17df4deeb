import type { Client, PageCollection } from '@microsoft/microsoft-graph-client'
import { sweepOfAll, type CatalogSource } from '../../../skills/kit/catalog-source.js'
import { personRef, teamRef } from '../../../skills/kit/entity-ids.js'
import { unavailable } from '../../../skills/kit/errors.js'
import type { Claim } from '../../../skills/kit/model.js'
import { groupsByName } from './groups-by-name.js'
import { graphClient, shortWaits, type GraphOptions } from './graph-client.js'
import { retryAfterIn, type AnswerHeaders } from '../../retry-after.js'

interface User {
  id: string
  displayName: string
  mail: string | null
  userPrincipalName: string
  jobTitle: string | null
  mobilePhone: string | null
  businessPhones?: string[]
  preferredLanguage: string | null
  userType: string | null
  accountEnabled?: boolean
  mailboxSettings?: { timeZone?: string }
}

interface Group {
  id: string
  displayName: string
  description: string | null
  mailNickname: string
  resourceProvisioningOptions?: string[]
  members?: { id: string }[]
}

const userFields =
  'id,displayName,mail,userPrincipalName,jobTitle,mobilePhone,businessPhones,preferredLanguage,userType,accountEnabled'

/** People, teams and who is in which, from Microsoft Graph. A group is a team where it has a team in Teams. */
export function entraSource(options: GraphOptions): CatalogSource {
  const connected = graphClient(options)
  return {
    name: 'entra',
    title: 'Entra ID',
    sweep: sweepOfAll(async () => {
      const client = await connected()
      const users = await readAll<User>(client, '/users', userFields)
      const groups = await readAll<Group>(
        client,
        '/groups',
        'id,displayName,description,mailNickname,resourceProvisioningOptions',
      )
      for (const group of groups)
        group.members = await readAll<{ id: string }>(client, `/groups/${group.id}/members`, 'id')
      const mails = new Map(users.map((user) => [user.id, mailOf(user)]))
      const named = groupsByName(groups)
      const teams = groups.filter(({ resourceProvisioningOptions }) => resourceProvisioningOptions?.includes('Team'))
      return [
        ...users
          .filter(({ accountEnabled }) => accountEnabled !== false)
          .map((user) => personClaim(user, { groups, named, teams })),
        ...teams.map((group) => teamClaim(group, mails)),
      ]
    }),
  }
}

async function readAll<T>(client: Client, path: string, fields: string): Promise<T[]> {
  const found: T[] = []
  const waits = [await shortWaits()]
  try {
    let page: PageCollection = await client.api(path).middlewareOptions(waits).select(fields).top(100).get()
    found.push(...(page.value as T[]))
    while (page['@odata.nextLink']) {
      page = await client.api(page['@odata.nextLink']).middlewareOptions(waits).get()
      found.push(...(page.value as T[]))
    }
  } catch (error) {
    const { statusCode: status, headers } = error as { statusCode?: number; headers?: AnswerHeaders }
    throw unavailable(saidOf(status), undefined, error, retryAfterIn(headers))
  }
  return found
}

function saidOf(status: number | undefined): string {
  if (status === 401 || status === 403) return "Microsoft Graph refuses Nexus's credential."
  return status === 429 ? 'Microsoft Graph asks to wait: too many requests.' : 'Microsoft Graph does not answer.'
}

const mailOf = ({ mail, userPrincipalName }: User): string => mail ?? userPrincipalName

/** A person, with what they are in of every group, of those that a name is enough to tell, and of those that are teams. */
function personClaim(
  user: User,
  { groups, named, teams }: Record<'groups' | 'named' | 'teams', readonly Group[]>,
): Claim {
  const isMember = ({ members }: Group) => members?.some(({ id }) => id === user.id) ?? false
  const phone = user.mobilePhone ?? user.businessPhones?.[0]
  return {
    ...personRef(mailOf(user)),
    name: user.displayName,
    aliases: [mailOf(user).split('@')[0]!],
    props: {
      objectId: user.id,
      mail: mailOf(user),
      guest: user.userType === 'Guest',
      groups: named
        .filter(isMember)
        .map(({ displayName }) => displayName)
        .sort(),
      groupIds: groups
        .filter(isMember)
        .map(({ id }) => id)
        .sort(),
      ...(user.jobTitle && { jobTitle: user.jobTitle }),
      ...(phone && { phone }),
      ...(user.preferredLanguage && { locale: user.preferredLanguage }),
    },
    relations: teams
      .filter(isMember)
      .map(({ displayName }) => ({ type: 'memberOf' as const, to: teamRef(displayName), why: 'Entra group' })),
  }
}

const teamClaim = (
  { id, displayName, description, mailNickname, members }: Group,
  mails: ReadonlyMap<string, string>,
): Claim => ({
  ...teamRef(displayName),
  name: displayName,
  aliases: [mailNickname],
  props: {
    groupId: id,
    members: members?.filter((member) => mails.has(member.id)).length ?? 0,
    ...(description && { summary: description }),
  },
})
