import { decodeJwt } from 'jose'
import { z } from 'zod/v4'
import type { HttpAnswer, HttpRequest, HttpRoute, JsonRoute, RawRequest } from './http-server.js'

/** One organisation's addresses. */
export interface TenantRoutes {
  /** Its Entra tenant. */
  tenant: string
  routes: readonly HttpRoute[]
}

/**
 * The addresses of several organisations as those of one hub. A request goes to the organisation that it says it is of, and there it has to
 * prove it: a token by its issuer, an activity by its bot's token, a webhook by its secret. What names nobody goes to the first, as with one
 * organisation alone. The first's webhooks come to `/webhooks/{source}`, another's to `/webhooks/{its Entra tenant}/{source}`.
 */
export function routeTenants(tenants: readonly [TenantRoutes, ...TenantRoutes[]]): HttpRoute[] {
  const [first, ...others] = tenants
  /** The route of the organisation that a request says it is of, for the same address. */
  const own = <R extends HttpRoute>(route: R, request: HttpRequest | RawRequest): R => {
    const named = tenantNamed(route.path, request)?.toLowerCase()
    const chosen = tenants.find(({ tenant }) => tenant.toLowerCase() === named) ?? first
    const found = chosen.routes.find(({ method, path }) => method === route.method && path === route.path)
    if (!found || 'raw' in found !== 'raw' in route)
      throw new Error(`The hub of ${chosen.tenant} has no address ${route.method} ${route.path}`)
    return found as R
  }
  const shared = first.routes.map((route): HttpRoute => {
    if (!others.length || isWebhook(route)) return route
    if ('raw' in route) return { ...route, raw: (request) => own(route, request).raw(request) }
    if (forAll.has(route.path)) return { ...route, handle: (request) => askAll(tenants, route, request) }
    return { ...route, handle: (request) => own(route, request).handle(request) }
  })
  const webhooks = others.flatMap(({ tenant, routes }) =>
    routes
      .filter(isWebhook)
      .map((route) => ({ ...route, path: route.path.replace(/^\/webhooks\//, `/webhooks/${tenant}/`) })),
  )
  return [...shared, ...webhooks]
}

/** A vendor's delivery names no tenant, so that each organisation has an address of its own for it. */
const isWebhook = ({ path }: HttpRoute): boolean => path.startsWith('/webhooks/')

/** What is asked of the process: probes, and the clock of tests. */
const forAll = new Set(['/healthz', '/readyz', '/clock'])

/** Asks every organisation's hub; the answer is that of the first with whom all is not well. */
async function askAll(
  tenants: readonly TenantRoutes[],
  { method, path }: JsonRoute,
  request: HttpRequest,
): Promise<HttpAnswer> {
  const routes = tenants.flatMap(({ routes: own }) => own.filter((one) => one.method === method && one.path === path))
  const answers = await Promise.all(routes.flatMap((one) => ('raw' in one ? [] : [one.handle(request)])))
  return answers.find(({ status }) => status >= 300) ?? answers[0]!
}

const Activity = z.object({
  channelData: z.object({ tenant: z.object({ id: z.string() }).optional() }).optional(),
  conversation: z.object({ tenantId: z.string().optional() }).optional(),
})

/** The Entra tenant that a request says it is of. Nothing is believed by it: it chooses who checks the request. */
function tenantNamed(path: string, request: HttpRequest | RawRequest): string | undefined {
  if (path === '/api/messages' && 'body' in request) {
    const { channelData, conversation } = Activity.safeParse(request.body).data ?? {}
    return channelData?.tenant?.id ?? conversation?.tenantId
  }
  try {
    const { tid } = decodeJwt(request.authorization?.replace(/^Bearer\s+/i, '') ?? '')
    return typeof tid === 'string' ? tid : undefined
  } catch {
    return undefined
  }
}
