import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import {
  appSecret,
  hubAppId,
  localPassword,
  personObjectId,
  servicePrincipalId,
  terminalAppId,
  upnOf,
} from '../organisation/object-ids.js'
import { startIdentity, type StartedIdentity } from '../testing/start-identity.js'

let identity: StartedIdentity
let results: Record<string, { jwt: string; claims: Record<string, unknown> } & { failed?: string }>

// Microsoft's own clients over TLS, in a process that trusts the local authority; one run, looked at by each test.
beforeAll(async () => {
  identity = await startIdentity({ tls: true })
  const { org, base, caFile, folder } = identity
  const { stdout } = await promisify(execFile)(process.execPath, ['infra/local/testing/sign-in.mjs'], {
    env: {
      ...process.env,
      NODE_OPTIONS: '--no-warnings',
      NODE_EXTRA_CA_CERTS: caFile,
      BASE: base,
      TENANT: org.tenant,
      HUB: hubAppId(org),
      SECRET: appSecret(hubAppId(org)),
      TERMINAL: terminalAppId(org),
      USER: upnOf(org, 'lee'),
      PERSON: 'mei',
      PASSWORD: localPassword,
      CERTIFICATE: identity.certificateFile,
      TOKEN_FILE: join(folder, 'workload-token'),
    },
  })
  results = JSON.parse(stdout)
}, 120_000)
afterAll(() => identity.close())

const verified = (name: string, audience: string) => identity.tokens.verify(`Bearer ${results[name]!.jwt}`, audience)
const arm = 'https://management.azure.com'
const graph = 'https://graph.microsoft.com'

test.each([
  ['secret', '1'],
  ['certificate', '2'],
  ['assertion', '2'],
  ['workloadIdentity', '2'],
])('an application proves itself by %s', async (name, proof) => {
  const hub = hubAppId(identity.org)
  const oid = servicePrincipalId(identity.org, hub)
  expect(results[name]!.failed).toBeUndefined()
  expect(await verified(name, arm)).toEqual({ tid: identity.org.tenant, oid, appid: hub, idtyp: 'app' })
  expect(results[name]!.claims).toMatchObject({
    aud: arm,
    appidacr: proof,
    ver: '1.0',
    iss: `https://sts.windows.net/${identity.org.tenant}/`,
  })
  expect(await verified(name, graph)).toBeUndefined()
})

test.each([
  ['password', 'lee'],
  ['refresh', 'mei'],
])('a person’s token for the hub, by %s', async (name, person) => {
  const hub = hubAppId(identity.org)
  expect(await verified(name, hub)).toMatchObject({
    oid: personObjectId(identity.org, person),
    idtyp: 'user',
    appid: terminalAppId(identity.org),
  })
  const { claims } = results[name]!
  expect(claims).toMatchObject({
    aud: hub,
    ver: '2.0',
    scp: 'access_as_user',
    preferred_username: upnOf(identity.org, person),
  })
  expect(claims.iss).toBe(`${identity.base}/${identity.org.tenant}/v2.0`)
})

test('on behalf of a person, and by device code, a token is the person’s', async () => {
  expect(await verified('onBehalfOf', graph)).toMatchObject({
    oid: personObjectId(identity.org, 'lee'),
    appid: hubAppId(identity.org),
  })
  expect(results.onBehalfOf!.claims.scp).toBe('User.Read')
  expect(await verified('device', graph)).toMatchObject({
    oid: personObjectId(identity.org, 'mei'),
    appid: terminalAppId(identity.org),
  })
})

test('a bot gets the connector’s token from the Bot Framework’s tenant', async () => {
  expect(await verified('bot', 'https://api.botframework.com')).toMatchObject({
    tid: 'd6d49420-f39b-4df7-a1dc-d59a935871db',
  })
})

test.each([
  ['wrongSecret', 'AADSTS7000215'],
  ['wrongPassword', 'AADSTS50126'],
  ['wrongTenant', 'endpoints_resolution_error'],
])('Microsoft’s client understands %s', (name, code) => {
  expect(results[name]!.failed).toContain(code)
})
