import { randomUUID } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { localCosmosKey } from '../../infra/local/cosmos/authorization.js'
import type { TenantMessage } from '../../infra/local/tenant.js'
import type { Fault } from '../../infra/local/teams/options.js'
import type { CardData } from '../../cards/model.js'
import { anchorsFolder, auditKeysOf } from '../../bot/audit-place.js'
import type { AuditVerdict } from '../../bot/audit-verdict.js'
import { signIn } from '../../bot/channels/terminal/sign-in.js'
import type { Outcome } from '../../bot/hub/outcome.js'
import type { Store, TenantStore } from '../../bot/store/contract.js'
import { openCosmosStore } from '../../bot/store/cosmos/open.js'
import { openSqliteStore } from '../../bot/store/sqlite/open.js'
import { folderAnchors } from '../../bot/workers/audit/folder-anchors.js'
import { verifyAudit } from '../../bot/workers/audit/verify-audit.js'
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
  /** Holds up whatever comes to a step; undefined lets all of it go on. */
  holdAt(step: string | undefined): Promise<void>
  kill(): Promise<void>
  stop(): Promise<void>
  /** Starts it again, after it ended, with the tenant's business time; `holdAt` holds work up at a step from the first moment. */
  restart(told?: { holdAt: string }): Promise<void>
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
  /** The same, by so many milliseconds. */
  later(ms: number): Promise<void>
  /** Business time of the tenant, milliseconds since 1970. */
  now(): Promise<number>
  submit(as: string, dialog: string, inputs: Record<string, string>): Promise<Pressed>
  /** Asks again until the answer is not undefined or false. @throws naming `what` after 60 s */
  until<T>(what: string, ask: () => Promise<T | undefined | false>): Promise<T>
  /** A person's id in the catalog, by their short name. */
  personId(name: string): string
  /** Asks or presses at one hub as somebody, as the terminal does. @throws with what the hub said, where it takes no turn */
  turn(hub: StagedHub, as: string, what: HubTurn): Promise<HubAnswer>
  /** Opens the hubs' store beside them. */
  withStore<T>(use: (store: TenantStore) => Promise<T>): Promise<T>
  /** Verifies the audit log of the hubs' store beside them. */
  verifyAudit(): Promise<AuditVerdict>
  /** Ends all of it by process id, and removes the folder. */
  stop(): Promise<void>
}

/** Words, in a channel or in the terminal's own place; or a press of a stored button. */
export type HubTurn = { text: string; place?: string } | { press: { id: string } }

/** What came of a turn, and the card that it was answered with. */
export interface HubAnswer {
  outcome: Outcome
  card: CardData
}

const patience = 60_000
/** A first start on Cosmos DB writes the whole catalog over the network. */
const startPatience = 150_000

/** Where the hubs of a stage remember. */
export type StageEngine = 'sqlite' | 'cosmos'

/**
 * Starts the local tenant and one hub of the test build, and waits until Nexus has said hello everywhere.
 * @param further variables of the hubs
 */
export async function startHub(engine: StageEngine = 'sqlite', further: NodeJS.ProcessEnv = {}): Promise<Stage> {
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
    const hubEnvironment: NodeJS.ProcessEnv = {
      ...environment,
      ...listening.hubEnvironment,
      ...further,
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
    const tokens = new Map<string, Promise<string>>()
    const tokenOf = (person: string) => {
      const token = tokens.get(person) ?? signIn(listening.terminalProfile, person, () => undefined)
      tokens.set(person, token)
      return token
    }
    const clock = async (at: string | number) => {
      await teams.call('/local/clock', { now: new Date(at).toISOString() })
    }
    await clock(await now())
    const withStore: Stage['withStore'] = async (use) => {
      const store = await open()
      return use(store.forTenant(hubEnvironment.AZURE_TENANT_ID!)).finally(() => store.close())
    }
    return {
      ...teams,
      hubs,
      addHub,
      clock,
      later: async (ms) => clock((await now()) + ms),
      now,
      stop,
      async faults(...faults) {
        await teams.call('/local/faults', undefined, 'DELETE')
        for (const fault of faults) await teams.call('/local/faults', fault)
      },
      submit: (as, dialog, inputs) => teams.call<Pressed>('/local/submit', { as, dialog, inputs }),
      until,
      personId: (name) => `${name}@${listening.terminalProfile.password.domain}`,
      turn: async (hub, as, what) => takeTurn(hub.address, await tokenOf(as), what),
      withStore,
      verifyAudit: () =>
        withStore((tenant) =>
          verifyAudit({
            tenant,
            anchors: folderAnchors(anchorsFolder(data, hubEnvironment.NEXUS_AUDIT_ANCHORS)),
            keys: auditKeysOf(hubEnvironment.NEXUS_AUDIT_KEY!),
            now: () => new Date().toISOString(),
          }),
        ),
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
  const start = async (told?: { holdAt: string }): Promise<Started> => {
    const args = ['--now', new Date(await now()).toISOString(), ...(told ? ['--hold-at', told.holdAt] : [])]
    const started = startProcess(`the hub at ${address}`, program, args, environment)
    await started.message((message) => ('port' in (message as object) ? true : undefined))
    await until(`${address} is ready`, async () => (await fetch(`${address}/readyz`)).status === 200, startPatience)
    return started
  }
  let running = await start()
  const tell = async (message: object) => {
    const heard = running.message((answer) => ('armed' in (answer as object) ? true : undefined))
    running.send(message)
    await heard
  }
  return {
    address,
    get pid() {
      return running.pid
    },
    log: () => running.log(),
    get ended() {
      return running.ended
    },
    stopAt: (step) => tell({ stopAt: step ?? null }),
    holdAt: (step) => tell({ holdAt: step ?? null }),
    kill: () => running.end('SIGKILL'),
    stop: () => running.end('SIGTERM'),
    async restart(told) {
      await running.ended
      running = await start(told)
    },
  }
}

async function takeTurn(address: string, token: string, what: HubTurn): Promise<HubAnswer> {
  const answer = await fetch(`${address}/api/turns`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify(what),
  })
  if (!answer.ok) throw new Error(`${address} answered ${answer.status} to a turn: ${await answer.text()}`)
  return (await answer.json()) as HubAnswer
}

async function until<T>(what: string, ask: () => Promise<T | undefined | false>, most = patience): Promise<T> {
  for (const end = performance.now() + most; performance.now() < end; await pause(50)) {
    const answer = await ask()
    if (answer !== undefined && answer !== false) return answer
  }
  throw new Error(`Not within ${most / 1000} s: ${what}.`)
}
