import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals'
import { closeSubscription, recordHealth } from '../../../infra/local/azure/record-outage.js'
import { loadOrganisation } from '../../../infra/local/organisation/load-organisation.js'
import { builtInKinds } from '../../../skills/kit/catalog/built-in-kinds.js'
import { checkClaim } from '../../../skills/kit/catalog/check-claim.js'
import type { SweepPage } from '../../../skills/kit/catalog-source.js'
import type { Claim, Json } from '../../../skills/kit/model.js'
import { startLocalSource, type LocalSource } from './testing/local-source.js'
import { refKey } from '../../../skills/kit/ref-key.js'

const now = '2026-11-20T10:00:00.000Z'
const contoso = await loadOrganisation('infra/local/contoso', new Date(now))
const { signal } = new AbortController()
const idOf = (name: string) => contoso.resources.find((each) => each.name === name)!.id
const [development] = contoso.subscriptions
const versions = { storage: '2025-08-01', groups: '2025-04-01', tags: '2025-04-01', scaleSet: '2025-04-01' }

let local: LocalSource
beforeAll(async () => {
  local = await startLocalSource({ org: contoso, now })
})
afterAll(() => local?.close())

async function pagesOf(source = local.open(), from?: Json): Promise<SweepPage[]> {
  const pages: SweepPage[] = []
  for await (const page of source.sweep(from, signal)) pages.push(page)
  return pages
}
const claimsOf = (pages: readonly SweepPage[]): Claim[] => pages.flatMap(({ claims }) => claims)
const named = (claims: readonly Claim[], name: string): Claim => claims.find((claim) => claim.name === name)!
const watermarkOf = (pages: readonly SweepPage[]): Json => pages.findLast(({ watermark }) => watermark)!.watermark!

describe("a sweep of Contoso's Azure", () => {
  let claims: Claim[]
  let pages: SweepPage[]
  beforeAll(async () => {
    pages = await pagesOf()
    claims = claimsOf(pages)
  })

  test('says nothing that its kinds do not declare, and nothing twice', () => {
    const mistakes = claims.flatMap((claim) =>
      checkClaim(claim, builtInKinds).map((mistake) => ({ id: claim.id, ...mistake })),
    )
    expect(mistakes).toEqual([])
    expect(new Set(claims.map(refKey)).size).toBe(claims.length)
    expect(claims.every(({ id }) => id === id.toLowerCase())).toBe(true)
  })

  test('has all that stands there, each group, and what they are part of', () => {
    const of = (kind: string) => claims.filter((claim) => claim.kind === kind)
    const rules = contoso.resources.filter(({ type }) => type === 'Microsoft.Insights/metricAlerts')
    expect(of('AlertRule')).toHaveLength(rules.length)
    const groups = new Set(
      contoso.resources.map(({ subscriptionId, resourceGroup }) => `${subscriptionId}/${resourceGroup}`),
    )
    expect(of('Resource')).toHaveLength(contoso.resources.length - rules.length + groups.size + 3 + 1)
    expect(
      of('Environment')
        .map(({ id }) => id)
        .sort(),
    ).toEqual(['dev', 'production', 'staging'])
    const group = named(claims, 'rg-shop-prd')
    const above = named(claims, 'Contoso Production')
    expect(group.relations).toContainEqual({ type: 'partOf', to: { kind: 'Resource', id: above.id } })
    expect(above.relations).toContainEqual({
      type: 'partOf',
      to: { kind: 'Resource', id: named(claims, 'Tenant Root Group').id },
    })
    expect(above.props['compliance']).toEqual(expect.any(Number))
  })

  test('knows which production databases have no backup of the last seven days', () => {
    const isDatabase = ({ props }: Claim) => /flexibleservers|databaseaccounts/.test(String(props['type']))
    const old = claims.filter(
      (claim) =>
        isDatabase(claim) &&
        claim.props['environment'] === 'production' &&
        typeof claim.props['backup'] === 'string' &&
        claim.props['backup'] < '2026-11-13T10:00:00.000Z',
    )
    expect(old.map(({ name, props }) => [name, props['backup'], props['backupResult'], props['retention']])).toEqual([
      ['psql-users-prd', '2026-11-09T01:10:00.000Z', 'failed', 14],
    ])
    expect(named(claims, 'psql-playground').props).not.toHaveProperty('backup')
    expect(named(claims, 'vm-erp-bridge-prd').props).toMatchObject({ backup: '2026-11-19T14:00:00.000Z' })
    // Cosmos DB backs itself up, which Resource Graph does not tell: the house's own check writes it.
    expect(named(claims, 'cosmos-orders-prd').props).toMatchObject({
      backup: '2026-11-20T06:00:00.000Z',
      retention: 30,
    })
  })

  test('says how each stands: health, alerts, policies, weak points, advice', () => {
    expect(named(claims, 'psql-payments-prd').props).toMatchObject({
      state: 'Degraded',
      healthReason: expect.stringContaining('slowly'),
      alerts: 1,
    })
    expect(named(claims, 'st123').props).toMatchObject({
      violations: 3,
      compliance: 25,
      policies: ['require-tag-cost-center', 'require-tag-env', 'require-tag-team'],
      weaknesses: 1,
      minimumTls: '1.0',
      public: true,
    })
    expect(named(claims, 'disk-orders-migration').props).toMatchObject({
      advice: 1,
      advised: ['Disk is not attached to any virtual machine'],
    })
    expect(named(claims, 'vm-jumpbox-stg').props).toMatchObject({ power: 'deallocated', state: 'Unavailable' })
  })

  test('knows what needs what, and what is watched', () => {
    expect(named(claims, 'checkout-web-prd').relations).toContainEqual({
      type: 'dependsOn',
      to: { kind: 'Resource', id: idOf('plan-shop-prd').toLowerCase() },
    })
    expect(named(claims, 'payments-db-connections')).toMatchObject({
      kind: 'AlertRule',
      props: {
        state: 'firing',
        severity: 'sev2',
        condition: 'active_connections > 773 (Maximum)',
        window: '5 minutes',
      },
      relations: expect.arrayContaining([
        { type: 'watches', to: { kind: 'Resource', id: idOf('psql-payments-prd').toLowerCase() } },
      ]),
    })
    expect(named(claims, 'orders-queue-backlog').props).toMatchObject({ state: 'disabled', enabled: false })
  })

  test('tells what was changed, by whom and on which service, and what Azure plans', () => {
    expect(named(claims, 'checkout-web-prd: tags.version 8.20.3 → 8.20.4')).toMatchObject({
      kind: 'Change',
      props: { what: 'resource', at: '2026-11-19T09:48:00.000Z', by: 'kofi@contoso.com' },
      relations: [
        { type: 'partOf', to: { kind: 'Service', id: 'checkout-web' } },
        { type: 'affects', to: { kind: 'Resource', id: idOf('checkout-web-prd').toLowerCase() } },
        { type: 'authoredBy', to: { kind: 'Person', id: 'kofi@contoso.com' } },
      ],
    })
    expect(named(claims, 'plan-shop-prd').props).toMatchObject({ changedBy: 'omar@contoso.com', capacity: 9 })
    const planned = claims.filter(({ props }) => props['what'] === 'maintenance')
    expect(planned.length).toBeGreaterThan(0)
    expect(planned[0]!.relations![0]).toMatchObject({ type: 'affects', to: { kind: 'Resource' } })
  })

  test('is the same when it is read again, and tells how far it is', async () => {
    expect(claimsOf(await pagesOf())).toEqual(claims)
    expect(pages.at(-1)!.progress).toMatchObject({ done: contoso.resources.length, of: contoso.resources.length })
    expect(pages.flatMap(({ gaps = [] }) => gaps)).toEqual([])
  })
})

describe('what moves', () => {
  let watermark: Json
  beforeEach(async () => {
    watermark = watermarkOf(await pagesOf())
    local.advance(60)
  })

  test('a tag, a scaled set and a new group come with the next delta, and nothing else is read', async () => {
    const [set, account] = [idOf('vmss-orders-prd'), idOf('st123')]
    await local.change('PATCH', `${account}/providers/Microsoft.Resources/tags/default?api-version=${versions.tags}`, {
      operation: 'Merge',
      properties: { tags: { team: 'payments' } },
    })
    await local.change('PATCH', `${set}?api-version=${versions.scaleSet}`, {
      sku: { name: 'Standard_D4s_v5', capacity: 6 },
    })
    await local.change(
      'PUT',
      `/subscriptions/${development!.id}/resourcegroups/rg-fresh?api-version=${versions.groups}`,
      { location: 'westeurope', tags: { env: 'dev', team: 'data' } },
    )
    const source = local.open()
    const delta = (await source.delta!(watermark, signal))!
    const resources = delta.claims.filter(({ kind }) => kind === 'Resource')
    expect(resources.map(({ name }) => name).sort()).toEqual(['rg-fresh', 'st123', 'vmss-orders-prd'])
    expect(named(resources, 'st123').relations).toContainEqual({
      type: 'ownedBy',
      to: { kind: 'Team', id: 'payments' },
      why: 'tag team',
    })
    expect(named(resources, 'vmss-orders-prd').props).toMatchObject({ capacity: 6 })
    expect(delta.claims.find(({ name }) => name === 'st123: tags.team nothing → payments')).toMatchObject({
      kind: 'Change',
      relations: expect.arrayContaining([{ type: 'partOf', to: { kind: 'Service', id: 'orders-api' } }]),
    })
    // What a delta says of a resource is what a sweep says of it.
    const swept = new Map(claimsOf(await pagesOf()).map((claim) => [refKey(claim), claim]))
    for (const claim of delta.claims) expect(swept.get(refKey(claim))).toEqual(claim)
    const again = await source.delta!(watermark, signal)
    expect(again!.claims).toEqual(delta.claims)
  })

  test('what is deleted is gone, and its deletion is a change', async () => {
    const account = idOf('stcontosoexports')
    await local.change('DELETE', `${account}?api-version=${versions.storage}`)
    const delta = (await local.open().delta!(watermark, signal))!
    expect(delta.gone).toContainEqual({ kind: 'Resource', id: account.toLowerCase() })
    expect(delta.claims.map(({ name }) => name)).toContain('stcontosoexports: deleted')
    const reread = await local.open().reread!([{ kind: 'Resource', id: account.toLowerCase() }], signal)
    expect(reread).toEqual({ claims: [], gone: [{ kind: 'Resource', id: account.toLowerCase() }] })
  })

  test('health that moved comes with the next delta', async () => {
    recordHealth(local.services, idOf('srch-products-prd'), 'Unavailable', 'It does not answer.')
    const delta = (await local.open().delta!(watermark, signal))!
    expect(named(delta.claims, 'srch-products-prd').props).toMatchObject({
      state: 'Unavailable',
      healthReason: 'It does not answer.',
    })
  })

  test('beyond what Azure keeps, and for a watermark that is none, everything is to be read', async () => {
    local.advance(14 * 86_400)
    expect(await local.open().delta!(watermark, signal)).toBeUndefined()
    for (const odd of [null, 7, 'yesterday', {}, { at: 'never', subscriptions: [] }, { at: now }])
      expect(await local.open().delta!(odd as Json, signal)).toBeUndefined()
  })

  test('what is named is read anew; what is no id, or of another kind, is neither there nor gone', async () => {
    const reread = await local.open().reread!(
      [
        { kind: 'Resource', id: idOf('psql-users-prd').toUpperCase() },
        { kind: 'AlertRule', id: idOf('token-cache-memory').toLowerCase() },
        { kind: 'Resource', id: `/subscriptions/${development!.id}` },
        { kind: 'Resource', id: "/subscriptions/x' or 1 == 1 | where '" },
        { kind: 'Resource', id: '/subscriptions/00000000-0000-4000-8000-000000000000/resourcegroups/rg' },
        { kind: 'Person', id: 'dana@contoso.com' },
      ],
      signal,
    )
    const things = reread.claims.filter(({ kind }) => kind !== 'Environment')
    expect(things.map(({ name }) => name).sort()).toEqual([
      'Contoso Development',
      'psql-users-prd',
      'token-cache-memory',
    ])
    expect(reread.gone).toEqual([])
  })
})

describe('a subscription that is closed or deleted while Nexus runs', () => {
  beforeAll(() => local.clock.set(new Date(now)))

  test.each([
    ['forbidden', /closed to Nexus.*Reader/, [`/subscriptions/${development!.id}`]],
    ['deleted', /deleted/, []],
  ] as const)('%s: a gap, and the rest is read', async (how, reason, kept) => {
    const source = local.open()
    const before = await pagesOf(source)
    closeSubscription(local.services, development!.id, how)
    try {
      const after = await pagesOf(source)
      const gaps = after.flatMap(({ gaps = [] }) => gaps)
      expect(gaps).toHaveLength(1)
      expect(gaps[0]!.reason).toMatch(reason)
      expect(gaps.flatMap(({ keeps }) => keeps?.prefix ?? [])).toEqual(kept)
      expect(claimsOf(after).length).toBeLessThan(claimsOf(before).length)
      expect(claimsOf(after).some(({ name }) => name === 'psql-users-prd')).toBe(true)
      // What stands there is not gone: nobody can see whether it is.
      const id = idOf('psql-playground').toLowerCase()
      expect(await source.reread!([{ kind: 'Resource', id }], signal)).toEqual({ claims: [], gone: [] })
      // Another hub, which knows only the watermark, says so too.
      const other = local.open()
      await other.delta!(watermarkOf(before), signal)
      expect((await pagesOf(other)).flatMap(({ gaps = [] }) => gaps)).toEqual(gaps)
    } finally {
      closeSubscription(local.services, development!.id, 'open')
    }
  })

  test('a new one is a reason to read everything', async () => {
    closeSubscription(local.services, development!.id, 'forbidden')
    const watermark = watermarkOf(await pagesOf())
    closeSubscription(local.services, development!.id, 'open')
    expect(await local.open().delta!(watermark, signal)).toBeUndefined()
  })

  test('all of them: the source is down, and nothing seems to be gone', async () => {
    for (const { id } of contoso.subscriptions) closeSubscription(local.services, id, 'forbidden')
    try {
      await expect(pagesOf()).rejects.toMatchObject({ code: 'Unavailable', wayOn: expect.stringContaining('Reader') })
    } finally {
      for (const { id } of contoso.subscriptions) closeSubscription(local.services, id, 'open')
    }
  })
})

test('a sweep that was cut off after any page goes on from there, and leaves nothing out', async () => {
  const many = await startLocalSource({ org: contoso, now, generatedResources: 1_100 })
  try {
    const whole = await pagesOf(many.open())
    const all = new Map(claimsOf(whole).map((claim) => [refKey(claim), claim]))
    expect(all.size).toBeGreaterThan(1_300)
    for (let cut = 1; cut < whole.length; cut++) {
      // As the store keeps it.
      const cursor = JSON.parse(JSON.stringify(whole[cut - 1]!.cursor)) as Json
      const rest = await pagesOf(many.open(), cursor)
      const seen = new Map([...claimsOf(whole.slice(0, cut)), ...claimsOf(rest)].map((claim) => [refKey(claim), claim]))
      expect(seen).toEqual(all)
      expect(watermarkOf(rest)).toEqual(watermarkOf(whole))
    }
    // A page that Azure knows no longer begins its batch anew; a cursor that is none begins everything anew.
    const at = whole.findIndex(({ cursor }) => (cursor as { token?: string }).token)
    const lost = await pagesOf(many.open(), { ...(whole[at]!.cursor as { upTo: string }), token: 'bG9zdA' })
    const union = [...claimsOf(whole.slice(0, at + 1)), ...claimsOf(lost)].map(
      (claim) => [refKey(claim), claim] as const,
    )
    expect(new Map(union)).toEqual(all)
    expect(claimsOf(await pagesOf(many.open(), { at: 5, what: 'is this' }))).toHaveLength(all.size)
  } finally {
    await many.close()
  }
}, 120_000)
