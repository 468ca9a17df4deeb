import { z } from 'zod/v4'
import type { GroupRoles } from '../../../skills/kit/group-roles.js'
import type { Entity, Person } from '../../../skills/kit/model.js'
import { isZone } from '../../../skills/kit/zoned-time.js'
import type { Identity } from '../../identity.js'

const Groups = z.array(z.string())

/**
 * The person behind a verified identity: roles from the directory's groups, zone and language from their client. Somebody the directory
 * does not know yet is a guest, who may ask for help and nothing else.
 * @param known the directory's entity of the object id
 * @param given what Entra groups give
 */
export function personOf(
  tenant: string,
  identity: Identity & { objectId: string },
  known: Entity | undefined,
  given: GroupRoles,
): Person {
  const groups = ['groups', 'groupIds'].flatMap((name) => Groups.safeParse(known?.props[name]).data ?? [])
  const held = given.roles.filter((role) => role.groups.some((group) => groups.includes(group)))
  const own = given.roles.filter(
    (one) => held.includes(one) || held.some(({ includes }) => includes.includes(one.role.name)),
  )
  const built = groups.flatMap((group) => (Object.hasOwn(given.groups, group) ? given.groups[group]! : []))
  const guest = !known || known.props.guest === true
  // What an employee may is theirs whatever role they were given besides.
  const roles = [...built, ...own.map(({ base }) => base), ...(guest || built.length ? [] : ['developer' as const])]
  const text = (name: string) => (typeof known?.props[name] === 'string' ? known.props[name] : undefined)
  return {
    tenant,
    id: known?.id ?? identity.objectId,
    objectId: identity.objectId,
    name: known?.name ?? identity.name,
    roles: roles.length ? [...new Set(roles)] : ['guest'],
    ...(own.length && { customRoles: own.map(({ role }) => role) }),
    zone: firstZone(identity.zone, text('zone')),
    locale: identity.locale ?? text('locale') ?? 'en',
    guest,
  }
}

/** The first of the zones that this machine knows; UTC where there is none. */
function firstZone(...zones: (string | undefined)[]): string {
  return zones.find((zone) => zone !== undefined && isZone(zone)) ?? 'UTC'
}
