/**
 * The teams that a CODEOWNERS file gives the whole repository to: those of the last rule for `*`, because in CODEOWNERS the last matching
 * rule wins (GitHub docs, "About code owners"). People and paths below are left aside: a service has a team.
 */
export function ownersOfEverything(codeowners: string): string[] {
  const rules = codeowners
    .split(/\r?\n/)
    .map((line) => line.replace(/(^|\s)#.*$/, '').trim())
    .filter(Boolean)
    .map((line) => line.split(/\s+/))
  const everything = rules.filter(([pattern]) => pattern === '*' || pattern === '/**' || pattern === '**').at(-1)
  return (everything?.slice(1) ?? []).filter((owner) => /^@[\w.-]+\/[\w.-]+$/.test(owner))
}
