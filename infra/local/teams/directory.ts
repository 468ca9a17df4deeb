import { createHash } from 'node:crypto'
import type { Organisation } from '../organisation/model.js'
import { groupObjectId, hubAppId, personObjectId, upnOf } from '../organisation/object-ids.js'

/** A team as Teams knows it. Its id is the thread id of its first channel, as it is with the General channel. */
export interface TeamIdentity {
  key: string
  id: string
  name: string
  aadGroupId: string
  /** Short ids of the members by organisation; who joined later is in the state. */
  members: string[]
}

/** A channel, or the chat of a person with the bot. */
export interface Place {
  id: string
  kind: 'channel' | 'personal'
  name: string
  /** Conversation id without a thread's `;messageid=`. */
  conversation: string
  /** For a channel. */
  team?: TeamIdentity
  /** For a personal chat: whose. */
  person?: string
}

/** A person as Teams knows them. */
export interface Account {
  id: string
  /** Teams user id, `29:…`. */
  mri: string
  objectId: string
  upn: string
  name: string
  title: string
  zone: string
  locale: string
  roles: string[]
  team?: string
  guest: boolean
}

const digest = (name: string, encoding: 'base64url' | 'hex') => createHash('sha512').update(name).digest(encoding)

/** Everybody and every place of the organisation under the ids that Teams would give them; the same at every start. */
export class Directory {
  readonly tenant: string
  readonly accounts: Account[]
  readonly teams: TeamIdentity[] = []
  readonly places: Place[] = []
  /** The bot's account in every conversation. */
  readonly bot: { id: string; name: string }

  constructor(org: Organisation, botName: string) {
    this.tenant = org.tenant
    this.bot = { id: `28:${hubAppId(org)}`, name: botName }
    this.accounts = org.people.map((person) => ({
      id: person.id,
      mri: `29:1${digest(`${org.tenant}/mri/${person.id}`, 'base64url')}`,
      objectId: personObjectId(org, person.id),
      upn: upnOf(org, person.id),
      name: person.name,
      title: person.title,
      zone: person.zone,
      locale: person.locale,
      roles: person.roles,
      ...(person.team ? { team: person.team } : {}),
      guest: person.guest,
    }))
    const everybody = org.people.map((person) => person.id)
    this.#addTeam(org, 'organisation', org.name, everybody, org.channels)
    for (const team of org.teams) {
      const members = org.people.filter((person) => person.team === team.id || person.id === team.lead)
      const ids = members.map((person) => person.id)
      this.#addTeam(org, team.id, team.name, ids, team.channels)
    }
    for (const person of this.accounts) this.places.push(this.#chat(person))
  }

  #addTeam(
    org: Organisation,
    key: string,
    name: string,
    members: string[],
    channels: { id: string; name: string }[],
  ): void {
    const [first] = channels
    if (!first) return
    const thread = (channel: string) =>
      `19:${digest(`${org.tenant}/${key}/${channel}`, 'hex').slice(0, 32)}@thread.tacv2`
    const team = { key, id: thread(first.id), name, aadGroupId: groupObjectId(org, key), members }
    this.teams.push(team)
    for (const channel of channels)
      this.places.push({ id: channel.id, kind: 'channel', name: channel.name, conversation: thread(channel.id), team })
  }

  #chat(person: Account): Place {
    const conversation = `a:1${digest(`${this.tenant}/chat/${person.id}`, 'base64url')}${person.mri.slice(4, 20)}`
    return { id: `personal/${person.id}`, kind: 'personal', name: person.name, conversation, person: person.id }
  }

  place = (id: string): Place | undefined => this.places.find((place) => place.id === id)
  account = (id: string): Account | undefined => this.accounts.find((account) => account.id === id)

  /** Finds a person by Teams user id or Entra object id, both of which the connector takes. */
  accountOf = (id: string): Account | undefined =>
    this.accounts.find((account) => account.mri === id || account.objectId === id.toLowerCase())

  teamOf = (id: string): TeamIdentity | undefined => this.teams.find((team) => team.id === id)
  channelsOf = (team: TeamIdentity): Place[] => this.places.filter((place) => place.team === team)

  /** The place and thread that a conversation id (`19:…@thread.tacv2;messageid=…`, `a:…`) names. */
  conversation(id: string): { place: Place; root?: string } | undefined {
    const [, thread, root] = /^([^;]+)(?:;messageid=(\d+))?$/.exec(id) ?? []
    const place = this.places.find((one) => one.conversation === thread)
    if (!place || (root && place.kind === 'personal')) return undefined
    return root ? { place, root } : { place }
  }
}

/** Conversation id of a thread of a channel, or of a chat. */
export const conversationId = (place: Place, root: string | undefined): string =>
  place.kind === 'channel' && root ? `${place.conversation};messageid=${root}` : place.conversation
