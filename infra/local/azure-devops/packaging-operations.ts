import type { Router, VendorRequest } from '../frame/router.js'
import { uuidOf } from '../frame/ids.js'
import { collection, page, Refusal } from './answers.js'
import type { Server } from './server.js'

type Feed = NonNullable<Server['org']['azureDevOps']['feeds']>[number]

/** The names of protocols as Azure Artifacts writes them. */
const protocols = { npm: 'Npm', nuget: 'NuGet', maven: 'Maven', pypi: 'PyPi', cargo: 'Cargo', upack: 'UPack' } as const

/** Feeds of Azure Artifacts and the packages in them. */
export function packagingOperations(router: Router, server: Server): void {
  const { org, base } = server
  const idOf = ({ name, project }: Feed) => uuidOf(`${org.domain}/ado/feed/${project ?? ''}/${name}`)
  const url = (feed: Feed) => `${base}/_apis/Packaging/Feeds/${idOf(feed)}`

  /** Of the organisation's own and, without a project in the path, of every project that is not closed. */
  const feedsIn = (request: VendorRequest): Feed[] => {
    const project = server.optionalProject(request)?.name
    return (org.azureDevOps.feeds ?? []).filter((feed) =>
      project === undefined
        ? feed.project === undefined ||
          (server.projects.some(({ name }) => name === feed.project) &&
            !server.isClosed(feed.project, server.caller(request)))
        : feed.project === project,
    )
  }
  const feedIn = (request: VendorRequest): Feed => {
    const wanted = request.params.feed!.toLowerCase()
    const found = feedsIn(request).find((feed) => idOf(feed) === wanted || feed.name.toLowerCase() === wanted)
    if (found) return found
    throw new Refusal(404, 'FeedIdNotFoundException', `The feed with ID '${request.params.feed}' doesn't exist.`)
  }
  const feedDocument = (feed: Feed) => ({
    ...{ id: idOf(feed), name: feed.name, description: '', url: url(feed), upstreamEnabled: true, isReadOnly: false },
    ...{ fullyQualifiedName: feed.name, capabilities: 'defaultCapabilities' },
    ...(feed.project && { project: server.projectReference(feed.project) }),
  })
  const packageDocument = (feed: Feed) => (one: Feed['packages'][number]) => {
    const id = uuidOf(`${idOf(feed)}/${one.ecosystem}/${one.name}`)
    return {
      ...{ id, name: one.name, normalizedName: one.name.toLowerCase(), protocolType: protocols[one.ecosystem] },
      url: `${url(feed)}/Packages/${id}`,
      versions: one.versions.slice(0, 1).map(({ version, at }) => ({
        ...{ id: uuidOf(`${id}/${version}`), version, normalizedVersion: version.toLowerCase(), publishDate: at },
        ...{ isLatest: true, isListed: true, isDeleted: false },
      })),
      _links: { web: { href: `${base}/_artifacts/feed/${feed.name}/${protocols[one.ecosystem]}/${one.name}` } },
    }
  }

  for (const scope of ['', '/{project}'])
    router
      .get(`${scope}/_apis/packaging/feeds`, (request) => collection(feedsIn(request).map(feedDocument)))
      .get(`${scope}/_apis/packaging/feeds/{feed}`, (request) => ({ status: 200, body: feedDocument(feedIn(request)) }))
      .get(`${scope}/_apis/packaging/feeds/{feed}/packages`, (request) => {
        const feed = feedIn(request)
        const protocol = request.query.protocoltype?.toLowerCase()
        const wanted = feed.packages.filter(
          ({ name, ecosystem }) =>
            (!protocol || protocols[ecosystem].toLowerCase() === protocol) &&
            name.toLowerCase().includes((request.query.packagenamequery ?? '').toLowerCase()),
        )
        return page(request, wanted, packageDocument(feed), 1_000)
      })
}
