import { subscribe } from 'node:diagnostics_channel'
import type { IncomingMessage } from 'node:http'
import { projectRoot } from '../../infra/local/project-root.js'
import { readSettings } from '../../infra/local/settings.js'
import { startTenant } from '../../infra/local/start-tenant.js'
import { Directory } from '../../infra/local/teams/directory.js'
import type { Asker } from './load/questions.js'

/** What the local tenant tells the bench once it listens. */
export interface TenantReady {
  /** What a hub is to be started with. */
  hub: Record<string, string>
  tenantId: string
  bot: { id: string; name: string }
  askers: Asker[]
  /** Address of `/local/*`. */
  page: string
}

/** A request that left the tenant or came to it, and when, in milliseconds of one clock. */
export interface Wire {
  way: 'out' | 'in'
  method: string
  path: string
  at: number
}

// The local tenant in a process of its own, so that it takes no time of what is measured: `tenant.js <data folder> [port]`.
// With the port of a hub, it tells the hub where it is installed when it is told `announce`, and each request of either by IPC. Without,
// nobody writes on its page: port 9 discards.
const [data, hubPort] = process.argv.slice(2)
if (!data) throw new Error('usage: tenant <data folder> [port of the hub]')
const ports = { NEXUS_TENANT_PORT: '0', NEXUS_TEAMS_PORT: '0', NEXUS_HUB_PORT: hubPort ?? '9' }
const many = process.env.NEXUS_LOCAL_RESOURCES
const tenant = await startTenant(
  readSettings({ ...ports, NEXUS_DATA: data, ...(many && { NEXUS_LOCAL_RESOURCES: many }) }, projectRoot()),
)
const directory = new Directory(tenant.org, 'Nexus')
const ready: TenantReady = {
  hub: { ...tenant.hubEnvironment, NEXUS_PORT: hubPort ?? '0' },
  page: tenant.page,
  tenantId: tenant.org.tenant,
  bot: directory.bot,
  askers: directory.accounts
    .filter(({ guest }) => !guest)
    .map(({ id, mri, name, objectId, zone, locale }) => ({
      id: mri,
      name,
      objectId,
      zone,
      locale,
      conversation: directory.place(`personal/${id}`)!.conversation,
    })),
}
if (hubPort) watch()
process.send?.(ready)
process.on('message', (said) => {
  if (said === 'announce') void tenant.announceInstalls().then(() => process.send?.('announced'))
})

/** Tells of every request to and from this process (nodejs.org/api/diagnostics_channel.html; undici is Node's `fetch`). */
function watch(): void {
  const tell = (way: Wire['way'], { method, path }: { method: string; path: string }) =>
    process.send?.({ wire: { way, method, path, at: performance.now() } satisfies Wire })
  subscribe('undici:request:create', (message) => {
    tell('out', (message as { request: { method: string; path: string } }).request)
  })
  subscribe('http.server.request.start', (message) => {
    const { method, url } = (message as { request: IncomingMessage }).request
    tell('in', { method: method!, path: url! })
  })
}
for (const event of ['SIGTERM', 'disconnect'] as const)
  process.once(event, () => void tenant.stop().then(() => process.exit(0)))
