import { hubEnvironment } from '../../infra/local/hub-environment.js'
import { Directory } from '../../infra/local/teams/directory.js'
import { contoso, startTenant } from '../../infra/local/tenant.js'
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
const tenant = await startTenant({
  organisation: contoso(),
  data,
  tenantPort: 0,
  teamsPort: 0,
  hub: 'http://127.0.0.1:9', // nobody writes on the page during a bench
})
const directory = new Directory(tenant.org, 'Nexus')
const ready: TenantReady = {
  port: Number(new URL(tenant.page).port),
  base: tenant.base,
  caFile: tenant.caFile,
  hub: hubEnvironment(tenant, { port: 0, data }),
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
process.once('SIGTERM', () => void tenant.close().then(() => process.exit(0)))
