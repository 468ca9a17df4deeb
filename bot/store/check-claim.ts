import { checkName, wholeNumber } from './limits.js'
import type { ClaimOptions } from './queues.js'

/** @throws StoreBadInput where a worker asks for a claim in a way that makes no sense */
export function checkClaim({ limit, leaseMs, worker }: ClaimOptions): void {
  wholeNumber('the limit of a claim', limit, [1, 100])
  wholeNumber('the time of a claim', leaseMs, [1, 86_400_000])
  checkName('the worker', worker)
}
