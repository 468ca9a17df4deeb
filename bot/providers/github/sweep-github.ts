import { z } from 'zod/v4'
import type { SweepPage } from '../../../skills/kit/catalog-source.js'
import { environmentAliases, environmentRef } from '../../../skills/kit/environment-names.js'
import type { Claim, Json, Ref } from '../../../skills/kit/model.js'
import type { Knowledge } from './knowledge.js'
import { readDeployments, readEnvironments, type DeployedTo } from './read-deployments.js'
import { packageClaims, type Dependency } from './read-packages.js'
import type { People } from './read-people.js'
import { readPulls } from './read-pulls.js'
import { archivedClaim, readRepository } from './read-repository.js'
import { readWorkflows } from './read-workflows.js'
import { instantOf, type Reading, type Repository } from './reading.js'
import { isClosed } from './unread.js'

/** Where a sweep stands: people, then a repository a page in the order of their names, then what only all of them together tell. */
const Cursor = z.object({
  step: z.enum(['people', 'repositories', 'together']),
  /** Name of the last repository, or id of the last package, that was told. */
  after: z.string(),
  /** Services that were told: of two repositories that declare one, the first stands. */
  services: z.array(z.string()),
  environments: z.array(z.object({ name: z.string(), guarded: z.boolean() })),
  /** The newest push when the sweep began: from there on deltas count. */
  pushed: z.string(),
})
type Cursor = z.output<typeof Cursor>

/** Packages on a page. */
const packagesAPage = 500

/** The organisation's repositories that the app was given, by name: of the others it could tell no more than that they are there. */
export async function listRepositories({ octokit, request }: Reading): Promise<Repository[]> {
  const found = await octokit.paginate(octokit.rest.apps.listReposAccessibleToInstallation, { per_page: 100, request })
  return found.sort((a, b) => (placeOf(a) < placeOf(b) ? -1 : 1))
}
const placeOf = ({ name }: Repository): string => name.toLowerCase()

/** Everything of an organisation, page by page. @throws Fault or RequestError; what was told until then stays told */
export async function* sweepGitHub(
  reading: Reading,
  knowledge: Knowledge,
  from: Json | undefined,
): AsyncGenerator<SweepPage> {
  const begun = from === undefined ? undefined : Cursor.safeParse(from).data
  if (!begun) knowledge.begin()
  const repositories = await listRepositories(reading)
  let cursor: Cursor = begun ?? {
    ...{ step: 'people', after: '', services: [], environments: [] },
    pushed: newestPush(repositories),
  }
  if (cursor.step === 'people') {
    const { people, teams } = await knowledge.readPeople(reading, repositories)
    cursor = { ...cursor, step: 'repositories' }
    yield page([...teams, ...people.claims()], cursor, reading, { done: 0, of: repositories.length })
  }
  if (cursor.step === 'repositories') {
    const people = await knowledge.people(reading, async () => repositories)
    for (const [index, repository] of repositories.entries()) {
      if (placeOf(repository) <= cursor.after) continue
      reading.quota.check()
      const read = await readWhole(reading, knowledge, repository, people)
      const fresh = read.services.filter(({ id }) => !cursor.services.includes(id))
      cursor = {
        ...cursor,
        after: placeOf(repository),
        services: [...cursor.services, ...fresh.map(({ id }) => id)],
        environments: together([...cursor.environments, ...read.environments]),
      }
      yield page([...read.claims, ...fresh], cursor, reading, { done: index + 1, of: repositories.length })
    }
    cursor = { ...cursor, step: 'together', after: '' }
  }
  yield* sweepTogether(reading, knowledge, repositories, cursor)
}

function page(claims: Claim[], cursor: Cursor, { unread }: Reading, progress: { done: number; of: number }): SweepPage {
  const gaps = unread.fresh()
  return { claims, cursor, ...(gaps.length && { gaps }), progress: { ...progress, what: 'repositories' } }
}

/** What only all repositories together tell: environments, and packages with who uses them. */
async function* sweepTogether(
  reading: Reading,
  knowledge: Knowledge,
  repositories: readonly Repository[],
  cursor: Cursor,
): AsyncGenerator<SweepPage> {
  const used: (readonly Dependency[])[] = []
  for (const { name, archived } of repositories) {
    if (archived) continue
    reading.quota.check()
    used.push((await knowledge.dependencies(reading, name)) ?? [])
  }
  const published = await knowledge.published(reading)
  const packages = packageClaims(used, published, await knowledge.alerts(reading), reading.org)
  const left = packages.filter(({ id }) => id > cursor.after)
  const first = cursor.after ? [] : cursor.environments.map(environmentClaim)
  const watermark = { pushed: cursor.pushed }
  const progress = { done: repositories.length, of: repositories.length }
  do {
    const some = left.splice(0, packagesAPage)
    const next = { ...cursor, after: some.at(-1)?.id ?? cursor.after }
    const told = page([...first.splice(0), ...some], next, reading, progress)
    const gaps = [...(told.gaps ?? []), ...(left.length ? [] : reading.unread.off())]
    yield { ...told, ...(gaps.length && { gaps }), ...(!left.length && { watermark }) }
  } while (left.length)
}

/** What one repository tells. */
interface Whole {
  claims: Claim[]
  services: Claim[]
  environments: DeployedTo[]
  /** Services that it declared before, and nobody declares any more. */
  gone: Ref[]
}

/** What one repository tells. One that is closed to the app is a gap, and the sweep goes on. */
export async function readWhole(
  reading: Reading,
  knowledge: Knowledge,
  repository: Repository,
  people: People,
): Promise<Whole> {
  const nothing = { services: [], environments: [], gone: [] }
  if (repository.archived) return { ...nothing, claims: [archivedClaim(repository)] }
  try {
    const pulls = await readPulls(reading, repository, people)
    const environments = await readEnvironments(reading, repository)
    const { claim, services, mistaken } = await readRepository(reading, repository, {
      alerts: await knowledge.alerts(reading),
      dependencies: await knowledge.dependencies(reading, repository.name),
      published: await knowledge.published(reading),
      environments,
      ...(pulls && { openPulls: pulls.length }),
    })
    const parts = [
      ...(await readWorkflows(reading, repository, people)),
      ...(await readDeployments(reading, repository, people)),
    ]
    const gone = mistaken ? [] : knowledge.noteServices(repository.full_name, services)
    return { claims: [claim, ...(pulls ?? []), ...parts], services: firstOfEach(services), environments, gone }
  } catch (error) {
    if (!isClosed(error)) throw error
    reading.unread.repository(repository.name, error)
    return { ...nothing, claims: [] }
  }
}

/** A catalog-info.yaml may declare one service twice; the first stands. */
const firstOfEach = (claims: readonly Claim[]): Claim[] =>
  [...new Map([...claims].reverse().map((claim) => [claim.id, claim])).values()].reverse()

/** Environments by their usual name; one that is guarded anywhere is guarded. */
function together(environments: readonly DeployedTo[]): DeployedTo[] {
  const found = new Map<string, DeployedTo>()
  for (const one of environments) {
    const { id } = environmentRef(one.name)
    const known = found.get(id) ?? one
    found.set(id, { name: known.name, guarded: known.guarded || one.guarded })
  }
  return [...found.values()]
}

const environmentClaim = ({ name, guarded }: DeployedTo): Claim => ({
  ...environmentRef(name),
  name,
  aliases: environmentAliases(name),
  props: { protected: guarded },
})

const newestPush = (repositories: readonly Repository[]): string =>
  repositories.reduce((newest, { pushed_at }) => {
    const at = pushed_at ? instantOf(pushed_at) : ''
    return at > newest ? at : newest
  }, '')
