import { join } from 'node:path'
import type { AzureResults } from '../report/results.js'
import type { TenantReady } from '../tenant.js'
import { startProgram } from './program.js'

/**
 * How long the first reading of many Azure resources takes within Resource Graph's quota, and two deltas after it; and what the reader holds
 * meanwhile. Tenant and reader are processes of their own.
 * @param folder an empty one
 */
export async function measureAzure(folder: string, resources: number): Promise<AzureResults> {
  const tenant = await startProgram<TenantReady>('test/bench/tenant.ts', {
    args: [join(folder, 'data')],
    log: join(folder, 'tenant.log'),
    env: { NEXUS_LOCAL_RESOURCES: String(resources) },
  })
  try {
    const reader = await startProgram<'ready'>('test/bench/azure-reader.ts', {
      log: join(folder, 'reader.log'),
      env: tenant.ready.hub,
    })
    const figures = await new Promise<Omit<AzureResults, 'resources'>>((resolve) =>
      reader.hear((said) => resolve(said as Omit<AzureResults, 'resources'>)),
    )
    await reader.stop()
    return { resources, ...figures }
  } finally {
    await tenant.stop()
  }
}
