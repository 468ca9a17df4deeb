import { ClientSecretCredential } from '@azure/identity'
import { azureSource } from '../../bot/providers/azure/azure-source.js'
import type { Json } from '../../skills/kit/model.js'
import type { AzureResults } from './report/results.js'

// Reads Azure as a hub does, keeping nothing: a sweep, then two deltas.
const { NEXUS_ARM_ENDPOINT, AZURE_TENANT_ID, AZURE_CLIENT_ID, AZURE_CLIENT_SECRET, AZURE_AUTHORITY_HOST } = process.env
const source = azureSource({
  endpoint: NEXUS_ARM_ENDPOINT!,
  scope: 'https://management.azure.com/.default',
  credential: new ClientSecretCredential(AZURE_TENANT_ID!, AZURE_CLIENT_ID!, AZURE_CLIENT_SECRET!, {
    authorityHost: AZURE_AUTHORITY_HOST!,
    disableInstanceDiscovery: true,
  }),
})
const { signal } = new AbortController()
const megabytes = () => process.memoryUsage.rss() / 1_048_576
process.send?.('ready')

type Figures = Omit<AzureResults, 'resources'>
const figures: Figures = { atRest: megabytes(), readings: [] }
let watermark: Json | undefined
await measure('sweep', async (count) => {
  for await (const page of source.sweep(undefined, signal)) {
    count(page.claims.length)
    watermark = page.watermark ?? watermark
  }
})
for (const what of ['delta', 'delta'])
  await measure(what, async (count) => count((await source.delta!(watermark!, signal))?.claims.length ?? NaN))
process.send?.(figures)

async function measure(what: string, read: (count: (claims: number) => void) => Promise<void>): Promise<void> {
  const began = performance.now()
  let [claims, most] = [0, megabytes()]
  const watching = setInterval(() => (most = Math.max(most, megabytes())), 50)
  await read((more) => (claims += more))
  clearInterval(watching)
  figures.readings.push({ what, seconds: (performance.now() - began) / 1000, claims, megabytes: most })
}
process.once('SIGTERM', () => process.exit(0))
