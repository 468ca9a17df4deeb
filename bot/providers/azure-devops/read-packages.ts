import type { Claim, Instant } from '../../../skills/kit/model.js'
import { path } from './azure-devops-client.js'
import { ecosystemOf, packageRef } from './azure-devops-ids.js'
import { given, readSkipping, type Reading } from './reading.js'
import { features } from './unread.js'

const area = 'packaging' as const

/** A package as one feed has it. */
interface Packaged {
  id: string
  name: string
  ecosystem: string
  feed: string
  version?: string
  published?: Instant
  visibility?: string
  url?: string
}

/** The packages of all feeds that Nexus may read, each once, by id: of two feeds, the newest stands. */
export async function readPackages(reading: Reading): Promise<Claim[]> {
  const { client, signal, unread } = reading
  const feeds = await unread.try(features.feeds, 'organisation', () =>
    client.get('_apis/packaging/feeds', {}, signal, { area }),
  )
  const found: Packaged[] = []
  for (const feed of feeds?.items ?? []) {
    const [id, name] = [feed.text('id'), feed.text('name')]
    if (!id || !name) continue
    const project = feed.object('project')
    const scope = project.text('id') ? `${path`${project.text('id')!}`}/` : ''
    const at = `${scope}${path`_apis/packaging/feeds/${id}/packages`}`
    const packages = await unread.try(features.feeds, project.text('name') ?? name, () =>
      readSkipping((paging) => client.get(at, { ...paging, includeUrls: true }, signal, { area })),
    )
    const visibility = project.text('visibility') === 'public' ? 'public' : 'internal'
    for (const one of packages ?? []) {
      const [called, protocol] = [one.text('name'), one.text('protocolType')]
      if (!called || !protocol) continue
      const newest =
        one.objects('versions').find((each) => each.text('isLatest') === 'true') ?? one.objects('versions')[0]
      const ecosystem = ecosystemOf(protocol)
      const version = newest?.text('version')
      const published = newest?.instant('publishDate')
      const url = one.object('_links').object('web').text('href', 2_000)
      found.push({
        ...{ id: packageRef(ecosystem, called).id, name: called, ecosystem, feed: name, visibility },
        ...given({ version, published, url }),
      })
    }
  }
  return claimsOf(found)
}

function claimsOf(packages: readonly Packaged[]): Claim[] {
  const byId = new Map<string, Packaged[]>()
  for (const one of packages) byId.set(one.id, [...(byId.get(one.id) ?? []), one])
  return [...byId]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([id, same]): Claim => {
      const [newest] = [...same].sort((a, b) => ((a.published ?? '') > (b.published ?? '') ? -1 : 1)) as [Packaged]
      const { name, ecosystem, version, published, visibility, url } = newest
      const versions = [...new Set(same.flatMap((one) => one.version ?? []))]
      return {
        ...{ kind: 'Package', id, name },
        props: given({
          ecosystem,
          version,
          published,
          visibility,
          url,
          feed: [...new Set(same.map(({ feed }) => feed))].sort().join(', '),
          versions: versions.length > 1 ? versions.sort() : undefined,
        }),
      }
    })
}
