import { appSecret, hubAppId, localPassword, terminalAppId } from './organisation/object-ids.js'
import type { Tenant } from './tenant.js'

/** What the hub is told of the local tenant: addresses and credentials, as it would be told of the clouds. */
export function hubEnvironment(tenant: Tenant, { port, data }: { port: number; data: string }): Record<string, string> {
  const { org, base } = tenant
  const app = hubAppId(org)
  return {
    NODE_EXTRA_CA_CERTS: tenant.caFile,
    NEXUS_PORT: String(port),
    NEXUS_DATA: data,
    AZURE_TENANT_ID: org.tenant,
    AZURE_CLIENT_ID: app,
    AZURE_CLIENT_SECRET: appSecret(app),
    AZURE_AUTHORITY_HOST: base,
    NEXUS_ARM_ENDPOINT: `${base}/arm`,
    NEXUS_GRAPH_ENDPOINT: `${base}/graph/v1.0`,
    NEXUS_GITHUB_ENDPOINT: `${base}/github`,
    NEXUS_GITHUB_ORGANISATION: org.github.organisation,
    NEXUS_GITHUB_APP_ID: String(tenant.gitHubApp.appId),
    NEXUS_GITHUB_PRIVATE_KEY: tenant.gitHubApp.privateKey,
    NEXUS_AZURE_DEVOPS_ORGANISATION: `${base}/ado/${org.azureDevOps.organisation}`,
    NEXUS_PAGERDUTY_ENDPOINT: `${base}/pagerduty`,
    NEXUS_PAGERDUTY_TOKEN: tenant.pagerDutyToken,
    NEXUS_BOT_APP_ID: app,
    NEXUS_BOT_APP_SECRET: appSecret(app),
    NEXUS_BOT_TENANT_ID: org.tenant,
    NEXUS_BOT_OPENID_METADATA: `${base}/botframework/v1/.well-known/openidconfiguration`,
    NEXUS_BOT_SERVICE_HOSTS: new URL(base).host,
  }
}

/** How the terminal reaches this hub and signs people in. */
export const terminalProfile = ({ org, base, caFile }: Tenant, hub: string) => ({
  hub,
  authority: base,
  tenant: org.tenant,
  client: terminalAppId(org),
  scope: `api://${hubAppId(org)}/.default`,
  caFile,
  password: { domain: org.domain, value: localPassword, reader: org.people[0]!.id },
})
