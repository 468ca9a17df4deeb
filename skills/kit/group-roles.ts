import type { Filter } from './catalog/filter.js'
import type { CustomRole } from './custom-role.js'
import type { Role } from './model.js'

/** What Entra groups give, by their names or object ids: roles of Nexus, and an organisation's own. */
export interface GroupRoles {
  groups: Readonly<Record<string, Role>>
  /** An organisation's own roles, each with the role of Nexus that it is built on, the groups that have it, and the others it includes. */
  roles: readonly OwnRole[]
}

/** A role of an organisation's own, and who has it. */
export interface OwnRole {
  role: CustomRole
  base: Role
  /** What whoever has it may see; of use to who sees only what they were given. */
  sees: readonly Filter[]
  groups: readonly string[]
  /** Names of the roles that whoever has this one has too, all of them: what those include is among them. */
  includes: readonly string[]
}
