import { Router } from '../../frame/router.js'
import type { Client } from '../client/client.js'
import type { TeamsContext } from '../context.js'
import { Refusal } from '../refusal.js'
import { doingRoutes } from './doing-routes.js'
import { lookingRoutes } from './looking-routes.js'
import { stormRoutes } from './storm-routes.js'
import { tenantRoutes } from './tenant-routes.js'

/** Everything below `/local` but the event stream. */
export function localRoutes(context: TeamsContext, client: Client): Router {
  const router = new Router({
    notFound: ({ method, path }) => {
      throw new Refusal(404, `There is no ${method} ${path}.`)
    },
  })
  lookingRoutes(router, context, client)
  doingRoutes(router, client)
  tenantRoutes(router, context)
  stormRoutes(router, context.options.storm)
  return router
}
