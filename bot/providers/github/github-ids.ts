import { repositoryRef } from '../../../skills/kit/entity-ids.js'
import type { Ref } from '../../../skills/kit/model.js'

/** How GitHub's things are called in the catalog. Each id begins with its repository's, so that a repository's own are found by it. */
const below = (kind: string, repository: Ref, rest: string): Ref => ({ kind, id: `${repository.id}${rest}` })

export const gitHubRepository = (fullName: string): Ref => repositoryRef('github', fullName)
export const pullRef = (repository: Ref, number: number | string): Ref => below('PullRequest', repository, `#${number}`)
/** A workflow is its file, which stays when GitHub gives it a new number. */
export const workflowRef = (repository: Ref, path: string): Ref =>
  below('Pipeline', repository, `/workflows/${path.replace(/^\.github\/workflows\//, '').replace(/@.*$/, '')}`)
export const runRef = (repository: Ref, id: number | string): Ref => below('Run', repository, `/runs/${id}`)
export const deploymentRef = (repository: Ref, id: number | string): Ref =>
  below('Deployment', repository, `/deployments/${id}`)

/** A person by their GitHub name, where the mail address is not known yet: only a reading finds out who that is. */
export const loginRef = (login: string): Ref => ({ kind: 'Person', id: `@${login.toLowerCase()}` })
/** The GitHub name in such a ref. */
export const loginIn = ({ kind, id }: Ref): string | undefined =>
  kind === 'Person' && id.startsWith('@') ? id.slice(1) : undefined

/** The repository that an id of ours begins with, and what follows: `["contoso", "auth-api", "#7"]`. */
export function partsOf({ id }: Ref): { owner: string; repo: string; rest: string } | undefined {
  const [, owner, repo, rest] = /^github\/([^/#]+)\/([^/#]+)(.*)$/.exec(id) ?? []
  return owner && repo ? { owner, repo, rest: rest ?? '' } : undefined
}

/** Ecosystems by the names that GitHub's advisories, package registry and package URLs have for them. */
const ecosystems: Record<string, string> = {
  pip: 'pypi',
  gem: 'rubygems',
  rust: 'cargo',
  golang: 'go',
  githubactions: 'actions',
  container: 'docker',
}
/** The one name of an ecosystem. */
export const ecosystemOf = (name: string): string => ecosystems[name.toLowerCase()] ?? name.toLowerCase()

/** A package, whatever its version: `npm/@contoso/design-system`. Maven's group and artifact are joined as in a package URL. */
export const packageRef = (ecosystem: string, name: string): Ref => ({
  kind: 'Package',
  id: `${ecosystemOf(ecosystem)}/${name.replace(':', '/').toLowerCase()}`,
})
