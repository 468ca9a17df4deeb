import { ConfigurationBotFrameworkAuthentication } from 'botbuilder'
import type { ServiceClientCredentials } from 'botframework-connector'
import { ServiceClientCredentialsFactory } from 'botframework-connector'

/** What an echo bot is told. */
export interface EchoSettings {
  appId: string
  tenantId: string
  /** OpenID metadata of the channel's tokens. */
  openIdMetadata: string
}

/** The settings that the bench gave on the command line. */
export const echoSettings = (): EchoSettings => JSON.parse(process.argv[2]!) as EchoSettings

/**
 * The SDK's own authentication as a bare bot has it: every request's token is checked against the channel's keys, which the SDK keeps.
 * Sends carry a token that is never asked for again, which spares the echo a little.
 */
export function sdkAuthentication({ appId, tenantId, openIdMetadata }: EchoSettings) {
  const unused = 'https://invalid.example'
  return new ConfigurationBotFrameworkAuthentication(
    {
      MicrosoftAppId: appId,
      MicrosoftAppTenantId: tenantId,
      ToChannelFromBotLoginUrl: unused,
      ToChannelFromBotOAuthScope: 'https://api.botframework.com',
      ToBotFromChannelTokenIssuer: 'https://api.botframework.com',
      OAuthUrl: unused,
      ToBotFromChannelOpenIdMetadataUrl: openIdMetadata,
      ToBotFromEmulatorOpenIdMetadataUrl: openIdMetadata,
      CallerId: 'urn:botframework:azure',
      ValidateAuthority: false,
    },
    new ConstantCredentials(appId),
  )
}

class ConstantCredentials extends ServiceClientCredentialsFactory {
  readonly #credentials = {
    signRequest: <R extends { headers: { set(name: string, value: string): unknown } }>(request: R): Promise<R> => {
      request.headers.set('authorization', 'Bearer bench')
      return Promise.resolve(request)
    },
  } as unknown as ServiceClientCredentials

  constructor(private readonly appId: string) {
    super()
  }

  override isValidAppId = (appId: string) => Promise.resolve(appId === this.appId)
  override isAuthenticationDisabled = () => Promise.resolve(false)
  override createCredentials = () => Promise.resolve(this.#credentials)
}
