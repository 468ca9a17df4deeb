import { runDocuments } from './run-documents.js'
import type { Server } from './server.js'
import type { Repository, Run } from './state.js'
import { progressOf } from './workflow-run.js'

const actions = { queued: 'requested', in_progress: 'in_progress', completed: 'completed' } as const

/** Lets the app hear how a run stands, and of each step until its end, in business time. */
export function announceRun(server: Server, repository: Repository, run: Run): void {
  const { status } = progressOf(run, server.now())
  const { workflowOf, runOf } = runDocuments(server)
  const workflow = repository.workflows.find(({ path }) => path === run.workflow)
  server.announce('workflow_run', run.by, repository, {
    ...{ action: actions[status], workflow_run: runOf(repository)(run) },
    workflow: workflow ? workflowOf(repository)(workflow) : null,
  })
  watchRun(server, repository, run)
}

/** Waits for the next steps of runs that are under way, such as those of before the local tenant was stopped. */
export function watchRuns(server: Server): void {
  for (const repository of server.all) for (const run of repository.runs) watchRun(server, repository, run)
}

function watchRun(server: Server, repository: Repository, run: Run): void {
  const { attempt } = run
  const { status, started, ended } = progressOf(run, server.now())
  if (status === 'completed') return
  server.after((status === 'queued' ? started : ended) - server.now(), () => {
    // One that was cancelled or begun again meanwhile is told of by that.
    const isNext = progressOf(run, server.now()).status !== status
    if (run.attempt === attempt && run.cancelled === undefined && isNext) announceRun(server, repository, run)
  })
}
