import type { Handler, Router, VendorRequest } from '../frame/router.js'
import { bodyOf, invalid, iso, page, unprocessable } from './answers.js'
import { nodeId } from './documents.js'
import { permissionOf } from './organisation-operations.js'
import type { Server } from './server.js'
import type { CommitStatus, Repository } from './state.js'

/** A repository itself, who may work on it, and what its commits passed. */
export function repositoryOperations(router: Router, server: Server): void {
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
}
