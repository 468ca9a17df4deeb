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
}

// The local tenant in a process of its own, so that it takes no time of what is measured: `tenant.js <data folder>`.
const [data] = process.argv.slice(2)
if (!data) throw new Error('usage: tenant <data folder>')
// Port 9 discards: nobody writes on the page during a bench.
const ports = { NEXUS_TENANT_PORT: '0', NEXUS_TEAMS_PORT: '0', NEXUS_HUB_PORT: '9' }
const tenant = await startTenant(readSettings({ ...ports, NEXUS_DATA: data }, projectRoot()))
const directory = new Directory(tenant.org, 'Nexus')
const ready: TenantReady = {
  hub: { ...tenant.hubEnvironment, NEXUS_PORT: '0' },
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
process.send?.(ready)
for (const event of ['SIGTERM', 'disconnect'] as const)
  process.once(event, () => void tenant.stop().then(() => process.exit(0)))
