import { randomUUID } from 'node:crypto'
import { describe, expect, test } from '@jest/globals'
import type { TenantStore, Write } from '../../../bot/store/contract.js'
import { StoreBadInput } from '../../../bot/store/errors.js'
import type { Json } from '../../../bot/store/json.js'
import { limits } from '../../../bot/store/limits.js'
import type { Fresh } from './fixture.js'

const odd = [
  `'; DROP TABLE record; --`,
  `"quoted" and \`ticked\` and \\ back`,
  '/subscriptions/0f3c/resourceGroups/rg-auth/providers/Microsoft.Web/sites/auth?x=1#y',
  'éè — ß ﬀ 漢字 😀 \u202e reversed',
  'e\u0301', // e and a combining accent: not the é above
  ' spaces around ',
  '__proto__',
  'constructor',
  '%_*?[a-z]',
  'x'.repeat(limits.nameBytes),
  '😀'.repeat(limits.nameBytes / 4),
]
const refused: [string, unknown][] = [
  ['empty', ''],
  ['too long', 'x'.repeat(limits.nameBytes + 1)],
  ['too long in bytes', 'é'.repeat(limits.nameBytes / 2 + 1)],
  ['NUL', 'a\u0000b'],
  ['line break', 'a\nb'],
  ['half a surrogate pair', 'a\ud83d'],
  ['a number', 7],
  ['nothing', undefined],
  ['null', null],
  ['an object', { toString: () => 'x' }],
]

/** Every place where a name from outside goes in. */
const placesFor = (tenant: TenantStore, name: string): [string, () => Promise<unknown>][] => [
  ['id', () => tenant.commit('p', [{ op: 'put', kind: 'thing', id: name, data: 1 }])],
  ['partition', () => tenant.commit(name, [{ op: 'put', kind: 'thing', id: '1', data: 1 }])],
  ['deletion', () => tenant.commit('p', [{ op: 'delete', kind: 'thing', id: name }])],
  ['outbox id', () => tenant.commit('p', [{ op: 'enqueue', id: name, thread: 'a', data: 1 }])],
  ['thread', () => tenant.commit('p', [{ op: 'enqueue', id: randomUUID(), thread: name, data: 1 }])],
  ['timer', () => tenant.commit('p', [{ op: 'set-timer', id: name, due: 1, data: 1 }])],
  ['audit stream', () => tenant.commit('p', [{ op: 'audit', stream: name, data: 1 }])],
  ['source', () => tenant.inbox.append([{ source: name, id: '1', data: 1 }])],
  ['inbox id', () => tenant.inbox.append([{ source: 's', id: name, data: 1 }])],
  ['stream', () => tenant.log.append(name, [1])],
  ['series', () => tenant.series.add(name, [{ at: 1, value: 1 }])],
  ['get', () => tenant.get({ partition: 'p', kind: 'thing', id: name })],
  ['query', () => tenant.query({ kind: 'thing', partition: name })],
]

function cycle(): Json {
  const list: Json[] = []
  list.push(list)
  return list
}

const nested = (depth: number): Json => (depth === 0 ? 1 : [nested(depth - 1)])

/** Names, sizes and values that vendors, people and mistakes send. */
export function hostileInput(fresh: Fresh): void {
  describe('hostile input', () => {
    test('odd names are names like any other', async () => {
      const tenant = (await fresh()).store.forTenant('t')
      for (const name of odd) for (const [, call] of placesFor(tenant, name)) await call()
      for (const [i, id] of odd.entries()) {
        await tenant.commit('odd', [{ op: 'put', kind: 'odd', id, data: { [id]: id }, index: { name: id } }])
        expect((await tenant.get({ partition: 'odd', kind: 'odd', id }))?.data).toEqual({ [id]: id })
        const { records } = await tenant.query({ kind: 'odd', where: [{ field: 'name', equals: id }] })
        expect(records.map((record) => record.id)).toEqual([id])
        expect((await tenant.query({ kind: 'odd', partition: 'odd' })).records).toHaveLength(i + 1)
      }
    })

    test.each(refused)('a name that is %s is refused everywhere, and said so', async (_, name) => {
      const { store } = await fresh()
      const tenant = store.forTenant('t')
      for (const [place, call] of placesFor(tenant, name as string)) {
        // Without a partition a query is across all of them; without an id the store makes one.
        if (['query', 'inbox id'].includes(place) && name === undefined) continue
        await expect(call()).rejects.toThrow(StoreBadInput)
      }
      expect(() => store.forTenant(name as string)).toThrow(StoreBadInput)
      await expect(store.lease(name as string, 1000)).rejects.toThrow(StoreBadInput)
      expect((await tenant.changes()).changes).toEqual([])
    })

    test('a value that JSON cannot carry is refused, and the place is named', async () => {
      const tenant = (await fresh()).store.forTenant('t')
      const values: [unknown, RegExp][] = [
        [{ a: [1, NaN] }, /\$\.a\[1\].*NaN/],
        [{ when: new Date(0) }, /\$\.when.*Date/],
        [{ call: () => 1 }, /\$\.call/],
        [{ big: 1n }, /\$\.big/],
        [[undefined], /\$\[0\]/],
        [undefined, /\$/],
        [new Map(), /Map/],
        [cycle(), /contains itself/],
        [nested(5000), /nested/],
      ]
      for (const [value, message] of values) {
        const put: Write = { op: 'put', kind: 'thing', id: '1', data: value as Json }
        await expect(tenant.commit('p', [put])).rejects.toThrow(message)
        await expect(tenant.inbox.append([{ source: 's', id: '1', data: value as Json }])).rejects.toThrow(
          StoreBadInput,
        )
        await expect(tenant.log.append('log', [value as Json])).rejects.toThrow(StoreBadInput)
      }
      await tenant.commit('p', [
        { op: 'put', kind: 'thing', id: '1', data: { gone: undefined, deep: nested(90) } as unknown as Json },
      ])
      expect((await tenant.get({ partition: 'p', kind: 'thing', id: '1' }))?.data).toEqual({ deep: nested(90) })
    })

    test('a record of nearly 2 MB is taken, a larger one refused with both sizes', async () => {
      const tenant = (await fresh()).store.forTenant('t')
      const fits = 'é'.repeat(limits.dataBytes / 2 - 1)
      await tenant.commit('p', [{ op: 'put', kind: 'thing', id: '1', data: fits }])
      expect((await tenant.get({ partition: 'p', kind: 'thing', id: '1' }))?.data).toBe(fits)
      await tenant.inbox.append([{ source: 's', id: '1', data: fits }])
      const large = `${fits}é`
      const message = new RegExp(`${limits.dataBytes + 2}.*${limits.dataBytes}`)
      await expect(tenant.commit('p', [{ op: 'put', kind: 'thing', id: '1', data: large }])).rejects.toThrow(message)
      await expect(tenant.inbox.append([{ source: 's', id: '2', data: large }])).rejects.toThrow(StoreBadInput)
      await expect(tenant.log.append('log', [large])).rejects.toThrow(StoreBadInput)
      const half = 'x'.repeat(limits.dataBytes / 2)
      const two: Write[] = ['1', '2'].map((id) => ({ op: 'put', kind: 'thing', id, data: half }))
      await expect(tenant.commit('p', two)).rejects.toThrow(/split/)
    })

    test('kinds, fields, limits and moments that make no sense are refused', async () => {
      const { store } = await fresh()
      const tenant = store.forTenant('t')
      const claim = { limit: 1, leaseMs: 1, worker: 'w' }
      const put = (more: object): Promise<unknown> =>
        tenant.commit('p', [{ op: 'put', kind: 'thing', id: '1', data: 1, ...more }])
      const calls: (() => Promise<unknown>)[] = [
        () => put({ kind: '' }),
        () => put({ kind: `a' b` }),
        () => put({ index: { [`x"') --`]: 1 } }),
        () => put({ index: { x: true } }),
        () => put({ index: { x: NaN } }),
        () => put({ index: { x: 'y'.repeat(limits.indexBytes + 1) } }),
        () => put({ index: Object.fromEntries(Array.from({ length: 21 }, (_, i) => [`f${i}`, i])) }),
        () => tenant.query({ kind: 'thing', limit: 0 }),
        () => tenant.query({ kind: 'thing', limit: 1.5 }),
        () => tenant.query({ kind: 'thing', limit: 1e9 }),
        () => tenant.query({ kind: 'thing', where: [{ field: 'x' }] }),
        () => tenant.query({ kind: 'thing', where: [{ field: `x" OR 1`, equals: 1 }] }),
        () => tenant.query({ kind: 'thing', where: [{ field: 'x', from: 1, below: 'a' }] }),
        () => tenant.query({ kind: 'thing', where: Array.from({ length: 11 }, () => ({ field: 'x', equals: 1 })) }),
        () => tenant.query({ kind: 'thing', order: { by: `x" OR 1` } }),
        () => tenant.changes('nonsense'),
        () => tenant.changes(undefined, 0),
        () => tenant.inbox.claim({ ...claim, limit: 0 }),
        () => tenant.inbox.claim({ ...claim, leaseMs: -1 }),
        () => tenant.outbox.claim({ ...claim, worker: '' }),
        () => tenant.timers.claim({ ...claim, limit: 101 }),
        () => tenant.commit('p', [{ op: 'set-timer', id: '1', due: NaN, data: 1 }]),
        () => tenant.commit('p', [{ op: 'enqueue', id: '1', thread: 'a', data: 1, notBefore: -1 }]),
        () => tenant.log.read('log', { from: 0 }),
        () => store.lease('x', 0),
        () =>
          tenant.inbox.append(
            Array.from({ length: limits.batchItems + 1 }, (_, i) => ({ source: 's', id: `${i}`, data: 1 })),
          ),
      ]
      for (const call of calls) await expect(call()).rejects.toThrow(StoreBadInput)
      expect((await tenant.changes()).changes).toEqual([])
    })
  })
}
