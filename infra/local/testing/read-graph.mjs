// Reads the Graph at BASE with Microsoft's client and prints what came as JSON. A process of its own, because NODE_EXTRA_CA_CERTS is
// read when Node starts.
import { BatchRequestContent, BatchResponseContent, Client, PageIterator } from '@microsoft/microsoft-graph-client'

const { BASE, TOKEN } = process.env
const client = Client.init({
  baseUrl: `${BASE}/graph/`,
  customHosts: new Set(['localhost']),
  authProvider: (done) => done(null, TOKEN),
})

const names = []
const first = await client.api('/users').top(3).select('id,displayName').get()
await new PageIterator(client, first, (user) => names.push(user.displayName) > 0).iterate()

const found = await client.api('/users').filter("startswith(displayName,'B')").get()
const error = await client
  .api('/users/nobody@tailspin.example')
  .get()
  .catch(({ statusCode, code }) => ({ statusCode, code }))

const batch = new BatchRequestContent([
  {
    id: '1',
    request: { url: '/users/ben@tailspin.example?$select=displayName', method: 'GET', headers: new Headers() },
  },
  { id: '2', request: { url: '/users/ben@tailspin.example/manager', method: 'GET', headers: new Headers() } },
])
const answers = new BatchResponseContent(await client.api('/$batch').post(await batch.getContent()))
const photo = await client.api('/users/ben@tailspin.example/photos/48x48/$value').responseType('arraybuffer').get()

console.log(
  JSON.stringify({
    pages: Math.ceil(names.length / first.value.length),
    names,
    found: found.value.map(({ mail }) => mail),
    error,
    batch: await Promise.all(['1', '2'].map((id) => answers.getResponseById(id).json())),
    photo: Buffer.from(photo).toString('base64'),
  }),
)
