import { randomUUID } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { localCosmosKey } from '../../infra/local/cosmos/authorization.js'
import type { TenantMessage } from '../../infra/local/tenant.js'
import { openCosmosStore } from '../../bot/store/cosmos/open.js'
import { builtProgram } from '../contracts/built-program.js'
import { startProcess, type Started } from '../fault/processes.js'
import { environmentOf, freePorts, type Ports } from './start-product.js'

// The hub that is deployed, on the local Cosmos DB, with an Entra token and no key; what several of them share is `test/fault`'s.
const mainProgram = builtProgram('bot/main.ts')
const data = mkdtempSync(join(tmpdir(), 'nexus-cosmos-start-'))
let ports: Ports
let tenant: Started
let account: { endpoint: string; database: string }
let environment: NodeJS.ProcessEnv

beforeAll(async () => {
  ports = await freePorts()
  const told = environmentOf(data, ports)
  const tenantProgram = join(dirname(mainProgram), '..', 'infra', 'local', 'tenant.js')
  tenant = startProcess('the local tenant', tenantProgram, [], told)
  const listening = await tenant.message((message) => {
    const said = message as TenantMessage
    return 'listening' in said ? said.listening : undefined
  })
  account = { endpoint: `${listening.base}/cosmos`, database: 'nexus' }
  environment = {
    ...told,
    ...listening.hubEnvironment,
    ...{ NEXUS_STORE: 'cosmos', NEXUS_COSMOS_ENDPOINT: account.endpoint },
  }
}, 120_000)
afterAll(async () => {
  await tenant?.end('SIGTERM')
  rmSync(data, { recursive: true, force: true })
})

const start = () => startProcess('the hub', mainProgram, [], environment)

test('without its containers it says so in a sentence, and ends', async () => {
  const hub = start()
  expect(await hub.ended).toBe('1')
  expect(hub.log()).toMatch(/container/i)
  expect(hub.log()).not.toMatch(/\n\s+at /)
}, 120_000)

test('with containers that an operator made it starts by its identity, and is ready', async () => {
  const made = await openCosmosStore({
    clock: { now: Date.now },
    id: randomUUID,
    account: { ...account, credential: { key: localCosmosKey }, ca: readFileSync(environment.NODE_EXTRA_CA_CERTS!) },
    create: true,
  })
  await made.close()
  expect(environment).not.toHaveProperty('NEXUS_COSMOS_KEY')
  const hub = start()
  try {
    const { port } = await hub.message((message) => message as { port: number })
    const ready = async () => (await fetch(`http://127.0.0.1:${port}/readyz`)).status
    for (const end = Date.now() + 40_000; (await ready()) !== 200 && Date.now() < end;)
      await new Promise((resolve) => setTimeout(resolve, 200))
    expect(await ready()).toBe(200)
  } finally {
    await hub.end('SIGTERM')
  }
}, 90_000)
