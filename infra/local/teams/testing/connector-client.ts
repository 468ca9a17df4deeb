import { ConnectorClient } from 'botframework-connector'

/** The Bot Framework's own connector client, as a bot with a token would use it; it does not retry. */
export function connectorClient(serviceUrl: string, token: string): ConnectorClient {
  const credentials = {
    async signRequest<T extends { headers: { set(name: string, value: string): void } }>(request: T): Promise<T> {
      request.headers.set('authorization', `Bearer ${token}`)
      return request
    },
  }
  // The types of the client's constructor are those of the app credentials; any signer of requests will do.
  return new ConnectorClient(credentials as never, { baseUri: serviceUrl, noRetryPolicy: true } as never)
}
