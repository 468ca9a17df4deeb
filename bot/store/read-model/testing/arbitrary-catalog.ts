import fc from 'fast-check'
import type { Filter } from '../../../../skills/kit/catalog/filter.js'
import type { KindDeclaration } from '../../../../skills/kit/catalog/kind-declaration.js'
import type { RelationType } from '../../../../skills/kit/catalog/relation-types.js'
import type { Json } from '../../../../skills/kit/model.js'
import type { CatalogRecord } from '../catalog-record.js'

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
}))

const ids = ['a', 'B', 'c', 'd', 'é'] as const
const moments = ['2026-11-14T08:00:00.000Z', '2026-11-20T08:00:00.000Z', '2026-11-21T09:00:00+01:00', 'soon']
const names = ['Auth API', 'auth-db', 'Payments', 'straße', 'x']
const types: RelationType[] = ['dependsOn', 'ownedBy', 'partOf']

const scalar: fc.Arbitrary<Json> = fc.constantFrom<Json>(
  'low',
  'LOW',
  'critical',
  'high',
  '',
  0,
  1,
  2.5,
  -1,
  true,
  false,
  'true',
  '1',
  null,
)
const props = fc.record(
  {
    tier: fc.constantFrom<Json>('low', 'critical', 'HIGH', 'odd', 2),
    size: scalar,
    backup: fc.constantFrom<Json>(...moments),
    list: fc.array(scalar, { maxLength: 3 }),
    tags: fc.dictionary(fc.constantFrom('team', 'Team', 'env'), scalar, { maxKeys: 3 }),
    note: fc.constantFrom<Json>('Zoë reads logs', 'LOGS of auth', '100 %', 'a_b'),
  },
  { requiredKeys: [] },
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

const property = fc.constantFrom(
  'tier',
  'size',
  'backup',
  'list',
  'tags.team',
  'tags.Team',
  'tags.env',
  'name',
  'id',
  'kind',
  'source',
  'absent',
)
const value = fc.constantFrom(
  'low',
  'Critical',
  'high',
  'service',
  'a',
  'GitHub',
  'auth-db',
  0,
  1,
  2.5,
  true,
  false,
  '1',
  ...moments,
)
const leaf: fc.Arbitrary<Filter> = fc.oneof(
  { arbitrary: fc.record({ property, is: fc.constantFrom('=' as const, '!=' as const), value }), weight: 3 },
  {
    arbitrary: fc.record({
      property: fc.constantFrom('tier', 'size', 'backup', 'list'),
      is: fc.constantFrom('<' as const, '<=' as const, '>' as const, '>=' as const),
      value,
    }),
    weight: 3,
  },
  fc.record({ property, in: fc.array(value, { maxLength: 3 }) }),
  fc.record({ property, contains: fc.constantFrom('a', 'AU', 'SS', '', 'ß', '%', '_') }),
  fc.record({ property, missing: fc.constant(true as const) }),
  fc.record({
    property: fc.constantFrom('backup', 'tags.env', 'size'),
    within: fc.constantFrom(0, 3_600_000, 172_800_000),
  }),
  fc.record({ property: fc.constantFrom('backup', 'size'), older: fc.constantFrom(0, 172_800_000) }),
  fc.record({ kinds: fc.subarray(['Service', 'Resource']) }),
  fc.record({ words: fc.constantFrom('auth', 'AUTH logs', 'zoe', 'lo', '100', 'sign', '%', 'strasse') }),
)

/** Filters of every form, nested. */
export const arbitraryFilter: fc.Arbitrary<Filter> = fc.letrec<{ filter: Filter }>((tie) => ({
  filter: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    { arbitrary: leaf, weight: 4 },
    fc.record({ all: fc.array(tie('filter'), { maxLength: 3 }) }),
    fc.record({ any: fc.array(tie('filter'), { maxLength: 3 }) }),
    fc.record({ not: tie('filter') }),
    fc.record(
      {
        step: fc.record({ type: fc.constantFrom(...types), direction: fc.constantFrom('in' as const, 'out' as const) }),
        of: tie('filter'),
        deep: fc.constant(true as const),
      },
      { requiredKeys: ['step', 'of'] },
    ),
  ),
})).filter
