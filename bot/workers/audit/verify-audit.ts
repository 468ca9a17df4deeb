import { setImmediate as breathe } from 'node:timers/promises'
import type { Instant } from '../../../skills/kit/model.js'
import type { AuditVerdict, Finding } from '../../audit-verdict.js'
import type { TenantStore } from '../../store/contract.js'
import { emptyHead } from '../../store/hash-chain.js'
import { auditStream } from '../../store/records/audit-stream.js'
import type { LogHead } from '../../store/streams.js'
import { keptAnchor } from './anchor-heads.js'
import type { Anchors } from './anchors.js'
import type { AuditKeys } from './audit-keys.js'
import { ChainWalk } from './chain-walk.js'
import { checkAnchors, type CheckedAnchors } from './check-anchors.js'

/** What is verified, and against what. */
export interface VerifyParts {
  tenant: TenantStore
  anchors: Anchors
  keys: AuditKeys
  now(): Instant
  /** The last entry that a running hub has read: it knows that one by itself, anchored or not. */
  seen?: LogHead
}

const page = 500
const mostListed = 50

/**
 * Computes the whole chain of an audit log anew and holds it against the anchors. It finds an edit, an entry that is missing or out of
 * order, a cut tail and a chain that was computed anew, and anchors that were edited, removed or signed by somebody else. What it cannot
 * find is a tail that was cut from the log, from the store's note of the last anchor and from the anchors alike: that is what a place
 * for anchors is for that nobody can take from.
 * @throws StoreUnavailable, or what the file system says where the anchors cannot be read
 */
export async function verifyAudit({ tenant, anchors, keys, now, seen }: VerifyParts): Promise<AuditVerdict> {
  const kept = await keptAnchor(tenant)
  const checked = checkAnchors(await linesWith(kept?.line, tenant.tenant, anchors), kept?.line, tenant.tenant, keys)
  const walk = new ChainWalk(tenant.tenant, auditStream, checked.heads)
  for (let from = 1, more = true; more;) {
    const entries = await tenant.log.read(auditStream, { from, limit: page })
    entries.forEach((entry) => walk.take(entry))
    from = (entries.at(-1)?.seq ?? from) + 1
    more = entries.length === page
    await breathe() // a hub that is asked goes on answering others
  }
  const findings = [
    ...walk.end(),
    ...(await unlike(seen, tenant)),
    ...checked.findings,
    ...withoutAnchors(checked, walk.head),
  ]
  const last = checked.heads.at(-1)
  return {
    holds: findings.length === 0,
    at: now(),
    tenant: tenant.tenant,
    entries: walk.entries,
    head: walk.head,
    anchors: { where: anchors.where, count: checked.count, ...(last && { last: { seq: last.seq, at: last.at } }) },
    notYetAnchored: Math.max(0, walk.head.seq - (last?.seq ?? 0)),
    findings: findings.slice(0, mostListed),
    more: Math.max(0, findings.length - mostListed) + walk.more,
  }
}

/** The anchors' lines. A head is noted in the store a moment before it is anchored, so the anchors are read once more where one is not there. */
async function linesWith(kept: string | undefined, tenant: string, anchors: Anchors): Promise<string[]> {
  const lines = await anchors.read(tenant)
  if (kept === undefined || lines.at(-1) === kept) return lines
  await breathe()
  return anchors.read(tenant)
}

async function unlike(seen: LogHead | undefined, { log }: TenantStore): Promise<Finding[]> {
  if (!seen?.seq) return []
  const [entry] = await log.read(auditStream, { from: seen.seq, limit: 1 })
  if (entry?.hash === seen.hash) return []
  const how = entry ? 'has another hash than when this hub read it' : 'is gone, and this hub has read it'
  return [
    { what: 'recomputed', seq: seen.seq, said: `Entry ${seen.seq} ${how}: the log was changed while the hub ran.` },
  ]
}

function withoutAnchors({ count }: CheckedAnchors, head: LogHead): Finding[] {
  if (count > 0 || head.seq === emptyHead.seq) return []
  const said =
    'Nothing is anchored, so nothing outside the store says what the log said: a chain that was computed anew as a whole would look right.'
  return [{ what: 'unanchored', said }]
}
