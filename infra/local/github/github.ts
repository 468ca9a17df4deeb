import { createHash, randomUUID } from 'node:crypto'
import { Router, type Handler, type Vendor, type VendorRequest, type VendorResponse } from '../frame/router.js'
import type { Services } from '../frame/services.js'
import { actionsOperations } from './actions-operations.js'
import { alertOperations } from './alert-operations.js'
import { watchRuns } from './announce-run.js'
import { notFound, Refusal, refuse } from './answers.js'
import { commitOperations } from './commit-operations.js'
import { contentOperations } from './content-operations.js'
import { deploymentOperations } from './deployment-operations.js'
import { gitObjectOperations } from './git-object-operations.js'
import { appOperations, organisationOperations } from './organisation-operations.js'
import { packageOperations } from './package-operations.js'
import { checkPermission } from './permissions.js'
import { pullOperations } from './pull-operations.js'
import { RateLimit, secondaryLimit } from './rate-limit.js'
import { referenceOperations } from './reference-operations.js'
import { repositoryOperations } from './repository-operations.js'
import { searchOperations } from './search-operations.js'
import { credentialOf, Server } from './server.js'
import { webhookOperations } from './webhook-operations.js'

const VERSION = '2022-11-28'

/** How the local GitHub differs from the usual one. */
export interface GitHubOptions {
  /** Requests an hour that an installation has; 5,000 unless told. */
  hourly?: number
}

/**
 * GitHub's REST API below `/github`, as api.github.com: the app's token exchange, repositories with their Git history,
 * teams, pull requests, Actions, deployments and search. `githubApp(services)` gives the app's id and key.
 */
export function gitHub(services: Services, options: GitHubOptions = {}): Vendor {
  const server = new Server(services)
  const rates = new RateLimit(options.hourly)
  const router = new Router({ notFound: () => refuse(notFound()) })
  appOperations(router, server)
  organisationOperations(router, server)
  contentOperations(router, server)
  commitOperations(router, server)
  gitObjectOperations(router, server)
  referenceOperations(router, server)
  pullOperations(router, server)
  actionsOperations(router, server)
  repositoryOperations(router, server)
  deploymentOperations(router, server)
  packageOperations(router, server)
  alertOperations(router, server)
  searchOperations(router, server)
  webhookOperations(router, server)
  watchRuns(server)
  router.get('/rate_limit', (request) => {
    const core = rates.allowance(whoOf(server, request))
    return { status: 200, body: { resources: { core, search: core }, rate: core } }
  })

  const answer: Handler = async (request) => {
    try {
      checkHeaders(request)
      await authenticate(server, request)
      playSecondaryLimit(services, request.path)
      if (request.path !== '/rate_limit') rates.take(whoOf(server, request), request.method, server.app.installationId)
      return await router.handle(permitted(server, request))
    } catch (error) {
      if (error instanceof Refusal) return refuse(error)
      throw error
    }
  }

  const handle: Handler = async (request) => {
    const answered = conditional(request, await answer(request))
    const who = answered.status === 401 ? undefined : whoOf(server, request)
    if (answered.status === 304 && who) rates.giveBack(who)
    return { ...answered, headers: { ...standing(rates, who), ...answered.headers } }
  }
  return { name: 'github', prefixes: ['/github'], faults: ['github-secondary'], handle }
}

/** Whose quota a request counts against. */
const whoOf = ({ app }: Server, request: VendorRequest): string =>
  app.tokenOf(credentialOf(request) ?? '') ? 'installation' : 'app'

/** The request, with its repository by name where it has its number; 403 where the token may not make it. */
function permitted({ app, all, documents }: Server, request: VendorRequest): VendorRequest {
  const [, id, rest = ''] = /^\/repositories\/(\d+)(\/.*)?$/.exec(request.path) ?? []
  const numbered = all.find((repository) => String(repository.id) === id)
  const named = numbered ? { ...request, path: `/repos/${documents.login}/${numbered.name}${rest}` } : request
  const token = app.tokenOf(credentialOf(request)!)
  if (token && app.installation.suspended) throw new Refusal(403, 'This installation has been suspended')
  if (token) checkPermission(named, app.permissionsOf(token))
  return named
}

/** The fault `github-secondary`: GitHub's secondary limit, which stands in for too much at a time. */
function playSecondaryLimit({ faults }: Services, path: string): void {
  const struck = faults?.strikeNamed(`github-secondary${path}`)
  if (!struck) return
  const headers = { 'retry-after': String(struck.retryAfter ?? 1) }
  throw new Refusal(403, secondaryLimit.message, { headers, page: secondaryLimit.page })
}

/** The headers that every answer carries. */
function standing(rates: RateLimit, who: string | undefined): Record<string, string> {
  const headers = {
    'x-github-request-id': randomUUID().slice(0, 18).toUpperCase(),
    'x-github-media-type': 'github.v3; format=json',
    'x-github-api-version-selected': VERSION,
    'access-control-expose-headers':
      'ETag, Link, Retry-After, X-RateLimit-Limit, X-RateLimit-Remaining, X-RateLimit-Reset',
  }
  if (!who) return headers
  const rate = Object.entries(rates.allowance(who)).map(([name, value]) => [`x-ratelimit-${name}`, String(value)])
  return { ...headers, ...Object.fromEntries(rate), 'x-ratelimit-resource': 'core' }
}

/** GitHub wants a User-Agent, JSON in Accept, and a version it knows. */
function checkHeaders({ headers }: VendorRequest): void {
  if (!headers['user-agent'])
    throw new Refusal(
      403,
      'Request forbidden by administrative rules. Please make sure your request has a User-Agent header',
    )
  const accept = headers.accept ?? '*/*'
  if (!/\*\/\*|application\/\*|json|vnd\.github/.test(accept))
    throw new Refusal(415, `Unsupported 'Accept' header: '${accept}'. Must accept 'application/json'.`)
  const version = headers['x-github-api-version']
  if (version !== undefined && version !== VERSION)
    throw new Refusal(400, `API version "${version}" is not supported: use ${VERSION}`, {
      page: '/about-the-rest-api/api-versions',
    })
}

/** Some paths take the app's JSON web token and nothing else, all others an installation's token and nothing else. */
async function authenticate(server: Server, request: VendorRequest): Promise<void> {
  const credential = credentialOf(request)
  const asApp = /^\/app(\/|$)|^\/(orgs\/[^/]+|repos\/[^/]+\/[^/]+)\/installation$/.test(request.path)
  if (!credential) throw new Refusal(401, request.headers.authorization ? 'Bad credentials' : 'Requires authentication')
  if (asApp) return server.app.checkJwt(credential)
  if (server.app.tokenOf(credential)) return
  if (credential.split('.').length === 3) {
    await server.app.checkJwt(credential)
    throw new Refusal(403, 'Resource not accessible by integration')
  }
  throw new Refusal(401, 'Bad credentials')
}

/** Adds the ETag to what can be cached, and answers 304 where the client has it. */
function conditional(request: VendorRequest, answered: VendorResponse): VendorResponse {
  if (request.method !== 'GET' || answered.status !== 200) return answered
  const body =
    Buffer.isBuffer(answered.body) || typeof answered.body === 'string' ? answered.body : JSON.stringify(answered.body)
  const etag = `W/"${createHash('sha256').update(body).digest('hex')}"`
  const headers = { ...answered.headers, etag, 'cache-control': 'private, max-age=60, s-maxage=60' }
  const known = (request.headers['if-none-match'] ?? '').split(/,\s*/)
  return known.includes(etag) ? { status: 304, headers } : { ...answered, headers }
}
