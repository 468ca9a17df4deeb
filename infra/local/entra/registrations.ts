import type { X509Certificate } from 'node:crypto'
import type { Organisation } from '../organisation/model.js'
import { appSecret, hubAppId, terminalAppId } from '../organisation/object-ids.js'

/** An application that may ask for tokens. */
export interface Application {
  id: string
  name: string
  /** Absent: a public client, which cannot prove itself and may act for people only. */
  secret?: string
  /** What signs its own assertions, which stand for the secret too. */
  certificate?: X509Certificate
  /** Whose assertions stand for the secret (workload identity federation). */
  federated: { issuer: string; subject: string; audience: string }[]
  /** Application permissions that an administrator consented to, by the API's audience. */
  roles?: Record<string, string[]>
}

/** An API that tokens are for. */
export interface Resource {
  /** The `aud` of its tokens. */
  audience: string
  /** What a scope may begin with. */
  names: string[]
  /** The form of its tokens: the API decides it (`requestedAccessTokenVersion`), Microsoft's own mostly take the first. */
  version: '1.0' | '2.0'
}

/** Where the assertions of the local workload come from, and for whom. */
export const workload = {
  issuer: (base: string): string => `${base}/workload`,
  subject: 'system:serviceaccount:nexus:hub',
  audience: 'api://AzureADTokenExchange',
}

/** Azure CLI's id, which every tenant has, and which is the default of several credentials. */
const azureCli = '04b07795-8ddb-461a-bbee-02f9e1bf7b46'

/** The hub (and its bot, one registration for both), the terminal, and Azure CLI. */
export function applicationsOf(
  org: Organisation,
  base: string,
  certificate: X509Certificate,
): Map<string, Application> {
  const hub = hubAppId(org)
  const { subject, audience } = workload
  const federated = [{ issuer: workload.issuer(base), subject, audience }]
  const list: Application[] = [
    { id: hub, name: 'Nexus', secret: appSecret(hub), certificate, federated, roles: { [graphAudience]: graphRoles } },
    { id: terminalAppId(org), name: 'Nexus terminal', federated: [] },
    { id: azureCli, name: 'Microsoft Azure CLI', federated: [] },
  ]
  return new Map(list.map((application) => [application.id, application]))
}

const graphAudience = 'https://graph.microsoft.com'
/** What the README asks an administrator to consent to. */
const graphRoles = ['User.Read.All', 'GroupMember.Read.All', 'ChannelMessage.Read.All', 'Chat.Read.All']

const microsoft = (audience: string, ...names: string[]): Resource => ({
  audience,
  names: [audience, ...names],
  version: '1.0',
})

/** The APIs there are. The hub's own has tokens of version 2.0, whose audience is its application id alone. */
export function resourcesOf(org: Organisation): Resource[] {
  const hub = hubAppId(org)
  return [
    microsoft('https://management.azure.com', 'https://management.core.windows.net'),
    microsoft(graphAudience, '00000003-0000-0000-c000-000000000000'),
    microsoft('https://api.botframework.com'),
    microsoft('499b84ac-1321-427f-aa17-267ca6975798', 'https://app.vssps.visualstudio.com'),
    microsoft('https://vault.azure.net'),
    microsoft('https://api.loganalytics.io'),
    microsoft('https://monitor.azure.com'),
    microsoft('https://cognitiveservices.azure.com'),
    microsoft('https://storage.azure.com'),
    microsoft('https://cosmos.azure.com'),
    { audience: hub, names: [`api://${hub}`, hub], version: '2.0' },
  ]
}
