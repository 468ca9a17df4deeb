// Signs in to the Entra at BASE with Microsoft's own libraries, in every way the hub and the terminal do, and prints what came of
// it as JSON. A process of its own, because NODE_EXTRA_CA_CERTS is read when Node starts.
import {
  ClientAssertionCredential,
  ClientCertificateCredential,
  ClientSecretCredential,
  DeviceCodeCredential,
  OnBehalfOfCredential,
  UsernamePasswordCredential,
  WorkloadIdentityCredential,
} from '@azure/identity'
import { ConfidentialClientApplication } from '@azure/msal-node'
import { writeFileSync } from 'node:fs'

const { BASE, TENANT, HUB, SECRET, TERMINAL, USER, PASSWORD, PERSON, TOKEN_FILE, CERTIFICATE } = process.env
const options = { authorityHost: BASE, disableInstanceDiscovery: true }
const arm = 'https://management.azure.com/.default'
const token = (credential, scope) => credential.getToken(scope).then((each) => each.token)
const claims = (jwt) => JSON.parse(Buffer.from(jwt.split('.')[1], 'base64url'))
const failed = (error) => ({
  failed: String(error.errorResponse?.errorDescription ?? error.message).split(' Trace ID')[0],
})

const workload = async () => {
  const response = await fetch(`${BASE}/workload/api/v1/namespaces/nexus/serviceaccounts/hub/token`, { method: 'POST' })
  return (await response.json()).status.token
}
writeFileSync(TOKEN_FILE, await workload())

const asPerson = new UsernamePasswordCredential(TENANT, TERMINAL, USER, PASSWORD, options)
const personToken = await token(asPerson, `api://${HUB}/.default`)
const device = new DeviceCodeCredential({
  tenantId: TENANT,
  clientId: TERMINAL,
  ...options,
  userPromptCallback: async ({ userCode, verificationUri }) => {
    const body = JSON.stringify({ user_code: userCode, person: PERSON })
    await fetch(verificationUri, { method: 'POST', headers: { 'content-type': 'application/json' }, body })
  },
})
const bot = new ConfidentialClientApplication({
  auth: {
    clientId: HUB,
    clientSecret: SECRET,
    authority: `${BASE}/botframework.com`,
    knownAuthorities: [new URL(BASE).host],
  },
})

const attempts = {
  secret: () => token(new ClientSecretCredential(TENANT, HUB, SECRET, options), arm),
  certificate: () => token(new ClientCertificateCredential(TENANT, HUB, CERTIFICATE, options), arm),
  assertion: () => token(new ClientAssertionCredential(TENANT, HUB, workload, options), arm),
  workloadIdentity: () =>
    token(
      new WorkloadIdentityCredential({ tenantId: TENANT, clientId: HUB, tokenFilePath: TOKEN_FILE, ...options }),
      arm,
    ),
  onBehalfOf: () =>
    token(
      new OnBehalfOfCredential({
        tenantId: TENANT,
        clientId: HUB,
        clientSecret: SECRET,
        userAssertionToken: personToken,
        ...options,
      }),
      'https://graph.microsoft.com/User.Read',
    ),
  password: () => personToken,
  device: () => token(device, 'https://graph.microsoft.com/.default'),
  /** Another resource, silently, by the refresh token of the sign-in before. */
  refresh: () => token(device, `api://${HUB}/access_as_user`),
  bot: async () =>
    (await bot.acquireTokenByClientCredential({ scopes: ['https://api.botframework.com/.default'] })).accessToken,
  wrongSecret: () => token(new ClientSecretCredential(TENANT, HUB, 'wrong', options), arm),
  wrongPassword: () => token(new UsernamePasswordCredential(TENANT, TERMINAL, USER, 'wrong', options), arm),
  wrongTenant: () => token(new ClientSecretCredential('other.example', HUB, SECRET, options), arm),
}
const results = {}
for (const [name, attempt] of Object.entries(attempts))
  results[name] = await Promise.resolve()
    .then(attempt)
    .then((jwt) => ({ jwt, claims: claims(jwt) }), failed)
console.log(JSON.stringify(results))
