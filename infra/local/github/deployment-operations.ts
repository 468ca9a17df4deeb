import type { Handler, Router, VendorRequest } from '../frame/router.js'
import { bodyOf, invalid, iso, notFound, or404, page, textOf, unprocessable } from './answers.js'
import { nodeId } from './documents.js'
import { permissionOf } from './organisation-operations.js'
import type { Server } from './server.js'
import type { CommitStatus, Deployment, Release, Repository } from './state.js'

const STATES = ['error', 'failure', 'inactive', 'in_progress', 'queued', 'pending', 'success']

/** A repository itself, who may work on it, what its commits passed, and what was released and deployed of it. */
export function deploymentOperations(router: Router, server: Server): void {
  const { documents } = server
  const base = '/repos/{owner}/{repo}'

  router
    .get(base, (request) => {
      const repository = server.repositoryIn(request)
      const organization = documents.account(documents.login, 'Organization')
      return {
        status: 200,
        body: { ...documents.repository(repository), organization, network_count: 0, subscribers_count: 0 },
      }
    })
    .get(`${base}/teams`, (request) => {
      const team = documents.teamOf(server.repositoryIn(request).team ?? '')
      return page(request, team ? [team] : [], (each) => ({ ...documents.team(each), permission: 'push' }))
    })
    .get(`${base}/collaborators`, (request) => {
      const repository = server.repositoryIn(request)
      return page(request, documents.members, ({ id }) => ({
        ...documents.user(id),
        role_name: permissionOf(server, repository, documents.loginOf(id)),
      }))
    })
    .get(`${base}/collaborators/{login}/permission`, (request) => {
      const permission = permissionOf(server, server.repositoryIn(request), request.params.login!)
      const { id } = documents.personOf(request.params.login!)!
      return { status: 200, body: { permission, role_name: permission, user: documents.user(id) } }
    })
    .get(`${base}/languages`, (request) => {
      const { language } = server.repositoryIn(request)
      return { status: 200, body: language ? { [language]: 10_000 } : {} }
    })

  const commitIn = (request: VendorRequest) => {
    const repository = server.repositoryIn(request)
    const commit = server.commitAt(repository, request.params.ref)
    if (!commit) throw unprocessable(`No commit found for SHA: ${request.params.ref}`)
    return { repository, sha: commit.sha }
  }
  const checkRuns: Handler = (request) => {
    const { repository, sha } = commitIn(request)
    const check = repository.checks[sha]
    const id = parseInt(sha.slice(0, 10), 16)
    return page(
      request,
      check ? [check] : [],
      ({ state, at }) => ({
        ...{ id, head_sha: sha, node_id: nodeId('CR', id), external_id: '', name: 'build' },
        ...{
          url: `${documents.url(repository)}/check-runs/${id}`,
          html_url: `${documents.page(repository)}/runs/${id}`,
          details_url: null,
        },
        ...{
          status: state === 'pending' ? 'in_progress' : 'completed',
          conclusion: state === 'pending' ? null : state,
        },
        ...{ started_at: iso(at), completed_at: state === 'pending' ? null : iso(at + 240_000), pull_requests: [] },
        output: { title: null, summary: null, text: null, annotations_count: 0, annotations_url: '' },
        ...{ check_suite: { id }, app: null },
      }),
      (check_runs, total_count) => ({ total_count, check_runs }),
    )
  }

  const statusOf = (repository: Repository) => (status: CommitStatus) => ({
    ...{ id: status.id, node_id: nodeId('SC', status.id), state: status.state, context: status.context },
    ...{ description: status.description || null, target_url: status.url, avatar_url: null },
    ...{ url: `${documents.url(repository)}/statuses/${status.sha}`, creator: documents.user(status.by) },
    ...{ created_at: iso(status.at), updated_at: iso(status.at) },
  })
  /** The newest status of each context decides. */
  const combined: Handler = (request) => {
    const { repository, sha } = commitIn(request)
    const latest = new Map(
      repository.statuses.filter((status) => status.sha === sha).map((status) => [status.context, status]),
    )
    const states = [...latest.values()].map(({ state }) => state)
    const failed = states.some((state) => state === 'failure' || state === 'error')
    const state = failed ? 'failure' : states.length === 0 || states.includes('pending') ? 'pending' : 'success'
    const url = `${documents.url(repository)}/commits/${sha}`
    const statuses = [...latest.values()].map(statusOf(repository))
    const body = { state, statuses, sha, total_count: latest.size, commit_url: url, url: `${url}/status` }
    return { status: 200, body: { ...body, repository: documents.repository(repository) } }
  }
  const addStatus: Handler = (request) => {
    const { repository, sha } = commitIn(request)
    const { state, context = 'default', description = '', target_url } = bodyOf(request)
    if (!['error', 'failure', 'pending', 'success'].includes(String(state)))
      throw invalid({ resource: 'Status', field: 'state', code: 'invalid' })
    const status: CommitStatus = {
      ...{
        id: server.nextId(),
        sha,
        state: state as CommitStatus['state'],
        context: String(context),
        by: server.actor,
      },
      ...{
        description: String(description),
        url: typeof target_url === 'string' ? target_url : null,
        at: server.now(),
      },
    }
    repository.statuses.push(status)
    server.save()
    return { status: 201, body: statusOf(repository)(status) }
  }
  router
    .get(`${base}/commits/{ref}/check-runs`, checkRuns)
    .get(`${base}/commits/{ref}/status`, combined)
    .get(`${base}/commits/{ref}/statuses`, (request) => {
      const { repository, sha } = commitIn(request)
      return page(request, repository.statuses.filter((status) => status.sha === sha).reverse(), statusOf(repository))
    })
    .post(`${base}/statuses/{ref}`, addStatus)

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
