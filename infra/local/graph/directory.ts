import { createHash } from 'node:crypto'
import type { Organisation } from '../organisation/model.js'
import { groupObjectId, personObjectId, upnOf } from '../organisation/object-ids.js'

/** A directory object with every property that Graph knows of it; an answer shows some. */
export type DirectoryObject = { id: string; displayName: string } & Record<string, unknown>

/** The Entra directory of an organisation: users, groups, and who is in which. Read-only, as an application without write permission sees it. */
export class Directory {
  readonly users: DirectoryObject[]
  readonly groups: DirectoryObject[]
  readonly #members = new Map<string, string[]>()
  readonly #owners = new Map<string, string[]>()
  readonly #managers = new Map<string, string>()
  readonly #byId = new Map<string, DirectoryObject>()

  constructor(readonly org: Organisation) {
    const object = (person: string) => personObjectId(org, person)
    this.users = org.people.map((person) => userOf(org, person))
    for (const { id, manager } of org.people) if (manager) this.#managers.set(object(id), object(manager))

    const everybody = org.people.map(({ id }) => id)
    const teams = org.teams.map((team) => {
      const members = org.people.filter((person) => person.team === team.id || person.id === team.lead)
      return { ...team, members: members.map(({ id }) => id), owners: [team.lead], rule: null }
    })
    // The team of the whole organisation, as Teams makes it: everybody is in it by a rule.
    const whole = {
      id: 'organisation',
      name: org.name,
      summary: `Everybody at ${org.name}.`,
      members: everybody,
      owners: [],
    }
    const all = org.channels.length > 0 ? [{ ...whole, rule: '(user.accountEnabled -eq true)' }, ...teams] : teams
    this.groups = [...all.map((team) => teamGroup(org, team)), ...org.groups.map((group) => securityGroup(org, group))]
    for (const { id, members, owners } of [
      ...all,
      ...org.groups.map((group) => ({ ...group, owners: [] as string[] })),
    ]) {
      this.#members.set(groupObjectId(org, id), members.map(object))
      this.#owners.set(groupObjectId(org, id), owners.map(object))
    }
    for (const each of [...this.users, ...this.groups]) this.#byId.set(each.id, each)
  }

  /** By object id or user principal name, in any case. */
  user(name: string): DirectoryObject | undefined {
    const wanted = name.toLowerCase()
    const found = this.#byId.get(wanted)
    return found && this.users.includes(found)
      ? found
      : this.users.find(({ userPrincipalName }) => userPrincipalName === wanted)
  }
  group(id: string): DirectoryObject | undefined {
    return this.groups.find((group) => group.id === id.toLowerCase())
  }
  any(id: string): DirectoryObject | undefined {
    return this.#byId.get(id.toLowerCase())
  }

  members = (group: DirectoryObject): DirectoryObject[] => this.#all(this.#members.get(group.id))
  owners = (group: DirectoryObject): DirectoryObject[] => this.#all(this.#owners.get(group.id))
  manager = (user: DirectoryObject): DirectoryObject | undefined => this.#byId.get(this.#managers.get(user.id) ?? '')
  reports = (user: DirectoryObject): DirectoryObject[] =>
    this.users.filter(({ id }) => this.#managers.get(id) === user.id)
  groupsOf = (user: DirectoryObject): DirectoryObject[] =>
    this.groups.filter(({ id }) => this.#members.get(id)?.includes(user.id))

  /** The organisation's person behind a user. */
  person = (user: DirectoryObject): Organisation['people'][number] =>
    this.org.people.find(({ id }) => personObjectId(this.org, id) === user.id)!
  /** Channels of a team's group; undefined where the group has no team. */
  channels(group: DirectoryObject): { id: string; displayName: string }[] | undefined {
    const { org } = this
    const found =
      group.id === groupObjectId(org, 'organisation')
        ? org
        : org.teams.find(({ id }) => groupObjectId(org, id) === group.id)
    return found?.channels.map(({ id, name }) => ({ id, displayName: name }))
  }

  #all = (ids: string[] = []): DirectoryObject[] => ids.map((id) => this.#byId.get(id)!)
}

/** When a directory object was created: some day in the years before, the same at each start. */
const createdOf = (id: string): string =>
  new Date(Date.UTC(2021, 0, 4, 8) + (createHash('sha1').update(id).digest().readUInt16BE(0) % 1500) * 86_400_000)
    .toISOString()
    .replace('.000', '')

function userOf(org: Organisation, person: Organisation['people'][number]): DirectoryObject {
  const upn = upnOf(org, person.id)
  const [givenName = '', ...family] = person.name.split(' ')
  return {
    businessPhones: person.phone ? [person.phone] : [],
    displayName: person.name,
    givenName,
    jobTitle: person.title,
    mail: upn,
    mobilePhone: person.phone ?? null,
    officeLocation: null,
    preferredLanguage: person.locale,
    surname: family.join(' ') || null,
    userPrincipalName: upn,
    id: personObjectId(org, person.id),
    accountEnabled: true,
    companyName: org.name,
    createdDateTime: createdOf(person.id),
    department: org.teams.find(({ id }) => id === person.team)?.name ?? null,
    mailNickname: person.id,
    onPremisesExtensionAttributes: { extensionAttribute1: person.github ?? null },
    proxyAddresses: [`SMTP:${upn}`],
    usageLocation: person.locale.split('-')[1] ?? null,
    userType: person.guest ? 'Guest' : 'Member',
  }
}

interface TeamOf {
  id: string
  name: string
  summary: string
  /** A rule that decides who is a member; null where members are added by hand. */
  rule: string | null
}

const teamGroup = (org: Organisation, { id, name, summary, rule }: TeamOf): DirectoryObject => ({
  ...groupOf(org, id, name),
  description: summary || null,
  groupTypes: rule ? ['Unified', 'DynamicMembership'] : ['Unified'],
  mail: `${id}@${org.domain}`,
  mailEnabled: true,
  membershipRule: rule,
  proxyAddresses: [`SMTP:${id}@${org.domain}`],
  resourceProvisioningOptions: ['Team'],
  securityEnabled: false,
  visibility: 'Public',
})

const securityGroup = (org: Organisation, { id, name }: { id: string; name: string }): DirectoryObject => ({
  ...groupOf(org, id, name),
  description: null,
  groupTypes: [],
  mail: null,
  mailEnabled: false,
  membershipRule: null,
  proxyAddresses: [],
  resourceProvisioningOptions: [],
  securityEnabled: true,
  visibility: null,
})

const groupOf = (org: Organisation, id: string, displayName: string) => ({
  id: groupObjectId(org, id),
  displayName,
  createdDateTime: createdOf(id),
  mailNickname: id,
  securityIdentifier: `S-1-12-1-${[0, 4, 8, 12].map((at) => createHash('sha1').update(id).digest().readUInt32BE(at)).join('-')}`,
})
