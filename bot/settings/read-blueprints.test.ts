import { describe, expect, it, test } from '@jest/globals'
import { checkClaim } from '../../skills/kit/catalog/check-claim.js'
import { builtInKinds } from '../../skills/kit/catalog/built-in-kinds.js'
import { readBlueprints } from './read-blueprints.js'

const dataProduct = `kind: DataProduct
title: Data product
titles: Data products
summary: A data set that a team offers to others.
icon: data
words: [data product, Data Set]
properties:
  $schema: https://json-schema.org/draft/2020-12/schema
  required: [classification]
  properties:
    classification: { type: string, enum: [public, internal, secret], x-ordered: true, x-looks: { secret: warning } }
    lastRefresh: { type: string, format: date-time, x-words: [refreshed] }
    rows: { type: integer, minimum: 0, x-unit: rows }
    columns: { type: array, items: { type: string, pattern: '^[a-z_]+$' }, maxItems: 100 }
    labels: { type: object, additionalProperties: { type: string } }
    page: { type: string, format: uri }
    live: { type: boolean, title: Live }
relations:
  ownedBy: [Team]
  dependsOn: [Service, DataProduct]
sentence: ['{rows}', ', refreshed {lastRefresh}', '.']
facts: [ownedBy, classification, lastRefresh]
sections: [{ title: Used by, steps: [usedBy] }, { steps: [dependsOn] }]
next: [{ ask: owner }, { ask: on-call, of: dependsOn }]
`
const read = (text: string, ...others: string[]) =>
  readBlueprints([text, ...others].map((one, at) => [`blueprints/${at}.yaml`, one] as const))

describe('a blueprint', () => {
  it('is a kind like any other: its schema is what claims are held against', () => {
    const { kinds, mistakes } = read(dataProduct)
    expect(mistakes).toEqual([])
    expect(kinds).toMatchObject([
      {
        kind: 'DataProduct',
        plural: 'Data products',
        says: ['data product', 'data set'],
        properties: {
          classification: { type: 'ordered', values: ['public', 'internal', 'secret'], looks: { secret: 'warning' } },
          lastRefresh: { type: 'instant', title: 'Last refresh', says: ['refreshed'] },
          rows: { type: 'number', integer: true, minimum: 0, unit: 'rows' },
          columns: { type: 'list', pattern: '^[a-z_]+$', longest: 100 },
          labels: { type: 'map' },
          page: { type: 'text', shown: 'link' },
          live: { type: 'boolean', title: 'Live' },
        },
        required: ['classification'],
        ownable: true,
      },
    ])
    const wrong = { kind: 'DataProduct', id: 'orders', name: 'orders', props: { rows: -1, columns: ['a', 'B'] } }
    expect(checkClaim(wrong, [...builtInKinds, ...kinds])).toEqual([
      { property: 'classification', reason: 'is missing' },
      { property: 'rows', reason: 'is -1, at least 0' },
      { property: 'columns', reason: 'has an item 2 that is "B", which does not match ^[a-z_]+$' },
    ])
  })

  it('may point at another that stands in a later file', () => {
    const flag = dataProduct.replaceAll('DataProduct', 'Report').replaceAll(/data (product|set)/gi, 'report')
    const pointing = dataProduct.replace('[Service, DataProduct]', '[Report]')
    expect(read(pointing, flag.replace('words: [report, report]', '')).kinds).toHaveLength(2)
  })

  test.each<[what: string, from: string | RegExp, to: string, wanted: string]>([
    ['broken YAML', 'words: [', 'words: [[', 'blueprints/0.yaml, line '],
    ['a key it has not', 'icon: data', 'colour: red', 'line 5: Unrecognized key'],
    ['an icon there is not', 'icon: data', 'icon: moon', 'line 5: icon: '],
    [
      'a kind that is written otherwise',
      'kind: DataProduct',
      'kind: data-product',
      'line 1: kind: a kind is written as',
    ],
    [
      'a kind that is built in',
      'kind: DataProduct',
      'kind: Service',
      'line 1: "service" is what Service is called already',
    ],
    [
      'a word of another kind',
      'words: [data product',
      'words: [repo',
      'line 1: "repo" is what Repository is called already',
    ],
    ['a keyword it does not know', 'rows: { type: integer,', 'rows: { type: integer, multipleOf: 2,', 'line 13: '],
    ['a type there is not', 'live: { type: boolean', 'live: { type: bool', 'line 17: '],
    [
      'an order of nothing',
      'enum: [public, internal, secret], ',
      '',
      'line 11: classification: x-ordered needs an enum',
    ],
    ['a broken pattern', "'^[a-z_]+$'", "'['", 'line 14: columns: pattern [ is no regular expression'],
    ['a property that filters cannot name', 'rows:', 'row count:', 'line 13: row count: a property is written as'],
    ['a property called like a relation', 'rows:', 'owns:', 'line 13: owns: a property is written as'],
    ['a required property it has not', '[classification]\n', '[class]\n', 'line 9: required: class is no property'],
    ['a relation there is not', 'ownedBy: [Team]', 'belongsTo: [Team]', 'line 19: '],
    ['a relation to no kind', 'ownedBy: [Team]', 'ownedBy: [Squad]', 'line 19: ownedBy: no kind is called Squad'],
    ['a fact it has not', '[ownedBy, classification,', '[ownedBy, class,', 'line 22: facts: class is no property'],
    ['a piece of a sentence it has not', '{rows}', '{lines}', 'line 21: sentence: lines is no property'],
    [
      'a section of nothing',
      'steps: [usedBy]',
      'steps: [usedFor]',
      'line 23: sections.0.steps.0: no relation is called so',
    ],
    [
      'a section of a relation it has not',
      'steps: [usedBy]',
      'steps: [runsIn]',
      'line 23: sections: runsIn is none of its',
    ],
    ['a question of a relation it has not', 'of: dependsOn', 'of: runsIn', 'line 24: next: runsIn is none of its'],
    [
      'bounds that leave nothing',
      'minimum: 0',
      'minimum: 9, maximum: 1',
      'line 13: rows: minimum is more than maximum',
    ],
  ])('with %s is left out, and told with its line', (_, from, to, wanted) => {
    const text = dataProduct.replace(from, to)
    expect(text).not.toBe(dataProduct)
    const { kinds, mistakes } = read(text)
    expect(kinds).toEqual([])
    expect(mistakes.join('\n')).toContain(wanted)
  })

  it('that is declared twice holds once, the first by path', () => {
    const { kinds, mistakes } = read(dataProduct, dataProduct)
    expect(kinds).toHaveLength(1)
    expect(mistakes).toEqual(['blueprints/1.yaml, line 1: "dataproduct" is what Data product is called already'])
  })

  it('that is empty is a mistake, and stops no other', () => {
    const { kinds, mistakes } = read('', dataProduct)
    expect([kinds.length, mistakes.length > 0]).toEqual([1, true])
  })
})
