import { numberOf } from '../frame/ids.js'
import type { Router } from '../frame/router.js'
import { iso, or404, page, Refusal, unprocessable } from './answers.js'
import type { Server } from './server.js'
import type { Repository } from './state.js'

/** GitHub Packages' registries ("List packages for an organization"). */
const registries = ['npm', 'maven', 'rubygems', 'docker', 'nuget', 'container']

/** Ecosystems as package URLs have them, by GitHub's own names (github.com/package-url/purl-spec). */
const purlTypes: Record<string, string> = {
  pip: 'pypi',
  rubygems: 'gem',
  rust: 'cargo',
  go: 'golang',
  actions: 'githubactions',
}

/** Packages: what the organisation publishes, and what each repository is built with. */
export function packageOperations(router: Router, server: Server): void {
  const { documents } = server
  const published = (repositories: Repository[]) =>
    repositories.flatMap((repository) => repository.packages.map((one) => ({ ...one, repository })))

  const packageDocument = ({ type, name, versions, repository }: ReturnType<typeof published>[number]) => {
    const path = `${documents.login}/packages/${type}`
    return {
      ...{
        id: numberOf(`${documents.login}/${type}/${name}`),
        name,
        package_type: type,
        version_count: versions.length,
      },
      ...{
        visibility: repository.private ? 'private' : 'public',
        owner: documents.account(documents.login, 'Organization'),
      },
      url: `${documents.api}/orgs/${path}/${encodeURIComponent(name)}`,
      html_url: `${documents.site}/orgs/${path}/package/${encodeURIComponent(name)}`,
      ...{ created_at: iso(repository.created), updated_at: iso(versions.at(-1)?.at ?? repository.created) },
      repository: documents.repository(repository),
    }
  }

  router
    .get('/orgs/{org}/packages', (request) => {
      server.checkOrganisation(request)
      const type = request.query.package_type
      if (!type) throw new Refusal(400, 'Package type is missing.')
      if (!registries.includes(type))
        throw unprocessable(`Package type ${type} is not one of ${registries.join(', ')}.`)
      return page(
        request,
        published(server.repositories(request)).filter((one) => one.type === type),
        packageDocument,
      )
    })
    .get('/orgs/{org}/packages/{type}/{name}', (request) => {
      server.checkOrganisation(request)
      const { type, name } = request.params
      const all = published(server.repositories(request))
      return { status: 200, body: packageDocument(or404(all.find((one) => one.type === type && one.name === name))) }
    })
    .get('/repos/{owner}/{repo}/dependency-graph/sbom', (request) => {
      const repository = server.repositoryIn(request)
      if (!repository.dependencyGraph) throw new Refusal(404, 'Not Found', { page: '/dependency-graph/sboms' })
      return { status: 200, body: { sbom: billOf(server, repository) } }
    })
}

/** A bill of materials in SPDX 2.3, as "Export a software bill of materials (SBOM) for a repository" gives it. */
function billOf({ documents, now }: Server, repository: Repository): Record<string, unknown> {
  const full = `${documents.login}/${repository.name}`
  const root = { SPDXID: `SPDXRef-github-${documents.login}-${repository.name}`, name: `com.github.${full}` }
  const none = { downloadLocation: 'NOASSERTION', filesAnalyzed: false, supplier: 'NOASSERTION' }
  const packages = repository.dependencies.map(({ ecosystem, name, version, license }) => {
    const path = name.replace(':', '/').split('/').map(encodeURIComponent).join('/')
    const locator = `pkg:${purlTypes[ecosystem] ?? ecosystem}/${path}@${version}`
    return {
      ...{ SPDXID: `SPDXRef-${ecosystem}-${name.replace(/[^\w.-]/g, '-')}-${version}`, name, versionInfo: version },
      ...{ ...none, ...(license && { licenseConcluded: license }), copyrightText: 'NOASSERTION' },
      externalRefs: [{ referenceCategory: 'PACKAGE-MANAGER', referenceType: 'purl', referenceLocator: locator }],
    }
  })
  const purl = `pkg:github/${full}@${repository.git.defaultBranch}`
  return {
    ...{ SPDXID: 'SPDXRef-DOCUMENT', spdxVersion: 'SPDX-2.3', dataLicense: 'CC0-1.0', name: root.name },
    creationInfo: { created: iso(now()), creators: ['Tool: GitHub.com-Dependency-Graph'] },
    documentNamespace: `https://spdx.org/spdxdocs/protobom/${repository.id}`,
    packages: [
      {
        ...{ ...root, versionInfo: repository.git.defaultBranch, ...none },
        externalRefs: [{ referenceCategory: 'PACKAGE-MANAGER', referenceType: 'purl', referenceLocator: purl }],
      },
      ...packages,
    ],
    relationships: [
      ...packages.map(({ SPDXID }) => ({
        ...{ relationshipType: 'DEPENDS_ON', spdxElementId: root.SPDXID, relatedSpdxElement: SPDXID },
      })),
      { relationshipType: 'DESCRIBES', spdxElementId: 'SPDXRef-DOCUMENT', relatedSpdxElement: root.SPDXID },
    ],
  }
}
