import type { Handler, Router, VendorRequest } from '../frame/router.js'
import { bodyOf, invalid, iso, notFound, or404, page, textOf, unprocessable } from './answers.js'
import { nodeId } from './documents.js'
import type { Server } from './server.js'
import type { Deployment, Release, Repository } from './state.js'

const STATES = ['error', 'failure', 'inactive', 'in_progress', 'queued', 'pending', 'success']

/** What was released and deployed of a repository. */
export function deploymentOperations(router: Router, server: Server): void {
  const { documents } = server
  const base = '/repos/{owner}/{repo}'

  const releaseOf = (repository: Repository) => (release: Release) => {
    const url = `${documents.url(repository)}/releases/${release.id}`
    const archive = (kind: string) => `${documents.url(repository)}/${kind}/${release.tag}`
    return {
      ...{
        url,
        html_url: `${documents.page(repository)}/releases/tag/${release.tag}`,
        id: release.id,
        node_id: nodeId('RE', release.id),
      },
      ...{
        assets_url: `${url}/assets`,
        upload_url: `${url}/assets{?name,label}`,
        tarball_url: archive('tarball'),
        zipball_url: archive('zipball'),
      },
      ...{
        tag_name: release.tag,
        target_commitish: repository.git.defaultBranch,
        name: release.name,
        body: release.body,
      },
      ...{ draft: release.draft, prerelease: release.prerelease, author: documents.user(release.by), assets: [] },
      ...{ created_at: iso(release.at), published_at: release.draft ? null : iso(release.at) },
    }
  }
  const newest = ({ releases }: Repository) => [...releases].sort((a, b) => b.at - a.at || b.id - a.id)
  const published = (repository: Repository) =>
    newest(repository).filter(({ draft, prerelease }) => !draft && !prerelease)
  const createRelease: Handler = (request) => {
    const repository = server.repositoryIn(request)
    const body = bodyOf(request)
    const tag = textOf(body, 'tag_name', 'Release')
    if (repository.releases.some((release) => release.tag === tag))
      throw invalid({ resource: 'Release', code: 'already_exists', field: 'tag_name' })
    const target = server.commitAt(
      repository,
      typeof body.target_commitish === 'string' ? body.target_commitish : undefined,
    )
    if (!target) throw invalid({ resource: 'Release', code: 'invalid', field: 'target_commitish' })
    repository.git.tags[tag] ??= target.sha
    const release = {
      ...{ id: server.nextId(), tag, name: String(body.name ?? tag), body: String(body.body ?? ''), by: server.actor },
      ...{ at: server.now(), draft: body.draft === true, prerelease: body.prerelease === true },
    }
    repository.releases.push(release)
    server.save()
    const actions = [
      'created',
      ...(release.draft ? [] : ['published', release.prerelease ? 'prereleased' : 'released']),
    ]
    for (const action of actions)
      server.announce('release', release.by, repository, { action, release: releaseOf(repository)(release) })
    return { status: 201, body: releaseOf(repository)(release) }
  }
  const releaseIn = (request: VendorRequest, is: (release: Release) => boolean) => {
    const repository = server.repositoryIn(request)
    return { status: 200, body: releaseOf(repository)(or404(repository.releases.find(is))) }
  }
  router
    .get(`${base}/releases`, (request) => {
      const repository = server.repositoryIn(request)
      return page(request, newest(repository), releaseOf(repository))
    })
    .post(`${base}/releases`, createRelease)
    .get(`${base}/releases/latest`, (request) => {
      const repository = server.repositoryIn(request)
      return { status: 200, body: releaseOf(repository)(or404(published(repository)[0])) }
    })
    .get(`${base}/releases/tags/{tag}`, (request) => releaseIn(request, ({ tag }) => tag === request.params.tag))
    .get(`${base}/releases/{id}`, (request) => releaseIn(request, ({ id }) => String(id) === request.params.id))

  const environmentOf = (repository: Repository) => (name: string) => {
    const id = parseInt(Buffer.from(name).toString('hex').slice(0, 8), 16)
    const url = `${documents.url(repository)}/environments/${name}`
    const html_url = `${documents.page(repository)}/deployments/activity_log?environments_filter=${name}`
    const dates = { created_at: iso(repository.created), updated_at: iso(repository.created) }
    return {
      id,
      node_id: nodeId('EN', id),
      name,
      url,
      html_url,
      ...dates,
      protection_rules: [],
      deployment_branch_policy: null,
    }
  }
  const deploymentOf = (repository: Repository) => (deployment: Deployment) => {
    const url = `${documents.url(repository)}/deployments/${deployment.id}`
    return {
      ...{
        url,
        id: deployment.id,
        node_id: nodeId('DE', deployment.id),
        sha: deployment.sha,
        ref: deployment.ref,
        task: deployment.task,
      },
      ...{
        payload: deployment.payload,
        original_environment: deployment.environment,
        environment: deployment.environment,
      },
      ...{ description: deployment.description || null, creator: documents.user(deployment.by) },
      ...{ created_at: iso(deployment.at), updated_at: iso(deployment.statuses.at(-1)?.at ?? deployment.at) },
      ...{ statuses_url: `${url}/statuses`, repository_url: documents.url(repository) },
      ...{
        transient_environment: false,
        production_environment: deployment.environment === 'production',
        performed_via_github_app: null,
      },
    }
  }
  const deploymentIn = (request: VendorRequest): [Repository, Deployment] => {
    const repository = server.repositoryIn(request)
    return [repository, or404(repository.deployments.find(({ id }) => String(id) === request.params.id))]
  }
  const statusDocument =
    (repository: Repository, deployment: Deployment) => (status: Deployment['statuses'][number]) => ({
      ...{
        url: `${documents.url(repository)}/deployments/${deployment.id}/statuses/${status.id}`,
        id: status.id,
        state: status.state,
      },
      ...{ node_id: nodeId('DES', status.id), creator: documents.user(status.by), description: status.description },
      ...{ environment: deployment.environment, target_url: status.url, log_url: status.url, environment_url: '' },
      ...{ created_at: iso(status.at), updated_at: iso(status.at), repository_url: documents.url(repository) },
      deployment_url: `${documents.url(repository)}/deployments/${deployment.id}`,
    })
  const announceDeployment = (event: string, repository: Repository, deployment: Deployment, more = {}) =>
    server.announce(event, server.actor, repository, {
      ...{ action: 'created', ...more, deployment: deploymentOf(repository)(deployment), workflow: null },
    })
  const createDeployment: Handler = (request) => {
    const repository = server.repositoryIn(request)
    const body = bodyOf(request)
    const ref = textOf(body, 'ref', 'Deployment')
    const commit = server.commitAt(repository, ref)
    if (!commit) throw unprocessable(`No ref found for: ${ref}`)
    const environment = String(body.environment ?? 'production')
    const deployment: Deployment = {
      ...{
        id: server.nextId(),
        environment,
        ref,
        sha: commit.sha,
        task: String(body.task ?? 'deploy'),
        by: server.actor,
      },
      ...{ description: String(body.description ?? ''), at: server.now(), payload: body.payload ?? {}, statuses: [] },
    }
    if (!repository.environments.includes(environment)) repository.environments.push(environment)
    repository.deployments.push(deployment)
    server.save()
    announceDeployment('deployment', repository, deployment)
    return { status: 201, body: deploymentOf(repository)(deployment) }
  }
  const addDeploymentStatus: Handler = (request) => {
    const [repository, deployment] = deploymentIn(request)
    const { state, description = '', log_url = '' } = bodyOf(request)
    if (!STATES.includes(String(state)))
      throw invalid({ resource: 'DeploymentStatus', field: 'state', code: 'invalid' })
    const made = { id: server.nextId(), state: String(state), by: server.actor, at: server.now() }
    const status = { ...made, description: String(description), url: String(log_url) }
    deployment.statuses.push(status)
    server.save()
    announceDeployment('deployment_status', repository, deployment, {
      deployment_status: statusDocument(repository, deployment)(status),
    })
    return { status: 201, body: statusDocument(repository, deployment)(status) }
  }
  router
    .get(`${base}/environments`, (request) => {
      const repository = server.repositoryIn(request)
      return page(request, repository.environments, environmentOf(repository), (environments, total_count) => ({
        total_count,
        environments,
      }))
    })
    .get(`${base}/environments/{name}`, (request) => {
      const repository = server.repositoryIn(request)
      if (!repository.environments.includes(request.params.name!)) throw notFound()
      return { status: 200, body: environmentOf(repository)(request.params.name!) }
    })
    .get(`${base}/deployments`, (request) => {
      const repository = server.repositoryIn(request)
      const { environment, sha, ref, task } = request.query
      const wanted = repository.deployments.filter(
        (each) =>
          (!environment || each.environment === environment) &&
          (!sha || each.sha === sha) &&
          (!ref || each.ref === ref) &&
          (!task || each.task === task),
      )
      return page(
        request,
        wanted.sort((a, b) => b.at - a.at || b.id - a.id),
        deploymentOf(repository),
      )
    })
    .post(`${base}/deployments`, createDeployment)
    .get(`${base}/deployments/{id}`, (request) => {
      const [repository, deployment] = deploymentIn(request)
      return { status: 200, body: deploymentOf(repository)(deployment) }
    })
    .get(`${base}/deployments/{id}/statuses`, (request) => {
      const [repository, deployment] = deploymentIn(request)
      return page(request, [...deployment.statuses].reverse(), statusDocument(repository, deployment))
    })
    .post(`${base}/deployments/{id}/statuses`, addDeploymentStatus)
}
