import fc from 'fast-check'
import { canonicalFilter } from '../canonical-filter.js'
import type { Filter, FilterValue } from '../filter.js'
import { relationTypes, type RelationType } from '../relation-types.js'

/** What reads and writes of names and values must survive. */
const texts: fc.Arbitrary<string> = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 12 }),
  fc.constantFrom(
    '',
    'not',
    'AND',
    'true',
    '12',
    '1.10',
    '0047',
    '1e21',
    '-0',
    'NaN',
    '7d',
    'a"b\\',
    'é x',
    'dependsOn',
    'Words',
    '\n',
    '‘x’',
  ),
  fc.stringMatching(/^[a-z][a-zA-Z0-9._-]{0,8}$/),
)
const values: fc.Arbitrary<FilterValue> = fc.oneof(
  texts,
  fc.boolean(),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.integer(),
)
const ages = fc.oneof(
  fc.integer({ min: 0, max: 400 }).map((days) => days * 86_400_000),
  fc.maxSafeNat(),
)

/** Any filter there can be, its canonical form at most `depth` levels deep. */
export const filters = (depth = 3): fc.Arbitrary<Filter> =>
  fc
    .letrec<{ filter: Filter; leaf: Filter }>((tie) => ({
      leaf: fc.oneof(
        fc.record({ kinds: fc.array(texts, { maxLength: 3 }) }),
        fc.record({ property: texts, is: fc.constantFrom('=', '!=', '<', '<=', '>', '>='), value: values }),
        fc.record({ property: texts, in: fc.array(values, { maxLength: 3 }) }),
        fc.record({ property: texts, contains: texts }),
        fc.record({ property: texts, missing: fc.constant(true as const) }),
        fc.record({ property: texts, within: ages }),
        fc.record({ property: texts, older: ages }),
        fc.record({ words: texts }),
      ) as fc.Arbitrary<Filter>,
      filter: fc.oneof(
        { maxDepth: depth, depthIdentifier: 'filter' },
        tie('leaf'),
        fc.record({ all: fc.array(tie('filter'), { maxLength: 3, depthIdentifier: 'filter' }) }),
        fc.record({ any: fc.array(tie('filter'), { maxLength: 3, depthIdentifier: 'filter' }) }),
        fc.record({ not: tie('filter') }),
        fc
          .record(
            {
              step: fc.record({
                type: fc.constantFrom(...(Object.keys(relationTypes) as RelationType[])),
                direction: fc.constantFrom('out' as const, 'in' as const),
              }),
              more: fc.constantFrom({}, { deep: true as const }, { atLeast: 2 }, { atLeast: 1_000 }),
              of: tie('filter'),
            },
            { requiredKeys: ['step', 'of', 'more'] },
          )
          .map(({ more, ...rest }) => ({ ...rest, ...more })),
      ) as fc.Arbitrary<Filter>,
    }))
    .filter.map((filter) => filter)

/** The canonical forms of any filters. */
export const canonicalFilters = (depth?: number): fc.Arbitrary<Filter> => filters(depth).map(canonicalFilter)
