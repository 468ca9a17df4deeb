import type { Octokit } from '@octokit/rest'
import type { Claim, Ref } from '../../../skills/kit/model.js'
import { gitHubRepository, runRef, workflowRef } from './github-ids.js'
import type { People } from './read-people.js'
import { instantOf, type Reading, type Repository } from './reading.js'
import { features } from './unread.js'

type Workflow = Awaited<ReturnType<Octokit['rest']['actions']['getWorkflow']>>['data']
type Run = Awaited<ReturnType<Octokit['rest']['actions']['getWorkflowRun']>>['data']
type Named = Pick<Repository, 'name' | 'full_name'>

/** Runs of a repository that are looked at, and of each workflow those that are told. */
const [looked, told] = [50, 3]
const minute = 60_000

/** How a run stands, in the words that all pipelines of the catalog share. */
export function stateOfRun({ status, conclusion }: Pick<Run, 'status' | 'conclusion'>): string {
  if (status === 'in_progress') return 'running'
  if (status !== 'completed') return 'queued'
  if (conclusion === 'success' || conclusion === 'neutral' || conclusion === 'skipped') return 'succeeded'
  if (conclusion === 'cancelled') return 'cancelled'
  return conclusion === 'failure' || conclusion === 'timed_out' || conclusion === 'startup_failure'
    ? 'failed'
    : 'unknown'
}

/** A repository's workflows, each with its newest runs. */
export async function readWorkflows(reading: Reading, repository: Named, people: People): Promise<Claim[]> {
  const { octokit, org, request, unread } = reading
  const at = { owner: org, repo: repository.name, request }
  const { actions } = octokit.rest
  const workflows = await unread.try(features.actions, repository.name, () =>
    octokit.paginate(actions.listRepoWorkflows, { ...at, per_page: 100 }),
  )
  if (!workflows?.length) return []
  const { data } = await actions.listWorkflowRunsForRepo({ ...at, per_page: looked })
  const claims: Claim[] = []
  for (const workflow of workflows.filter(({ state }) => state !== 'deleted')) {
    let runs = data.workflow_runs.filter(({ workflow_id }) => workflow_id === workflow.id)
    if (!runs.length && data.total_count > looked)
      runs = (await actions.listWorkflowRuns({ ...at, workflow_id: workflow.id, per_page: 1 })).data.workflow_runs
    claims.push(pipelineClaim(workflow, repository, runs[0]))
    claims.push(...runs.slice(0, told).map((run) => runClaim(run, workflow, repository, people)))
  }
  return claims
}

/** One workflow and its newest run, as an event named it. */
export async function readWorkflow(
  { octokit, org, request }: Reading,
  repository: Named,
  file: string,
): Promise<Claim> {
  const at = { owner: org, repo: repository.name, workflow_id: file, request }
  const { data: workflow } = await octokit.rest.actions.getWorkflow(at)
  const { data } = await octokit.rest.actions.listWorkflowRuns({ ...at, per_page: 1 })
  return pipelineClaim(workflow, repository, data.workflow_runs[0])
}

/** One run, as an event named it. */
export async function readRun(
  { octokit, org, request }: Reading,
  repository: Named,
  run_id: number,
  people: People,
): Promise<Claim> {
  const { data: run } = await octokit.rest.actions.getWorkflowRun({
    owner: org,
    repo: repository.name,
    run_id,
    request,
  })
  return runClaim(run, { name: run.name ?? 'workflow', path: run.path }, repository, people)
}

const nameOf = (repository: Named, workflow: Pick<Workflow, 'name'>): string => `${repository.name} / ${workflow.name}`

function pipelineClaim(workflow: Workflow, repository: Named, last: Run | undefined): Claim {
  const ref = gitHubRepository(repository.full_name)
  return {
    ...workflowRef(ref, workflow.path),
    name: nameOf(repository, workflow),
    props: {
      host: 'GitHub',
      form: 'workflow',
      file: workflow.path,
      url: workflow.html_url,
      enabled: workflow.state === 'active',
      ...(last && {
        state: stateOfRun(last),
        lastRun: instantOf(last.run_started_at ?? last.created_at),
        lastNumber: String(last.run_number),
        ...(last.head_branch && { branch: last.head_branch }),
        ...tookOf(last),
      }),
    },
    relations: [{ type: 'builtFrom', to: ref }],
  }
}

function runClaim(run: Run, workflow: Pick<Workflow, 'name' | 'path'>, repository: Named, people: People): Claim {
  const ref = gitHubRepository(repository.full_name)
  const who = people.refOf(run.triggering_actor?.login ?? run.actor?.login)
  const relations: { type: 'runOf' | 'builtFrom' | 'authoredBy'; to: Ref }[] = [
    { type: 'runOf', to: workflowRef(ref, workflow.path) },
    { type: 'builtFrom', to: ref },
    ...(who ? [{ type: 'authoredBy' as const, to: who }] : []),
  ]
  const done = run.status === 'completed'
  return {
    ...runRef(ref, run.id),
    name: `${nameOf(repository, workflow)} #${run.run_number}`,
    props: {
      state: stateOfRun(run),
      number: String(run.run_number),
      summary: run.display_title,
      reason: run.event,
      commit: run.head_sha,
      url: run.html_url,
      queued: instantOf(run.created_at),
      started: instantOf(run.run_started_at ?? run.created_at),
      ...(run.head_branch && { branch: run.head_branch }),
      ...(done && { ended: instantOf(run.updated_at) }),
      ...tookOf(run),
    },
    relations,
  }
}

/** How long a run took, in minutes with one decimal; nothing while it runs. */
function tookOf(run: Run): { duration?: number } {
  if (run.status !== 'completed') return {}
  const took = Date.parse(run.updated_at) - Date.parse(run.run_started_at ?? run.created_at)
  return took >= 0 ? { duration: Math.round((took / minute) * 10) / 10 } : {}
}
