import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { runProgram } from '../../../infra/local/run-program.js'
import type { TenantMessage } from '../../../infra/local/tenant.js'
import { builtProgram } from '../../contracts/built-program.js'
import { localTeams, type LocalTeams } from '../../product/local-teams.js'
import { environmentOf, freePorts } from '../../product/start-product.js'

/** The local tenant and a hub with the ballot skill, running. */
export interface BallotProduct extends LocalTeams {
  stop(): Promise<void>
}

const patience = 45_000

/** Starts both on free ports and waits until the hub has heard where it is installed. */
export async function startBallotProduct(): Promise<BallotProduct> {
  const data = mkdtempSync(join(tmpdir(), 'nexus-ballot-'))
  const environment = environmentOf(data, await freePorts())
  const tenant = runProgram('tenant', builtProgram('infra/local/tenant.ts'), environment, join(data, 'tenant.log'))
  const { listening } = await tenant.message((message) => {
    const said = message as TenantMessage
    return 'listening' in said ? said : undefined
  })
  const own = { ...environment, ...listening.hubEnvironment }
  const hub = runProgram('hub', builtProgram('test/client/ballot-hub.ts'), own, join(data, 'hub.log'))
  const stop = async () => {
    await hub.stop()
    await tenant.stop()
    rmSync(data, { recursive: true, force: true })
  }
  const ready = `http://127.0.0.1:${environment['NEXUS_HUB_PORT']}/readyz`
  for (const end = performance.now() + patience; ; await pause(50)) {
    if ((await fetch(ready).catch(() => undefined))?.status === 200) break
    if (performance.now() > end) {
      await stop()
      throw new Error('The hub with the ballot skill did not get ready.')
    }
  }
  const announced = tenant.message((message) => 'announced' in (message as TenantMessage) || undefined)
  tenant.send('hub-listening')
  await announced
  return { ...localTeams(listening.page), stop }
}
