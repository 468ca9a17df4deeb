import type { Ref } from './model.js'

/**
 * How the sources agree on ids without knowing each other: what every one of them can see is the id. A person is their mail address, a
 * team and a service the plain form of its name, an Azure resource its ARM id, which ARM itself compares without case.
 */

/** A name in plain form: lower case, words joined by hyphens. */
export const plainName = (name: string): string =>
  name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')

export const personRef = (mail: string): Ref => ({ kind: 'Person', id: mail.toLowerCase() })
/** "Identity Team", "identity" and "@contoso/identity" are one team. */
export const teamRef = (name: string): Ref => ({
  kind: 'Team',
  id: plainName(name.replace(/^@[^/]+\//, '').replace(/[\s-]+team$/i, '')),
})
export const serviceRef = (name: string): Ref => ({ kind: 'Service', id: plainName(name) })
export const resourceRef = (armId: string): Ref => ({ kind: 'Resource', id: armId.toLowerCase() })
/** A repository is named by its host and full name: `github/contoso/auth-api`. */
export const repositoryRef = (host: 'github' | 'azure-devops', fullName: string): Ref => ({
  kind: 'Repository',
  id: `${host}/${fullName.toLowerCase()}`,
})
