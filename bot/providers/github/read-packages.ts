import type { Octokit } from '@octokit/rest'
import type { Claim } from '../../../skills/kit/model.js'
import { ecosystemOf, gitHubRepository, packageRef } from './github-ids.js'
import { worstOf, type Alerts } from './read-alerts.js'
import { instantOf, type Reading } from './reading.js'
import { features } from './unread.js'

type Bill = Awaited<ReturnType<Octokit['rest']['dependencyGraph']['exportSbom']>>['data']['sbom']

/** A package that a repository is built with. */
export interface Dependency {
  /** Catalog id. */
  id: string
  name: string
  ecosystem: string
  version?: string
  license?: string
}

/** A package that the organisation publishes from one of its repositories. */
export interface Published {
  id: string
  name: string
  ecosystem: string
  /** Name of the repository it comes from, where GitHub knows it. */
  repository?: string
  visibility: string
  url: string
  published: string
}

/** Registries of GitHub Packages ("List packages for an organization": one must be named). */
const registries = ['npm', 'maven', 'rubygems', 'nuget', 'docker', 'container'] as const

/** What a repository is built with directly, by its dependency graph; undefined where it has none. */
export async function readDependencies(reading: Reading, repo: string): Promise<Dependency[] | undefined> {
  const { octokit, org, request, unread } = reading
  const answer = await unread.try(features.graph, repo, () =>
    octokit.rest.dependencyGraph.exportSbom({ owner: org, repo, request }),
  )
  return answer && dependenciesIn(answer.data.sbom)
}

/**
 * The packages of a bill of materials in SPDX 2.3: those that its root depends on, or all where it says of none how they hang together.
 * A package is known by its package URL; what has none is no package of a registry.
 */
export function dependenciesIn({ packages, relationships = [] }: Bill): Dependency[] {
  const root = relationships.find(({ relationshipType }) => relationshipType === 'DESCRIBES')?.relatedSpdxElement
  const direct = new Set(
    relationships
      .filter((one) => one.relationshipType === 'DEPENDS_ON' && one.spdxElementId === root)
      .map(({ relatedSpdxElement }) => relatedSpdxElement),
  )
  const wanted = packages.filter(({ SPDXID }) => SPDXID !== root && (direct.size === 0 || direct.has(SPDXID)))
  const found = wanted.flatMap((one): Dependency[] => {
    const url = one.externalRefs?.find(({ referenceType }) => referenceType === 'purl')?.referenceLocator
    const named = url === undefined ? undefined : readPackageUrl(url)
    if (!named) return []
    const version = one.versionInfo || named.version
    const license = [one.licenseConcluded, one.licenseDeclared].find((each) => each && !/^NO(ASSERTION|NE)$/.test(each))
    const ref = packageRef(named.ecosystem, named.name)
    return [{ ...named, id: ref.id, ...(version && { version }), ...(license && { license }) }]
  })
  return [...new Map([...found].reverse().map((one) => [one.id, one])).values()].sort((a, b) => (a.id < b.id ? -1 : 1))
}

/** The parts of a package URL, `pkg:type/namespace/name@version` (github.com/package-url/purl-spec); undefined where it is none. */
export function readPackageUrl(url: string): { ecosystem: string; name: string; version?: string } | undefined {
  const [, type, path, version] = /^pkg:([\w.+-]+)\/([^@?#]+)(?:@([^?#]+))?/.exec(url) ?? []
  if (!type || !path) return undefined
  try {
    const name = decodeURIComponent(path)
    return { ecosystem: ecosystemOf(type), name, ...(version && { version: decodeURIComponent(version) }) }
  } catch {
    return undefined // a percent sign that begins no code
  }
}

/** What the organisation publishes, by id. */
export async function readPublished({ octokit, org, request, unread }: Reading): Promise<Published[]> {
  const found: Published[] = []
  for (const package_type of registries) {
    const list = { org, package_type, per_page: 100, request }
    const packages = await unread.try(features.packages, org, () =>
      octokit.paginate(octokit.rest.packages.listPackagesForOrganization, list),
    )
    for (const { name, repository, visibility, html_url, updated_at } of packages ?? []) {
      const ecosystem = ecosystemOf(package_type)
      const from = repository?.name
      const ref = packageRef(ecosystem, name)
      const what = { id: ref.id, name, ecosystem, visibility, url: html_url, published: instantOf(updated_at) }
      found.push({ ...what, ...(from && { repository: from }) })
    }
  }
  return [...new Map(found.map((one) => [one.id, one])).values()]
}

/** All packages that are used or published, each once, with the versions in use and what is wrong with them. */
export function packageClaims(
  used: Iterable<readonly Dependency[]>,
  published: readonly Published[],
  alerts: Pick<Alerts, 'ofPackage'>,
  org: string,
): Claim[] {
  const all = new Map<string, { name: string; ecosystem: string; versions: Set<string>; licenses: Set<string> }>()
  const entry = ({ id, name, ecosystem }: Pick<Dependency, 'id' | 'name' | 'ecosystem'>) => {
    const known = all.get(id) ?? { name, ecosystem, versions: new Set(), licenses: new Set() }
    all.set(id, known)
    return known
  }
  for (const one of published) entry(one)
  for (const dependencies of used)
    for (const dependency of dependencies) {
      const { versions, licenses } = entry(dependency)
      if (dependency.version) versions.add(dependency.version)
      if (dependency.license) licenses.add(dependency.license)
    }
  const publishedById = new Map(published.map((one) => [one.id, one]))
  return [...all]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([id, { name, ecosystem, versions, licenses }]): Claim => {
      const [advisories, own] = [alerts.ofPackage(id), publishedById.get(id)]
      const fixedIn = [...new Set(advisories.flatMap((one) => one.fixedIn ?? []))]
      return {
        kind: 'Package',
        id,
        name,
        props: {
          ecosystem,
          ...(licenses.size && { license: [...licenses].sort().join(' or ') }),
          ...(versions.size && { versions: inOrder([...versions]) }),
          vulnerabilities: new Set(advisories.map((one) => one.id)).size,
          worst: worstOf(advisories),
          ...(advisories.length && { advisories: [...new Set(advisories.map((one) => one.id))].sort() }),
          ...(fixedIn.length && { fixedIn: inOrder(fixedIn).at(-1)! }),
          ...(own && { visibility: own.visibility, url: own.url, published: own.published, feed: 'GitHub Packages' }),
        },
        ...(own?.repository && {
          relations: [{ type: 'builtFrom', to: gitHubRepository(`${org}/${own.repository}`), why: 'GitHub Packages' }],
        }),
      }
    })
}

/** Versions, the oldest first. */
const inOrder = (versions: readonly string[]): string[] =>
  [...versions].sort((a, b) => a.localeCompare(b, 'en', { numeric: true }))
