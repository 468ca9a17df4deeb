import type { Documents } from './documents.js'

/** Where GitHub looks for CODEOWNERS, in this order. Source: docs.github.com, "About code owners". */
const places = ['.github/CODEOWNERS', 'CODEOWNERS', 'docs/CODEOWNERS']
/** The path of a repository's CODEOWNERS, where it has one. */
export const findCodeowners = (paths: string[]): string | undefined => places.find((place) => paths.includes(place))

/** A line of CODEOWNERS that GitHub would not follow. Line and column count from 1. */
export interface CodeownersError {
  line: number
  column: number
  kind: 'Unknown owner' | 'Invalid owner'
  source: string
  suggestion: string | null
  message: string
  path: string
}

/** Every owner that is neither a team nor a member of the organisation nor an e-mail address. */
export function codeownersErrors(text: string, path: string, documents: Documents): CodeownersError[] {
  return text.split('\n').flatMap((source, index) => {
    const [pattern, ...owners] = source
      .replace(/(^|\s)#.*/, '')
      .trim()
      .split(/\s+/)
    if (!pattern) return []
    return owners.flatMap((owner): CodeownersError[] => {
      const problem = problemOf(owner, documents)
      if (!problem) return []
      const { kind, suggestion } = problem
      const column = source.indexOf(owner, pattern.length) + 1
      const message = `${kind} on line ${index + 1}: ${suggestion}\n\n  ${source}\n  ${' '.repeat(column - 1)}^`
      return [{ line: index + 1, column, kind, source, suggestion, message, path }]
    })
  })
}

function problemOf(
  owner: string,
  documents: Documents,
): { kind: CodeownersError['kind']; suggestion: string } | undefined {
  const team = /^@([\w-]+)\/([\w-]+)$/.exec(owner)
  if (team) {
    const [, organisation, slug] = team
    const known = organisation!.toLowerCase() === documents.login.toLowerCase() && documents.teamOf(slug!)
    return known
      ? undefined
      : {
          kind: 'Unknown owner',
          suggestion: `make sure the team ${owner} exists, is publicly visible, and has write access to the repository`,
        }
  }
  if (owner.startsWith('@')) {
    const person = documents.personOf(owner.slice(1))
    const known = person && documents.members.includes(person)
    return known
      ? undefined
      : { kind: 'Unknown owner', suggestion: `make sure ${owner} exists and has write access to the repository` }
  }
  return owner.includes('@')
    ? undefined
    : { kind: 'Invalid owner', suggestion: 'owners must be @user, @org/team or an e-mail address' }
}
