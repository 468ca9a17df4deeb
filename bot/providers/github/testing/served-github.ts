import { githubApp } from '../../../../infra/local/github/app.js'
import { gitHub, type GitHubOptions } from '../../../../infra/local/github/github.js'
import { Server } from '../../../../infra/local/github/server.js'
import type { Organisation } from '../../../../infra/local/organisation/model.js'
import { smallOrganisation } from '../../../../infra/local/testing/small-organisation.js'
import { startVendors, type Started } from '../../../../infra/local/testing/start-vendors.js'
import type { CatalogSource, SweepPage } from '../../../../skills/kit/catalog-source.js'
import type { Claim, Json } from '../../../../skills/kit/model.js'
import { gitHubSource } from '../github-source.js'
import { refKey } from '../../../../skills/kit/ref-key.js'

type OrgRepository = Organisation['repositories'][number]

/** A repository of the organisation `northwind`, which the team `identity` has. */
export const repository = (name: string, over: Partial<OrgRepository> = {}): OrgRepository => ({
  ...{ name, host: 'github', description: '', topics: [], private: true, archived: false, files: {}, workflows: [] },
  commits: [{ by: 'dana', at: '2026-11-01T08:00:00.000Z', message: 'Begin' }],
  ...{ pulls: [], team: 'identity', ...over },
})

/** A catalog-info.yaml of a service that the team `identity` owns. */
export const catalogInfo = (name: string) =>
  `kind: Component\nmetadata:\n  name: ${name}\nspec:\n  owner: group:identity\n`

/** The local GitHub, served over HTTP, and the source that reads it. */
export interface ServedGitHub {
  served: Started
  /** What GitHub keeps, to change it. */
  server: Server
  source: CatalogSource
  /** Another source, as after a restart. */
  create(): CatalogSource
  /** What GitHub was asked, and what it answered, in order. */
  answered: { path: string; status: number }[]
}

/** Serves a GitHub with some repositories. @param options of the local GitHub, and what else the organisation has */
export async function serveGitHub(
  repositories: OrgRepository[],
  { org: over = {}, ...options }: GitHubOptions & { org?: Partial<Organisation> } = {},
): Promise<ServedGitHub> {
  const answered: ServedGitHub['answered'] = []
  const served = await startVendors({
    org: smallOrganisation({ repositories, ...over }),
    now: '2026-11-21T02:14:00.000Z',
    vendors: [
      (services) => {
        const vendor = gitHub(services, options)
        const handle: typeof vendor.handle = async (request) => {
          const answer = await vendor.handle(request)
          answered.push({ path: request.path, status: answer.status })
          return answer
        }
        return { ...vendor, handle }
      },
    ],
  })
  const { appId, privateKey } = githubApp(served.services)
  const create = () =>
    gitHubSource({
      ...{ endpoint: `${served.base}/github`, organisation: 'northwind', appId: String(appId), privateKey },
    })
  return { served, server: new Server(served.services), source: create(), create, answered }
}

/** Gives up after as long as any test takes. */
export const signal = () => AbortSignal.timeout(20_000)

/** All pages of a sweep. */
export async function pagesOf(of: CatalogSource, from?: Json): Promise<SweepPage[]> {
  const pages: SweepPage[] = []
  for await (const page of of.sweep(from, signal())) pages.push(page)
  return pages
}

/** What a sweep tells, and what it could not read. */
export async function readAll(of: CatalogSource): Promise<{ claims: Claim[]; gaps: string[] }> {
  const pages = await pagesOf(of)
  return {
    claims: pages.flatMap(({ claims }) => claims),
    gaps: pages.flatMap(({ gaps = [] }) => gaps.map(({ reason }) => reason)),
  }
}

export const keys = (claims: readonly Claim[]) => claims.map(refKey).sort()
export const find = (claims: readonly Claim[], kind: string, id: string) =>
  claims.find((claim) => claim.kind === kind && claim.id === id)
/** Ids that a claim's relations of a type lead to. */
export const to = (claim: Claim | undefined, type: string) =>
  (claim?.relations ?? []).filter((one) => one.type === type).map((one) => one.to.id)
