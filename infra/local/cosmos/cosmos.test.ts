import { CosmosClient, ChangeFeedStartFrom, type Container, type OperationInput } from '@azure/cosmos'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { smallOrganisation } from '../testing/small-organisation.js'
import { startVendors, type Started } from '../testing/start-vendors.js'
import { localCosmosKey } from './authorization.js'
import { cosmos, type CosmosOptions } from './cosmos.js'

const clients: CosmosClient[] = []
let tenant: Started
let container: Container

const client = (key = localCosmosKey, retries = 0) => {
  const made = new CosmosClient({
    endpoint: `${tenant.base}/cosmos`,
    key,
    connectionPolicy: {
      enableBackgroundEndpointRefreshing: false,
      retryOptions: { maxRetryAttemptCount: retries, fixedRetryIntervalInMilliseconds: 0, maxWaitTimeInSeconds: 5 },
    },
  })
  clients.push(made)
  return made
}

const definition = {
  id: 'things',
  partitionKey: { paths: ['/tenant', '/group'], kind: 'MultiHash', version: 2 },
  indexingPolicy: {
    indexingMode: 'consistent',
    automatic: true,
    includedPaths: [{ path: '/tenant/?' }, { path: '/rank/?' }],
    excludedPaths: [{ path: '/*' }],
  },
  defaultTtl: -1,
} as const

async function start(options: CosmosOptions = {}): Promise<void> {
  tenant = await startVendors({
    org: smallOrganisation(),
    vendors: [(services) => cosmos(services, options)],
    now: '2026-11-23T08:00:00Z',
  })
}

beforeEach(async () => {
  await start()
  const { database } = await client().databases.create({ id: 'db' })
  container = (await database.containers.create(definition as never)).container
})
afterEach(async () => {
  for (const made of clients.splice(0)) made.dispose()
  await tenant.close()
})

const thing = (group: string, id: string, more: object = {}) => ({ id, tenant: 't', group, ...more })
const create = (document: object): OperationInput =>
  ({ operationType: 'Create', resourceBody: document }) as unknown as OperationInput
const query = (text: string, ...values: (string | number)[]) => ({
  query: text,
  parameters: values.map((value, n) => ({ name: `@p${n}`, value })),
})

describe('who asks', () => {
  test('a wrong key is 401, and so is a token that is none', async () => {
    await expect(client(Buffer.from('another').toString('base64')).database('db').read()).rejects.toMatchObject({
      code: 401,
    })
    const response = await fetch(`${tenant.base}/cosmos/dbs/db`, {
      headers: { authorization: 'type=aad&ver=1.0&sig=nonsense', 'x-ms-version': '2020-07-15' },
    })
    expect(response.status).toBe(401)
  })

  test('a token reads and writes documents, and makes no container', async () => {
    const ask = (method: string, path: string) =>
      fetch(`${tenant.base}/cosmos${path}`, {
        method,
        headers: {
          authorization: encodeURIComponent('type=aad&ver=1.0&sig=app:hub'),
          'x-ms-version': '2020-07-15',
          'content-type': 'application/json',
          'x-ms-documentdb-partitionkey': '["t","a"]',
        },
        ...(method === 'POST' && { body: JSON.stringify(thing('a', 'x')) }),
      })
    expect((await ask('GET', '/dbs/db/colls/things')).status).toBe(200)
    expect((await ask('POST', '/dbs/db/colls/things/docs')).status).toBe(201)
    const refused = await ask('POST', '/dbs/db/colls')
    expect([refused.status, refused.headers.get('x-ms-substatus')]).toEqual([403, '5300'])
  })

  test('a signature whose date is a quarter of an hour off is refused', async () => {
    const { createHmac } = await import('node:crypto')
    const date = new Date(Date.now() - 20 * 60_000).toUTCString()
    const text = `get\ndbs\ndbs/db\n${date.toLowerCase()}\n\n`
    const signature = createHmac('sha256', Buffer.from(localCosmosKey, 'base64')).update(text).digest('base64')
    const response = await fetch(`${tenant.base}/cosmos/dbs/db`, {
      headers: {
        authorization: encodeURIComponent(`type=master&ver=1.0&sig=${signature}`),
        'x-ms-date': date,
        'x-ms-version': '2020-07-15',
      },
    })
    expect(response.status).toBe(403)
  })
})

describe('documents', () => {
  test('one is found in its whole partition key alone; a key that is another, or a part, sees nothing', async () => {
    await container.items.create(thing('a', 'x'))
    expect((await container.item('x', ['t', 'a']).read()).statusCode).toBe(200)
    expect((await container.item('x', ['t', 'b']).read()).statusCode).toBe(404)
    expect((await container.item('x', ['u', 'a']).read()).statusCode).toBe(404)
    await expect(container.item('x', ['t']).read()).rejects.toMatchObject({ code: 400 })
    await expect(container.items.batch([create(thing('b', 'y'))], ['t', 'a'])).resolves.toMatchObject({ code: 207 })
  })

  test('twice is 409, not as it was read 412, over 2 MB 413, and an id with a slash 400', async () => {
    const { etag } = await container.items.create(thing('a', 'x'))
    await expect(container.items.create(thing('a', 'x'))).rejects.toMatchObject({ code: 409 })
    const item = container.item('x', ['t', 'a'])
    const stale = { accessCondition: { type: 'IfMatch', condition: etag } }
    await item.replace(thing('a', 'x', { n: 1 }), stale)
    await expect(item.replace(thing('a', 'x', { n: 2 }), stale)).rejects.toMatchObject({ code: 412 })
    await expect(container.items.create(thing('a', 'y', { text: 'x'.repeat(2_097_152) }))).rejects.toMatchObject({
      code: 413,
    })
    await expect(container.items.create(thing('a', 'y?z'))).rejects.toThrow()
  })

  test('one ends when its time to live is over, and is then free to be made anew', async () => {
    await container.items.create(thing('a', 'x', { ttl: 60 }))
    await container.items.create(thing('a', 'stays'))
    tenant.clock.set(new Date('2026-11-23T08:00:59Z'))
    expect((await container.item('x', ['t', 'a']).read()).statusCode).toBe(200)
    tenant.clock.set(new Date('2026-11-23T08:01:00Z'))
    expect((await container.item('x', ['t', 'a']).read()).statusCode).toBe(404)
    expect((await container.item('stays', ['t', 'a']).read()).statusCode).toBe(200)
    await container.items.create(thing('a', 'x'))
  })
})

describe('batches', () => {
  test('one operation that fails takes all of them back, and says which it was', async () => {
    await container.items.create(thing('a', 'there', { n: 1 }))
    const { code, result } = await container.items.batch(
      [
        create(thing('a', 'new')),
        { operationType: 'Delete', id: 'there' },
        create(thing('a', 'new')),
        create(thing('a', 'never')),
      ],
      ['t', 'a'],
    )
    expect([code, result?.map(({ statusCode }) => statusCode)]).toEqual([207, [424, 424, 409, 424]])
    expect((await container.item('new', ['t', 'a']).read()).statusCode).toBe(404)
    expect((await container.item('there', ['t', 'a']).read()).resource).toMatchObject({ n: 1 })
  })

  test('more than 2 MB together are 413', async () => {
    const half = 'x'.repeat(1_100_000)
    const two = ['x', 'y'].map((id) => create(thing('a', id, { half })))
    await expect(container.items.batch(two, ['t', 'a'])).rejects.toMatchObject({ cause: { code: 413 } })
  })
})

describe('queries', () => {
  beforeEach(async () => {
    for (let n = 0; n < 12; n += 1) await container.items.create(thing(`g${n}`, `x${n}`, { rank: (n * 5) % 12 }))
  })

  test('an order over all partitions is put together by the client, from both physical ones', async () => {
    const text = 'SELECT * FROM c WHERE c.tenant = @p0 ORDER BY c.rank DESC'
    const { resources } = await container.items
      .query<{ rank: number }>(query(text, 't'), { maxItemCount: 5 })
      .fetchAll()
    expect(resources.map(({ rank }) => rank)).toEqual(Array.from({ length: 12 }, (_, n) => 11 - n))
    const counted = await container.items
      .query<number>('SELECT VALUE COUNT(1) FROM c', { partitionKey: ['t', 'g3'] })
      .fetchAll()
    expect(counted.resources).toEqual([1])
  })

  test.each([
    'SELECT * FROM c WHERE c.rank IN (1, 2)',
    'SELECT TOP 3 * FROM c',
    'SELECT * FROM c WHERE c.rank > 3 OR c.rank < 1',
    'SELECT * FROM c JOIN d IN c.list',
    'DELETE FROM c',
    'SELECT * FROM c WHERE',
    'SELECT * FROM c ORDER BY c.group',
  ])('what it does not understand, or has no index for, is refused: %s', async (text) => {
    await expect(container.items.query(text, { partitionKey: ['t', 'g1'] }).fetchAll()).rejects.toMatchObject({
      code: 400,
    })
  })

  test('a continuation goes on where the page ended, and with no other query', async () => {
    for (let n = 0; n < 5; n += 1) await container.items.create(thing('many', `m${n}`, { rank: n }))
    const ask = (text: string, continuationToken?: string) =>
      container.items
        .query<{ id: string }>(text, {
          partitionKey: ['t', 'many'],
          maxItemCount: 2,
          ...(continuationToken && { continuationToken }),
        })
        .fetchNext()
    const text = 'SELECT * FROM c ORDER BY c.rank'
    const first = await ask(text)
    const second = await ask(text, first.continuationToken)
    expect([...first.resources, ...second.resources].map(({ id }) => id)).toEqual(['m0', 'm1', 'm2', 'm3'])
    await expect(ask('SELECT * FROM c ORDER BY c.rank DESC', first.continuationToken)).rejects.toMatchObject({
      code: 400,
    })
    await expect(ask(text, 'bm9uc2Vuc2U=')).rejects.toMatchObject({ code: 400 })
  })
})

test('the change feed has each document once as it is now, a batch together, no deletion, and goes on from its token', async () => {
  for (const id of ['x', 'y', 'z']) await container.items.create(thing('a', id))
  await container.item('x', ['t', 'a']).replace(thing('a', 'x', { n: 2 }))
  await container.item('y', ['t', 'a']).delete()
  const read = async (token?: string) => {
    const from = token ? ChangeFeedStartFrom.Continuation(token) : ChangeFeedStartFrom.Beginning(['t'])
    const feed = container.items.getChangeFeedIterator<{ id: string }>({ changeFeedStartFrom: from, maxItemCount: 1 })
    const ids: string[][] = []
    for (;;) {
      const page = await feed.readNext()
      if (page.statusCode === 304) return { ids, token: page.continuationToken }
      ids.push((page.result as { id: string }[]).map(({ id }) => id))
    }
  }
  const first = await read()
  expect(first.ids).toEqual([['z'], ['x']])
  await container.items.batch([create(thing('a', 'b1')), create(thing('a', 'b2'))], ['t', 'a'])
  await container.items.create({ ...thing('a', 'foreign'), tenant: 'u' })
  expect((await read(first.token)).ids).toEqual([['b1', 'b2']])
})

test('beyond its request units it answers 429 with the time to wait, and a client that waits comes through', async () => {
  for (const made of clients.splice(0)) made.dispose()
  await tenant.close()
  await start({ requestUnits: 60 })
  const { database } = await client(localCosmosKey, 9).databases.create({ id: 'db' })
  const { container: small } = await database.containers.create(definition as never)
  const hasty = client().database('db').container('things')
  const outcomes = await Promise.allSettled(
    Array.from({ length: 40 }, (_, n) => hasty.items.create(thing('a', `x${n}`))),
  )
  const refused = outcomes.find((outcome) => outcome.status === 'rejected')
  expect(refused).toMatchObject({ reason: { code: 429 } })
  const wait = Number(
    (refused as { reason: { headers: Record<string, string> } }).reason.headers['x-ms-retry-after-ms'],
  )
  expect(wait > 0 && wait <= 1000).toBe(true)
  await new Promise((done) => setTimeout(done, wait))
  await small.items.create(thing('a', 'patient'))
})
