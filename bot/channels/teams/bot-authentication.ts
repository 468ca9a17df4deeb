import {
  BotFrameworkAuthentication,
  ClaimsIdentity,
  ConnectorFactory,
  type AuthenticateRequestResult,
  ConnectorClient,
  type UserTokenClient,
} from 'botframework-connector'
import type { JWTPayload } from 'jose'

/** Gives a bearer token for calls to the connector service. */
export type ConnectorToken = () => Promise<string>

/** The audience of tokens for the connector service, in the public cloud. */
export const connectorAudience = 'https://api.botframework.com'

/**
 * The SDK's authentication with the checking taken out: a request reaches the SDK only after `verify-token` has accepted it, and
 * calls to the connector carry a token of the hub's own credential (secret, certificate or managed identity).
 */
export class BotAuthentication extends BotFrameworkAuthentication {
  readonly #connectors: ConnectorFactory

  constructor(token: ConnectorToken) {
    super()
    this.#connectors = new TokenConnectorFactory(token)
  }

  /** What the SDK wants to know of a request whose token was accepted. */
  accepted(claims: JWTPayload): AuthenticateRequestResult {
    const identity = new ClaimsIdentity(
      Object.entries(claims).map(([type, value]) => ({ type, value: String(value) })),
      'bot-connector',
    )
    return {
      audience: connectorAudience,
      claimsIdentity: identity,
      callerId: 'urn:botframework:azure',
      connectorFactory: this.createConnectorFactory(),
    }
  }

  override authenticateRequest(): Promise<AuthenticateRequestResult> {
    return Promise.reject(new Error('A request is checked by verify-token before it reaches the SDK.'))
  }

  override authenticateStreamingRequest(): Promise<AuthenticateRequestResult> {
    return Promise.reject(new Error('Streaming connections are not accepted.'))
  }

  override createUserTokenClient(): Promise<UserTokenClient> {
    // The Bot Framework token service is not used: people are known from the activity. The SDK asks for the client on every turn.
    return Promise.resolve(undefined as unknown as UserTokenClient)
  }

  override createConnectorFactory(): ConnectorFactory {
    return this.#connectors
  }

  override getOriginatingAudience(): string {
    return connectorAudience
  }
}

/** Retries of the SDK's pipeline; a POST that is sent again after a time-out may be said twice, so only the outbox retries. */
const retryPolicy = 'defaultRetryPolicy'

class TokenConnectorFactory extends ConnectorFactory {
  readonly #clients = new Map<string, ConnectorClient>()

  constructor(private readonly token: ConnectorToken) {
    super()
  }

  /** One client a service URL: building its pipeline costs more than a request. The URL is on the allow-list, so they are few. */
  override create(serviceUrl: string): Promise<ConnectorClient> {
    const client = this.#clients.get(serviceUrl) ?? this.#connect(serviceUrl)
    this.#clients.set(serviceUrl, client)
    return Promise.resolve(client)
  }

  #connect(serviceUrl: string): ConnectorClient {
    const { token } = this
    const credentials = {
      async signRequest(request: { headers: { set(name: string, value: string): void } }) {
        request.headers.set('authorization', `Bearer ${await token()}`)
        return request
      },
    }
    const connector = new ConnectorClient(credentials as never, { baseUri: serviceUrl })
    const { pipeline } = (connector as unknown as { client: { pipeline: Pipeline } }).client
    pipeline.removePolicy({ name: retryPolicy })
    pipeline.addPolicy({
      name: 'nexusTimeout',
      sendRequest: (request, next) => next(Object.assign(request, { timeout: sendTimeout })),
    })
    return connector
  }
}

/** Milliseconds a send may take; Teams sends an activity again after 15 s, so an answer in the turn must be out before. */
const sendTimeout = 10_000

/** As much of the Azure client pipeline as is changed here. */
interface Pipeline {
  removePolicy(policy: { name: string }): unknown
  addPolicy(policy: {
    name: string
    sendRequest<R extends object, A>(request: R, next: (request: R) => Promise<A>): Promise<A>
  }): void
}
