import type { Delta } from '../../../skills/kit/catalog-source.js'
import type { Claim, Ref } from '../../../skills/kit/model.js'
import { gitHubRepository, loginIn, partsOf, pullRef } from './github-ids.js'
import type { Knowledge } from './knowledge.js'
import { readAlerts } from './read-alerts.js'
import { readDeployment, readEnvironments } from './read-deployments.js'
import { packageClaims } from './read-packages.js'
import type { People } from './read-people.js'
import { readPull, readPulls } from './read-pulls.js'
import { archivedClaim, readRepository } from './read-repository.js'
import { readRun, readWorkflow } from './read-workflows.js'
import type { Reading, Repository } from './reading.js'
import { listRepositories, readWhole } from './sweep-github.js'
import { isClosed, statusOf } from './unread.js'
import { eachOnce } from '../../../skills/kit/ref-key.js'

type Reread = Pick<Delta, 'claims' | 'gone'>

/** Closed pull requests of a repository that are looked at for a delta. */
const closedLookedAt = 50

/**
 * Reads some entities anew. What another organisation has, or what cannot be read one by one, is passed over: it is neither told nor gone.
 */
export async function rereadGitHub(reading: Reading, knowledge: Knowledge, refs: readonly Ref[]): Promise<Reread> {
  const read: Reread = { claims: [], gone: [] }
  const add = ({ claims, gone }: Reread): void => void (read.claims.push(...claims), read.gone.push(...gone))
  const people = await knowledge.people(reading, () => listRepositories(reading))
  for (const ref of refs) {
    reading.quota.check()
    const parts = partsOf(ref)
    if (parts && parts.owner === reading.org.toLowerCase())
      add(await orGone(ref, rereadOne(reading, knowledge, ref, people)))
  }
  if (refs.some(({ kind }) => kind === 'Team' || kind === 'Person')) add(await rereadPeople(reading, knowledge, refs))
  if (refs.some(({ kind }) => kind === 'Package')) read.claims.push(...(await rereadPackages(reading, knowledge, refs)))
  return { claims: eachOnce(read.claims), gone: eachOnce(read.gone) }
}

/** What is not there any more is gone; what is closed to the app is neither told nor gone. */
async function orGone(ref: Ref, read: Promise<Reread | undefined>): Promise<Reread> {
  try {
    const { claims, gone } = (await read) ?? { claims: [], gone: undefined }
    if (!gone) return { claims: [], gone: [] }
    const isThere = claims.some(({ kind, id }) => kind === ref.kind && id === ref.id)
    return { claims, gone: isThere ? gone : [...gone, { kind: ref.kind, id: ref.id }] }
  } catch (error) {
    if (!isClosed(error)) throw error
    return {
      claims: [],
      gone: statusOf(error) === 404 || statusOf(error) === 410 ? [{ kind: ref.kind, id: ref.id }] : [],
    }
  }
}

/** What became of one entity of a repository; undefined where it cannot be read by itself. */
async function rereadOne(
  reading: Reading,
  knowledge: Knowledge,
  ref: Ref,
  people: People,
): Promise<Reread | undefined> {
  const { repo, rest } = partsOf(ref)!
  const { octokit, org, request } = reading
  const { data } = await octokit.rest.repos.get({ owner: org, repo, request })
  const repository = data as unknown as Repository
  // One that was renamed or given away answers under its new name: what is asked for by the old one is gone.
  const [owner, name] = data.full_name.toLowerCase().split('/')
  if (owner !== org.toLowerCase()) return only()
  if (ref.kind === 'Repository') return rereadRepository(reading, knowledge, repository, people)
  if (name !== repo) return only()
  const number = Number(/\d+$/.exec(rest)?.[0])
  if (ref.kind === 'PullRequest') return only(await readPull(reading, repository, number, people))
  if (ref.kind === 'Run') return only(await readRun(reading, repository, number, people))
  if (ref.kind === 'Deployment') return only(await readDeployment(reading, repository, number, people))
  const file = rest.replace('/workflows/', '')
  // GitHub takes the name of a file in its usual folder; its own dynamic workflows have paths.
  if (ref.kind === 'Pipeline' && !file.includes('/')) return only(await readWorkflow(reading, repository, file))
  return undefined
}

const only = (claim?: Claim): Reread => ({ claims: claim ? [claim] : [], gone: [] })

/** A repository with the services it declares and its open pull requests. */
async function rereadRepository(
  reading: Reading,
  knowledge: Knowledge,
  repository: Repository,
  people: People,
): Promise<Reread> {
  if (repository.archived) return only(archivedClaim(repository))
  const pulls = await readPulls(reading, repository, people)
  const { claim, services, mistaken } = await readRepository(reading, repository, {
    alerts: await readAlerts(reading, repository.name),
    dependencies: await knowledge.readDependencies(reading, repository.name),
    published: await knowledge.published(reading),
    environments: await readEnvironments(reading, repository),
    ...(pulls && { openPulls: pulls.length }),
  })
  const gone = mistaken ? [] : knowledge.noteServices(repository.full_name, services)
  return { claims: [claim, ...services, ...(pulls ?? [])], gone }
}

/** Teams with everybody in them, and people by their GitHub names. */
async function rereadPeople(reading: Reading, knowledge: Knowledge, refs: readonly Ref[]): Promise<Reread> {
  const { people, teams } = await knowledge.readPeople(reading, await listRepositories(reading))
  const wanted = new Set(refs.filter(({ kind }) => kind === 'Team').map(({ id }) => id))
  const named = new Set(
    refs.flatMap((ref) => (ref.kind === 'Person' ? [people.refOf(loginIn(ref))?.id ?? ref.id] : [])),
  )
  const told = teams.filter(({ id }) => wanted.has(id))
  const isIn = ({ relations = [] }: Claim) => relations.some(({ type, to }) => type === 'memberOf' && wanted.has(to.id))
  const gone = [...wanted].filter((id) => !told.some((team) => team.id === id)).map((id) => ({ kind: 'Team', id }))
  return { claims: [...told, ...people.claims().filter((claim) => named.has(claim.id) || isIn(claim))], gone }
}

/** Packages with what is wrong with them now. */
async function rereadPackages(reading: Reading, knowledge: Knowledge, refs: readonly Ref[]): Promise<Claim[]> {
  knowledge.refreshAlerts()
  const used = []
  for (const { name, archived } of await listRepositories(reading))
    if (!archived) used.push((await knowledge.dependencies(reading, name)) ?? [])
  const all = packageClaims(used, await knowledge.published(reading), await knowledge.alerts(reading), reading.org)
  const wanted = new Set(refs.filter(({ kind }) => kind === 'Package').map(({ id }) => id))
  return all.filter(({ id }) => wanted.has(id))
}

/**
 * The repositories that were pushed to since a moment, with all they tell, and the pull requests that were closed since. GitHub lists
 * neither deletions nor alerts by time: those are for webhooks and the next sweep.
 * @param since the newest push that is known, ISO 8601
 */
export async function deltaOfGitHub(reading: Reading, knowledge: Knowledge, since: string): Promise<Delta> {
  const all = await listRepositories(reading)
  const pushed = ({ pushed_at }: Repository) => (pushed_at ? new Date(pushed_at).toISOString() : '')
  const moved = all.filter((repository) => pushed(repository) > since)
  const delta: Delta = { claims: [], gone: [], watermark: { pushed: all.map(pushed).concat(since).sort().at(-1)! } }
  if (!moved.length) return delta
  const people = await knowledge.people(reading, async () => all)
  for (const repository of moved) {
    reading.quota.check()
    await knowledge.readDependencies(reading, repository.name)
    const { claims, services, gone } = await readWhole(reading, knowledge, repository, people)
    delta.claims.push(...claims, ...services)
    delta.gone.push(...gone)
    delta.gone.push(...(await closedSince(reading, repository, since)))
  }
  return { ...delta, claims: eachOnce(delta.claims) }
}

async function closedSince({ octokit, org, request }: Reading, repository: Repository, since: string): Promise<Ref[]> {
  if (repository.archived) return []
  const { data } = await octokit.rest.pulls.list({
    ...{ owner: org, repo: repository.name, state: 'closed', sort: 'updated', direction: 'desc' },
    ...{ per_page: closedLookedAt, request },
  })
  const ref = gitHubRepository(repository.full_name)
  return data
    .filter(({ updated_at }) => new Date(updated_at).toISOString() > since)
    .map(({ number }) => pullRef(ref, number))
}
