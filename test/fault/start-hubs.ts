import { randomUUID } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { localCosmosKey } from '../../infra/local/cosmos/authorization.js'
import type { TenantMessage } from '../../infra/local/tenant.js'
import type { Fault } from '../../infra/local/teams/options.js'
import type { Store, TenantStore } from '../../bot/store/contract.js'
import { openCosmosStore } from '../../bot/store/cosmos/open.js'
import { openSqliteStore } from '../../bot/store/sqlite/open.js'
import { builtProgram } from '../contracts/built-program.js'
import { localTeams, type LocalTeams, type Pressed } from '../product/local-teams.js'
import { environmentOf, freePorts } from '../product/start-product.js'
import { startProcess, type Started } from './processes.js'

/** One hub of a stage: a process that can be killed, and started again on its port. */
export interface StagedHub {
  address: string
  /** Process id of the hub that runs, or ran last. */
  readonly pid: number
  /** What it wrote since its last start. */
  log(): string
  /** How the hub that runs, or ran last, ends: `SIGKILL`, or its status. */
  readonly ended: Promise<string>
  /** Has it kill itself at a step, `outbox.sent` or `outbox.sent:5` for the fifth passing from now; undefined takes that back. */
  stopAt(step: string | undefined): Promise<void>
  kill(): Promise<void>
  stop(): Promise<void>
  /** Starts it again, after it ended, with the tenant's business time. */
  restart(): Promise<void>
}

/** The local tenant and hubs on one store. */
export interface Stage extends LocalTeams {
  hubs: StagedHub[]
  /** Starts one more hub on the same store. */
  addHub(): Promise<StagedHub>
  /** Replaces the faults in force; none ends them. */
  faults(...faults: Fault[]): Promise<void>
  /** Moves business time of the tenant and of all hubs, and answers when what fell due is done. */
  clock(now: string | number): Promise<void>
  /** Business time of the tenant, milliseconds since 1970. */
  now(): Promise<number>
  submit(as: string, dialog: string, inputs: Record<string, string>): Promise<Pressed>
  /** Asks again until the answer is not undefined or false. @throws naming `what` after 30 s */
  until<T>(what: string, ask: () => Promise<T | undefined | false>): Promise<T>
  /** A person's id in the catalog, by their short name. */
  personId(name: string): string
  /** Opens the hubs' store beside them. */
  withStore<T>(use: (store: TenantStore) => Promise<T>): Promise<T>
  /** Ends all of it by process id, and removes the folder. */
  stop(): Promise<void>
}

const patience = 30_000
/** A first start on Cosmos DB writes the whole catalog over the network. */
const startPatience = 150_000

/** Where the hubs of a stage remember. */
export type StageEngine = 'sqlite' | 'cosmos'

/** Starts the local tenant and one hub of the test build, and waits until Nexus has said hello everywhere. */
export async function startHub(engine: StageEngine = 'sqlite'): Promise<Stage> {
  const hubProgram = builtProgram('test/fault/hub.ts')
  const tenantProgram = join(dirname(hubProgram), '..', '..', 'infra', 'local', 'tenant.js')
  const data = mkdtempSync(join(tmpdir(), 'nexus-fault-'))
  const ports = await freePorts()
  const environment = environmentOf(data, ports)
  const tenant = startProcess('the local tenant', tenantProgram, [], environment)
  const hubs: StagedHub[] = []
  const stop = async () => {
    await Promise.all(hubs.map((hub) => hub.stop()))
    await tenant.end('SIGTERM')
    rmSync(data, { recursive: true, force: true })
  }
  try {
    const { listening } = await tenant.message((message) => listeningOf(message as TenantMessage))
    const teams = localTeams(listening.page)
    const account = { endpoint: `${listening.base}/cosmos`, database: 'nexus' }
    const hubEnvironment = {
      ...environment,
      ...listening.hubEnvironment,
      ...(engine === 'cosmos' && { NEXUS_STORE: 'cosmos', NEXUS_COSMOS_ENDPOINT: account.endpoint }),
    }
    const now = async () => Date.parse((await teams.call<{ now: string }>('/local/clock')).now)
    const caFile = listening.hubEnvironment.NODE_EXTRA_CA_CERTS!
    const open = async (): Promise<Store> => {
      const behind = (await now()) - Date.now()
      const parts = { clock: { now: () => Date.now() + behind }, id: randomUUID }
      if (engine === 'sqlite') return openSqliteStore({ ...parts, folder: data })
      const ca = readFileSync(caFile)
      return openCosmosStore({
        ...parts,
        account: { ...account, credential: { key: localCosmosKey }, ca },
        create: true,
      })
    }
    if (engine === 'cosmos') await (await open()).close() // makes the containers, as an operator with the key does
    const addHub = async () => {
      const port = hubs.length ? (await freePorts()).hub : ports.hub
      const hub = await stageHub(hubProgram, { ...hubEnvironment, NEXUS_PORT: String(port) }, now)
      hubs.push(hub)
      await teams.call('/local/hubs', { hub: hub.address })
      return hub
    }
    await addHub()
    const announced = tenant.message((message) => ('announced' in (message as TenantMessage) ? true : undefined))
    tenant.send('hub-listening')
    await announced
    const clock = async (at: string | number) => {
      await teams.call('/local/clock', { now: new Date(at).toISOString() })
    }
    await clock(await now())
    return {
      ...teams,
      hubs,
      addHub,
      clock,
      now,
      stop,
      async faults(...faults) {
        await teams.call('/local/faults', undefined, 'DELETE')
        for (const fault of faults) await teams.call('/local/faults', fault)
      },
      submit: (as, dialog, inputs) => teams.call<Pressed>('/local/submit', { as, dialog, inputs }),
      until,
      personId: (name) => `${name}@${listening.terminalProfile.password.domain}`,
      async withStore(use) {
        const store = await open()
        return use(store.forTenant(listening.hubEnvironment.AZURE_TENANT_ID!)).finally(() => store.close())
      },
    }
  } catch (error) {
    await stop()
    throw error
  }
}

/** The same with two hubs. */
export async function startTwoHubs(engine: StageEngine = 'sqlite'): Promise<Stage> {
  const stage = await startHub(engine)
  await stage.addHub()
  return stage
}

const listeningOf = (message: TenantMessage) => {
  if ('refused' in message) throw new Error(message.refused)
  return 'listening' in message ? message : undefined
}

async function stageHub(
  program: string,
  environment: NodeJS.ProcessEnv,
  now: () => Promise<number>,
): Promise<StagedHub> {
  const address = `http://127.0.0.1:${environment.NEXUS_PORT}`
  const start = async (): Promise<Started> => {
    const args = ['--now', new Date(await now()).toISOString()]
    const started = startProcess(`the hub at ${address}`, program, args, environment)
    await started.message((message) => ('port' in (message as object) ? true : undefined))
    await until(`${address} is ready`, async () => (await fetch(`${address}/readyz`)).status === 200, startPatience)
    return started
  }
  let running = await start()
  return {
    address,
    get pid() {
      return running.pid
    },
    log: () => running.log(),
    get ended() {
      return running.ended
    },
    async stopAt(step) {
      const armed = running.message((message) => ('armed' in (message as object) ? true : undefined))
      running.send(step === undefined ? {} : { stopAt: step })
      await armed
    },
    kill: () => running.end('SIGKILL'),
    stop: () => running.end('SIGTERM'),
    async restart() {
      await running.ended
      running = await start()
    },
  }
}

async function until<T>(what: string, ask: () => Promise<T | undefined | false>, most = patience): Promise<T> {
  for (const end = performance.now() + most; performance.now() < end; await pause(50)) {
    const answer = await ask()
    if (answer !== undefined && answer !== false) return answer
  }
  throw new Error(`Not within ${most / 1000} s: ${what}.`)
}
