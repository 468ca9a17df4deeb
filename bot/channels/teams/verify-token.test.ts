import { beforeAll, expect, test } from '@jest/globals'
import { exportJWK, generateKeyPair, SignJWT, type CryptoKey } from 'jose'
import { createTokenVerifier } from './verify-token.js'

const appId = '7d8f6f36-0c1d-4c0e-8f0b-6a1f8f7b2a11'
const issuer = 'https://api.botframework.com'
const serviceUrl = 'https://smba.trafficmanager.net/emea/'
const bound = { serviceUrl, channelId: 'msteams' }
let key: CryptoKey
let jwk: object

beforeAll(async () => {
  const pair = await generateKeyPair('RS256')
  key = pair.privateKey
  jwk = { ...(await exportJWK(pair.publicKey)), kid: 'one', alg: 'RS256', use: 'sig', endorsements: ['msteams'] }
})

/** The issuer's metadata and keys, as they are at the moment. */
const issuerServing = (keys: () => object[]): typeof globalThis.fetch =>
  ((address: string | URL) =>
    Promise.resolve(
      Response.json(String(address).endsWith('/keys') ? { keys: keys() } : { jwks_uri: 'https://issuer.test/keys' }),
    )) as typeof globalThis.fetch

const sign = (secondsLeft: number) =>
  new SignJWT({ serviceurl: serviceUrl })
    .setProtectedHeader({ alg: 'RS256', kid: 'one' })
    .setIssuer(issuer)
    .setAudience(appId)
    .setExpirationTime(Math.floor(Date.now() / 1000) + secondsLeft)
    .sign(key)

const rules = {
  appId,
  issuer,
  openIdMetadata: 'https://issuer.test/',
  serviceHosts: ['smba.trafficmanager.net', 'other'],
}

test('a token that held is bound to its serviceUrl and channel every time', async () => {
  const verify = createTokenVerifier(
    rules,
    issuerServing(() => [jwk]),
  )
  const authorization = `Bearer ${await sign(600)}`
  await verify(authorization, bound)
  await expect(verify(authorization, { ...bound, serviceUrl: 'https://other/' })).rejects.toThrow('another serviceUrl')
  await expect(verify(authorization, { ...bound, channelId: 'webchat' })).rejects.toThrow('not endorsed')
  await expect(verify(`${authorization.slice(0, -2)}AA`, bound)).rejects.toThrow()
  await expect(verify(authorization, bound)).resolves.toMatchObject({ aud: appId })
})

test('a token that held is refused at its end, with the skew of five minutes, however lately it was believed', async () => {
  let now = Date.now()
  const verify = createTokenVerifier(
    rules,
    issuerServing(() => [jwk]),
    () => now,
  )
  const authorization = `Bearer ${await sign(60)}`
  now += (60 + 300 - 10) * 1000
  await verify(authorization, bound)
  now += 5_000
  await verify(authorization, bound)
  now += 6_000
  await expect(verify(authorization, bound)).rejects.toThrow('"exp"')
})
