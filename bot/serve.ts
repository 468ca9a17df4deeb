import { createHttpServer } from './channels/http/http-server.js'
import { routeTenants } from './channels/http/tenant-routes.js'
import { composeTenant } from './compose.js'
import type { Surroundings } from './compose/surroundings.js'
import type { Config } from './config.js'
import type { Registry } from './hub/registry.js'

/** Milliseconds that requests under way have to end. */
const drainPatience = 10_000

/** A hub that listens. */
export interface Running {
  port: number
  /** The commands of the first organisation. */
  registry: Registry
  /** Takes nothing more, ends what is under way, closes the store. */
  stop(): Promise<void>
}

/**
 * One hub for one organisation or several. They share the process, its port, its skills and its store, in which each has its own part; nothing
 * that one of them is made of is given to another.
 * @param configs one for each organisation; where the hub listens is the first's
 */
export async function serve(configs: readonly [Config, ...Config[]], surroundings: Surroundings): Promise<Running> {
  const [{ NEXUS_HOST: host, NEXUS_PORT: wanted }, ...others] = configs
  const { log, store } = surroundings
  const first = await composeTenant(configs[0], surroundings)
  const tenants = [first, ...(await Promise.all(others.map((config) => composeTenant(config, surroundings))))] as const
  const server = createHttpServer(routeTenants([first, ...tenants.slice(1)]), (error, path) =>
    log.error('http.failed', { path, error }),
  )
  const port = await server.listen(host, wanted)
  for (const tenant of tenants) tenant.listens()
  log.info('listening', { port, ...(others.length && { tenants: tenants.map(({ tenant }) => tenant) }) })
  return {
    port,
    registry: first.registry,
    async stop() {
      await server.drain(drainPatience)
      await Promise.all(tenants.map((one) => one.stop()))
      await store.close()
    },
  }
}
