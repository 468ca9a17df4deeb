import { createServer, type ServerResponse } from 'node:http'
import { generateKeyPairSync, type KeyObject } from 'node:crypto'
import type { AddressInfo } from 'node:net'
import { exportJWK, SignJWT, type JWK } from 'jose'

/** A key pair as an issuer has it. */
export interface IssuerKey {
  kid: string
  privateKey: KeyObject
  publicKey: KeyObject
  endorsements: unknown
}

export function makeKey(kid: string, endorsements: unknown = ['msteams']): IssuerKey {
  return { kid, endorsements, ...generateKeyPairSync('rsa', { modulusLength: 2048 }) }
}

/** How a server of keys can fail. */
export type Misbehaviour = (response: ServerResponse) => void

/** The issuer's OpenID metadata and keys on loopback, as the test wants them at the moment. */
export interface KeyServer {
  metadata: string
  keys: IssuerKey[]
  /** Requests for keys so far. */
  asked: number
  /** In place of an answer, by path; absent: it behaves. */
  instead: { metadata?: Misbehaviour; keys?: Misbehaviour }
  close(): Promise<void>
}

export async function startKeyServer(...keys: IssuerKey[]): Promise<KeyServer> {
  const server = createServer((request, response) => {
    const path = request.url === '/keys' ? 'keys' : 'metadata'
    if (path === 'keys') served.asked++
    const misbehave = served.instead[path]
    if (misbehave) return misbehave(response)
    const answer =
      path === 'metadata'
        ? Promise.resolve({ issuer, jwks_uri: `${base}/keys` })
        : Promise.all(served.keys.map(publicKey)).then((list) => ({ keys: list }))
    void answer.then((body) => response.setHeader('content-type', 'application/json').end(JSON.stringify(body)))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const served: KeyServer = {
    metadata: `${base}/metadata`,
    keys,
    asked: 0,
    instead: {},
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections()
        server.close(() => resolve())
      }),
  }
  return served
}

async function publicKey({ kid, publicKey: key, endorsements }: IssuerKey): Promise<JWK> {
  return {
    ...(await exportJWK(key)),
    kid,
    use: 'sig',
    alg: 'RS256',
    ...(endorsements !== null && { endorsements }),
  }
}

export const issuer = 'https://api.botframework.com'
export const appId = '6f1c1d5e-0000-4000-8000-00000000b07a'

/** Seconds from now, negative for the past, as a token's times are written. */
export const inSeconds = (seconds: number) => Math.floor(Date.now() / 1000) + seconds

/** Claims of a good token; `undefined` takes one out. */
export const goodClaims = (serviceUrl: string): Record<string, unknown> => ({
  iss: issuer,
  aud: appId,
  serviceurl: serviceUrl,
  nbf: inSeconds(-10),
  exp: inSeconds(3600),
})

/** Signs claims as the issuer does; `header` overrides what a good token has, undefined takes it out. */
export const sign = (claims: Record<string, unknown>, key: IssuerKey, header: Record<string, unknown> = {}) =>
  new SignJWT(JSON.parse(JSON.stringify(claims)) as Record<string, unknown>)
    .setProtectedHeader({ alg: 'RS256', typ: 'JWT', kid: key.kid, ...header })
    .sign(key.privateKey)
