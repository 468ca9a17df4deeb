import { join } from 'node:path'
import type { StartResults } from '../report/results.js'
import type { TenantReady } from '../tenant.js'
import { makeFreshCheckout } from './fresh-checkout.js'
import { startHub } from './hub-start.js'
import { measureNpmStart } from './npm-start.js'
import { startProgram } from './program.js'
import { median } from './statistics.js'

/** Starts of the hub alone, of which the median counts. */
const hubStarts = 5

/**
 * Measures how long starting takes, in a copy of the project that has never been built.
 * @param project the checkout that is copied
 * @param folder for the copy and its state
 */
export async function measureStarts(project: string, folder: string): Promise<StartResults> {
  const checkout = join(folder, 'checkout')
  makeFreshCheckout(project, checkout)
  const first = await measureNpmStart(checkout, join(folder, 'first'))
  const second = await measureNpmStart(checkout, join(folder, 'second'))
  const third = await measureNpmStart(checkout, join(folder, 'second'), true)
  return {
    firstStart: first.readyAfter,
    emptyStore: second.readyAfter,
    filledStore: third.readyAfter,
    ...(await measureHubAlone(join(folder, 'second'), folder)),
    ...(third.memory && { memory: third.memory }),
  }
}

async function measureHubAlone(data: string, folder: string): Promise<Pick<StartResults, 'hub' | 'hubProcessor'>> {
  const log = join(folder, 'hub-alone.log')
  const tenant = await startProgram<TenantReady>('test/bench/tenant.ts', { args: [data], log })
  try {
    const times: number[] = []
    const processor: number[] = []
    for (let start = 0; start < hubStarts; start++) {
      const hub = await startHub({ env: tenant.ready.hub, log })
      await hub.stop()
      times.push(hub.readyAfter)
      if (hub.processorMs !== undefined) processor.push(hub.processorMs)
    }
    return { hub: median(times), ...(processor.length && { hubProcessor: median(processor) }) }
  } finally {
    await tenant.stop()
  }
}
