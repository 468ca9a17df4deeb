import type { Json } from '../../../skills/kit/model.js'
import type { Plan } from '../../../skills/kit/plan.js'
import { canonical } from '../canonical.js'

/** Makes a collision-free digest of a text: SHA-256, in hexadecimal digits. */
export type Digest = (text: string) => string

/**
 * What an approval is bound to: the command, its parameters, the target, the observed fields that must not move, and the policy that
 * said who has to agree. Two plans with the same digest would do the same to the same thing.
 */
export const planHash = (
  command: string,
  { args, target, binds }: Plan,
  policyVersion: string,
  digest: Digest,
): string =>
  digest(canonical({ command, args, target: { kind: target.kind, id: target.id }, binds, policyVersion } as Json))
