import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import type { Condition, Scalar, Store, Write } from '../../../bot/store/contract.js'
import { StoreConflict } from '../../../bot/store/errors.js'
import { Mirror } from './changes.js'
import type { Fresh } from './fixture.js'
import { allOf } from './queries.js'

interface Known {
  data: number
  etag: string
  index: Record<string, Scalar>
}

/** What the store should hold: a map from tenant, partition and id. */
type Model = Map<string, Known>

interface Step {
  tenant: string
  partition: string
  writes: {
    id: string
    op: 'put' | 'delete'
    when: 'always' | 'match' | 'stale' | 'absent'
    data: number
    index: Record<string, Scalar>
  }[]
}

const ids = ['a', 'b', 'c', 'd']
const scalar = fc.oneof(fc.integer({ min: -3, max: 3 }), fc.constantFrom('', 'a', 'aa', 'ab', 'b', 'é', '😀', '\uffff'))
const index = fc.dictionary(fc.constantFrom('x', 'y'), scalar)
const write = fc.record({
  id: fc.constantFrom(...ids),
  op: fc.constantFrom('put' as const, 'put' as const, 'delete' as const),
  when: fc.constantFrom('always' as const, 'always' as const, 'match' as const, 'stale' as const, 'absent' as const),
  data: fc.integer(),
  index,
})
const step: fc.Arbitrary<Step> = fc.record({
  tenant: fc.constantFrom('t', 'u'),
  partition: fc.constantFrom('p', 'q'),
  writes: fc.uniqueArray(write, { selector: ({ id }) => id, maxLength: 3 }),
})
const field = fc.constantFrom('x', 'y')
const condition: fc.Arbitrary<Condition> = fc.oneof(
  fc.record({ field, equals: scalar }),
  fc.record({ field, prefix: fc.constantFrom('', 'a', 'ab', '😀') }),
  fc.record({ field, from: fc.integer({ min: -3, max: 3 }), below: fc.integer({ min: -3, max: 3 }) }),
  fc.record({ field, from: scalar }),
  fc.record({ field, below: scalar }),
)

/** Random histories against a simple model. */
export function randomHistories(fresh: Fresh): void {
  describe('random histories', () => {
    test('commits, etags, queries and the feed are what a map would give', async () => {
      const { store } = await fresh()
      let run = 0
      const history = fc.array(step, { minLength: 5, maxLength: 20 })
      await fc.assert(
        fc.asyncProperty(
          history,
          fc.array(condition, { maxLength: 2 }),
          field,
          fc.boolean(),
          async (steps, where, by, descending) => {
            run += 1
            const name = (tenant: string) => `${tenant}${run}` // every history has tenants of its own
            const model: Model = new Map()
            for (const taken of steps) await take(store, name, model, taken)
            for (const tenant of ['t', 'u']) {
              const expected = recordsOf(model, tenant).filter(([, { index }]) =>
                where.every((c) => meets(index[c.field], c)),
              )
              const found = await allOf(store.forTenant(name(tenant)), { kind: 'thing', where, limit: 3 })
              expect(found.map(({ partition, id, etag, data }) => [`${partition}/${id}`, etag, data]).sort()).toEqual(
                expected.map(([key, { etag, data }]) => [key, etag, data]).sort(),
              )
              const ordered = await allOf(store.forTenant(name(tenant)), {
                kind: 'thing',
                where,
                order: { by, descending },
                limit: 2,
              })
              const values = expected
                .flatMap(([, { index }]) => (index[by] === undefined ? [] : [index[by]]))
                .sort(compare)
              const indexOf = (partition: string, id: string) => model.get(`${tenant}/${partition}/${id}`)?.index[by]
              expect(ordered.map(({ partition, id }) => indexOf(partition, id))).toEqual(
                descending ? values.reverse() : values,
              )
              const mirror = new Mirror(store.forTenant(name(tenant)))
              await mirror.follow(2)
              expect(mirror.state).toEqual(recordsOf(model, tenant).map(([key, { data }]) => [key, data]))
            }
          },
        ),
        { numRuns: 60 },
      )
    })
  })
}

/** Does a step in the store and in the model, where both must agree whether it is refused. */
async function take(
  store: Store,
  name: (tenant: string) => string,
  model: Model,
  { tenant, partition, writes }: Step,
): Promise<void> {
  const known = (id: string) => model.get(`${tenant}/${partition}/${id}`)
  const refused = writes.some(({ id, op, when }) => {
    if (when === 'stale') return true
    return op === 'put' && when === 'absent' && known(id) !== undefined
  })
  const asked = writes.map((w): Write => {
    const ifMatch = w.when === 'stale' ? 'stale' : w.when === 'match' ? known(w.id)?.etag : undefined
    const condition = ifMatch === undefined ? {} : { ifMatch }
    if (w.op === 'delete') return { op: 'delete', kind: 'thing', id: w.id, ...condition }
    const absent = w.when === 'absent' ? { ifAbsent: true as const } : {}
    return { op: 'put', kind: 'thing', id: w.id, data: w.data, index: w.index, ...condition, ...absent }
  })
  const commit = store.forTenant(name(tenant)).commit(partition, asked)
  if (refused) return expect(commit).rejects.toThrow(StoreConflict)
  const etags = await commit
  writes.forEach(({ id, op, data, index }, i) => {
    const key = `${tenant}/${partition}/${id}`
    if (op === 'delete') model.delete(key)
    else model.set(key, { data, index, etag: etags[i]! })
  })
}

const recordsOf = (model: Model, tenant: string): [string, Known][] =>
  [...model]
    .filter(([key]) => key.startsWith(`${tenant}/`))
    .map(([key, known]): [string, Known] => [key.slice(tenant.length + 1), known])
    .sort(([a], [b]) => (a < b ? -1 : 1))

/** The naive meaning of a condition. */
function meets(value: Scalar | undefined, condition: Condition): boolean {
  if (value === undefined) return false
  if ('equals' in condition) return value === condition.equals
  if ('prefix' in condition) return typeof value === 'string' && value.startsWith(condition.prefix)
  const { from, below } = condition
  if (typeof value !== typeof (from ?? below)) return false
  return (from === undefined || compare(value, from) >= 0) && (below === undefined || compare(value, below) < 0)
}

/** Numbers before text; text by code points, which is the order of its UTF-8 bytes. */
function compare(a: Scalar, b: Scalar): number {
  if (typeof a === 'number' && typeof b === 'number') return a - b
  if (typeof a === 'number' || typeof b === 'number') return typeof a === 'number' ? -1 : 1
  return Buffer.compare(Buffer.from(a), Buffer.from(b))
}
