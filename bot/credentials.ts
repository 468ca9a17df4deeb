import { ClientSecretCredential, DefaultAzureCredential, type TokenCredential } from '@azure/identity'
import type { Config } from './config.js'

/** The hub's own identity: its secret where it has one, else the managed or workload identity it runs as. */
export function hubCredential(config: Config): TokenCredential {
  const { AZURE_TENANT_ID: tenant, AZURE_CLIENT_ID: client, AZURE_CLIENT_SECRET: secret } = config
  return secret
    ? new ClientSecretCredential(tenant, client, secret, authorityOf(config))
    : new DefaultAzureCredential({ managedIdentityClientId: client, ...authorityOf(config) })
}

/** The bot's identity: a secret of its own where it has one, else the hub's, which is then the bot's too. */
export function botCredential(config: Config, hub: TokenCredential): TokenCredential {
  const {
    NEXUS_BOT_TENANT_ID: tenant = config.AZURE_TENANT_ID,
    NEXUS_BOT_APP_ID: client,
    NEXUS_BOT_APP_SECRET: secret,
  } = config
  return secret ? new ClientSecretCredential(tenant, client, secret, authorityOf(config)) : hub
}

/** Tokens of a credential for one scope; the credential keeps them until they run out. */
export const tokensFor = (credential: TokenCredential, scope: string) => async (): Promise<string> => {
  const answer = await credential.getToken(scope)
  if (!answer) throw new Error(`Entra gave no token for ${scope}`)
  return answer.token
}

/** Microsoft's own authorities can vouch for each other; any other has to be believed by configuration. */
const publicAuthority =
  /^https:\/\/login\.(microsoftonline\.(com|us)|partner\.microsoftonline\.cn|chinacloudapi\.cn)\/?$/

const authorityOf = ({ AZURE_AUTHORITY_HOST: authorityHost }: Config) => ({
  authorityHost,
  disableInstanceDiscovery: !publicAuthority.test(authorityHost),
})
