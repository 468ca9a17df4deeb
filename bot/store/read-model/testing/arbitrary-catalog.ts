import fc from 'fast-check'
import type { Filter, FilterValue } from '../../../../skills/kit/catalog/filter.js'
import type { KindDeclaration } from '../../../../skills/kit/catalog/kind-declaration.js'
import type { RelationType } from '../../../../skills/kit/catalog/relation-types.js'
import type { Json } from '../../../../skills/kit/model.js'
import { type CatalogRecord } from '../catalog-record.js'
import { refKey } from '../../../../skills/kit/ref-key.js'

/** The moment at which ages are counted in the tests. */
export const testNow = '2026-11-21T08:00:00.000Z'

/** Two kinds with an ordered property each, in other orders. */
export const testKinds: KindDeclaration[] = (
  [
    ['Service', ['low', 'high', 'critical']],
    ['Resource', ['critical', 'low']],
  ] as const
).map(([kind, values]) => ({
  kind,
  title: kind,
  plural: `${kind}s`,
  summary: kind,
  icon: 'service',
  says: [],
  properties: { tier: { type: 'ordered', title: 'Tier', values } },
  relations: {},
  facts: [],
  sections: [],
  next: [],
}))

const ids = ['a', 'B', 'c', 'd', 'é', 'f', 'g-1', 'h'] as const
const moments = ['2026-11-14T08:00:00.000Z', '2026-11-20T08:00:00.000Z', '2026-11-21T09:00:00+01:00', 'soon']
const names = ['Auth API', 'auth-db', 'Payments', 'straße', 'x']
const types: RelationType[] = ['dependsOn', 'ownedBy']

/** The values of each property: few, so that entities share them, and of every type, so that they are compared. */
const values = {
  tier: ['low', 'critical', 'HIGH', 'odd', 2],
  size: [0, 1, 2.5, -1, true, false, '1', 'true', 'a\0b'],
  backup: moments,
  'tags.team': ['atlas', 'Atlas', 'kepler', true],
  note: ['Zoë reads logs', 'LOGS of auth', '100 %', 'a_b'],
} as const satisfies Record<string, readonly FilterValue[]>

const props = fc.record(
  {
    tier: fc.constantFrom<Json>(...values.tier),
    size: fc.constantFrom<Json>(...values.size, '', null),
    backup: fc.constantFrom<Json>(...values.backup),
    list: fc.array(fc.constantFrom<Json>(...values.size, null, 'low'), { maxLength: 3 }),
    tags: fc.dictionary(fc.constantFrom('team', 'Team', 'env'), fc.constantFrom<Json>(...values['tags.team']), {
      maxKeys: 2,
    }),
    note: fc.constantFrom<Json>(...values.note),
  },
  { requiredKeys: ['tier'] },
)

/** A record of one entity at a moment; one source or two claim it. */
export const arbitraryRecord = (at: string): fc.Arbitrary<CatalogRecord> =>
  fc.record({
    kind: fc.constantFrom('Service', 'Resource'),
    id: fc.constantFrom(...ids),
    claims: fc.dictionary(
      fc.constantFrom('github', 'azure'),
      fc.record({
        name: fc.constantFrom(...names),
        aliases: fc.constantFrom([], ['sign-in']),
        props,
        relations: fc.array(
          fc.record({
            type: fc.constantFrom(...types),
            to: fc.record({ kind: fc.constantFrom('Service', 'Resource'), id: fc.constantFrom(...ids) }),
          }),
          { maxLength: 3 },
        ),
        at: fc.constant(at),
      }),
      { minKeys: 1, maxKeys: 2 },
    ),
    since: fc.constant(at),
  })

/** A catalog of several entities. */
export const arbitraryRecords = (at: string, minLength = 6): fc.Arbitrary<CatalogRecord[]> =>
  fc.uniqueArray(arbitraryRecord(at), { selector: refKey, minLength, maxLength: 14 })

/** A property, and a value that some entity may have of it. */
const known: fc.Arbitrary<{ property: string; value: FilterValue }> = fc.oneof(
  ...Object.entries(values).map(([property, some]) =>
    fc.record({ property: fc.constant(property), value: fc.constantFrom<FilterValue>(...some) }),
  ),
  fc.record({ property: fc.constant('list'), value: fc.constantFrom<FilterValue>(0, 1, true, 'LOW') }),
  fc.record({ property: fc.constant('tags.TEAM'), value: fc.constantFrom<FilterValue>('ATLAS', 'kepler') }),
  fc.record({ property: fc.constant('name'), value: fc.constantFrom<FilterValue>(...names) }),
  fc.record({ property: fc.constant('id'), value: fc.constantFrom<FilterValue>(...ids) }),
  fc.record({ property: fc.constant('kind'), value: fc.constantFrom<FilterValue>('service', 'Resource') }),
  fc.record({ property: fc.constant('source'), value: fc.constantFrom<FilterValue>('GitHub', 'azure') }),
  fc.record({ property: fc.constant('absent'), value: fc.constantFrom<FilterValue>('x') }),
)
const ordered = known.filter(({ property }) => ['tier', 'size', 'backup', 'list'].includes(property))
const property = known.map((one) => one.property)
const day = 86_400_000

const leaf: fc.Arbitrary<Filter> = fc.oneof(
  fc.tuple(known, fc.constantFrom('=' as const, '!=' as const)).map(([one, is]): Filter => ({ ...one, is })),
  fc
    .tuple(ordered, fc.constantFrom('<' as const, '<=' as const, '>' as const, '>=' as const))
    .map(([one, is]): Filter => ({ ...one, is })),
  fc.tuple(known, known).map(([{ property, value }, other]): Filter => ({ property, in: [value, other.value] })),
  fc.record({
    property: fc.constantFrom('name', 'note', 'tier', 'tags.team', 'id'),
    contains: fc.constantFrom('a', 'AU', 'SS', 'ß', '%', '_', 'logs', ''),
  }),
  fc.record({ property, missing: fc.constant(true as const) }),
  fc.record({ property: fc.constantFrom('backup', 'size'), within: fc.constantFrom(0, 2 * day) }),
  fc.record({ property: fc.constantFrom('backup', 'size'), older: fc.constantFrom(0, 2 * day) }),
  fc.record({ kinds: fc.constantFrom<string[]>(['Service'], ['Resource'], ['Service', 'Resource']) }),
  fc.record({ words: fc.constantFrom('auth', 'AUTH logs', 'zoe', 'lo', '100', 'sign', '%', 'payments') }),
)

/** Filters of every form, nested. */
export const arbitraryFilter: fc.Arbitrary<Filter> = fc.letrec<{ filter: Filter }>((tie) => ({
  filter: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    { arbitrary: leaf, weight: 5 },
    fc.record({ all: fc.array(tie('filter'), { maxLength: 2 }) }),
    fc.record({ any: fc.array(tie('filter'), { maxLength: 2 }) }),
    fc.record({ not: tie('filter') }),
    {
      arbitrary: fc
        .record(
          {
            step: fc.record({
              type: fc.constantFrom(...types),
              direction: fc.constantFrom('in' as const, 'out' as const),
            }),
            of: tie('filter'),
            deep: fc.constant(true as const),
            atLeast: fc.constantFrom(2, 3),
          },
          { requiredKeys: ['step', 'of'] },
        )
        .map(({ deep, atLeast, ...rest }): Filter => ({ ...rest, ...(deep ? { deep } : atLeast ? { atLeast } : {}) })),
      weight: 2,
    },
  ),
})).filter
