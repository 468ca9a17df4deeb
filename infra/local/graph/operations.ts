import type { Services } from '../frame/services.js'
import type { Kind } from './answer-list.js'
import type { Directory, DirectoryObject } from './directory.js'
import { badRequest } from './refusals.js'

/** What the operations of Graph answer from. */
export interface Operations {
  services: Services
  directory: Directory
  kinds: Record<'user' | 'group', Kind>
  /** `@odata.context` of an answer of this type. */
  context(name: string): string
}

/** The operations' view of a directory. */
export function operationsOn(services: Services, directory: Directory): Operations {
  const context = (name: string) => `${services.base}/graph/v1.0/$metadata#${name}`
  return { services, directory, kinds: kindsOf(directory), context }
}

function kindsOf(directory: Directory): Operations['kinds'] {
  const standard = (names: string) => ['id', ...names.split(' ')]
  return {
    user: {
      type: 'user',
      known: directory.users[0]!,
      standard: standard(
        'businessPhones displayName givenName jobTitle mail mobilePhone officeLocation preferredLanguage surname userPrincipalName',
      ),
      expand: { manager: directory.manager, directReports: directory.reports, memberOf: directory.groupsOf },
    },
    group: {
      type: 'group',
      known: directory.groups[0] ?? { id: '', displayName: '' },
      standard: standard(
        'createdDateTime description displayName groupTypes mail mailEnabled mailNickname membershipRule proxyAddresses resourceProvisioningOptions securityEnabled securityIdentifier visibility',
      ),
      expand: { members: directory.members, owners: directory.owners },
    },
  }
}

/** A team as `/teams` shows it. */
export const teamOf = ({ id, displayName, description, visibility }: DirectoryObject) => ({
  id,
  displayName,
  description,
  visibility,
  isArchived: false,
})

/** A list of texts in a body; anything else is a bad request. */
export function textsOf(body: unknown, name: string): string[] {
  const list = (body as Record<string, unknown> | undefined)?.[name]
  if (Array.isArray(list) && list.every((each) => typeof each === 'string')) return list
  throw badRequest(`The body must have ${name}, a list of ids.`)
}

/** Throws, where an expression is wanted. */
export const raise = (error: Error): never => {
  throw error
}
