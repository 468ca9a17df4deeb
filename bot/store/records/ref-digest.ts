import { createHash } from 'node:crypto'
import type { Ref } from '../../../skills/kit/model.js'
import { refKey } from '../../../skills/kit/ref-key.js'

/** Characters of a digest: 96 bits, of which no two of a million entities have the same but by a chance of 1 in 10^16. */
export const digestLength = 16

/** An entity in a few characters, for lists of very many: what a sweep has told of. */
export const digestOf = (ref: Ref): string =>
  createHash('sha256').update(refKey(ref)).digest('base64url').slice(0, digestLength)
