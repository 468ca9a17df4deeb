import type { OwnRole } from '../../skills/kit/group-roles.js'

/**
 * Gives each role all that it includes, what those include among it. A role that includes itself, in however many steps, includes nothing:
 * less is given where it is not clear what was meant. Pure.
 * @param own roles, each with the names that it includes directly
 * @param wrong told of a role whose `includes` is wrong, and why
 */
export function includeRoles(own: readonly OwnRole[], wrong: (role: string, what: string) => void): OwnRole[] {
  const direct = new Map(own.map(({ role, includes }) => [role.name, includes]))
  const known = mapped(direct, (name, includes) =>
    includes.filter((other) => {
      if (!direct.has(other)) wrong(name, `“${other}” is no role of this file that can be read`)
      return direct.has(other)
    }),
  )
  const straight = mapped(known, (name, includes) => {
    if (!reached(name, known).has(name)) return includes
    wrong(name, `${name} includes itself, so it includes nothing`)
    return []
  })
  return own.map((one) => ({ ...one, includes: [...reached(one.role.name, straight)] }))
}

type Includes = ReadonlyMap<string, readonly string[]>

const mapped = (from: Includes, change: (name: string, includes: readonly string[]) => readonly string[]): Includes =>
  new Map([...from].map(([name, includes]) => [name, change(name, includes)]))

/** The names that one leads to; itself among them only where it is included on the way. */
function reached(start: string, includes: Includes): Set<string> {
  const found = new Set<string>()
  const waiting = [...(includes.get(start) ?? [])]
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (found.has(next)) continue
    found.add(next)
    waiting.push(...(includes.get(next) ?? []))
  }
  return found
}
