import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import type { AuditQuery } from '../../../skills/kit/audit.js'
import type { Ref } from '../../../skills/kit/model.js'
import { emptyHead, hashEntry } from '../hash-chain.js'
import { canonicalText, type Json } from '../json.js'
import type { LogEntry } from '../streams.js'
import { AuditIndex } from './audit-index.js'

const moment = (at: number) => new Date(at).toISOString()
const services: Ref[] = ['a', 'b', 'c'].map((id) => ({ kind: 'Service', id }))

/** A log of entries, chained. */
function logOf(lines: readonly { by: string | null; target: Ref | null; at: number }[]): LogEntry[] {
  let head = emptyHead
  let latest = 0
  return lines.map(({ by, target, at }) => {
    latest = Math.max(latest, at)
    const data = {
      action: 'x',
      detail: {},
      at: moment(latest),
      ...(by && { by: { id: by } }),
      ...(target && { target: { ...target } }),
    } as Json
    const place = { tenant: 't', stream: 'audit', seq: head.seq + 1, at: latest, previous: head.hash }
    head = { seq: place.seq, hash: hashEntry(place, canonicalText(data)) }
    return { ...place, data, hash: head.hash }
  })
}

const reading = (entries: readonly LogEntry[]) => ({
  read: async (_stream: string, { from = 1, limit = 100 } = {}) => entries.slice(from - 1, from - 1 + limit),
})

test('it finds what going through the log from the end would find', async () => {
  const line = fc.record({
    by: fc.constantFrom('dana', 'lee', null),
    target: fc.constantFrom(...services, null),
    at: fc.integer({ min: 0, max: 50 }),
  })
  const query = fc.record(
    {
      by: fc.constantFrom('dana', 'lee', 'nobody'),
      targets: fc.subarray(services),
      from: fc.integer({ min: 0, max: 50 }).map(moment),
      to: fc.integer({ min: 0, max: 50 }).map(moment),
      limit: fc.integer({ min: 1, max: 20 }),
    },
    { requiredKeys: ['limit'] },
  )
  await fc.assert(
    fc.asyncProperty(fc.array(line, { maxLength: 60 }), query, async (lines, asked: AuditQuery) => {
      const entries = logOf(lines)
      const index = new AuditIndex('t', reading(entries))
      await index.catchUp()
      const fits = ({ at, data }: LogEntry) => {
        const { by, target } = data as unknown as { by?: { id: string }; target?: Ref }
        return (
          (asked.by === undefined || by?.id === asked.by) &&
          (asked.targets === undefined || asked.targets.some(({ id }) => id === target?.id)) &&
          (asked.from === undefined || moment(at) >= asked.from) &&
          (asked.to === undefined || moment(at) < asked.to)
        )
      }
      const wanted = entries.filter(fits).map(({ seq }) => seq)
      expect(index.find(asked)).toEqual(wanted.reverse().slice(0, asked.limit))
      expect(index.broken).toBeUndefined()
    }),
  )
})

test('it follows from where it was, whoever asks, and names the first entry that does not follow', async () => {
  const entries = logOf(Array.from({ length: 1200 }, (_, at) => ({ by: 'dana', target: null, at })))
  const known = entries.slice(0, 700)
  const index = new AuditIndex('t', reading(known))
  await Promise.all([index.catchUp(), index.catchUp()])
  expect(index.head.seq).toBe(700)
  known.push({ ...entries[700]!, data: 'other' }, ...entries.slice(701))
  await index.catchUp()
  expect(index.head.seq).toBe(1200)
  expect(index.broken).toMatchObject({ seq: 701 })
})

test('what was asked of a service is found by it, whose resource was the target and may be gone since', async () => {
  const service = services[0]!
  const data = { action: 'x', at: moment(1), target: { kind: 'Resource', id: 'site' } }
  const detail = { args: { target: { ...service }, capacity: 5, none: null, list: [{ kind: 'Service', id: 'b' }] } }
  const place = { tenant: 't', stream: 'audit', seq: 1, at: 1, previous: emptyHead.hash }
  const entry = { ...data, detail } as unknown as Json
  const index = new AuditIndex('t', reading([{ ...place, data: entry, hash: hashEntry(place, canonicalText(entry)) }]))
  await index.catchUp()
  const found = (ref: Ref) => index.find({ targets: [ref], limit: 5 })
  expect([service, services[1]!, { kind: 'Resource', id: 'site' } as Ref].map(found)).toEqual([[1], [], [1]])
})
