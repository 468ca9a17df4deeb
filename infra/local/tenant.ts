import { createServer } from 'node:http'
import { existsSync, mkdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { openAuthority } from './authority.js'
import { azure } from './azure/azure.js'

import { botFramework, channelTokenSigner } from './entra/bot-framework.js'
import { entra } from './entra/entra.js'
import { Tokens } from './entra/tokens.js'
import { workloadIssuer } from './entra/workload-issuer.js'
import { createAgenda } from './frame/agenda.js'
import { tenantClock } from './frame/clock.js'
import { Faults } from './frame/faults.js'
import { keepFile } from './frame/keep-file.js'
import { PortError, teamsPort, tenantPort } from './frame/port.js'
import type { Vendor } from './frame/router.js'
import type { Services } from './frame/services.js'
import { openStates } from './frame/state.js'
import { githubApp } from './github/app.js'
import { gitHub } from './github/github.js'
import { graph } from './graph/graph.js'
import { openKey } from './keys.js'
import { loadOrganisation } from './organisation/load-organisation.js'
import type { Organisation } from './organisation/model.js'
import { bundlePage } from './page/bundle.js'
import { pagerDutyToken } from './pagerduty/ids.js'
import { pagerDuty } from './pagerduty/pagerduty.js'
import { resourceGraph } from './resource-graph/resource-graph.js'
import { listen } from './server.js'
import { teams } from './teams/teams.js'

/** How the local tenant is started. */
export interface TenantOptions {
  /** Folder of the organisation's YAML. */
  organisation: string
  /** Where the tenant keeps its keys and its state. */
  data: string
  tenantPort: number
  teamsPort: number
  /** Address of the hub, which activities and webhooks go to. */
  hub: string
  /** Path of the Teams app manifest. */
  manifest?: string
  /** Moves the hub's business time too. */
  moveHubClock?(now: Date): Promise<void>
}

/** The local tenant, listening. */
export interface Tenant {
  org: Organisation
  /** `https://localhost:8443` */
  base: string
  /** `http://127.0.0.1:3979` */
  page: string
  /** Certificate authority of `base`, PEM file. */
  caFile: string
  /** What the hub's GitHub App is. */
  gitHubApp: { appId: number; privateKey: string }
  pagerDutyToken: string
  /** Tells the bot where it is installed; to be called once the hub listens. */
  announceInstalls(): void
  /** Writes what is not written yet and stops. */
  close(): Promise<void>
}

/** The organisation of this checkout, unless another is named. */
export const contoso = (): string => join(projectRoot(), 'infra', 'local', 'contoso')

/** Starts every vendor's stand-in on one HTTPS port, and the Teams page on another. */
export async function startTenant(options: TenantOptions): Promise<Tenant> {
  const folder = join(options.data, 'tenant')
  mkdirSync(folder, { recursive: true })
  const org = await loadOrganisation(options.organisation, anchorIn(folder))
  const [authority, entraKey, workloadKey, channelKey] = await Promise.all([
    openAuthority(join(folder, 'ca')),
    openKey(join(folder, 'keys'), 'entra'),
    openKey(join(folder, 'keys'), 'workload'),
    openKey(join(folder, 'keys'), 'botframework'),
  ])
  const faults = new Faults()
  const agenda = createAgenda(tenantClock())
  const states = openStates(join(folder, 'state'), org.generation)
  const opened = new Map<string, { value: unknown }>()
  let tokens: Tokens | undefined
  const services: Services = {
    org,
    clock: agenda.clock,
    open: (name, seed) => {
      const state = states.open(name, seed)
      opened.set(name, state)
      return state
    },
    base: '',
    verifyToken: (authorization, audience) => tokens!.verify(authorization, audience),
    after: agenda.after,
    faults,
  }
  let teamsHalf: ReturnType<typeof teams> | undefined
  const vendors = (base: string): Vendor[] => {
    services.base = base
    tokens = new Tokens(org, base, entraKey)
    const made = [
      entra(services, tokens, { entra: entraKey, workload: workloadKey }),
      workloadIssuer(base, workloadKey),
      botFramework(base, channelKey),
      graph(services),
      resourceGraph(services),
      azure(services),
      gitHub(services),

      pagerDuty(services),
    ]
    teamsHalf = teams(services, {
      hub: options.hub,
      port: () => page.port,
      signChannelToken: channelTokenSigner(channelKey),
      page: bundlePage,
      faults: { add: (fault) => void faults.add(fault), clear: () => faults.clear() },
      states: Object.fromEntries(
        [...opened].filter(([name]) => !hidden.has(name)).map(([name, state]) => [name, () => state.value]),
      ),
      ...(options.manifest && { manifest: options.manifest }),
      ...(options.moveHubClock && { moveHubClock: options.moveHubClock }),
    })
    return [...made, teamsHalf.connector]
  }
  const listening = await listen({ port: options.tenantPort, vendors, tls: authority.tls, faults, setting: tenantPort })
  const page = await listenPage((request, response) => teamsHalf!.local(request, response), options.teamsPort)
  const app = githubApp(services)
  return {
    org,
    base: listening.url,
    page: `http://127.0.0.1:${page.port}`,
    caFile: authority.caFile,
    gitHubApp: { appId: app.appId, privateKey: app.privateKey },
    pagerDutyToken: pagerDutyToken(org),
    announceInstalls: () => teamsHalf!.announceInstalls(),
    async close() {
      await Promise.all([page.close(), teamsHalf!.close(), listening.close()])
      agenda.stop()
      states.flush()
    },
  }
}

/** States that hold keys are not shown on the page. */
const hidden = new Set(['github-app'])

/** What relative moments count from: the first start, kept so that the past stays where it was. */
function anchorIn(folder: string): Date {
  const file = join(folder, 'first-start')
  try {
    const kept = new Date(readFileSync(file, 'utf8').trim())
    if (!Number.isNaN(kept.getTime())) return kept
  } catch {
    // The first start.
  }
  const now = new Date()
  keepFile(file, now.toISOString())
  return now
}

/** The page and `/local/*` on loopback. */
function listenPage(
  handle: ReturnType<typeof teams>['local'],
  port: number,
): Promise<{ port: number; close(): Promise<void> }> {
  const server = createServer((request, response) => void handle(request, response))
  return new Promise((resolve, reject) => {
    server.once('error', ({ code = '' }: NodeJS.ErrnoException) => reject(PortError.taken(port, teamsPort, code)))
    server.listen(port, '127.0.0.1', () => {
      const close = () =>
        new Promise<void>((closed) => {
          server.close(() => closed())
          server.closeAllConnections()
        })
      resolve({ port: (server.address() as { port: number }).port, close })
    })
  })
}

/** The project's folder, whether this module runs from its source or from a bundle below `.build`. */
function projectRoot(): string {
  for (let at = dirname(fileURLToPath(import.meta.url)); at !== dirname(at); at = dirname(at))
    if (existsSync(join(at, 'package-lock.json'))) return at
  throw new Error('The local tenant must run from the project: no package-lock.json was found above it.')
}
