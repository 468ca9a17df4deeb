import { projectRoot } from '../../infra/local/project-root.js'
import { readSettings } from '../../infra/local/settings.js'
import { startTenant } from '../../infra/local/start-tenant.js'
import { Directory } from '../../infra/local/teams/directory.js'
import type { Asker } from './load/questions.js'

/** What the local tenant tells the bench once it listens. */
export interface TenantReady {
  /** Port of the tenant's Teams page. */
  port: number
  base: string
  caFile: string
  /** Environment of a hub that is to listen on a free port. */
  hub: Record<string, string>
  tenantId: string
  bot: { id: string; name: string }
  askers: Asker[]
}

// The local tenant in a process of its own, so that it takes no time of what is measured: `tenant.js <data folder>`.
const [data] = process.argv.slice(2)
if (!data) throw new Error('usage: tenant <data folder>')
// Nobody writes on the page during a bench, so there need be no hub behind port 9.
const free = { NEXUS_TENANT_PORT: '0', NEXUS_TEAMS_PORT: '0', NEXUS_HUB_PORT: '9', NEXUS_DATA: data }
const tenant = await startTenant(readSettings(free, projectRoot()))
const directory = new Directory(tenant.org, 'Nexus')
const ready: TenantReady = {
  port: Number(new URL(tenant.page).port),
  base: tenant.base,
  caFile: tenant.terminalProfile.caFile,
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
process.once('SIGTERM', () => void tenant.stop().then(() => process.exit(0)))
