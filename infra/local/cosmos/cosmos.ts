import { randomUUID } from 'node:crypto'
import { ok, Router, type Vendor, type VendorRequest, type VendorResponse } from '../frame/router.js'
import type { Services } from '../frame/services.js'
import { partitionOf, sessionToken, type Account, type AccountState, type Container } from './account.js'
import { authorise } from './authorization.js'
import { runBatch } from './batch.js'
import { readChangeFeed } from './change-feed.js'
import * as containers from './containers.js'
import { effectiveKey } from './effective-key.js'
import { operate, Writing, type Operation } from './items.js'
import { planQuery, runQuery } from './queries.js'
import { answerRefusal, badRequest, Refusal } from './refusal.js'
import { Throughput } from './throughput.js'

/** How the account is to be. */
export interface CosmosOptions {
  /** The account's default consistency; `Strong` unless told. */
  consistency?: 'Strong' | 'BoundedStaleness' | 'Session' | 'ConsistentPrefix' | 'Eventual'
  /** Request units a second; beyond them the answer is 429. Unlimited unless told. */
  requestUnits?: number
}

const versions = ['2018-12-31', '2020-07-15']

/**
 * Azure Cosmos DB for NoSQL below `/cosmos`, as its REST interface is documented (learn.microsoft.com/rest/api/cosmos-db) and as
 * `@azure/cosmos` 4 speaks it: an account of two physical partitions, with master key and Entra tokens. What it does not know it refuses.
 */
export function cosmos(services: Services, options: CosmosOptions = {}): Vendor {
  const account: Account = {
    clock: services.clock,
    state: services.open<AccountState>('cosmos', () => ({ last: 0, databases: {} })),
  }
  const router = routes(account, `${services.base}/cosmos/`, options)
  const throughput = new Throughput(options.requestUnits)
  const handle = async (request: VendorRequest): Promise<VendorResponse> => {
    try {
      await authorise(services, request)
      if (!versions.includes(request.headers['x-ms-version'] ?? ''))
        throw badRequest('x-ms-version is missing or unknown.')
      throughput.admit()
      const response = await router.handle(request)
      throughput.charge(Number(response.headers?.['x-ms-request-charge'] ?? 1))
      return {
        ...response,
        headers: { 'x-ms-request-charge': '1', 'x-ms-activity-id': randomUUID(), ...response.headers },
      }
    } catch (error) {
      if (error instanceof Refusal) return answerRefusal(error)
      throw error
    }
  }
  return { name: 'cosmos', prefixes: ['/cosmos'], handle }
}

function routes(account: Account, endpoint: string, { consistency = 'Strong' }: CosmosOptions): Router {
  const router = new Router({
    notFound: ({ method, path }) =>
      answerRefusal(new Refusal(405, 'MethodNotAllowed', `The stand-in has no ${method} ${path}.`)),
  })
  const locations = [{ name: 'West Europe', databaseAccountEndpoint: endpoint }]
  router.get('/', () =>
    ok({
      ...{ id: 'local', _rid: 'local', _self: '', media: '//media/', addresses: '//addresses/', _dbs: '//dbs/' },
      ...{ writableLocations: locations, readableLocations: locations, enableMultipleWriteLocations: false },
      userConsistencyPolicy: { defaultConsistencyLevel: consistency },
    }),
  )
  router.post('/dbs', ({ body }) => containers.createDatabase(account, body))
  router.get('/dbs/{db}', ({ params }) => containers.describeDatabase(account, params.db!))
  router.delete('/dbs/{db}', ({ params }) => containers.deleteDatabase(account, params.db!))
  router.post('/dbs/{db}/colls', ({ params, body }) => containers.createContainer(account, params.db!, body))
  router.get('/dbs/{db}/colls/{coll}', ({ params }) => containers.describeContainer(account, params.db!, params.coll!))
  router.delete('/dbs/{db}/colls/{coll}', ({ params }) => containers.deleteContainer(account, params.db!, params.coll!))
  router.get('/dbs/{db}/colls/{coll}/pkranges', ({ params }) =>
    containers.listPartitions(account, params.db!, params.coll!),
  )
  const documents = '/dbs/{db}/colls/{coll}/docs'
  const within = (request: VendorRequest) =>
    containers.containerNamed(account, request.params.db!, request.params.coll!)
  router.get(documents, (request) => {
    const container = within(request)
    return readChangeFeed(account, container, wholeKey(container, request), request)
  })
  router.post(documents, (request) => postDocuments(account, within(request), request))
  const one = `${documents}/{id}`
  for (const [method, type] of Object.entries({
    GET: 'Read',
    PUT: 'Replace',
    DELETE: 'Delete',
    PATCH: 'Patch',
  } as const))
    router.on(method, one, (request) =>
      operateAlone(account, within(request), request, { type, id: request.params.id! }),
    )
  return router
}

/** What a POST to a container's documents is, its headers say. */
function postDocuments(account: Account, container: Container, request: VendorRequest): VendorResponse {
  const says = (name: string) => request.headers[name]?.toLowerCase() === 'true'
  const key = wholeKey(container, request)
  if (says('x-ms-cosmos-is-query-plan-request')) return planQuery(container, request)
  if (says('x-ms-documentdb-isquery')) return runQuery(account, container, key, request)
  if (says('x-ms-cosmos-is-batch-request')) return runBatch(account, container, required(key), request)
  return operateAlone(account, container, request, { type: says('x-ms-documentdb-is-upsert') ? 'Upsert' : 'Create' })
}

function operateAlone(
  account: Account,
  container: Container,
  request: VendorRequest,
  asked: Pick<Operation, 'type' | 'id'>,
): VendorResponse {
  const key = required(wholeKey(container, request))
  const { 'if-match': ifMatch, 'if-none-match': ifNoneMatch } = request.headers
  const writing = new Writing(account, container, key)
  try {
    const { status, charge, etag, document } = operate(writing, {
      ...asked,
      body: request.body,
      ...(ifMatch !== undefined && { ifMatch }),
      ...(ifNoneMatch !== undefined && { ifNoneMatch }),
    })
    if (asked.type === 'Read') writing.takeBack()
    else account.state.changed()
    const headers = {
      'x-ms-request-charge': charge.toFixed(2),
      'x-ms-session-token': sessionToken(container, partitionOf(effectiveKey(key))),
      ...(etag !== undefined && { etag }),
    }
    return { status, headers, body: document }
  } catch (error) {
    writing.takeBack()
    throw error
  }
}

/**
 * The partition key of a request, where there is one.
 * @throws Refusal where it is not text of as many levels as the container has: a part of a key is none
 */
function wholeKey({ definition }: Container, { headers }: VendorRequest): string[] | undefined {
  const header = headers['x-ms-documentdb-partitionkey']
  if (header === undefined) return undefined
  let key: unknown
  try {
    key = JSON.parse(header)
  } catch {
    throw badRequest(`Partition key ${header.slice(0, 80)} is invalid.`)
  }
  const levels = definition.partitionKey.paths.length
  if (!Array.isArray(key) || key.length !== levels || !key.every((level) => typeof level === 'string'))
    throw badRequest(
      `Partition key provided either doesn't correspond to definition in the collection or doesn't match partition key field values specified in the document: ${header.slice(0, 80)}.`,
    )
  return key as string[]
}

function required(key: string[] | undefined): string[] {
  if (!key) throw badRequest('PartitionKey value must be supplied for this operation.')
  return key
}
