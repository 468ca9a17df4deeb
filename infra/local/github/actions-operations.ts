import type { Handler, Router, VendorRequest } from '../frame/router.js'
import { announceRun } from './announce-run.js'
import { bodyOf, or404, page, Refusal, textOf, unprocessable } from './answers.js'
import { runDocuments } from './run-documents.js'
import type { Server } from './server.js'
import type { Repository, Run, Workflow } from './state.js'
import { progressOf } from './workflow-run.js'
import { dispatchInputs } from './workflow-source.js'

/** GitHub Actions: workflows, their runs and jobs; dispatch, run again, cancel. */
export function actionsOperations(router: Router, server: Server): void {
  const { documents } = server
  const base = '/repos/{owner}/{repo}/actions'
  const { workflowOf, runOf, jobsIn } = runDocuments(server)

  /** A workflow is named by its id or by its file's name. */
  const workflowIn = (repository: Repository, { params }: VendorRequest): Workflow =>
    or404(
      repository.workflows.find(
        ({ id, path }) => String(id) === params.workflow || path.split('/').pop() === params.workflow,
      ),
    )

  const runIn = (request: VendorRequest): [Repository, Run] => {
    const repository = server.repositoryIn(request)
    return [repository, or404(repository.runs.find(({ id }) => String(id) === request.params.run))]
  }

  const runs = (request: VendorRequest, repository: Repository, of: (run: Run) => boolean) => {
    const { branch, event, actor, status, created, head_sha } = request.query
    const inTime = createdFilter(created)
    const wanted = repository.runs.filter((run) => {
      const progress = progressOf(run, server.now())
      return (
        of(run) &&
        (!branch || run.branch === branch) &&
        (!event || run.event === event) &&
        (!actor || documents.loginOf(run.by) === actor) &&
        (!status || progress.status === status || progress.conclusion === status) &&
        (!head_sha || run.sha === head_sha) &&
        inTime(run.firstCreated)
      )
    })
    const newest = wanted.sort((a, b) => b.firstCreated - a.firstCreated || b.id - a.id)
    return page(request, newest, runOf(repository), (workflow_runs, total_count) => ({ total_count, workflow_runs }))
  }

  const dispatch: Handler = (request) => {
    const repository = server.repositoryIn(request)
    const workflow = workflowIn(repository, request)
    const body = bodyOf(request)
    const ref = textOf(body, 'ref', 'WorkflowDispatch')
    const short = ref.replace(/^refs\/(heads|tags)\//, '')
    const sha = repository.git.branches[short] ?? repository.git.tags[short]
    if (sha === undefined) throw unprocessable(`No ref found for: ${ref}`)
    const source = server.textAt(repository, repository.git.commits[sha]!, workflow.path)
    if (source === undefined) throw unprocessable(`Workflow ${workflow.path} does not exist on ${ref}`)
    const inputs = dispatchInputs(source, (body.inputs ?? {}) as Record<string, unknown>)
    const past = repository.runs.filter((run) => run.workflow === workflow.path)
    const run: Run = {
      ...{ id: server.nextId(), workflow: workflow.path, number: Math.max(0, ...past.map(({ number }) => number)) + 1 },
      ...{ attempt: 1, event: 'workflow_dispatch', branch: short, sha, by: server.actor, title: workflow.name },
      ...{
        created: server.now(),
        firstCreated: server.now(),
        seconds: past.at(-1)?.seconds ?? 120,
        conclusion: 'success',
        inputs,
      },
    }
    repository.runs.push(run)
    server.save()
    announceRun(server, repository, run)
    if (body.return_run_details !== true) return { status: 204 }
    const { url, html_url } = runOf(repository)(run)
    return { status: 200, body: { workflow_run_id: run.id, run_url: url, html_url } }
  }

  const rerun =
    (onlyFailed: boolean): Handler =>
    (request) => {
      const [repository, run] = runIn(request)
      const { status, conclusion } = progressOf(run, server.now())
      if (status !== 'completed') throw new Refusal(403, 'This workflow is already running')
      if (onlyFailed && conclusion === 'success')
        throw new Refusal(403, 'This workflow run has no failed jobs to run again')
      delete run.cancelled
      Object.assign(repository.runs[repository.runs.indexOf(run)]!, {
        attempt: run.attempt + 1,
        created: server.now(),
        conclusion: 'success',
      })
      server.save()
      announceRun(server, repository, run)
      return { status: 201, body: {} }
    }

  const cancel: Handler = (request) => {
    const [repository, run] = runIn(request)
    if (progressOf(run, server.now()).status === 'completed')
      throw new Refusal(409, 'Cannot cancel a workflow run that is completed.')
    run.cancelled = server.now()
    server.save()
    announceRun(server, repository, run)
    return { status: 202, body: {} }
  }

  const jobIn = (request: VendorRequest) => {
    const repository = server.repositoryIn(request)
    const wanted = Number(request.params.job)
    const run = or404(repository.runs.find(({ id }) => id === Math.floor(wanted / 100)))
    return { repository, run, job: or404(jobsIn(repository, run).find(({ id }) => id === wanted)) }
  }

  router
    .get(`${base}/workflows`, (request) => {
      const repository = server.repositoryIn(request)
      return page(request, repository.workflows, workflowOf(repository), (workflows, total_count) => ({
        total_count,
        workflows,
      }))
    })
    .get(`${base}/workflows/{workflow}`, (request) => {
      const repository = server.repositoryIn(request)
      return { status: 200, body: workflowOf(repository)(workflowIn(repository, request)) }
    })
    .get(`${base}/workflows/{workflow}/runs`, (request) => {
      const repository = server.repositoryIn(request)
      const { path } = workflowIn(repository, request)
      return runs(request, repository, (run) => run.workflow === path)
    })
    .post(`${base}/workflows/{workflow}/dispatches`, dispatch)
    .get(`${base}/runs`, (request) => runs(request, server.repositoryIn(request), () => true))
    .get(`${base}/runs/{run}`, (request) => {
      const [repository, run] = runIn(request)
      return { status: 200, body: runOf(repository)(run) }
    })
    .get(`${base}/runs/{run}/jobs`, (request) =>
      page(
        request,
        jobsIn(...runIn(request)),
        (job) => job,
        (jobs, total_count) => ({ total_count, jobs }),
      ),
    )
    .get(`${base}/runs/{run}/pending_deployments`, (request) => page(request, runIn(request) && [], (none) => none))
    .post(`${base}/runs/{run}/rerun`, rerun(false))
    .post(`${base}/runs/{run}/rerun-failed-jobs`, rerun(true))
    .post(`${base}/runs/{run}/cancel`, cancel)
    .get(`${base}/jobs/{job}`, (request) => ({ status: 200, body: jobIn(request).job }))
    .get(`${base}/jobs/{job}/logs`, (request) => {
      const { job } = jobIn(request)
      return { status: 302, headers: { location: `${job.url}/log-file` } }
    })
    // Not GitHub's own address: the storage that the redirect leads to.
    .get(`${base}/jobs/{job}/log-file`, (request) => {
      const { job } = jobIn(request)
      const lines = job.steps.flatMap(({ name, started_at }) => [
        `${started_at} ##[group]${name}`,
        `${started_at} ##[endgroup]`,
      ])
      const last = job.completed_at ? [`${job.completed_at} Job ${job.conclusion}`] : []
      return {
        status: 200,
        headers: { 'content-type': 'text/plain; charset=utf-8' },
        body: [...lines, ...last, ''].join('\n'),
      }
    })
}

/** The `created` filter: a date, `>=date`, `<=date`, `>date`, `<date` or `from..to`. */
function createdFilter(text: string | undefined): (at: number) => boolean {
  if (!text) return () => true
  const read = (date: string, endOfDay: boolean) => {
    const at = Date.parse(date)
    if (Number.isNaN(at)) throw unprocessable(`created is not a valid date: ${text}`)
    return /^\d{4}-\d\d-\d\d$/.test(date) && endOfDay ? at + 86_399_999 : at
  }
  const range = text.split('..')
  if (range.length === 2) {
    const [from, to] = [
      range[0] === '*' ? -Infinity : read(range[0]!, false),
      range[1] === '*' ? Infinity : read(range[1]!, true),
    ]
    return (at) => at >= from && at <= to
  }
  const [, sign, date] = /^(>=|<=|>|<)?(.*)$/.exec(text)! as unknown as [string, string | undefined, string]
  if (sign === '>=') return (at) => at >= read(date, false)
  if (sign === '>') return (at) => at > read(date, true)
  if (sign === '<=') return (at) => at <= read(date, true)
  if (sign === '<') return (at) => at < read(date, false)
  return (at) => at >= read(date, false) && at <= read(date, true)
}
