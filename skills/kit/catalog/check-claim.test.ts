import { describe, expect, it, test } from '@jest/globals'
import type { Claim, Json } from '../model.js'
import { builtInKinds } from './built-in-kinds.js'
import { checkClaim, sayMistake } from './check-claim.js'
import type { KindDeclaration } from './kind-declaration.js'

const service = (props: Record<string, Json>, rest: Partial<Claim> = {}): Claim => ({
  kind: 'Service',
  id: 'checkout',
  name: 'checkout',
  props,
  ...rest,
})
const said = (claim: Claim, kinds: readonly KindDeclaration[] = builtInKinds) =>
  checkClaim(claim, kinds).map(sayMistake)

describe('a claim', () => {
  it('is right where each property and relation is as its kind declares', () => {
    const claim = service(
      {
        tier: 'critical',
        deployed: '2026-11-21T08:00:00.000Z',
        cost: 120.5,
        tags: ['web'],
        summary: '',
        version: null,
      },
      { relations: [{ type: 'dependsOn', to: { kind: 'Api', id: 'tax' } }], aliases: ['shop'] },
    )
    expect(said(claim)).toEqual([])
  })

  test.each<[string, Claim, string]>([
    ['a kind there is not', { ...service({}), kind: 'Sevice' }, 'kind is "Sevice"; there are Service, Resource'],
    ['no id', service({}, { id: ' ' }), 'id must be text that is not empty'],
    ['an id without end', service({}, { id: 'x'.repeat(3_000) }), 'id has 3000 characters, at most 2048'],
    ['an unknown property', service({ tyre: 'critical' }), 'tyre is no property of a Service'],
    ['a property of every object', service({ constructor: 'x' }), 'constructor is no property of a Service'],
    ['a value that is not one of its own', service({ tier: 'huge' }), 'tier is "huge", which is none of low, normal'],
    ['a number as text', service({ cost: '12' }), 'cost is "12", not a number'],
    ['less than the least', service({ cost: -1 }), 'cost is -1, at least 0'],
    ['more than the most', service({ compliance: 101 }), 'compliance is 101, at most 100'],
    ['half a whole', service({ incidents: 1.5 }), 'incidents is 1.5, not a whole number'],
    [
      'a day in place of a moment',
      service({ deployed: '2026-11-21' }),
      'deployed is "2026-11-21", not a moment in UTC',
    ],
    ['a day there is not', service({ deployed: '2026-02-30T00:00:00.000Z' }), 'not a moment in UTC'],
    ['a list that is none', service({ tags: 'web' }), 'tags is "web", not a list of texts'],
    ['a list of other things', service({ tags: ['web', 3] }), 'tags has an item 2 that is 3, not text'],
    ['a text that is an object', service({ summary: {} }), 'summary is {}, not text'],
    [
      'a relation that is none of the kind',
      service({}, { relations: [{ type: 'runOf', to: { kind: 'Pipeline', id: 'x' } }] }),
      'runOf is no relation of a Service',
    ],
    [
      'a relation there is not',
      service({}, { relations: [{ type: 'loves' as never, to: { kind: 'Team', id: 'x' } }] }),
      'loves is no relation; there are dependsOn',
    ],
    [
      'the wrong end',
      service({}, { relations: [{ type: 'ownedBy', to: { kind: 'Service', id: 'x' } }] }),
      'ownedBy points at "Service"; it may point at Team, Person',
    ],
    ['more than fits', service({ summary: 'x'.repeat(600_000) }), 'characters in all, at most 500000'],
    ['a missing property', { kind: 'Resource', id: '/x', name: 'x', props: { type: '' } }, 'type is missing'],
  ])('with %s is told so', (_, claim, wanted) => {
    expect(said(claim)[0]).toContain(wanted)
  })

  it('names every mistake, not the first', () => {
    expect(said(service({ tier: 1, cost: 'x', nope: true }))).toHaveLength(3)
  })

  it('may have a tag of 10 KB with markup, an id in another case, and a place in a circle', () => {
    const tag = '<script>alert(1)</script>'.repeat(400)
    const resource = (id: string): Claim => ({
      kind: 'Resource',
      id,
      name: id,
      props: { type: 'microsoft.web/sites', tags: { note: tag } },
      relations: [{ type: 'dependsOn', to: { kind: 'Resource', id } }],
    })
    expect([...said(resource('/subscriptions/A')), ...said(resource('/subscriptions/a'))]).toEqual([])
  })

  it('of an own kind is held against patterns and lengths', () => {
    const flag: KindDeclaration = {
      kind: 'FeatureFlag',
      title: 'Feature flag',
      plural: 'Feature flags',
      summary: 'A switch.',
      icon: 'chosen',
      says: [],
      properties: { key: { type: 'text', title: 'Key', pattern: '^[a-z-]+$', longest: 8 } },
      relations: {},
      facts: [],
      sections: [],
      next: [],
    }
    const claim = (key: string): Claim => ({ kind: 'FeatureFlag', id: 'x', name: 'x', props: { key } })
    expect([claim('new-cart'), claim('New'), claim('much-too-long')].map((one) => said(one, [flag]))).toEqual([
      [],
      ['key is "New", which does not match ^[a-z-]+$'],
      ['key has 13 characters, at most 8'],
    ])
  })
})
