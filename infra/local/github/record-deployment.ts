import type { Services } from '../frame/services.js'
import { iso } from './answers.js'
import { Server } from './server.js'

/** A version that goes to an environment by its repository's deployment workflow. */
export interface NewDeployment {
  service: string
  environment: string
  version: string
  /** Short id of the person who started the workflow. */
  by: string
  title: string
}

/**
 * Notes a deployment as GitHub has it when a workflow has ended well: the workflow's run, the deployment and its status.
 * @returns the body of the webhook `deployment_status` that GitHub then sends, or undefined where the service's code is not on GitHub
 */
export function recordDeployment(services: Services, wanted: NewDeployment): Record<string, unknown> | undefined {
  const server = new Server(services)
  const service = services.org.services.find(({ id }) => id === wanted.service)
  const repository = server.all.find(({ name }) => name === service?.repository?.split('/').pop())
  if (!repository) return undefined
  const { environment, version, by, title } = wanted
  const ref = `v${version}`
  const sha = (server.commitAt(repository, ref) ?? server.commitAt(repository))!.sha
  const [now, { documents }] = [server.now(), server]
  const workflow = repository.workflows.find(({ name }) => /deploy/i.test(name))
  const number = Math.max(
    0,
    ...repository.runs.filter((run) => run.workflow === workflow?.path).map((run) => run.number),
  )
  const runId = server.nextId()
  if (workflow)
    repository.runs.push({
      ...{
        id: runId,
        workflow: workflow.path,
        number: number + 1,
        attempt: 1,
        event: 'workflow_dispatch',
        branch: 'main',
      },
      ...{ sha, by, title, created: now, firstCreated: now, seconds: 0, conclusion: 'success' },
      inputs: { environment, version },
    })
  const url = `${documents.page(repository)}/actions/runs/${runId}`
  const status = { id: server.nextId(), state: 'success', description: title, by, at: now, url }
  const deployment = {
    ...{ id: server.nextId(), environment, ref, sha, task: 'deploy', description: title, by, at: now },
    ...{ payload: { service: wanted.service }, statuses: [status] },
  }
  if (!repository.environments.includes(environment)) repository.environments.push(environment)
  repository.deployments.push(deployment)
  server.save()
  const api = `${documents.url(repository)}/deployments/${deployment.id}`
  return {
    action: 'created',
    deployment_status: {
      ...{ id: status.id, url: `${api}/statuses/${status.id}`, state: status.state, description: title, environment },
      ...{ creator: documents.user(by), target_url: url, log_url: url, environment_url: '' },
      ...{ created_at: iso(now), updated_at: iso(now), deployment_url: api },
    },
    deployment: {
      ...{ id: deployment.id, url: api, sha, ref, task: 'deploy', environment, original_environment: environment },
      ...{ payload: deployment.payload, description: title, creator: documents.user(by) },
      ...{ created_at: iso(now), updated_at: iso(now), production_environment: environment === 'production' },
    },
    repository: documents.repository(repository),
    organization: documents.account(documents.login, 'Organization'),
    sender: documents.user(by),
  }
}
