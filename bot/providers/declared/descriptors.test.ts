import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { repositoryRef } from '../../../skills/kit/entity-ids.js'
import type { KindDeclaration } from '../../../skills/kit/catalog/kind-declaration.js'
import type { Claim } from '../../../skills/kit/model.js'
import { ClaimBook } from './claim-book.js'
import { addDescriptors } from './claims-of-descriptors.js'
import { parseReference } from './entity-reference.js'
import { isGlob, matchGlob } from './match-glob.js'
import { sayMistake } from './mistake.js'
import { parseDescriptors } from './parse-descriptors.js'
import { refKey } from '../../../skills/kit/ref-key.js'

const repository = repositoryRef('github', 'northwind/shop')
const file = {
  repository,
  fullName: 'northwind/shop',
  path: 'catalog-info.yaml',
  url: 'https://github.com/northwind/shop/blob/main/catalog-info.yaml',
}
const blueprint: KindDeclaration = {
  kind: 'System',
  title: 'System',
  plural: 'Systems',
  summary: '',
  says: [],
  properties: { summary: { type: 'text', title: 'Summary' }, budget: { type: 'number', title: 'Budget' } },
  relations: { ownedBy: ['Team'] },
  facts: [],
  sections: [],
  next: [],
}

function claimsOf(text: string, ownKinds: KindDeclaration[] = []) {
  const { descriptors, mistakes } = parseDescriptors(file.path, text)
  const book = new ClaimBook()
  const people = new Map([['mira', { mail: 'mira@northwind.example', name: 'Mira Sol' }]])
  const added = addDescriptors(
    descriptors.map((one) => ({ ...one, file })),
    { personNamed: (name) => people.get(name), ownKinds },
    book,
  )
  return { claims: book.all(), mistakes: [...mistakes, ...added.mistakes].map(sayMistake) }
}
const find = (claims: readonly Claim[], key: string) => claims.find((claim) => refKey(claim) === key)
const relations = (claim: Claim | undefined) =>
  (claim?.relations ?? []).map(({ type, to }) => `${type} ${to.kind}/${to.id}`)

const whole = `
apiVersion: backstage.io/v1alpha1
kind: Component
metadata:
  name: basket
  title: Basket
  description: What a customer is about to buy
  labels: { example.com/stage: blue }
  annotations:
    github.com/project-slug: northwind/basket-code
    dev.azure.com/project-repo: Shop/basket
    pagerduty.com/service-id: PABC123
    pagerduty.com/integration-key: s3cret
    backstage.io/techdocs-ref: dir:.
    backstage.io/view-url: https://basket.example
    nexus/tier: high
  tags: [shop]
  links:
    - { url: 'https://wiki.example/basket', title: Runbook, type: runbook }
spec:
  type: service
  lifecycle: production
  owner: user:mira
  system: shop
  subcomponentOf: storefront
  dependsOn: [resource:basket-db, 'component:pay/ledger']
  dependencyOf: [component:storefront]
  providesApis: [basket-api]
  consumesApis: [api:default/prices]
---
apiVersion: backstage.io/v1alpha1
kind: Component
metadata: { name: storefront }
spec: { type: website, lifecycle: production, system: shop }
---
apiVersion: backstage.io/v1alpha1
kind: Resource
metadata:
  name: basket-db
  annotations: { nexus/azure-resource-id: /subscriptions/S/resourceGroups/rg/providers/Microsoft.Sql/servers/Basket }
spec: { type: database, owner: shop-team }
---
apiVersion: backstage.io/v1alpha1
kind: API
metadata: { name: basket-api, title: Basket API }
spec:
  type: openapi
  lifecycle: production
  owner: shop-team
  definition: |
    openapi: 3.0.3
    info: { title: Basket, version: 2.1.0 }
    paths: { /items: { get: {}, post: {} } }
---
apiVersion: backstage.io/v1alpha1
kind: System
metadata: { name: shop, title: Shop }
spec: { owner: shop-team, domain: commerce, budget: 12 }
---
apiVersion: backstage.io/v1alpha1
kind: Domain
metadata: { name: commerce, title: Commerce }
spec: { owner: shop-team }
---
apiVersion: backstage.io/v1alpha1
kind: Group
metadata: { name: shop-team }
spec: { type: team, profile: { displayName: Shop, email: shop@northwind.example }, parent: sales, children: [], members: [mira, nobody] }
---
apiVersion: backstage.io/v1alpha1
kind: User
metadata: { name: ada }
spec: { profile: { displayName: Ada Brandt, email: Ada@Northwind.example }, memberOf: [shop-team] }
---
apiVersion: scaffolder.backstage.io/v1beta3
kind: Template
metadata: { name: new-service }
spec: { type: service }
`

describe('a file of descriptors', () => {
  test('tells everything that the catalog has a place for', () => {
    const { claims, mistakes } = claimsOf(whole)
    expect(mistakes).toEqual([])
    expect(claims.map(refKey)).toEqual([
      'Api/basket-api',
      'Person/ada@northwind.example',
      'Person/mira@northwind.example',
      'Resource//subscriptions/s/resourcegroups/rg/providers/microsoft.sql/servers/basket',
      'Service/basket',
      'Service/storefront',
      'Team/shop',
    ])
    const basket = find(claims, 'Service/basket')!
    expect(basket.props).toMatchObject({
      ...{ form: 'service', lifecycle: 'production', tier: 'high', system: 'Shop', domain: 'Commerce' },
      ...{ tags: ['shop'], labels: { 'example.com/stage': 'blue' }, pagerDutyId: 'PABC123' },
      ...{ url: 'https://basket.example', runbook: 'https://wiki.example/basket' },
      declaration: { repository: 'github/northwind/shop', path: 'catalog-info.yaml' },
    })
    expect(JSON.stringify(claims)).not.toContain('s3cret')
    expect(relations(basket)).toEqual([
      'builtFrom Repository/github/northwind/basket-code',
      'builtFrom Repository/azure-devops/shop/basket',
      'ownedBy Person/mira@northwind.example',
      'dependsOn Resource//subscriptions/s/resourcegroups/rg/providers/microsoft.sql/servers/basket',
      'dependsOn Service/pay-ledger',
      'partOf Service/storefront',
      'provides Api/basket-api',
      'consumes Api/prices',
    ])
  })

  test('is read across its documents: owners of systems, both ends of a dependency, members of groups', () => {
    const { claims } = claimsOf(whole)
    const storefront = relations(find(claims, 'Service/storefront'))
    expect(storefront).toEqual(expect.arrayContaining(['ownedBy Team/shop', 'dependsOn Service/basket']))
    expect(relations(find(claims, 'Person/mira@northwind.example'))).toEqual(['memberOf Team/shop'])
    expect(relations(find(claims, 'Person/ada@northwind.example'))).toEqual(['memberOf Team/shop'])
    expect(find(claims, 'Team/shop')).toMatchObject({ name: 'Shop', props: { mail: 'shop@northwind.example' } })
  })

  test('gives entities of a kind that the organisation declared itself', () => {
    const { claims } = claimsOf(whole, [blueprint])
    expect(find(claims, 'System/shop')).toMatchObject({ props: { budget: 12 }, relations: [{ to: { id: 'shop' } }] })
  })

  test.each([
    ['a: [', /^catalog-info\.yaml, line 2, column \d+: /],
    ['apiVersion: v1\nkind: Component\nmetadata:\n  nam: x\n', /line 3, column 1: metadata\.name: is missing$/],
    [
      'apiVersion: v1\nkind: Component\nmetadata: { name: a }\nspec:\n  owner: [x]\n',
      /line 5, column 3: spec\.owner: must be text$/,
    ],
    ['apiVersion: v1\nkind: Component\nmetadata: { name: "a b" }\n', /line 3, column 13: metadata\.name: a name has/],
    ['kind: Component\nmetadata: { name: a }\n', /line 1, column 1: apiVersion: is missing/],
    ['- a\n', /must be a map$/],
    ['apiVersion: v1\nkind: Component\nmetadata: { name: a }\nspec: { dependsOn: ["a b"] }\n', /"a b" is no reference/],
    [
      'apiVersion: v1\nkind: User\nmetadata: { name: zoe }\nspec: { memberOf: [] }\n',
      /spec\.profile\.email: is missing/,
    ],
    [`${'['.repeat(60_000)}`, /nested too deeply/],
    ['a: *nowhere\n', /alias/i],
  ])('names its mistake and its place: %#', (text, said) => {
    const { claims, mistakes } = claimsOf(`${text}\n---\napiVersion: v1\nkind: Component\nmetadata: { name: other }\n`)
    expect(mistakes[0]).toMatch(said)
    // What is nested too deeply, or not closed, takes the rest of the file with it: nobody can tell where it ends.
    if (!/\[$/.test(text)) expect(find(claims, 'Service/other')).toBeDefined()
  })

  test('says what is declared twice, and keeps the first', () => {
    const one = (owner: string) => `apiVersion: v1\nkind: Component\nmetadata: { name: a }\nspec: { owner: ${owner} }\n`
    const { claims, mistakes } = claimsOf(`${one('x')}---\n${one('y')}`)
    expect(relations(claims[0])).toContain('ownedBy Team/x')
    expect(mistakes).toEqual([
      'catalog-info.yaml, line 8, column 13: a is declared already, in catalog-info.yaml, line 3',
    ])
  })

  test('throws nothing, whatever it holds', () => {
    const bits = fc.constantFrom(
      'kind: ',
      'Component',
      '\n',
      '  ',
      'metadata:',
      'name: ',
      '- ',
      '---\n',
      '&a ',
      '*a',
      '{',
      '}',
      '[',
      ']',
      '"',
      '|',
      '!!binary ',
      '__proto__: ',
      ': ',
      '#',
      '\t',
      '?',
    )
    const text = fc.oneof(
      fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.from(bytes).toString('utf8')),
      fc.array(bits, { maxLength: 40 }).map((parts) => parts.join('')),
      fc
        .array(fc.nat(whole.length), { maxLength: 4 })
        .map((cuts) => cuts.reduce((all, at) => all.slice(0, at) + all.slice(at + 7), whole)),
    )
    fc.assert(
      fc.property(text, (one) => void claimsOf(one)),
      { numRuns: 400 },
    )
  })
})

test.each([
  ['group:default/Team-A', 'group:default/Team-A'],
  ['Team-A', 'group:default/Team-A'],
  ['user:mira', 'user:default/mira'],
  ['other/mira', 'group:other/mira'],
  ['a:b:c', undefined],
  ['', undefined],
])('a reference is read: %s', (text, is) => {
  const read = parseReference(text, { kind: 'group', namespace: 'default' })
  expect(read && `${read.kind}:${read.namespace}/${read.name}`).toBe(is)
})

describe('a pattern', () => {
  test.each([
    ['services/*/catalog-info.yaml', 'services/a/catalog-info.yaml', true],
    ['services/*/catalog-info.yaml', 'services/a/b/catalog-info.yaml', false],
    ['**/catalog-info.yaml', 'catalog-info.yaml', true],
    ['**/catalog-info.yaml', 'a/b/catalog-info.yaml', true],
    ['apis/**', 'apis/a/b.yaml', true],
    ['*.y?ml', 'a.yaml', true],
    ['*.y?ml', 'a.yml', false],
  ])('%s and %s: %s', (pattern, path, is) => expect([isGlob(pattern), matchGlob(pattern, path)]).toEqual([true, is]))

  test('is matched as its regular expression would', () => {
    const part = fc.stringMatching(/^[ab*?]{1,4}$/).filter((one) => !one.includes('**'))
    const pattern = fc.array(fc.oneof(part, fc.constant('**')), { minLength: 1, maxLength: 4 })
    const path = fc.array(fc.stringMatching(/^[ab]{1,4}$/), { minLength: 1, maxLength: 4 })
    fc.assert(
      fc.property(pattern, path, (parts, names) => {
        const source = parts.map((one) =>
          one === '**' ? '(?:[^/]+/)*' : `${one.replaceAll('*', '[^/]*').replaceAll('?', '[^/]')}/`,
        )
        const expected = new RegExp(`^${source.join('')}$`).test(`${names.join('/')}/`)
        expect(matchGlob(parts.join('/'), names.join('/'))).toBe(expected)
      }),
      { numRuns: 500 },
    )
  })

  test('of many stars takes no time', () => expect(matchGlob(`${'*a'.repeat(200)}b`, 'a'.repeat(2_000))).toBe(false))
})
