import type { AuditKeys } from './audit-keys.js'
import { digestOf, noAnchor, readHead, signedText, type SignedHead } from './signed-head.js'
import type { Finding } from '../../audit-verdict.js'

/** What the anchors say. */
export interface CheckedAnchors {
  /** How many lines there are. */
  count: number
  /** Those that are signed by a known key, oldest first. */
  heads: SignedHead[]
  findings: Finding[]
}

/**
 * Checks the lines of a tenant's anchors by themselves: each signed by a known key, each naming the one before, the last one the one
 * that the store noted. What they say of the log is `ChainWalk`'s matter.
 * @param kept the store's note of the last one
 */
export function checkAnchors(
  lines: readonly string[],
  kept: string | undefined,
  tenant: string,
  keys: AuditKeys,
): CheckedAnchors {
  const whole = lines.filter((line, i) => line !== lines[i - 1] && !isTorn(line, lines[i + 1]))
  const findings: Finding[] = []
  const heads: SignedHead[] = []
  const strangers = new Map<string, number>()
  let before: string | undefined
  for (const line of whole) {
    const head = readHead(line)
    const fault = head ? faultOf(head, tenant, keys, strangers) : 'is no signed head: it was edited'
    const name = head
      ? `The anchor of entry ${head.seq} (${head.at})`
      : `Line ${whole.indexOf(line) + 1} of the anchors`
    if (fault) findings.push({ what: 'anchor', ...(head && { seq: head.seq }), said: `${name} ${fault}.` })
    // What follows an edited line names the line as it was; so it is not compared.
    else if (head && before !== 'unknown' && head.previous !== (before ?? noAnchor))
      findings.push({ what: 'anchor', seq: head.seq, said: `${name} ${gap(heads.at(-1))}.` })
    if (head && fault === undefined && keys.known.includes(head.keyId)) heads.push(head)
    before = fault ? 'unknown' : digestOf(line)
  }
  return {
    count: whole.length,
    heads,
    findings: [...findings, ...sayStrangers(strangers, keys), ...endOf(whole, kept)],
  }
}

/** What a crash left half written: the line follows again, whole. */
const isTorn = (line: string, next: string | undefined): boolean =>
  next !== undefined && next.length > line.length && next.startsWith(line)

/** What is wrong with a head by itself; one that a key unknown here signed is counted instead, since that is said once. */
function faultOf(
  head: SignedHead,
  tenant: string,
  keys: AuditKeys,
  strangers: Map<string, number>,
): string | undefined {
  if (head.tenant !== tenant) return `is of another tenant, ${head.tenant}`
  const fits = keys.fits(head.keyId, signedText(head), head.signature)
  if (fits === false) return `has a signature that does not fit: it was edited, or forged without key ${head.keyId}`
  if (fits === undefined) strangers.set(head.keyId, (strangers.get(head.keyId) ?? 0) + 1)
  return undefined
}

const gap = (before: SignedHead | undefined): string =>
  before
    ? `does not follow the one of entry ${before.seq}: anchors between them were removed, or their order was changed`
    : 'is not the first that was made, and stands first: anchors before it were removed'

const sayStrangers = (strangers: ReadonlyMap<string, number>, { known }: AuditKeys): Finding[] =>
  [...strangers].map(([id, count]) => ({
    what: 'key',
    said: `${count} ${count === 1 ? 'anchor is' : 'anchors are'} signed with key ${id}, which is not known here (known: ${known.join(', ')}): this is the wrong key, or they are forged. Add the public key to NEXUS_AUDIT_KEY where it was yours.`,
  }))

function endOf(lines: readonly string[], kept: string | undefined): Finding[] {
  const last = lines.at(-1)
  if (last === kept) return []
  if (kept === undefined)
    return [
      { what: 'anchor', said: 'There are anchors, and the store knows of none: the store is not the one they are of.' },
    ]
  const seq = readHead(kept)?.seq
  const about = { what: 'anchor' as const, ...(seq !== undefined && { seq }) }
  if (lines.includes(kept))
    return [
      {
        ...about,
        said: `The store names the anchor of entry ${seq} as the last, and it is not: the store was set back.`,
      },
    ]
  return [{ ...about, said: `The last anchor, of entry ${seq}, is missing: it was removed or edited.` }]
}
