import { z } from 'zod/v4'
import type { Entity, Person, Role } from '../../../skills/kit/model.js'
import { isZone } from '../../../skills/kit/zoned-time.js'
import type { Identity } from '../../identity.js'

const Groups = z.array(z.string())

/**
 * The person behind a verified identity: roles from the directory's groups, zone and language from their client. Somebody the directory
 * does not know yet is a guest, who may ask for help and nothing else.
 * @param known the directory's entity of the object id
 * @param roleGroups Entra group name → role
 */
export function personOf(
  tenant: string,
  identity: Identity & { objectId: string },
  known: Entity | undefined,
  roleGroups: Record<string, Role>,
): Person {
  const groups = Groups.safeParse(known?.props.groups).data ?? []
  const roles = groups.flatMap((group) => (Object.hasOwn(roleGroups, group) ? roleGroups[group]! : []))
  const guest = !known || known.props.guest === true
  const text = (name: string) => (typeof known?.props[name] === 'string' ? known.props[name] : undefined)
  return {
    tenant,
    id: known?.id ?? identity.objectId,
    objectId: identity.objectId,
    name: known?.name ?? identity.name,
    roles: roles.length ? [...new Set(roles)] : [guest ? 'guest' : 'developer'],
    zone: firstZone(identity.zone, text('zone')),
    locale: identity.locale ?? text('locale') ?? 'en',
    guest,
  }
}

/** The first of the zones that this machine knows; UTC where there is none. */
function firstZone(...zones: (string | undefined)[]): string {
  return zones.find((zone) => zone !== undefined && isZone(zone)) ?? 'UTC'
}
