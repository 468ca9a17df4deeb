import { iso } from './answers.js'
import { nodeId } from './documents.js'
import type { Server } from './server.js'
import type { Repository, Run, Workflow } from './state.js'
import { progressOf } from './workflow-run.js'
import { jobsOf } from './workflow-source.js'

/** How workflows, their runs and jobs look. */
export function runDocuments(server: Server) {
  const { documents } = server

  const workflowOf = (repository: Repository) => (workflow: Workflow) => {
    const url = `${documents.url(repository)}/actions/workflows/${workflow.id}`
    const page = `${documents.page(repository)}/blob/${repository.git.defaultBranch}/${workflow.path}`
    return {
      ...{
        id: workflow.id,
        node_id: nodeId('W', workflow.id),
        name: workflow.name,
        path: workflow.path,
        state: 'active',
      },
      ...{ created_at: iso(repository.created), updated_at: iso(repository.created), url, html_url: page },
      badge_url: `${documents.page(repository)}/workflows/${encodeURIComponent(workflow.name)}/badge.svg`,
    }
  }
  const runOf = (repository: Repository) => (run: Run) => {
    const workflow = repository.workflows.find(({ path }) => path === run.workflow)!
    const { status, conclusion, started, ended } = progressOf(run, server.now())
    const commit = repository.git.commits[run.sha]!
    const url = `${documents.url(repository)}/actions/runs/${run.id}`
    const person = documents.org.people.find(({ id }) => id === commit.by)
    return {
      ...{
        id: run.id,
        name: workflow.name,
        node_id: nodeId('WFR', run.id),
        head_branch: run.branch,
        head_sha: run.sha,
      },
      ...{
        path: run.workflow,
        display_title: run.title,
        run_number: run.number,
        run_attempt: run.attempt,
        event: run.event,
      },
      ...{
        status,
        conclusion,
        workflow_id: workflow.id,
        check_suite_id: run.id,
        check_suite_node_id: nodeId('CS', run.id),
      },
      ...{ url, html_url: `${documents.page(repository)}/actions/runs/${run.id}`, pull_requests: [] },
      ...{ created_at: iso(run.firstCreated), run_started_at: iso(run.created) },
      updated_at: iso(status === 'completed' ? ended : status === 'queued' ? run.created : started),
      ...{ actor: documents.user(run.by), triggering_actor: documents.user(run.by), referenced_workflows: [] },
      ...{
        jobs_url: `${url}/jobs`,
        logs_url: `${url}/logs`,
        check_suite_url: `${documents.url(repository)}/check-suites/${run.id}`,
      },
      ...{
        artifacts_url: `${url}/artifacts`,
        cancel_url: `${url}/cancel`,
        rerun_url: `${url}/rerun`,
        previous_attempt_url: null,
      },
      workflow_url: `${documents.url(repository)}/actions/workflows/${workflow.id}`,
      head_commit: {
        ...{ id: run.sha, tree_id: commit.tree, message: commit.message, timestamp: iso(commit.at) },
        ...{
          author: { name: person?.name ?? commit.by, email: '' },
          committer: { name: person?.name ?? commit.by, email: '' },
        },
      },
      ...{ repository: documents.repository(repository), head_repository: documents.repository(repository) },
    }
  }

  /** Jobs run side by side for as long as the run does. */
  const jobsIn = (repository: Repository, run: Run) => {
    const source = server.textAt(repository, repository.git.commits[run.sha]!, run.workflow) ?? ''
    const { status, conclusion, started, ended } = progressOf(run, server.now())
    const startedAt = status === 'queued' ? null : iso(started)
    const completedAt = status === 'completed' ? iso(ended) : null
    return jobsOf(source).map(({ name, steps }, index) => {
      const id = run.id * 100 + run.attempt * 10 + index
      const url = `${documents.url(repository)}/actions/jobs/${id}`
      return {
        ...{
          id,
          run_id: run.id,
          run_url: `${documents.url(repository)}/actions/runs/${run.id}`,
          run_attempt: run.attempt,
        },
        ...{ node_id: nodeId('CR', id), head_sha: run.sha, head_branch: run.branch, url, name, status, conclusion },
        html_url: `${documents.page(repository)}/actions/runs/${run.id}/job/${id}`,
        ...{ created_at: iso(run.created), started_at: startedAt ?? iso(run.created), completed_at: completedAt },
        workflow_name: repository.workflows.find(({ path }) => path === run.workflow)!.name,
        check_run_url: `${documents.url(repository)}/check-runs/${id}`,
        ...{
          labels: ['ubuntu-latest'],
          runner_id: 1,
          runner_name: 'GitHub Actions 1',
          runner_group_id: 0,
          runner_group_name: 'GitHub Actions',
        },
        steps:
          status === 'queued'
            ? []
            : steps.map((step, at) => ({
                name: step,
                status,
                conclusion,
                number: at + 1,
                started_at: startedAt,
                completed_at: completedAt,
              })),
      }
    })
  }
  return { workflowOf, runOf, jobsIn }
}
