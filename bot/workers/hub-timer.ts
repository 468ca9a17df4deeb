import type { Write } from '../store/contract.js'
import type { FiredTimer } from '../store/queues.js'

/** Acts on a timer of the hub's own; it writes by itself what follows, each write safe to repeat, and answers what ends the timer. */
export type HubTimer = (timer: FiredTimer) => Promise<Write[]>
