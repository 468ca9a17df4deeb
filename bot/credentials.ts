import type { TokenCredential } from '@azure/identity'
import type { Config } from './config.js'

/** The hub's own identity: its secret where it has one, else the managed or workload identity it runs as. */
export function hubCredential(config: Config): TokenCredential {
  const { AZURE_TENANT_ID: tenant, AZURE_CLIENT_ID: client, AZURE_CLIENT_SECRET: secret } = config
  return whenAsked(async () => {
    const { ClientSecretCredential, DefaultAzureCredential } = await import('@azure/identity')
    return secret
      ? new ClientSecretCredential(tenant, client, secret, authorityOf(config))
      : new DefaultAzureCredential({ managedIdentityClientId: client, ...authorityOf(config) })
  })
}

/** The bot's identity: a secret of its own where it has one, else the hub's, which is then the bot's too. */
export function botCredential(config: Config, hub: TokenCredential): TokenCredential {
  const {
    NEXUS_BOT_TENANT_ID: tenant = config.AZURE_TENANT_ID,
    NEXUS_BOT_APP_ID: client,
    NEXUS_BOT_APP_SECRET: secret,
  } = config
  if (!secret) return hub
  return whenAsked(async () => {
    const { ClientSecretCredential } = await import('@azure/identity')
    return new ClientSecretCredential(tenant, client, secret, authorityOf(config))
  })
}

/** A credential that is made when the first token is asked for: loading Microsoft's library takes a good part of the hub's start. */
function whenAsked(make: () => Promise<TokenCredential>): TokenCredential {
  let made: Promise<TokenCredential> | undefined
  return { getToken: async (scopes, options) => (await (made ??= make())).getToken(scopes, options) }
}

/** A kept token is asked for anew this long before its end, in milliseconds, or earlier where Entra says so. */
const renewBefore = 5 * 60_000

/**
 * Tokens of a credential for one scope. A token is kept until it nears its end: the credential keeps it too, but takes longer to find
 * it again than the hub takes to permit a turn.
 * @param now the machine's time, milliseconds since 1970, which tokens end by; business time may be moved
 */
export function tokensFor(
  credential: TokenCredential,
  scope: string,
  now = () => performance.timeOrigin + performance.now(),
): () => Promise<string> {
  let kept: { token: string; until: number } | undefined
  return async () => {
    if (kept && now() < kept.until) return kept.token
    const answer = await credential.getToken(scope)
    if (!answer) throw new Error(`Entra gave no token for ${scope}`)
    const { token, expiresOnTimestamp, refreshAfterTimestamp = Infinity } = answer
    kept = { token, until: Math.min(expiresOnTimestamp - renewBefore, refreshAfterTimestamp) }
    return token
  }
}

/** Microsoft's own authorities can vouch for each other; any other has to be believed by configuration. */
const publicAuthority =
  /^https:\/\/login\.(microsoftonline\.(com|us)|partner\.microsoftonline\.cn|chinacloudapi\.cn)\/?$/

const authorityOf = ({ AZURE_AUTHORITY_HOST: authorityHost }: Config) => ({
  authorityHost,
  disableInstanceDiscovery: !publicAuthority.test(authorityHost),
})
