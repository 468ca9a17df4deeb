import { repositoryRef } from '../../../skills/kit/entity-ids.js'
import type { Claim, Ref } from '../../../skills/kit/model.js'
import type { Fields } from '../../fields.js'
import { path } from './azure-devops-client.js'
import { adoRepository, pipelineRef, pullRef, runRef } from './azure-devops-ids.js'
import type { Knowledge } from './knowledge.js'
import type { Approval } from './read-approvals.js'
import type { TestSummary } from './read-tests.js'
import { branchOf, given, minutesBetween, webOf, type Project, type Reading } from './reading.js'

/** Pipelines on a page, and the runs that are told of each. */
const [perPage, told] = [50, 3]

/** Results of builds in the words that all of the catalog's share (REST reference, "Builds - List"). */
const results: Record<string, string> = {
  succeeded: 'succeeded',
  partiallysucceeded: 'partially succeeded',
  failed: 'failed',
  canceled: 'cancelled',
}

/** One page of a project's pipelines with their newest runs. */
export async function readPipelines(
  reading: Reading,
  project: Project,
  knowledge: Knowledge,
  token?: string,
): Promise<{ claims: Claim[]; next?: string }> {
  const { client, signal } = reading
  const query = {
    $top: perPage,
    queryOrder: 'definitionNameAscending',
    includeAllProperties: true,
    continuationToken: token,
  }
  const { items, next } = await client.get(path`${project.id}/_apis/build/definitions`, query, signal)
  const claims = await readWithRuns(reading, project, knowledge, items)
  return { claims, ...(next && next !== token && { next }) }
}

/** One pipeline with its newest runs, as an event named it. @throws Refused where there is none */
export async function readPipeline(
  reading: Reading,
  project: Project,
  knowledge: Knowledge,
  id: string,
): Promise<Claim[]> {
  const { body } = await reading.client.get(path`${project.id}/_apis/build/definitions/${id}`, {}, reading.signal)
  return readWithRuns(reading, project, knowledge, [body])
}

/** One run and the pipeline it is of, as an event named it. @throws Refused where there is none */
export async function readRun(reading: Reading, project: Project, knowledge: Knowledge, id: string): Promise<Claim[]> {
  const { body } = await reading.client.get(path`${project.id}/_apis/build/builds/${id}`, {}, reading.signal)
  const definition = body.object('definition').text('id')
  const claims = definition ? await readPipeline(reading, project, knowledge, definition) : []
  if (claims.some((claim) => claim.kind === 'Run' && claim.id === runRef(project.name, id).id)) return claims
  const run = await runClaim(reading, project, knowledge, body)
  return run ? [...claims, run] : claims
}

async function readWithRuns(
  reading: Reading,
  project: Project,
  knowledge: Knowledge,
  definitions: readonly Fields[],
): Promise<Claim[]> {
  const ids = definitions.flatMap((one) => one.text('id') ?? [])
  if (ids.length === 0) return []
  const query = {
    ...{ definitions: ids.join(','), maxBuildsPerDefinition: told, queryOrder: 'queueTimeDescending' },
    $top: told * perPage,
  }
  const builds = (await reading.client.get(path`${project.id}/_apis/build/builds`, query, reading.signal)).items
  const claims: Claim[] = []
  for (const definition of definitions) {
    const own = builds.filter((one) => one.object('definition').text('id') === definition.text('id'))
    const runs: Claim[] = []
    for (const build of own) {
      const run = await runClaim(reading, project, knowledge, build)
      if (run) runs.push(run)
    }
    claims.push(pipelineClaim(reading, project, knowledge, definition, runs), ...runs)
  }
  return claims
}

/** A pipeline; its state is the one of its newest finished run. */
function pipelineClaim(
  reading: Reading,
  project: Project,
  knowledge: Knowledge,
  definition: Fields,
  runs: readonly Claim[],
): Claim {
  const id = definition.text('id')!
  const last = runs.find(({ props }) => props.ended !== undefined)
  const tested = runs.find(({ props }) => props.passed !== undefined)
  const [passed, failed] = [Number(tested?.props.passed), Number(tested?.props.failed)]
  const from =
    builtFrom(project, knowledge, definition.object('repository')) ?? runs[0]?.relations?.find(isBuiltFrom)?.to
  return {
    ...pipelineRef(project.name, id),
    name: definition.text('name') ?? `pipeline ${id}`,
    props: given({
      host: 'Azure DevOps',
      form: 'build',
      project: project.name,
      folder: definition.text('path') ?? '\\',
      file: definition.object('process').text('yamlFilename'),
      enabled: definition.text('queueStatus') !== 'disabled',
      url: webOf(reading, project.name, path`_build?definitionId=${id}`),
      state: last?.props.state,
      lastRun: last?.props.ended,
      lastNumber: last?.props.number,
      branch: last?.props.branch,
      duration: last?.props.duration,
      passRate: passed + failed > 0 ? Math.round((1000 * passed) / (passed + failed)) / 10 : undefined,
    }),
    relations: from ? [{ type: 'builtFrom', to: from }] : [],
  }
}

const isBuiltFrom = ({ type }: { type: string }): boolean => type === 'builtFrom'

/** The repository that a build takes its code from, in Azure DevOps or on GitHub. */
function builtFrom(project: Project, knowledge: Knowledge, repository: Fields): Ref | undefined {
  const [type, id, name] = [repository.text('type')?.toLowerCase(), repository.text('id'), repository.text('name')]
  if (type === 'tfsgit') {
    // Its name is not always told; a repository may be of another project.
    const known = id ? knowledge.repository(id) : undefined
    return known ?? (name ? adoRepository(project.name, name) : undefined)
  }
  return type === 'github' && name && /^[^/\s]+\/[^/\s]+$/.test(name) ? repositoryRef('github', name) : undefined
}

async function runClaim(
  reading: Reading,
  project: Project,
  knowledge: Knowledge,
  build: Fields,
): Promise<Claim | undefined> {
  const [id, definition] = [build.text('id'), build.object('definition')]
  const pipeline = definition.text('id')
  if (!id || !pipeline) return undefined
  const done = build.text('status')?.toLowerCase() === 'completed'
  const tests = done ? await knowledge.tests.read(reading, project, id) : undefined
  const approval = done ? undefined : (await knowledge.approvals(reading, project)).get(id)
  const number = build.text('buildNumber') ?? id
  return {
    ...runRef(project.name, id),
    name: `${definition.text('name') ?? 'pipeline'} ${number}`,
    props: {
      ...given({
        state: stateOf(build),
        number,
        branch: branchOf(build.text('sourceBranch')),
        commit: build.text('sourceVersion'),
        reason: reasonOf(build.text('reason')),
        url: webOf(reading, project.name, path`_build/results?buildId=${id}`),
        queued: build.instant('queueTime'),
        started: build.instant('startTime'),
        ended: done ? build.instant('finishTime') : undefined,
        gate: approval?.gate,
      }),
      ...(done && minutesBetween(build.instant('startTime'), build.instant('finishTime'))),
      ...testProps(tests),
    },
    relations: relationsOf(project, knowledge, build, pipelineRef(project.name, pipeline), approval),
  }
}

const testProps = (tests: TestSummary | undefined): Claim['props'] =>
  tests ? { passed: tests.passed, failed: tests.failed, ...(tests.failing.length && { failing: tests.failing }) } : {}

function relationsOf(
  project: Project,
  knowledge: Knowledge,
  build: Fields,
  pipeline: Ref,
  approval: Approval | undefined,
): NonNullable<Claim['relations']> {
  const from = builtFrom(project, knowledge, build.object('repository'))
  const by = knowledge.teams.refOf(build.object('requestedFor'))
  const pull = /^refs\/pull\/(\d+)\/merge$/.exec(build.text('sourceBranch') ?? '')?.[1]
  return [
    { type: 'runOf', to: pipeline },
    ...(from ? [{ type: 'builtFrom' as const, to: from }] : []),
    ...(by?.kind === 'Person' ? [{ type: 'authoredBy' as const, to: by }] : []),
    ...(pull && from?.id.startsWith('azure-devops/') ? [{ type: 'causedBy' as const, to: pullRef(from, pull) }] : []),
    ...(approval?.approvers ?? []).map((to) => ({ type: 'reviewBy' as const, to })),
  ]
}

/** Why a build was queued, in words; what is not among them is as Azure DevOps calls it. */
const reasons: Record<string, string> = {
  manual: 'by hand',
  individualci: 'push',
  batchedci: 'push',
  schedule: 'schedule',
  scheduleforced: 'schedule',
  pullrequest: 'pull request',
  buildcompletion: 'another pipeline',
  resourcetrigger: 'another pipeline',
}
const reasonOf = (reason: string | undefined): string | undefined => reasons[reason?.toLowerCase() ?? ''] ?? reason

function stateOf(build: Fields): string {
  const status = build.text('status')?.toLowerCase()
  if (status === 'completed') return results[build.text('result')?.toLowerCase() ?? ''] ?? 'unknown'
  return status === 'inprogress' || status === 'cancelling' ? 'running' : 'queued'
}
