import { randomUUID } from 'node:crypto'
import { Router, type Handler, type Vendor, type VendorRequest } from '../frame/router.js'
import type { Services } from '../frame/services.js'
import { Refusal, refuse } from './answers.js'
import { checkVersion } from './api-version.js'
import { buildOperations } from './build-operations.js'
import { capacityOperations } from './capacity-operations.js'
import { coreOperations } from './core-operations.js'
import { environmentOperations } from './environment-operations.js'
import { gitOperations } from './git-operations.js'
import { hookOperations } from './hook-operations.js'
import { packagingOperations } from './packaging-operations.js'
import { policyOperations } from './policy-operations.js'
import { pullOperations } from './pull-operations.js'
import { pushOperations } from './push-operations.js'
import { releaseOperations } from './release-operations.js'
import { reportingOperations } from './reporting-operations.js'
import { repositoryOperations } from './repository-operations.js'
import { AUDIENCE, Server } from './server.js'
import type { Deliver } from './service-hooks.js'
import { testOperations } from './test-operations.js'
import { Usage } from './usage.js'
import { workItemOperations } from './work-item-operations.js'
import { workOperations } from './work-operations.js'

/** The fault that only it can play: an answer that says its caller was slowed down and should wait. */
const slowed = 'azure-devops-slowed'

/**
 * Azure DevOps Services below `/ado/{organisation}`: discovery, projects and teams, Git and its policies, builds, pipelines, their
 * environments and tests, releases, work items, boards and capacity, feeds, and service hooks. Takes Entra tokens for Azure DevOps; a
 * person's token acts as the person.
 * @param standing hears of every event, as subscriptions that an administrator made would
 */
export function azureDevOps(services: Services, standing?: Deliver): Vendor {
  const server = new Server(services)
  server.hooks.standing = standing
  const usage = new Usage()
  const router = new Router({ ignoreCase: true, notFound })
  coreOperations(router, server)
  workItemOperations(router, server)
  workOperations(router, server)
  gitOperations(router, server)
  pushOperations(router, server)
  pullOperations(router, server)
  environmentOperations(router, server) // before those that take any word for a pipeline's id
  buildOperations(router, server)
  releaseOperations(router, server)
  repositoryOperations(router, server)
  policyOperations(router, server)
  testOperations(router, server)
  reportingOperations(router, server)
  capacityOperations(router, server)
  packagingOperations(router, server)
  hookOperations(router, server)

  const answer: Handler = async (request) => {
    try {
      const claims = await services.verifyToken(request.headers.authorization, AUDIENCE)
      if (!claims) throw unauthorized(services.org.tenant)
      server.recordCaller(request, claims)
      checkVersion(request)
      return await router.handle({ ...request, path: withoutOrganisation(request, server.organisation) })
    } catch (error) {
      if (error instanceof Refusal) return refuse(error)
      throw error
    }
  }
  const handle: Handler = async (request) => {
    const answered = await answer(request)
    const delayed = services.faults?.strikeNamed(slowed) !== undefined
    const used = usage.headersFor(server.caller(request), performance.now(), delayed)
    return { ...answered, headers: { ...usual(request), ...used, ...answered.headers } }
  }
  return { name: 'azure-devops', prefixes: ['/ado'], faults: [slowed], handle }
}

const notFound: Handler = ({ path, method }) =>
  refuse(
    new Refusal(
      404,
      'VssResourceNotFoundException',
      `The controller for path '${path}' with method ${method} was not found or does not implement IController.`,
    ),
  )

/** The headers that every answer carries. */
function usual({ headers }: VendorRequest): Record<string, string> {
  const activity = randomUUID()
  return {
    'x-tfs-processid': '3f6d4c52-6d0e-4b1c-9a35-7c2f0c7f9a11',
    'x-tfs-session': headers['x-tfs-session'] ?? activity,
    activityid: activity,
    'x-vss-e2eid': activity,
    'x-frame-options': 'SAMEORIGIN',
    'cache-control': 'no-cache',
  }
}

/** 401 with the place to get a token, as Azure DevOps says it. */
const unauthorized = (tenant: string): Refusal =>
  new Refusal(
    401,
    'UnauthorizedRequestException',
    "TF400813: The user 'aaaaaaaa-aaaa-aaaa-aaaa-aaaaaaaaaaaa' is not authorized to access this resource.",
    {
      'www-authenticate': `Bearer authorization_uri=https://login.windows.net/${tenant}, TFS-Federated`,
      'x-tfs-fedauthrealm': 'https://tfsprodweu.visualstudio.com/',
    },
  )

/** The path below the organisation; 404 for another organisation. */
function withoutOrganisation({ path }: VendorRequest, organisation: string): string {
  const [, name = '', ...rest] = path.split('/')
  if (name.toLowerCase() !== organisation.toLowerCase())
    throw new Refusal(
      404,
      'HostDoesNotExistException',
      `VS800075: The project with id '${name}' does not exist, or you do not have permission to access it.`,
    )
  return `/${rest.join('/')}`
}
