import type { HttpServer } from '../channels/http/http-server.js'
import type { Store } from '../store/contract.js'

/** Milliseconds that requests under way have to end. */
const drainPatience = 10_000

/** Something that ends what it has under way, and then answers. */
export interface Stops {
  stop(): Promise<void>
}

/** Ends a hub: it takes nothing more, ends what is under way, and closes the store. The audit comes last: its last head covers what the others wrote. */
export async function stop(server: HttpServer, workers: readonly Stops[], audit: Stops, store: Store): Promise<void> {
  await server.drain(drainPatience)
  await Promise.all(workers.map((worker) => worker.stop()))
  await audit.stop()
  await store.close()
}
