import { z } from 'zod/v4'
import type { Delta } from '../../../skills/kit/catalog-source.js'
import type { Instant, Json, Ref } from '../../../skills/kit/model.js'
import { path } from './azure-devops-client.js'
import { pipelineRef, pullRef, releasePipelineRef } from './azure-devops-ids.js'
import type { Knowledge } from './knowledge.js'
import { rereadAzureDevOps, rereadWork } from './reread-azure-devops.js'
import { readSkipping, readTokens, type Project, type Reading } from './reading.js'
import { features } from './unread.js'

const Watermark = z.object({
  at: z.iso.datetime(),
  /** How far the revisions of work items were read, in Azure DevOps' own words; absent after a sweep. */
  revisions: z.string().optional(),
})

/** What is told a little late is looked for again: lists lag behind what they list. Milliseconds. */
const overlap = 60_000
/** Revisions of work items in a delta; more of them is asked for at once. */
const revisionsAtOnce = 1_000

/**
 * What became different since a watermark: work items by their revisions, which name the deleted ones too; pipelines by the runs that
 * were queued or finished; pull requests that are open or were closed; releases by their deployments. All else waits for a sweep.
 * @returns undefined where the watermark is none of ours
 */
export async function deltaOfAzureDevOps(
  reading: Reading,
  knowledge: Knowledge,
  since: Json,
): Promise<Delta | undefined> {
  const known = Watermark.safeParse(since).data
  if (!known) return undefined
  const at = reading.now()
  const from = new Date(Date.parse(known.at) - overlap).toISOString()
  await knowledge.prepare(reading)
  const work = await workSince(reading, knowledge, known.revisions, from)
  const watermark = (moved: Instant) => ({ at: moved, ...(work.token && { revisions: work.token }) })
  // While work items are left, all else keeps its old watermark and is read with the last of them.
  if (work.more) return { claims: work.claims, gone: work.gone, watermark: watermark(known.at), more: true }
  const refs: Ref[] = []
  for (const project of await knowledge.projects(reading))
    refs.push(
      ...(await pipelinesSince(reading, project, from)),
      ...(await pullsSince(reading, knowledge, project, from)),
      ...(await releasesSince(reading, project, from)),
    )
  const rest = await rereadAzureDevOps(reading, knowledge, refs)
  return { claims: [...work.claims, ...rest.claims], gone: [...work.gone, ...rest.gone], watermark: watermark(at) }
}

async function workSince(reading: Reading, knowledge: Knowledge, token: string | undefined, from: Instant) {
  const query = {
    ...(token ? { continuationToken: token } : { startDateTime: from }),
    ...{ fields: 'System.Id', includeLatestOnly: true, includeDeleted: true, $maxPageSize: revisionsAtOnce },
  }
  const { body } = await reading.client.get('_apis/wit/reporting/workitemrevisions', query, reading.signal)
  const ids = body.objects('values').flatMap((one) => Number(one.text('id')) || [])
  const next = body.text('continuationToken', 2_000)
  const isLast = body.text('isLastBatch') !== 'false' || next === undefined || next === token
  return { ...(await rereadWork(reading, knowledge, ids)), token: next, more: !isLast }
}

/** Pipelines with a run that was queued, or finished. */
async function pipelinesSince({ client, signal, unread }: Reading, project: Project, from: Instant): Promise<Ref[]> {
  const at = path`${project.id}/_apis/build/builds`
  const lists = [
    { minTime: from, queryOrder: 'finishTimeAscending', statusFilter: 'completed' },
    { statusFilter: 'inProgress,notStarted,cancelling,postponed' },
  ]
  const refs: Ref[] = []
  for (const query of lists) {
    const builds = await unread.try(features.pipelines, project.name, () =>
      readTokens((token) => client.get(at, { ...query, $top: 500, ...token }, signal)),
    )
    refs.push(
      ...(builds ?? [])
        .flatMap((build) => build.object('definition').text('id') ?? [])
        .map((id) => pipelineRef(project.name, id)),
    )
  }
  return refs
}

/** Pull requests that are open, whose votes and checks may have changed, and those that were closed. */
async function pullsSince(
  { client, signal, unread }: Reading,
  knowledge: Knowledge,
  project: Project,
  from: Instant,
): Promise<Ref[]> {
  const at = path`${project.id}/_apis/git/pullrequests`
  const closed = { 'searchCriteria.queryTimeRangeType': 'closed', 'searchCriteria.minTime': from }
  const open = { 'searchCriteria.status': 'active' }
  const refs: Ref[] = []
  for (const query of [open, { 'searchCriteria.status': 'all', ...closed }]) {
    const pulls = await unread.try(features.code, project.name, () =>
      readSkipping((paging) => client.get(at, { ...query, ...paging }, signal)),
    )
    for (const pull of pulls ?? []) {
      const repository = knowledge.repository(pull.object('repository').text('id') ?? '')
      const number = pull.text('pullRequestId')
      // A repository is read with those that are open, and how many these are.
      if (repository && number) refs.push(repository, ...(query === open ? [] : [pullRef(repository, number)]))
    }
  }
  return refs
}

/** Release pipelines something of whose releases was deployed, or is to be. */
async function releasesSince({ client, signal, unread }: Reading, project: Project, from: Instant): Promise<Ref[]> {
  const query = { minModifiedTime: from, $top: 100 }
  const deployments = await unread.try(features.releases, project.name, () =>
    readTokens((token) =>
      client.get(path`${project.id}/_apis/release/deployments`, { ...query, ...token }, signal, { area: 'release' }),
    ),
  )
  return (deployments ?? [])
    .flatMap((one) => one.object('releaseDefinition').text('id') ?? [])
    .map((id) => releasePipelineRef(project.name, id))
}
