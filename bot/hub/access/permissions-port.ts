import type { Filter } from '../../../skills/kit/catalog/filter.js'
import { placeOfKind, type Entity, type Person } from '../../../skills/kit/model.js'
import type { ExplainedPermission, Permissions } from '../../../skills/kit/permissions.js'
import type { People } from '../../../skills/kit/ports.js'
import type { Intent } from '../../../skills/kit/reply.js'
import { thingsOf } from '../audience/cut-reply.js'
import type { Registered, Registry } from '../registry.js'
import type { Access } from './access.js'
import { gives, permit, useOf, type SightDecision, type Use } from './permit.js'

/** What explaining a permission needs. */
export interface PermissionsParts {
  access: Access
  registry: Pick<Registry, 'find' | 'commands'>
  people: Pick<People, 'fitting'>
  /** The command that words mean, said by the same person; undefined where they mean none. */
  meant(words: string): Promise<Intent | undefined>
}

/** Most things of one name, and most people who can help, that are told of. */
const most = 5

/** The permission of one person, explained to them, with no more told than they may know. */
export function permissionsPort({ access, registry, people, meant }: PermissionsParts, person: Person): Permissions {
  const { whole } = access

  async function ofEntity(thing: Entity): Promise<ExplainedPermission[]> {
    const { maySee } = await access.of(person)
    const decision = maySee(thing)
    if (decision.secret) return []
    const { kind, id, name } = thing
    return [{ title: name, thing: { kind, id }, decision, grantors: await grantorsOf(thing, decision) }]
  }

  async function grantorsOf(thing: Entity, { allowed, owningTeam }: SightDecision): Promise<Entity[]> {
    if (allowed) return []
    const leads = owningTeam ? await leadsOf(thing) : []
    return leads.length ? leads : admins()
  }

  /** Who leads the teams that own a thing, or what it is part of: by what a source says, else the Team Leads among their members. */
  async function leadsOf(thing: Entity): Promise<Entity[]> {
    const out = async (from: Entity, type: 'ownedBy' | 'partOf' | 'leadBy') =>
      (await whole.related(from, { type, direction: 'out' })).map(({ entity }) => entity)
    const owners = [thing, ...(await out(thing, 'partOf'))].map((one) => out(one, 'ownedBy'))
    const teams = (await Promise.all(owners)).flat()
    const named = (await Promise.all(teams.map((team) => out(team, 'leadBy')))).flat()
    if (named.length) return once(named)
    const fitting = await Promise.all(teams.map(({ id }) => people.fitting({ role: 'team-lead', team: id })))
    return byId(fitting.flat().map(({ id }) => id))
  }

  async function admins(): Promise<Entity[]> {
    return byId((await people.fitting({ role: 'admin' })).map(({ id }) => id))
  }

  async function byId(ids: readonly string[]): Promise<Entity[]> {
    const found = await Promise.all(ids.slice(0, most).map((id) => whole.get({ kind: 'Person', id })))
    return once(found.filter((one) => one !== undefined))
  }

  /** Those who own a role that would do, and the Admins. */
  async function grantorsOfUse(use: Use): Promise<Entity[]> {
    const would = (await access.policy()).roles.filter(({ role }) => gives(role, use))
    return once([...(await byId(would.flatMap(({ role }) => role.owners))), ...(await admins())])
  }

  return {
    async ofThing(name) {
      const filter: Filter = { any: ['name', 'id'].map((property) => ({ property, is: '=', value: name.trim() })) }
      const { entities } = await whole.find({ filter, limit: most * 4 })
      const sorted = entities.toSorted((a, b) => placeOfKind(a.kind) - placeOfKind(b.kind))
      return (await Promise.all(sorted.map(ofEntity))).flat().slice(0, most)
    },
    async ofDoing(words) {
      const said = words.trim().toLowerCase()
      const listed = registry.commands.find(({ id, slash }) => id === said || slash === said || slash === `/${said}`)
      const intent = listed ? { command: listed.id, args: {} } : await meant(words)
      const found: Registered | undefined = intent && registry.find(intent.command)
      if (!intent || !found) return undefined
      const use = useOf(found)
      const decision = permit({ person, use })
      if (!decision.allowed) return { title: use.title, decision, grantors: await grantorsOfUse(use) }
      const things = await Promise.all(thingsOf(intent.args).map((ref) => whole.get(ref)))
      const hidden = (await Promise.all(things.flatMap((thing) => (thing ? [ofEntity(thing)] : [])))).flat()
      return hidden.find((one) => !one.decision.allowed) ?? { title: use.title, decision, grantors: [] }
    },
  }
}

const once = (entities: readonly Entity[]): Entity[] =>
  [...new Map(entities.map((entity) => [entity.id, entity])).values()].slice(0, most)
