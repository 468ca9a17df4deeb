import type { Organisation } from './organisation/model.js'
import { webhookSecrets } from './webhook-secrets.js'
import { appSecret, hubAppId, localPassword, terminalAppId } from './organisation/object-ids.js'

/** What the hub needs to know of a running local tenant. */
export interface TenantAddress {
  org: Organisation
  /** Base of the tenant's HTTPS port, without a trailing slash. */
  base: string
  /** The tenant's certificate authority, a PEM file. */
  caFile: string
  hubPort: number
  /** The hub's data folder. */
  data: string
  gitHubApp: { appId: number; privateKey: string }
  pagerDutyToken: string
  opsgenieKey: string
  /** What the hub's audit log is signed with, a PEM file, and the folder its signed heads go to: as an account of their own would hold them. */
  audit: { keyFile: string; anchors: string }
}

/**
 * The hub's environment: endpoints and credentials as they would be in a cloud, so that the hub knows no local mode. The hub
 * trusts the tenant's certificate by `NODE_EXTRA_CA_CERTS`, and reaches it past any proxy.
 */
export function hubEnvironment({
  org,
  base,
  caFile,
  hubPort,
  data,
  ...credentials
}: TenantAddress): Record<string, string> {
  const app = hubAppId(org)
  const webhooks = webhookSecrets(org)
  return {
    NODE_EXTRA_CA_CERTS: caFile,
    NO_PROXY: 'localhost,127.0.0.1',
    NEXUS_PORT: String(hubPort),
    NEXUS_DATA: data,
    NEXUS_CLOCK: 'local',
    NEXUS_AUDIT_KEY: credentials.audit.keyFile,
    NEXUS_AUDIT_ANCHORS: credentials.audit.anchors,
    NEXUS_DOMAIN: `nexus.${org.domain}`,
    AZURE_TENANT_ID: org.tenant,
    AZURE_CLIENT_ID: app,
    AZURE_CLIENT_SECRET: appSecret(app),
    AZURE_AUTHORITY_HOST: base,
    NEXUS_APP_AUDIENCE: app,
    NEXUS_BOT_APP_ID: app,
    NEXUS_BOT_APP_SECRET: appSecret(app),
    NEXUS_BOT_TENANT_ID: org.tenant,
    NEXUS_BOT_OPENID_METADATA: `${base}/botframework/v1/.well-known/openidconfiguration`,
    NEXUS_BOT_TOKEN_ISSUER: 'https://api.botframework.com',
    NEXUS_BOT_SERVICE_HOSTS: new URL(base).host,
    NEXUS_ARM_ENDPOINT: `${base}/arm`,
    NEXUS_GRAPH_ENDPOINT: `${base}/graph/v1.0`,
    NEXUS_GITHUB_ENDPOINT: `${base}/github`,
    NEXUS_GITHUB_ORGANISATION: org.github.organisation,
    NEXUS_GITHUB_APP_ID: String(credentials.gitHubApp.appId),
    NEXUS_GITHUB_PRIVATE_KEY: credentials.gitHubApp.privateKey,
    ...(org.repositories.some(({ name, host }) => name === 'nexus-settings' && host === 'github') && {
      NEXUS_SETTINGS_REPOSITORY: 'nexus-settings',
    }),
    NEXUS_AZURE_DEVOPS_ORGANISATION: `${base}/ado/${org.azureDevOps.organisation}`,
    NEXUS_PAGERDUTY_ENDPOINT: `${base}/pagerduty`,
    NEXUS_PAGERDUTY_TOKEN: credentials.pagerDutyToken,
    ...(org.schedules.some(({ pager }) => pager === 'opsgenie') && {
      NEXUS_OPSGENIE_ENDPOINT: `${base}/opsgenie`,
      NEXUS_OPSGENIE_KEY: credentials.opsgenieKey,
    }),
    NEXUS_GITHUB_WEBHOOK_SECRET: webhooks.github,
    NEXUS_PAGERDUTY_WEBHOOK_SECRET: webhooks.pagerduty,
    NEXUS_AZURE_MONITOR_WEBHOOK_CODE: webhooks.azureMonitor,
    NEXUS_EVENT_GRID_WEBHOOK_CODE: webhooks.eventGrid,
    NEXUS_AZURE_DEVOPS_WEBHOOK_USER: webhooks.azureDevOps.user,
    NEXUS_AZURE_DEVOPS_WEBHOOK_PASSWORD: webhooks.azureDevOps.password,
    NEXUS_OPSGENIE_WEBHOOK_TOKEN: webhooks.opsgenie,
    NEXUS_ALERTMANAGER_WEBHOOK_TOKEN: webhooks.alertmanager,
  }
}

/** How a terminal reaches the hub and signs people of the organisation in; the terminal's own program says what each is. */
export function terminalProfile({ org, base, caFile, hubPort, audit, page }: TenantAddress & { page: string }) {
  return {
    hub: `http://127.0.0.1:${hubPort}`,
    page,
    authority: base,
    tenant: org.tenant,
    client: terminalAppId(org),
    scope: `api://${hubAppId(org)}/.default`,
    caFile,
    password: { domain: org.domain, value: localPassword, reader: org.people[0]!.id, admin: adminOf(org) },
    audit: { key: audit.keyFile, anchors: audit.anchors },
  }
}

/** Somebody who may do everything, to look at what only an Admin may see. */
const adminOf = ({ people }: Organisation): string =>
  (people.find(({ roles }) => roles.includes('admin')) ?? people[0]!).id
