import { ok, Router, type Handler, type Vendor, type VendorRequest } from '../frame/router.js'
import type { Services, TokenClaims } from '../frame/services.js'
import { typeOf } from './answer-list.js'
import { answerBatch } from './batch.js'
import { Directory } from './directory.js'
import { addGroupOperations } from './group-operations.js'
import { addMessageOperations, type TeamsMessages } from './message-operations.js'
import { operationsOn, textsOf } from './operations.js'
import { badRequest, errorResponse, GraphError, noSegment } from './refusals.js'
import { addUserOperations } from './user-operations.js'

const audience = 'https://graph.microsoft.com'

/**
 * Microsoft Graph v1.0: users, groups, who is in which, photos, batches, delta queries, and the messages of Teams.
 * @param teams what was said in Teams; absent, nobody can read it.
 */
export function graph(services: Services, teams?: TeamsMessages): Vendor {
  const directory = new Directory(services.org)
  const operations = operationsOn(services, directory)
  const { context } = operations
  const router = new Router({
    ignoreCase: true,
    notFound: ({ path }) => {
      throw noSegment(path)
    },
  })
  addUserOperations(router, operations)
  addGroupOperations(router, operations)
  if (teams)
    addMessageOperations(router, operations, teams, async ({ headers }) =>
      services.verifyToken(headers.authorization, audience),
    )
  router
    .get('/organization', () =>
      ok({
        '@odata.context': context('organization'),
        value: [
          {
            id: services.org.tenant,
            displayName: services.org.name,
            verifiedDomains: [
              { name: services.org.domain, isDefault: true, isInitial: true, type: 'Managed', capabilities: 'Email' },
            ],
          },
        ],
      }),
    )
    .post('/directoryObjects/getByIds', ({ body }) => {
      const ids = textsOf(body, 'ids')
      const found = ids.map((id) => directory.any(id)).filter((each) => each !== undefined)
      return ok({
        '@odata.context': context('directoryObjects'),
        value: found.map((each) => ({ '@odata.type': typeOf(each), ...each })),
      })
    })
  const one = answering(services, router)
  return {
    name: 'graph',
    prefixes: ['/graph'],
    handle: (request) => {
      const [, version, rest] = /^\/(v1\.0|beta)(\/.*)?$/.exec(request.path) ?? []
      const below = { ...request, path: rest ?? '/' }
      if (version !== 'v1.0')
        return errorResponse(badRequest(`Invalid version: ${request.path.split('/')[1] ?? ''}; this is v1.0.`))
      if (rest !== '/$batch' || request.method !== 'POST') return one(below)
      return guarded(services, below, () => answerBatch(below, one))
    },
  }
}

/** Checks the token, puts the signed-in person in the place of `me`, and answers errors in Graph's form. */
const answering =
  (services: Services, router: Router): Handler =>
  (request) =>
    guarded(services, request, (claims) => {
      const [, rest] = /^\/me(\/.*)?$/i.exec(request.path) ?? []
      if (!/^\/me(\/|$)/i.test(request.path)) return router.handle(request)
      if (claims.idtyp === 'app') throw badRequest('/me request is only valid with delegated authentication flow.')
      return router.handle({ ...request, path: `/users/${claims.oid}${rest ?? ''}` })
    })

async function guarded(
  services: Services,
  request: VendorRequest,
  answer: (claims: TokenClaims) => ReturnType<Handler>,
) {
  try {
    const { authorization } = request.headers
    const claims = await services.verifyToken(authorization, audience)
    if (!claims)
      throw new GraphError(
        401,
        'InvalidAuthenticationToken',
        authorization
          ? 'Access token validation failure. Invalid audience, signature or lifetime.'
          : 'Access token is empty.',
      )
    return await answer(claims)
  } catch (error) {
    if (!(error instanceof GraphError)) throw error
    return errorResponse(error, request.headers['client-request-id'])
  }
}
