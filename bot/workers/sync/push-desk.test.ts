import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import type { Claim, Person, Role } from '../../../skills/kit/model.js'
import { builtInKinds } from '../../../skills/kit/catalog/built-in-kinds.js'
import type { AuditEntry } from '../../../skills/kit/audit.js'
import { catalogApi } from '../../channels/http/catalog-api.js'
import type { HttpAnswer, HttpRoute } from '../../channels/http/http-server.js'
import { Unauthorized } from '../../channels/http/verify-user-token.js'
import type { CatalogStore } from '../../store/records/catalog-store.js'
import { SyncBench } from './testing/sync-bench.js'
import { createPushDesk } from './push-desk.js'

let bench: SyncBench
let catalog: CatalogStore
let desk: ReturnType<typeof createPushDesk>
let routes: HttpRoute[]
let audited: AuditEntry[]
let role: Role | undefined

/** A hub on the bench; `reached` is told each step. */
async function hub(reached?: (step: string) => void) {
  const { store, own, catalog } = await bench.connect()
  const lease = (name: string, ttlMs: number) => store.lease(name, ttlMs)
  const parts = {
    store: own,
    lease,
    catalog,
    clock: bench.clock,
    ...(reached && { reached: async (step: string) => reached(step) }),
  }
  return { catalog, desk: createPushDesk(parts) }
}

beforeEach(async () => {
  bench = await SyncBench.open()
  ;({ catalog, desk } = await hub())
  audited = []
  role = 'platform-engineer'
  routes = catalogApi({
    verifyUser: async () => {
      if (!role) throw new Unauthorized('no token', 401)
      return { tenantId: 't', objectId: 'o' }
    },
    personOf: () => ({ id: 'p@contoso.example', objectId: 'o', name: 'P', roles: [role!] }) as unknown as Person,
    desk,
    kinds: () => builtInKinds,
    write: async (entry) => void audited.push(entry),
  })
})
afterEach(() => bench.close())

function ask(method: 'GET' | 'PUT' | 'POST' | 'DELETE', path: string, sent?: unknown): Promise<HttpAnswer> {
  const source = /sources\/([^/]*)/.exec(path)![1]!
  const form = path.replace(/sources\/[^/]*/, 'sources/:source')
  const route = routes.find((one) => one.method === method && one.path === form)!
  const request = { authorization: 'x', headers: {}, query: new URLSearchParams(), params: { source } }
  const text = typeof sent === 'string' ? sent : JSON.stringify(sent)
  return 'raw' in route ? route.raw({ ...request, bytes: Buffer.from(text) }) : route.handle({ ...request, body: sent })
}
const replace = (entities: unknown, more: object = {}) =>
  ask('PUT', '/api/catalog/sources/inventory', { entities, ...more })
const service = (id: string, props: Record<string, unknown> = {}) => ({ kind: 'Service', id, name: id, props })
const ids = () => catalog.index.all('Service').map(({ id }) => id)

describe('a push', () => {
  test('of a whole source replaces it, and pushed again it changes nothing', async () => {
    const all = [service('a', { tier: 'high' }), service('b'), { kind: 'Team', name: 'Shop Crew' }]
    expect(await replace(all, { title: 'Inventory' })).toEqual({
      status: 200,
      body: { source: 'inventory', written: 3, dropped: 0, entities: 3 },
    })
    expect(await replace(all)).toMatchObject({ body: { written: 0, dropped: 0, entities: 3 } })
    expect(await replace([service('b', { tier: 'low' })])).toMatchObject({
      body: { written: 1, dropped: 2, entities: 1 },
    })
    expect(ids()).toEqual(['b'])
    expect(await ask('GET', '/api/catalog/sources/inventory')).toMatchObject({
      body: {
        source: 'inventory',
        title: 'Inventory',
        entities: 1,
        asOf: expect.stringMatching(/^2026-11-21T08:00:0/),
      },
    })
    expect(audited.map(({ action }) => action)).toEqual(['catalog.pushed', 'catalog.pushed', 'catalog.pushed'])
  })

  test('of a part leaves the rest, and says what is gone', async () => {
    await replace([service('a'), service('b')])
    const part = {
      entities: [service('c')],
      gone: [
        { kind: 'Service', id: 'a' },
        { kind: 'Service', id: 'never' },
      ],
    }
    expect(await ask('POST', '/api/catalog/sources/inventory/entities', part)).toMatchObject({
      body: { written: 1, dropped: 1, entities: 2 },
    })
    expect(ids()).toEqual(['b', 'c'])
  })

  test('touches no other source’s claims', async () => {
    await desk.take('other', { claims: [{ ...service('a', { tier: 'low' }) } as Claim], gone: [] }, true)
    await replace([service('a', { language: 'Go' })])
    expect(catalog.index.get({ kind: 'Service', id: 'a' })).toMatchObject({ props: { tier: 'low', language: 'Go' } })
    expect(await ask('DELETE', '/api/catalog/sources/inventory')).toMatchObject({ status: 200, body: { entities: 0 } })
    expect(catalog.index.get({ kind: 'Service', id: 'a' })?.props).toEqual({ tier: 'low' })
  })

  test('with mistakes takes in nothing, and names each by its path', async () => {
    const answer = await replace([
      service('fine'),
      {
        ...service('Not Plain', { tier: 'huge', colour: 'red' }),
        relations: [{ type: 'ownedBy', to: { kind: 'Api', id: 'x' } }],
      },
      { kind: 'Starship', id: 'x', name: 'x' },
      service('fine'),
      { kind: 'Proposal', id: 'PR-1', name: 'PR-1' },
    ])
    expect(answer.status).toBe(400)
    const { error } = answer.body as { error: { message: string; mistakes: { path: string; message: string }[] } }
    expect(error.message).toBe('Nothing was taken in: there are 7 mistakes.')
    expect(error.mistakes.map(({ path }) => path)).toEqual([
      'entities[1].id',
      'entities[1].props.tier',
      'entities[1].props.colour',
      'entities[1].relations[0]',
      'entities[2].kind',
      'entities[3]',
      'entities[4].kind',
    ])
    expect(error.mistakes[0]!.message).toBe('is "Not Plain"; the catalog has it as "not-plain"')
    expect(ids()).toEqual([])
  })

  test.each<[string, unknown, string]>([
    ['no JSON', '{"entities":', 'The body is no JSON in UTF-8.'],
    ['another shape', { things: [] }, 'body'],
    ['a name of a number', { entities: [{ kind: 'Service', name: 7 }] }, 'entities[0].name'],
    ['too many', { entities: Array.from({ length: 1_001 }, (_, n) => service(`s${n}`)) }, 'entities'],
    ['what is gone of all there is', { entities: [], gone: [{ kind: 'Service', id: 'a' }] }, 'gone'],
  ])('that is %s is refused', async (_what, body, said) => {
    const answer = await ask('PUT', '/api/catalog/sources/inventory', body)
    expect(answer.status).toBe(400)
    expect(JSON.stringify(answer.body)).toContain(said)
  })

  test('is for platform engineers, signed in, and for a source with a name', async () => {
    expect((await ask('PUT', '/api/catalog/sources/No%20Name', {})).status).toBe(400)
    expect((await ask('GET', '/api/catalog/sources/inventory')).status).toBe(404)
    expect((await ask('DELETE', '/api/catalog/sources/inventory')).status).toBe(404)
    role = 'developer'
    expect((await replace([])).status).toBe(403)
    role = undefined
    expect((await replace([])).status).toBe(401)
  })
})

test('a push that a dead hub left half done is ended by the next', async () => {
  let steps = 0
  const dying = await hub(() => {
    if (++steps > 1) throw new Error('killed')
  })
  const claims = Array.from({ length: 100 }, (_, n) => service(`s${n}`) as Claim)
  await expect(dying.desk.take('inventory', { claims, gone: [] }, true)).rejects.toThrow('killed')
  await catalog.catchUp()
  const half = ids().length
  expect(half).toBeGreaterThan(0)
  expect(half).toBeLessThan(100)
  bench.pass(31_000)
  await desk.resume()
  expect(ids()).toHaveLength(100)
  expect(await desk.look('inventory')).toMatchObject({ entities: 100 })
})

test('two pushes at once are taken in one after the other', async () => {
  const reports = await Promise.all(
    ['a', 'b', 'c'].map((id) => desk.take('inventory', { claims: [service(id) as Claim], gone: [] }, true)),
  )
  expect(reports.map(({ entities }) => entities)).toEqual([1, 1, 1])
  expect(ids()).toEqual(['c'])
})
