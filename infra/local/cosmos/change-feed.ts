import type { VendorRequest, VendorResponse } from '../frame/router.js'
import { liveItems, partitionOf, physicalPartitions, sessionToken, type Account, type Container } from './account.js'
import { contains, effectiveKey, type KeyRange } from './effective-key.js'
import { badRequest, Refusal } from './refusal.js'

const mostItems = 1000
const mostBytes = 4 * 1024 * 1024

/**
 * The change feed in latest-version mode: what was written after a number, once each as it is now, in the order of the last writes. A
 * deletion is not in it, nor what expired. Writes of one batch come on one page, which may be longer for it.
 * @throws Refusal where the range or the mode is missing or unknown
 */
export function readChangeFeed(
  account: Account,
  container: Container,
  key: string[] | undefined,
  request: VendorRequest,
): VendorResponse {
  const { headers } = request
  if (headers['a-im']?.toLowerCase() !== 'incremental feed')
    throw badRequest(`The stand-in has the change feed of latest versions only, not '${headers['a-im']}'.`)
  if (headers['if-modified-since']) throw badRequest('The stand-in starts no change feed at a time.')
  const partition = key ? partitionOf(effectiveKey(key)) : rangeNamed(headers['x-ms-documentdb-partitionkeyrangeid'])
  const range = key ? undefined : rangeAsked(headers)
  const last = container.lsn[partition] ?? 0
  const since = headers['if-none-match'] === '*' ? last : numberIn(headers['if-none-match'])
  const most = Math.min(Number(headers['x-ms-max-item-count'] ?? mostItems) || mostItems, mostItems)
  const wanted = key && effectiveKey(key)
  const isThere = (place: string) => (wanted === undefined ? !range || contains(range, place) : place === wanted)
  const found = liveItems(
    account,
    container,
    ({ lsn, place }) => lsn > since && partitionOf(place) === partition && isThere(place),
  ).sort((a, b) => a.lsn - b.lsn || a.step - b.step)
  let [end, bytes] = [0, 0]
  while (end < found.length && (end < most || found[end]!.lsn === found[end - 1]!.lsn)) {
    bytes += Buffer.byteLength(JSON.stringify(found[end]!.document))
    if (bytes > mostBytes && end > 0 && found[end]!.lsn !== found[end - 1]!.lsn) break
    end += 1
  }
  const page = found.slice(0, end)
  const reached = end < found.length ? page.at(-1)!.lsn : Math.max(last, since)
  const answer = {
    etag: `"${reached}"`,
    'x-ms-request-charge': String(1 + page.length),
    'x-ms-session-token': sessionToken(container, partition),
    'x-ms-item-count': String(page.length),
  }
  if (page.length === 0) return { status: 304, headers: answer }
  const Documents = page.map(({ document, lsn }) => ({ ...document, _lsn: lsn }))
  return { status: 200, headers: answer, body: { _rid: container.rid, Documents, _count: page.length } }
}

function rangeNamed(id: string | undefined): string {
  if (id === undefined) throw badRequest('The change feed needs a partition key or a partition key range.')
  if (!physicalPartitions.some((partition) => partition.id === id))
    throw new Refusal(410, 'Gone', 'The requested partition key range is gone.', { substatus: 1002 })
  return id
}

function rangeAsked(headers: Record<string, string>): KeyRange | undefined {
  const [min, max] = [headers['x-ms-start-epk'], headers['x-ms-end-epk']]
  if (min === undefined && max === undefined) return undefined
  if (min === undefined || max === undefined || headers['x-ms-read-key-type'] !== 'EffectivePartitionKeyRange')
    throw badRequest('A range of effective partition keys has a beginning, an end and its type.')
  return { min, max }
}

/** The number in a continuation, which is an etag. */
function numberIn(etag: string | undefined): number {
  if (etag === undefined) return 0
  const [, digits] = /^"(\d+)"$/.exec(etag) ?? []
  if (digits === undefined) throw badRequest(`The continuation ${etag} is none of the change feed.`)
  return Number(digits)
}
