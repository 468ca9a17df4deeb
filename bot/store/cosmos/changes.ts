import { seal, unseal } from '../continuation.js'
import { wholeNumber } from '../limits.js'
import type { Change, ChangePage } from '../contract.js'
import type { Engine } from './engine.js'
import { readFeed, readUpTo, type FeedPage, type Written } from './feed.js'
import { readForgotten } from './prune.js'
import { toRecord } from './query.js'

const pageBytes = 4_000_000

/** Where a reader stopped: a token of the service, and within the answer after it the last change that it was given. */
interface Place {
  token: string | undefined
  /** The range's beginning, the number of the write and its place in the batch: an answer that is read again may have lost its beginning. */
  within?: [min: string, lsn: number, step: number]
}

/**
 * Answers `TenantStore.changes` from the service's change feed of the tenant's part of `records`. Order is that of the writes within each
 * physical partition, hence within each partition of the contract. The writes of one batch come in one answer, which may be longer
 * than asked for; then a page ends within it.
 */
export async function readChanges(
  engine: Engine,
  tenant: string,
  after: string | undefined,
  limit?: number,
): Promise<ChangePage> {
  const most = wholeNumber('limit', limit, [1, 1000], 500)
  const scope = [tenant, 'changes']
  const given = after === undefined ? undefined : placeIn(unseal(scope, after, 4))
  const reset = given?.token !== undefined && (await isLost(engine, tenant, given.token))
  const start: Place = !given || reset ? { token: undefined } : given
  const read = await readOn(engine, tenant, start, most)
  if (!read) return { ...(await readChanges(engine, tenant, undefined, limit)), reset: true }
  const unmoved = after !== undefined && !reset && read.changes.length === 0 && !read.passed
  return {
    changes: read.changes,
    continuation: unmoved ? after : seal(scope, sealed(read.place)),
    more: read.more,
    reset,
  }
}

interface Read {
  changes: Change[]
  place: Place
  more: boolean
  /** Something was read, if only what is none of the reader's business. */
  passed: boolean
}

async function readOn(engine: Engine, tenant: string, start: Place, most: number): Promise<Read | undefined> {
  const changes: Change[] = []
  let place = start
  let bytes = 0
  for (let passed = false; ; passed = true) {
    const page = await readFeed(engine, tenant, place.token, most)
    if (!page) return undefined
    if (page.end) return { changes, place: { token: page.token }, more: false, passed }
    const fresh = page.written.filter((document) => isAfter(document, page, place))
    const taken = fresh.slice(0, most - changes.length)
    changes.push(...taken.map(toChange))
    bytes += taken.reduce((sum, { data }) => sum + JSON.stringify(data ?? null).length, 0)
    const last = taken.at(-1)
    if (taken.length < fresh.length)
      return {
        changes,
        more: true,
        passed,
        place: last ? { token: place.token, within: [page.range.min, last._lsn, last.step] } : place,
      }
    place = { token: page.token }
    if (changes.length === most && (await isEnd(engine, tenant, page.token)))
      return { changes, place, more: false, passed }
    if (changes.length === most || bytes > pageBytes) return { changes, place, more: true, passed }
  }
}

/** Whether nothing of a reader's interest follows. */
async function isEnd(engine: Engine, tenant: string, token: string): Promise<boolean> {
  return (await readFeed(engine, tenant, token, 1))?.end ?? false
}

function isAfter({ _lsn, step }: Written, { range }: FeedPage, { within }: Place): boolean {
  if (!within || within[0] !== range.min) return true
  return _lsn > within[1] || (_lsn === within[1] && step > within[2])
}

function toChange(document: Written): Change {
  if (document.type === 'record') return { op: 'put', record: toRecord(document) }
  const { partition, kind, name: id, _etag: etag, at } = document
  return { op: 'delete', key: { partition, kind, id }, etag, at }
}

const sealed = ({ token = '', within: [min, lsn, step] = ['', 0, 0] }: Place): [string, string, number, number] => [
  token,
  min,
  lsn,
  step,
]

function placeIn([token, min, lsn, step]: (string | number)[]): Place {
  const place: Place = { token: token === '' ? undefined : String(token) }
  return Number(lsn) > 0 ? { ...place, within: [String(min), Number(lsn), Number(step)] } : place
}

/** Whether a reader may have missed a tombstone: in some range one was forgotten that was written after what it has read. */
async function isLost(engine: Engine, tenant: string, token: string): Promise<boolean> {
  const forgotten = await readForgotten(engine, tenant)
  return readUpTo(token).some((read) =>
    forgotten.some(({ min, max, lsn }) => read.min < max && min < read.max && read.lsn < lsn),
  )
}
