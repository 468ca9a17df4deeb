import { join } from 'node:path'
import { openAuditKey } from './audit-key.js'
import { openAuthority } from './authority.js'
import { azure } from './azure/azure.js'
import { notifyOfResources } from './azure/notify.js'
import { control } from './control.js'
import { botFramework, channelTokenSigner } from './entra/bot-framework.js'
import { cosmos } from './cosmos/cosmos.js'
import { openClientCertificate } from './entra/client-certificate.js'
import { entra } from './entra/entra.js'
import { hubToken } from './entra/hub-token.js'
import { Tokens } from './entra/tokens.js'
import { workloadIssuer } from './entra/workload-issuer.js'
import { BusinessTimers } from './frame/business-timers.js'
import { tenantClock } from './frame/clock.js'
import { Faults } from './frame/faults.js'
import { teamsPort, tenantPort } from './frame/port.js'
import type { Vendor } from './frame/router.js'
import type { Services } from './frame/services.js'
import { openStates, type OpenState } from './frame/state.js'
import { githubApp } from './github/app.js'
import { gitHub } from './github/github.js'
import { siteRoutes } from './github/site/site-routes.js'
import { webhookHeaders, webhooksOf } from './github/webhooks.js'
import { graph } from './graph/graph.js'
import { drawInitials } from './graph/photo.js'
import { hubEnvironment, terminalProfile, type TenantAddress } from './hub-environment.js'
import { openKey } from './keys.js'
import { openAnchor } from './organisation/anchor.js'
import { loadOrganisation } from './organisation/load-organisation.js'
import type { Organisation } from './organisation/model.js'
import { bundlePage } from './page/bundle.js'
import { azureDevOps } from './azure-devops/azure-devops.js'
import { opsgenieKey } from './opsgenie/ids.js'
import { opsgenie } from './opsgenie/opsgenie.js'
import { pagerDutyToken } from './pagerduty/ids.js'
import { pagerDuty } from './pagerduty/pagerduty.js'
import { resourceGraph } from './resource-graph/resource-graph.js'
import { listen, listenWith } from './server.js'
import { tenantFiles, type Settings } from './settings.js'
import { Storm } from './storm/storm.js'
import { teams, type Teams } from './teams/teams.js'
import { webhookSecrets } from './webhook-secrets.js'

/** The local tenant, listening. */
export interface RunningTenant {
  org: Organisation
  /** Base of the HTTPS port. */
  base: string
  /** Address of the Teams page. */
  page: string
  /** What the hub is to be started with. */
  hubEnvironment: Record<string, string>
  terminalProfile: ReturnType<typeof terminalProfile>
  /** Tells the bot where it is installed; to be called when the hub listens. */
  announceInstalls(): Promise<void>
  /** Stops listening and writes what is not written yet. */
  stop(): Promise<void>
}

/**
 * Starts the local tenant: loads the organisation, opens certificate, keys and states, and listens on both ports.
 * @throws OrganisationError, PortError
 */
export async function startTenant(settings: Settings): Promise<RunningTenant> {
  const files = tenantFiles(settings.data)
  const org = await loadOrganisation(
    settings.organisation,
    openAnchor(files.anchors, settings.organisation, new Date()),
  )
  const [authority, entraKey, botKey, workloadKey, certificate] = await Promise.all([
    openAuthority(files.authority),
    openKey(files.keys, 'entra'),
    openKey(files.keys, 'botframework'),
    openKey(files.keys, 'workload'),
    openClientCertificate(join(files.keys, 'hub-certificate.pem'), new Date()),
  ])
  const states = openStates(files.states, generationOf(org, settings))
  const remembered: Record<string, () => unknown> = {}
  const open: OpenState = (name, seed) => {
    const state = states.open(name, seed)
    if (name !== 'github-app') remembered[name] = () => state.value // that one is a private key
    return state
  }
  const timers = new BusinessTimers(tenantClock())
  const faults = new Faults()
  const hub = `http://127.0.0.1:${settings.ports.hub}`
  let local: Teams | undefined
  let storm: Storm | undefined
  let services: Services | undefined
  let pagePort = settings.ports.teams

  const vendors = (base: string): Vendor[] => {
    const tokens = new Tokens(org, base, entraKey)
    services = {
      ...{ org, base, open, faults, clock: timers.clock, after: timers.after, verifyToken: tokens.verify },
      generatedResources: settings.generatedResources ?? 0,
    }
    storm = new Storm({
      org,
      folder: settings.organisation,
      services,
      deliver: async ({ source, body, headers }) => (await local!.deliver(source, body, headers)).status,
      moveClock: async (now) => {
        timers.clock.set(now)
        await local!.moveClocks(now)
      },
    })
    local = teams(services, {
      hub,
      port: () => pagePort,
      signChannelToken: channelTokenSigner(botKey),
      page: bundlePage,
      photo: (person) => photoOf(org, person),
      states: remembered,
      faults,
      secrets: webhookSecrets(org),
      hubToken: (person) => hubToken(org, tokens, person),
      movesHubClocks: true,
      storm,
      controls: [(router) => siteRoutes(router, services!)],
      ...(settings.app && { manifest: settings.app }),
    })
    notifyOfResources(services, async (event) => (await local!.deliver('event-grid', event)).status)
    webhooksOf(services).connect(
      async (webhook) => (await local!.deliver('github', webhook.body, webhookHeaders(webhook))).status,
    )
    return [
      control(timers.clock),
      entra(services, tokens, { entra: entraKey, workload: workloadKey, certificate }),
      workloadIssuer(base, workloadKey),
      botFramework(base, botKey),
      local.connector,
      // The vendors; another one is added here.
      graph(services, local.messages),
      azure(services),
      resourceGraph(services),
      gitHub(services),
      azureDevOps(services, async (body) => (await local!.deliver('azure-devops', body)).status),
      pagerDuty(services),
      opsgenie(services),
      cosmos(services),
    ]
  }
  const https = await listen({ port: settings.ports.tenant, setting: tenantPort, tls: authority.tls, faults, vendors })
  const http = await listenWith({ port: settings.ports.teams, setting: teamsPort }, () => (request, response) => {
    void local!.local(request, response)
  }).catch(async (error: unknown) => {
    await https.close()
    throw error
  })
  pagePort = http.port
  const page = `http://127.0.0.1:${http.port}`
  const address: TenantAddress = {
    org,
    base: https.url,
    caFile: authority.caFile,
    hubPort: settings.ports.hub,
    data: settings.data,
    gitHubApp: githubApp(services!),
    pagerDutyToken: pagerDutyToken(org),
    opsgenieKey: opsgenieKey(org),
    audit: { keyFile: openAuditKey(files.keys), anchors: files.audit },
  }
  return {
    org,
    base: https.url,
    page,
    hubEnvironment: hubEnvironment(address),
    terminalProfile: terminalProfile({ ...address, page }),
    announceInstalls: () => local!.announceInstalls(),
    stop: async () => {
      await storm!.stop()
      await local!.close()
      await Promise.all([https.close(), http.close()])
      timers.stop()
      states.flush()
    },
  }
}

/** States of an organisation with generated resources are not those of one without. */
const generationOf = ({ generation }: Organisation, { generatedResources: many }: Settings): string =>
  many ? `${generation}+${many}` : generation

async function photoOf(org: Organisation, id: string): Promise<{ type: string; bytes: Buffer } | undefined> {
  const person = org.people.find((each) => each.id === id)
  return person && { type: 'image/png', bytes: drawInitials(person.name, person.id, 96) }
}
