import { environmentName, environmentRef } from '../../../skills/kit/environment-names.js'
import type { Claim } from '../../../skills/kit/model.js'
import type { Fields } from '../../fields.js'
import { path } from './azure-devops-client.js'
import { releasePipelineRef, releaseRef } from './azure-devops-ids.js'
import type { Knowledge } from './knowledge.js'
import { approvalOf, type Approval } from './read-approvals.js'
import { given, webOf, type Project, type Reading } from './reading.js'

/** Release pipelines on a page, and the releases of each that are looked at. */
const [perPage, looked] = [25, 10]
/** Deployments of an environment that are told: what runs there, and what comes or was before. */
const told = 2
const area = 'release' as const

/** An environment that is deployed to. */
export interface DeployedTo {
  name: string
  /** Whether somebody has to agree first. */
  guarded: boolean
  project: string
}

/** States of a release's environment in the words that all of the catalog's share (REST reference, "Releases - Get Release"). */
const states: Record<string, string> = {
  inprogress: 'running',
  succeeded: 'succeeded',
  partiallysucceeded: 'partially succeeded',
  rejected: 'failed',
  canceled: 'cancelled',
  queued: 'queued',
  scheduled: 'queued',
}
const ended = ['succeeded', 'partially succeeded', 'failed', 'cancelled']

/** One page of a project's classic release pipelines with what they deployed last. */
export async function readReleases(
  reading: Reading,
  project: Project,
  knowledge: Knowledge,
  token?: string,
): Promise<{ claims: Claim[]; next?: string; environments: DeployedTo[] }> {
  const { client, signal } = reading
  const query = { $top: perPage, continuationToken: token }
  const { items, next } = await client.get(path`${project.id}/_apis/release/definitions`, query, signal, { area })
  const read: { claims: Claim[]; environments: DeployedTo[] } = { claims: [], environments: [] }
  for (const definition of items) {
    const id = definition.text('id')
    if (!id) continue
    const one = await readReleasePipeline(reading, project, knowledge, id, definition.text('name'))
    read.claims.push(...one.claims)
    read.environments.push(...one.environments)
  }
  return { ...read, ...(next && next !== token && { next }) }
}

/** One release pipeline with what it deployed last. */
export async function readReleasePipeline(
  reading: Reading,
  project: Project,
  knowledge: Knowledge,
  definitionId: string,
  name?: string,
): Promise<{ claims: Claim[]; environments: DeployedTo[] }> {
  const query = { definitionId, $top: looked, queryOrder: 'descending', $expand: 'environments,artifacts,approvals' }
  const at = path`${project.id}/_apis/release/releases`
  const { items: releases } = await reading.client.get(at, query, reading.signal, { area })
  const stages = releases.flatMap((release) =>
    release.objects('environments').map((stage) => stageOf(reading, project, knowledge, release, stage)),
  )
  const seen = new Map<string, number>()
  const deployments = stages.flatMap((stage, index) => {
    if (!stage.claim) return []
    const count = (seen.get(stage.name) ?? 0) + 1
    seen.set(stage.name, count)
    if (count > told) return []
    const before = stages
      .slice(index + 1)
      .find((one) => one.name === stage.name && one.claim?.props.state === 'succeeded')
    const previous = before?.claim?.props.version
    return [{ ...stage.claim, props: { ...stage.claim.props, ...given({ previous }) } }]
  })
  const pipeline = releasePipelineClaim(reading, project, definitionId, name ?? nameIn(releases), releases, deployments)
  return { claims: [pipeline, ...deployments], environments: environmentsOf(stages, project) }
}

const nameIn = (releases: readonly Fields[]): string | undefined =>
  releases[0]?.object('releaseDefinition').text('name')

/** One environment of a release: what was or will be deployed there; without a claim where nothing was, and nothing waits. */
interface Stage {
  name: string
  guarded: boolean
  claim?: Claim
}

function stageOf(reading: Reading, project: Project, knowledge: Knowledge, release: Fields, stage: Fields): Stage {
  const name = stage.text('name') ?? 'environment'
  const approvals = stage.objects('preDeployApprovals').filter((one) => one.text('isAutomated') !== 'true')
  const waiting = approvals.filter((one) => one.text('status')?.toLowerCase() === 'pending')
  const status = stage.text('status')?.toLowerCase() ?? ''
  // While the environment before it is not done, nobody is asked for its approval yet.
  const hasTurn = states[status] !== undefined && !ended.includes(states[status])
  const state = waiting.length && hasTurn ? 'waiting' : states[status]
  const ids = [release.text('id'), stage.text('id')]
  if (!state || !ids[0] || !ids[1]) return { name, guarded: approvals.length > 0 }
  const approval =
    state === 'waiting'
      ? approvalOf(
          waiting.map((one) => one.object('approver')),
          knowledge.teams,
          'and',
        )
      : undefined
  const ref = releaseRef(project.name, ids[0], ids[1])
  const claim = { ...ref, ...deployment(reading, project, knowledge, release, stage, state, approval) }
  return { name, guarded: approvals.length > 0, claim }
}

function deployment(
  reading: Reading,
  project: Project,
  knowledge: Knowledge,
  release: Fields,
  stage: Fields,
  state: string,
  approval: Approval | undefined,
): Omit<Claim, 'kind' | 'id'> {
  const [id, name, environment] = [release.text('id')!, release.text('name') ?? 'release', stage.text('name') ?? '']
  const definition = release.object('releaseDefinition')
  const attempt = stage.objects('deploySteps').at(-1)
  const primary =
    release.objects('artifacts').find((one) => one.text('isPrimary') === 'true') ?? release.objects('artifacts')[0]
  const from = primary?.object('definitionReference')
  const repository = primary?.text('type')?.toLowerCase() === 'git' ? from?.object('definition').text('id') : undefined
  const by = knowledge.teams.refOf(release.object('createdBy'))
  const source = repository ? knowledge.repository(repository) : undefined
  return {
    name: `${definition.text('name') ?? name} ${name} in ${environmentName(environment)}`,
    props: given({
      state,
      version: versionOf(from?.object('version').text('name') ?? name),
      environment: environmentName(environment),
      branch: from?.object('branch').text('name'),
      started: attempt?.instant('queuedOn'),
      ended: ended.includes(state) ? attempt?.instant('lastModifiedOn') : undefined,
      gate: approval?.gate,
      summary: release.text('description'),
      url: webOf(reading, project.name, path`_releaseProgress?releaseId=${id}&_a=release-pipeline-progress`),
    }),
    relations: [
      { type: 'runsIn', to: environmentRef(environment) },
      ...(definition.text('id')
        ? [{ type: 'runOf' as const, to: releasePipelineRef(project.name, definition.text('id')!) }]
        : []),
      ...(source ? [{ type: 'builtFrom' as const, to: source }] : []),
      ...(by?.kind === 'Person' ? [{ type: 'authoredBy' as const, to: by }] : []),
      ...(approval?.approvers ?? []).map((to) => ({ type: 'reviewBy' as const, to })),
    ],
  }
}

/** A version as people say it: `Release-5.2.1` and `v5.2.1` are 5.2.1. */
const versionOf = (name: string): string => name.replace(/^(release[-\s]+|v)(?=\d)/i, '')

function releasePipelineClaim(
  reading: Reading,
  project: Project,
  id: string,
  name: string | undefined,
  releases: readonly Fields[],
  deployments: readonly Claim[],
): Claim {
  const done = deployments.find(({ props }) => props.ended !== undefined)
  const newest = releases[0]
  const into = new Map(
    deployments.flatMap(({ relations = [] }) => relations.filter(isInto).map(({ to }) => [to.id, to])),
  )
  return {
    ...releasePipelineRef(project.name, id),
    // A pipeline and a release pipeline are often called the same, and whoever names it means the one that builds.
    name: `${name ?? `pipeline ${id}`} (release)`,
    props: given({
      host: 'Azure DevOps',
      form: 'release',
      project: project.name,
      state: done?.props.state,
      lastRun: done?.props.ended,
      lastNumber: newest?.text('name'),
      url: webOf(reading, project.name, path`_release?definitionId=${id}`),
    }),
    relations: [...into.values()].map((to) => ({ type: 'runsIn', to })),
  }
}

const isInto = ({ type }: { type: string }): boolean => type === 'runsIn'

function environmentsOf(stages: readonly Stage[], project: Project): DeployedTo[] {
  const found = new Map<string, DeployedTo>()
  for (const { name, guarded } of stages)
    found.set(name, { name, guarded: guarded || (found.get(name)?.guarded ?? false), project: project.name })
  return [...found.values()]
}

/** The release pipeline of a release, by the release's id. @throws Refused where there is none */
export async function pipelineOfRelease(
  { client, signal }: Reading,
  project: Project,
  id: string,
): Promise<string | undefined> {
  const { body } = await client.get(path`${project.id}/_apis/release/releases/${id}`, {}, signal, { area })
  return body.object('releaseDefinition').text('id')
}
