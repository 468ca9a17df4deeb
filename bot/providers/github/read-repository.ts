import { teamRef } from '../../../skills/kit/entity-ids.js'
import type { Claim, Json } from '../../../skills/kit/model.js'
import { readCatalogInfo } from './catalog-info.js'
import { ownersOfEverything } from './codeowners.js'
import { gitHubRepository } from './github-ids.js'
import { findingProps, type Alerts } from './read-alerts.js'
import type { DeployedTo } from './read-deployments.js'
import type { Dependency, Published } from './read-packages.js'
import { instantOf, type Reading, type Repository } from './reading.js'
import { features, statusOf } from './unread.js'

/** Folders in which GitHub looks for CODEOWNERS, in its order ("About code owners"). */
const codeownersFolders = ['.github', '', 'docs']
/** Mistakes of a repository's files that are told. */
const mostMistakes = 10

/** What else is known of a repository when its claim is made. */
export interface Surroundings {
  alerts: Pick<Alerts, 'of'>
  dependencies: readonly Dependency[] | undefined
  published: readonly Published[]
  environments: readonly DeployedTo[]
  /** How many pull requests are open; undefined where that was not read. */
  openPulls?: number
}

/** A repository as it was read. */
export interface ReadRepository {
  claim: Claim
  /** The services that its catalog-info.yaml declares. */
  services: Claim[]
  /** Whether that file has mistakes, so that it may declare more. */
  mistaken: boolean
}

/** A repository, and the services that its catalog-info.yaml declares. */
export async function readRepository(
  reading: Reading,
  repository: Repository,
  around: Surroundings,
): Promise<ReadRepository> {
  const ref = gitHubRepository(repository.full_name)
  const { unread } = reading
  const contents = <T>(read: () => Promise<T>) => unread.permitted(features.contents, read)
  const files = (await contents(() => readDeclarations(reading, repository))) ?? {}
  const owners = ownersOfEverything(files.codeowners?.text ?? '').map((owner) => ({
    type: 'ownedBy' as const,
    to: teamRef(owner),
    why: 'CODEOWNERS',
  }))
  const { services, mistakes: inCatalogInfo } = readCatalogInfo(files.catalogInfo ?? '', ref, owners)
  if (inCatalogInfo.length) unread.declarations(repository.full_name, inCatalogInfo[0]!)
  const release = (await contents(() => latestRelease(reading, repository))) ?? {}
  const mistakes = [
    ...inCatalogInfo.map((mistake) => `catalog-info.yaml, ${mistake}`),
    ...(files.codeowners ? await codeownersMistakes(reading, repository) : []),
  ].slice(0, mostMistakes)
  return {
    claim: {
      ...ref,
      name: repository.name,
      props: {
        ...propsOf(repository),
        ...release,
        ...findingProps(around.alerts.of(repository.name)),
        ...(mistakes.length && { mistakes }),
        ...(files.codeowners && { codeOwners: files.codeowners.path }),
        ...(around.environments.length && { environments: around.environments.map(({ name }) => name) }),
        ...(around.openPulls !== undefined && { openPulls: around.openPulls }),
      },
      relations: [...owners, ...packageRelations(repository, around)],
    },
    services,
    mistaken: inCatalogInfo.length > 0,
  }
}

/** An archived repository: nobody works on it, so only what lists say of it is told. */
export const archivedClaim = (repository: Repository): Claim => ({
  ...gitHubRepository(repository.full_name),
  name: repository.name,
  props: propsOf(repository),
})

function packageRelations(
  { name }: Repository,
  { dependencies, published }: Surroundings,
): NonNullable<Claim['relations']> {
  const to = (id: string) => ({ kind: 'Package', id })
  return [
    ...(dependencies ?? []).map(({ id, version }) => ({
      ...{ type: 'dependsOn' as const, to: to(id), why: version ? `version ${version}` : 'dependency graph' },
    })),
    ...published
      .filter(({ repository }) => repository === name)
      .map(({ id }) => ({ type: 'publishes' as const, to: to(id), why: 'GitHub Packages' })),
  ]
}

function propsOf(repository: Repository): Record<string, Json> {
  const { description, language, default_branch, html_url, topics, pushed_at, created_at, license } = repository
  const { visibility, archived } = repository
  return {
    host: 'GitHub',
    url: html_url,
    archived: archived ?? false,
    visibility: visibility ?? (repository.private ? 'private' : 'public'),
    ...(description && { summary: description }),
    ...(language && { language }),
    ...(default_branch && { branch: default_branch }),
    ...(topics?.length && { topics }),
    ...(license?.spdx_id && license.spdx_id !== 'NOASSERTION' && { license: license.spdx_id }),
    ...(created_at && { created: instantOf(created_at) }),
    ...(pushed_at && { updated: instantOf(pushed_at) }),
  }
}

/**
 * The files by which a repository says what it is and whose. Folders are listed first: a list that did not change costs none of the
 * quota, while a file that is not there would cost some each time.
 */
async function readDeclarations(
  reading: Reading,
  repository: Repository,
): Promise<{ catalogInfo?: string; codeowners?: { path: string; text: string } }> {
  const root = await namesIn(reading, repository.name, '')
  const catalogInfo = root.includes('catalog-info.yaml')
    ? await readFile(reading, repository.name, 'catalog-info.yaml')
    : undefined
  for (const folder of codeownersFolders) {
    if (folder && !root.includes(folder)) continue
    const names = folder ? await namesIn(reading, repository.name, folder) : root
    if (!names.includes('CODEOWNERS')) continue
    const path = folder ? `${folder}/CODEOWNERS` : 'CODEOWNERS'
    const text = await readFile(reading, repository.name, path)
    return { ...(catalogInfo !== undefined && { catalogInfo }), codeowners: { path, text } }
  }
  return catalogInfo === undefined ? {} : { catalogInfo }
}

/** The names in a folder; none where it is empty or gone. @throws RequestError where the app may not see it */
async function namesIn({ octokit, org, request }: Reading, repo: string, path: string): Promise<string[]> {
  try {
    const { data } = await octokit.rest.repos.getContent({ owner: org, repo, path, request })
    return Array.isArray(data) ? data.map(({ name }) => name) : []
  } catch (error) {
    // An empty repository has no root: "This repository is empty." The repository itself is there, for it was listed.
    if (statusOf(error) === 404 && (path || /empty/i.test((error as Error).message))) return []
    throw error
  }
}

async function readFile({ octokit, org, request }: Reading, repo: string, path: string): Promise<string> {
  const { data } = await octokit.rest.repos.getContent({ owner: org, repo, path, request })
  return 'content' in data ? Buffer.from(data.content, 'base64').toString('utf8') : ''
}

/** `CODEOWNERS, line 3: Unknown owner`, as GitHub reports them. */
async function codeownersMistakes({ octokit, org, request }: Reading, { name }: Repository): Promise<string[]> {
  try {
    const { data } = await octokit.rest.repos.codeownersErrors({ owner: org, repo: name, request })
    return data.errors.map(({ line, kind, source }) => `CODEOWNERS, line ${line}: ${kind} (${source?.trim()})`)
  } catch (error) {
    if (statusOf(error) === 404) return [] // an Enterprise Server before 3.5 has no such question
    throw error
  }
}

async function latestRelease({ octokit, org, request }: Reading, { name }: Repository): Promise<Record<string, Json>> {
  const { data } = await octokit.rest.repos.listReleases({ owner: org, repo: name, per_page: 10, request })
  const last = data.find(({ draft, prerelease }) => !draft && !prerelease)
  return last ? { release: last.tag_name, ...(last.published_at && { released: instantOf(last.published_at) }) } : {}
}
