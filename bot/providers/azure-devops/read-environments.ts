import { environmentAliases, environmentName, environmentRef } from '../../../skills/kit/environment-names.js'
import type { Claim } from '../../../skills/kit/model.js'
import type { Fields } from '../../fields.js'
import { path } from './azure-devops-client.js'
import { deploymentRef, pipelineRef, runRef } from './azure-devops-ids.js'
import type { DeployedTo } from './read-releases.js'
import { given, webOf, type Project, type Reading } from './reading.js'
import { isClosed } from './unread.js'

/** Environments on a page; of each, the deployments that are looked at, and of each pipeline those that are told. */
const [perPage, looked, told] = [50, 20, 2]
/** Checks were never released. */
const preview = '7.1-preview.1'

/** Results of deployment jobs in the words that all of the catalog's share. */
const results: Record<string, string> = {
  succeeded: 'succeeded',
  succeededwithissues: 'partially succeeded',
  failed: 'failed',
  canceled: 'cancelled',
  abandoned: 'cancelled',
  skipped: 'cancelled',
}

/** One page of the environments of a project's pipelines with what was deployed there last. */
export async function readEnvironments(
  reading: Reading,
  project: Project,
  token?: string,
): Promise<{ claims: Claim[]; next?: string; environments: DeployedTo[] }> {
  const { client, signal } = reading
  const at = path`${project.id}/_apis/distributedtask/environments`
  const { items, next } = await client.get(at, { $top: perPage, continuationToken: token }, signal)
  const read: { claims: Claim[]; environments: DeployedTo[] } = { claims: [], environments: [] }
  for (const environment of items) {
    const [id, name] = [environment.text('id'), environment.text('name')]
    if (!id || !name) continue
    read.environments.push({ name, guarded: await isGuarded(reading, project, id), project: project.name })
    read.claims.push(...(await readDeployments(reading, project, id, name)))
  }
  return { ...read, ...(next && next !== token && { next }) }
}

/** Whether an approval or another check stands before an environment; not where Nexus may not know. */
async function isGuarded({ client, signal }: Reading, project: Project, id: string): Promise<boolean> {
  const query = { resourceType: 'environment', resourceId: id }
  const at = path`${project.id}/_apis/pipelines/checks/configurations`
  try {
    return (await client.get(at, query, signal, { version: preview })).items.length > 0
  } catch (error) {
    if (isClosed(error)) return false
    throw error
  }
}

/** What was deployed to an environment last, by pipeline. @throws Refused where there is none */
export async function readDeployments(reading: Reading, project: Project, id: string, name?: string): Promise<Claim[]> {
  const at = path`${project.id}/_apis/distributedtask/environments/${id}`
  const called = name ?? (await reading.client.get(at, {}, reading.signal)).body.text('name') ?? id
  const { items } = await reading.client.get(`${at}/environmentdeploymentrecords`, { top: looked }, reading.signal)
  const seen = new Map<string, number>()
  return items.flatMap((record) => {
    const pipeline = record.object('definition').text('id') ?? ''
    seen.set(pipeline, (seen.get(pipeline) ?? 0) + 1)
    return seen.get(pipeline)! > told ? [] : (deploymentClaim(reading, project, id, called, record) ?? [])
  })
}

function deploymentClaim(
  reading: Reading,
  project: Project,
  environment: string,
  name: string,
  record: Fields,
): Claim | undefined {
  const [id, definition, owner] = [record.text('id'), record.object('definition'), record.object('owner')]
  const [pipeline, run] = [definition.text('id'), owner.text('id')]
  if (!id) return undefined
  const ended = record.instant('finishTime')
  return {
    ...deploymentRef(project.name, environment, id),
    name: `${definition.text('name') ?? 'pipeline'} ${owner.text('name') ?? id} in ${environmentName(name)}`,
    props: given({
      state: ended ? (results[record.text('result')?.toLowerCase() ?? ''] ?? 'unknown') : 'running',
      version: owner.text('name'),
      environment: environmentName(name),
      started: record.instant('startTime') ?? record.instant('queueTime'),
      ended,
      url: run && webOf(reading, project.name, path`_build/results?buildId=${run}`),
    }),
    relations: [
      { type: 'runsIn', to: environmentRef(name) },
      ...(pipeline ? [{ type: 'runOf' as const, to: pipelineRef(project.name, pipeline) }] : []),
      ...(run ? [{ type: 'partOf' as const, to: runRef(project.name, run) }] : []),
    ],
  }
}

/** Environments of all projects by their usual name: one that is guarded anywhere is guarded. */
export function togetherOf(environments: readonly DeployedTo[]): Claim[] {
  const found = new Map<string, { names: string[]; guarded: boolean; projects: Set<string> }>()
  for (const { name, guarded, project } of environments) {
    const { id } = environmentRef(name)
    if (id === '') continue
    const known = found.get(id) ?? { names: [], guarded: false, projects: new Set() }
    found.set(id, {
      names: [...known.names, name],
      guarded: known.guarded || guarded,
      projects: known.projects.add(project),
    })
  }
  return [...found].map(([id, { names, guarded, projects }]): Claim => ({
    kind: 'Environment',
    id,
    // However it is written: the first in the order of letters stands, so that it is the same every time.
    name: [...names].sort()[0]!,
    aliases: [...new Set([...environmentAliases(id), ...names])],
    props: { protected: guarded, project: [...projects].sort().join(', ') },
  }))
}
