import { createHash } from 'node:crypto'
import { z } from 'zod/v4'
import { canonicalText } from '../../store/json.js'
import type { SigningKey } from './audit-keys.js'

/** What the first anchor names as the one before. */
export const noAnchor = '0'.repeat(64)

const hash = z.string().regex(/^[0-9a-f]{64}$/)
const SignedHead = z.strictObject({
  tenant: z.string(),
  stream: z.string(),
  /** Number and hash of the log's last entry at that moment. */
  seq: z.int().min(1),
  hash,
  at: z.iso.datetime(),
  /** Digest of the anchor before, 64 zeros for the first: so that none can be taken out of the middle. */
  previous: hash,
  /** Which key signed it. */
  keyId: z.string(),
  /** Ed25519 (RFC 8032) over everything else in the canonical form of RFC 8785, in base64. */
  signature: z.string(),
})

/** The head of an audit log, signed; where it is kept it is one line of canonical JSON. */
export type SignedHead = z.output<typeof SignedHead>

/** What is signed. */
export type HeadClaim = Omit<SignedHead, 'keyId' | 'signature'>

export function signHead(claim: HeadClaim, key: SigningKey): SignedHead {
  const signed = { ...claim, keyId: key.id }
  return { ...signed, signature: key.sign(canonicalText(signed)) }
}

/** What the signature of a head is over. */
export const signedText = ({ signature: _signature, ...rest }: SignedHead): string => canonicalText(rest)

export const lineOf = (head: SignedHead): string => canonicalText(head)

/** SHA-256 of an anchor's line, in lower-case hex: what the next anchor names. */
export const digestOf = (line: string): string => createHash('sha256').update(line).digest('hex')

/** A line as a head, or undefined where it is none. */
export function readHead(line: string): SignedHead | undefined {
  try {
    const read = SignedHead.safeParse(JSON.parse(line))
    return read.success ? read.data : undefined
  } catch {
    return undefined
  }
}
