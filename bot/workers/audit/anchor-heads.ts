import type { Instant } from '../../../skills/kit/model.js'
import type { Store, StoreRecord, TenantStore } from '../../store/contract.js'
import type { Fence } from '../../store/lease.js'
import { emptyHead, findBreak } from '../../store/hash-chain.js'
import type { Json } from '../../store/json.js'
import { auditStream } from '../../store/records/audit-stream.js'
import type { LogHead } from '../../store/streams.js'
import type { Anchors } from './anchors.js'
import type { SigningKey } from './audit-keys.js'
import { digestOf, lineOf, noAnchor, readHead, signHead } from './signed-head.js'

/** What anchoring is made of. */
export interface AnchoringParts {
  store: Pick<Store, 'lease'>
  tenant: TenantStore
  anchors: Anchors
  key: SigningKey
  now(): Instant
  /** Named steps at which tests end the hub. */
  reached?(step: 'audit.head-kept' | 'audit.head-anchored'): Promise<void> | void
}

/** The log does not lead on from what was signed last, so its head is not signed. */
export class AuditBroken extends Error {}

const leaseMs = 60_000
const place = { partition: 'audit', kind: 'audit-anchor', id: 'latest' }

/**
 * The line of the last head that was signed, as the store keeps it: it is kept there before it is anchored, so that one signer at a time
 * goes on from it, and so that a line taken off the end of the anchors is missed.
 */
export async function keptAnchor(
  tenant: Pick<TenantStore, 'get'>,
): Promise<{ line: string; etag: string } | undefined> {
  const record: StoreRecord | undefined = await tenant.get(place)
  return record && { line: record.data as string, etag: record.etag }
}

/** The number of the last entry that is signed; 0 where none is. */
export async function anchoredTo(tenant: Pick<TenantStore, 'get'>): Promise<number> {
  return readHead((await keptAnchor(tenant))?.line ?? '')?.seq ?? 0
}

/**
 * Signs the log's head where it moved, and anchors it. One hub does it at a time. What a hub that died had signed and not anchored is
 * anchored first, so the anchors are as many as the signed heads, in their order.
 * @returns whether this hub had its turn
 * @throws AuditBroken where the entries do not follow from what was signed last
 */
export async function anchorHead(parts: AnchoringParts): Promise<boolean> {
  const { store, tenant, anchors } = parts
  const lease = await store.lease(`audit/${tenant.tenant}`, leaseMs)
  if (!lease) return false
  try {
    const kept = await keptAnchor(tenant)
    if (kept && (await anchors.last(tenant.tenant)) !== kept.line) await anchors.append(tenant.tenant, kept.line)
    const last = kept ? signedBefore(kept.line) : emptyHead
    const head = await tenant.log.head(auditStream)
    if (head.seq !== last.seq) await signAndAnchor(head, last, kept, lease, parts)
  } finally {
    await lease.release()
  }
  return true
}

async function signAndAnchor(
  { seq, hash }: LogHead,
  last: LogHead,
  kept: { line: string; etag: string } | undefined,
  { name, fence }: Fence,
  { tenant, anchors, key, now, reached }: AnchoringParts,
): Promise<void> {
  await demandChain(tenant, last, seq)
  const previous = kept ? digestOf(kept.line) : noAnchor
  const claim = { tenant: tenant.tenant, stream: auditStream, seq, hash, at: now(), previous }
  const line = lineOf(signHead(claim, key))
  const condition = kept ? { ifMatch: kept.etag } : { ifAbsent: true as const }
  const { partition, kind, id } = place
  const data: Json = line
  await tenant.commit(partition, [{ op: 'put', kind, id, data, ...condition }], { fence: { name, fence } })
  await reached?.('audit.head-kept')
  await anchors.append(tenant.tenant, line)
  await reached?.('audit.head-anchored')
}

function signedBefore(line: string): LogHead {
  const head = readHead(line)
  if (!head) throw new AuditBroken('the record of the last signed head is none')
  return head
}

/** Demands that the log still has what was signed last, and leads from there to its present head. */
async function demandChain({ tenant, log }: TenantStore, last: LogHead, to: number): Promise<void> {
  let before = last
  if (last.seq > 0) {
    const [signed] = await log.read(auditStream, { from: last.seq, limit: 1 })
    if (signed?.seq !== last.seq || signed.hash !== last.hash)
      throw new AuditBroken(`entry ${last.seq} is not the one that was signed`)
  }
  while (before.seq < to) {
    const entries = await log.read(auditStream, { from: before.seq + 1, limit: 500 })
    const broken = findBreak(tenant, auditStream, entries, before)
    if (broken) throw new AuditBroken(`entry ${broken.seq}: ${broken.reason}`)
    before = entries.at(-1) ?? { ...before, seq: to }
  }
}
