/**
 * The groups that a name is enough to tell, without case. Entra lets several have the same, and in many organisations anybody may make a
 * group: roles are given by names, so a name that two groups have gives nobody anything. Pure.
 */
export function groupsByName<G extends { displayName: string }>(groups: readonly G[]): G[] {
  const count = new Map<string, number>()
  for (const { displayName } of groups) count.set(key(displayName), (count.get(key(displayName)) ?? 0) + 1)
  return groups.filter(({ displayName }) => count.get(key(displayName)) === 1)
}

const key = (name: string): string => name.trim().toLowerCase()
