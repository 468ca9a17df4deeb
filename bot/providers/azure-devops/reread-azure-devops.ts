import type { Delta } from '../../../skills/kit/catalog-source.js'
import type { Claim, Ref } from '../../../skills/kit/model.js'
import { partsOf, prefixOf, pullRef, workItemIn, workItemRef } from './azure-devops-ids.js'
import type { Knowledge } from './knowledge.js'
import { readPull, readRepository, refOfRepository, repositoryOf, type Repository } from './read-code.js'
import { readDeployments } from './read-environments.js'
import { readPipeline, readRun } from './read-pipelines.js'
import { readPolicies } from './read-policies.js'
import { pipelineOfRelease, readReleasePipeline } from './read-releases.js'
import { isKept, readWork } from './read-work.js'
import type { Project, Reading } from './reading.js'
import { path } from './azure-devops-client.js'
import { isAbsent, isClosed } from './unread.js'
import { eachOnce, refKey } from '../../../skills/kit/ref-key.js'

/** What was read anew. */
export type Reread = Pick<Delta, 'claims' | 'gone'>

/**
 * Reads some entities anew. A project may be named by its id, a repository by its id or by a name it had before. What another source has,
 * or what cannot be read one by one, is passed over: it is neither told nor gone.
 */
export async function rereadAzureDevOps(reading: Reading, knowledge: Knowledge, refs: readonly Ref[]): Promise<Reread> {
  await knowledge.prepare(reading)
  knowledge.forgetApprovals()
  const projects = await projectsOf(reading, knowledge, refs)
  const read: Reread = { claims: [], gone: [] }
  const add = ({ claims, gone }: Reread): void => void (read.claims.push(...claims), read.gone.push(...gone))
  add(
    await rereadWork(
      reading,
      knowledge,
      refs.flatMap((ref) => workItemIn(ref) ?? []),
    ),
  )
  for (const ref of each(refs)) {
    reading.client.quota.check()
    const parts = partsOf(ref)
    const project = parts && projects.get(parts.project)
    // What was of a project that is not there is not there either; its name is the ref's own.
    if (parts && !project && !isGuid(parts.project)) read.gone.push(ref)
    if (parts && project) add(await rereadOne(reading, knowledge, project, ref, parts.rest))
  }
  if (refs.some(({ kind }) => kind === 'Team' || kind === 'Person')) add(await rereadPeople(reading, knowledge, refs))
  const claims = eachOnce(read.claims)
  const told = new Set(claims.map(refKey))
  return { claims, gone: each(read.gone).filter((ref) => !told.has(refKey(ref))) }
}

const each = (refs: readonly Ref[]): Ref[] => eachOnce(refs.map(({ kind, id }) => ({ kind, id })))
const isGuid = (text: string): boolean => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(text)

/** The projects that refs name, by name and id in lower case; where one is not known, all are read anew. */
async function projectsOf(reading: Reading, knowledge: Knowledge, refs: readonly Ref[]): Promise<Map<string, Project>> {
  const byName = (projects: readonly Project[]) =>
    new Map(projects.flatMap((one) => [one.name.toLowerCase(), one.id].map((key): [string, Project] => [key, one])))
  const known = byName(await knowledge.prepare(reading))
  const isNew = refs.some((ref) => workItemIn(ref) === undefined && partsOf(ref) && !known.has(partsOf(ref)!.project))
  return isNew ? byName(await knowledge.projects(reading)) : known
}

/** Work items anew: those that are deleted, or not kept any more, are gone. */
export async function rereadWork(reading: Reading, knowledge: Knowledge, ids: readonly number[]): Promise<Reread> {
  const { claims, absent } = await readWork(reading, knowledge, [...new Set(ids)])
  const kept = claims.filter((claim) => isKept(claim, reading.now()))
  const left = claims.filter((claim) => !kept.includes(claim)).map(({ kind, id }) => ({ kind, id }))
  return { claims: kept, gone: [...absent.map(workItemRef), ...left] }
}

/** Teams and people hang together, so that all of them are read; those that were asked for and are not among them are gone. */
async function rereadPeople(reading: Reading, knowledge: Knowledge, refs: readonly Ref[]): Promise<Reread> {
  knowledge.begin()
  await knowledge.prepare(reading)
  const { claims } = knowledge.teams
  const asked = refs.filter(({ kind }) => kind === 'Team' || kind === 'Person')
  return { claims: [...claims], gone: asked.filter((ref) => !claims.some((claim) => refKey(claim) === refKey(ref))) }
}

/** One entity of a project, by what its id says behind the project. What is not there is gone, what is closed is neither. */
async function rereadOne(
  reading: Reading,
  knowledge: Knowledge,
  project: Project,
  ref: Ref,
  rest: string,
): Promise<Reread> {
  const own: Ref = { kind: ref.kind, id: `${prefixOf(project.name)}${rest}` }
  try {
    const found = await readOne(reading, knowledge, project, ref.kind, rest)
    if (!found) return { claims: [], gone: [] }
    const isThere = found.claims.some((claim) => refKey(claim) === refKey(found.ref ?? own))
    const moved = found.ref && refKey(found.ref) !== refKey(own) && !isGuid(rest.split('#')[0]!) ? [own] : []
    return { claims: found.claims, gone: [...moved, ...(isThere ? [] : [found.ref ?? own])] }
  } catch (error) {
    if (!isClosed(error)) throw error
    return { claims: [], gone: isAbsent(error) ? [own] : [] }
  }
}

/** What was found, and how the one that was asked for is called now, where that may differ. */
interface Found {
  claims: Claim[]
  ref?: Ref
}

async function readOne(
  reading: Reading,
  knowledge: Knowledge,
  project: Project,
  kind: string,
  rest: string,
): Promise<Found | undefined> {
  const [first = '', second = '', third = ''] = rest.split('/')
  if (kind === 'Repository') return readOneRepository(reading, knowledge, project, rest)
  if (kind === 'PullRequest') return readOnePull(reading, knowledge, project, rest)
  if (kind === 'Run' && first === 'runs') return { claims: await readRun(reading, project, knowledge, second) }
  if (kind === 'Pipeline' && first === 'release-definitions')
    return { claims: (await readReleasePipeline(reading, project, knowledge, second)).claims }
  if (kind === 'Pipeline') return { claims: await readPipeline(reading, project, knowledge, first) }
  if (kind === 'Deployment' && first === 'environments')
    return { claims: await readDeployments(reading, project, second) }
  if (kind !== 'Deployment' || first !== 'releases' || !third) return undefined
  const pipeline = await pipelineOfRelease(reading, project, second)
  return pipeline ? { claims: (await readReleasePipeline(reading, project, knowledge, pipeline)).claims } : undefined
}

/** A repository by its name or id. @throws Refused where there is none */
async function repositoryNamed(reading: Reading, project: Project, name: string): Promise<Repository | undefined> {
  const at = path`${project.id}/_apis/git/repositories/${name}`
  return repositoryOf((await reading.client.get(at, {}, reading.signal)).body, project)
}

async function readOneRepository(
  reading: Reading,
  knowledge: Knowledge,
  project: Project,
  name: string,
): Promise<Found | undefined> {
  const repository = await repositoryNamed(reading, project, name)
  if (!repository) return undefined
  knowledge.noteRepository(repository)
  const policies = await readPolicies(reading, project)
  const claims = await readRepository(reading, repository, policies, knowledge.teams)
  return { claims, ref: refOfRepository(repository) }
}

async function readOnePull(
  reading: Reading,
  knowledge: Knowledge,
  project: Project,
  rest: string,
): Promise<Found | undefined> {
  const [, name, number] = /^([^#]+)#(\d{1,15})$/.exec(rest) ?? []
  const repository = name && (await repositoryNamed(reading, project, name))
  if (!repository || !number) return undefined
  const claim = await readPull(reading, repository, Number(number), knowledge.teams)
  return { claims: claim ? [claim] : [], ref: pullRef(refOfRepository(repository), number) }
}
