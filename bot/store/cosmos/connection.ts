import { Agent } from 'node:https'
import type { ChangeFeedIteratorResponse, Container, OperationInput, SqlParameter } from '@azure/cosmos'
import type * as Sdk from '@azure/cosmos'
import type { TokenCredential } from '@azure/identity'
import { StoreUnavailable } from '../errors.js'
import { containerDefinitions, resourceOf, type ContainerName } from './containers.js'
import { storeFailure } from './failures.js'

/** Where the account is, and who asks. */
export interface CosmosAccount {
  /** Such as `https://contoso.documents.azure.com`. */
  endpoint: string
  database: string
  /** The hub's identity; a key is for the emulator and for making containers, which an identity may not by the data plane. */
  credential: TokenCredential | { key: string }
  /** Certificate authority to trust besides those that Node trusts, PEM. */
  ca?: Buffer
}

/** What the service adds to a document. */
export interface Kept {
  id: string
  _etag: string
}

/** A document of ours as it is written. */
export type Draft = { id: string; type: string; ttl?: number } & Record<string, unknown>

/** What a batch came to: the etags of its operations, or the first that failed and its HTTP status. */
export type BatchOutcome = { etags: (string | undefined)[]; bodies: unknown[] } | { failed: number; status: number }

/** A condition on a document's property. */
export type Where = [path: string[], op: '=' | '<' | '>=' | '>', value: string | number | boolean]

/** What is to be found, always of one tenant. */
export interface Finding {
  tenant: string
  /** The second level of the partition key; absent: all of the tenant. */
  within?: string
  where: Where[]
  /** A property to order by. */
  order: string[]
  descending?: boolean
  limit: number
  /** Stop after the page that brings more than so many bytes of JSON. */
  bytes?: number
}

/** Consistency levels under which whoever reads sees what was acknowledged before, on whichever replica. */
const strong = ['Strong', 'BoundedStaleness']

/** The store's containers in an account. Every call ends in a StoreError or not at all. */
export class Connection {
  readonly #containers: Record<ContainerName, Container>
  readonly #secondLevel: Record<ContainerName, string>

  private constructor(
    readonly endpoint: string,
    private readonly sdk: typeof Sdk,
    private readonly client: Sdk.CosmosClient,
    database: string,
  ) {
    const of = (id: ContainerName) => client.database(database).container(id)
    this.#containers = { records: of('records'), queues: of('queues'), streams: of('streams'), leases: of('leases') }
    this.#secondLevel = { records: 'partition', queues: 'queue', streams: 'stream', leases: 'name' }
  }

  /**
   * Opens the account and looks whether the containers are there.
   * @param create makes the database and the containers where they are absent, which needs a key
   * @throws StoreUnavailable where the account, its consistency or a container is not as it has to be
   */
  static async open({ endpoint, database, credential, ca }: CosmosAccount, create: boolean): Promise<Connection> {
    try {
      const sdk = await import('@azure/cosmos')
      const proof = 'key' in credential ? credential : { aadCredentials: credential }
      const client = new sdk.CosmosClient({
        endpoint,
        ...proof,
        ...(ca && { agent: new Agent({ ca, keepAlive: true }) }),
        connectionPolicy: { enableBackgroundEndpointRefreshing: false },
      })
      const account = (await client.getDatabaseAccount()).resource
      if (account && !strong.includes(account.consistencyPolicy))
        throw new StoreUnavailable(
          `Cosmos DB at ${endpoint} has ${account.consistencyPolicy} consistency, under which a replica may not see what another was promised: set the account to Strong, or to Bounded Staleness in one region`,
        )
      if (create) await createContainers(client, database)
      for (const { id, paths } of containerDefinitions) {
        const { resource } = await client.database(database).container(id).read()
        const found = resource?.partitionKey?.paths.join() ?? 'none'
        if (found !== paths.join())
          throw new StoreUnavailable(
            `the container ${id} has the partition key ${found}, not ${paths.join()}: make it anew`,
          )
      }
      return new Connection(endpoint, sdk, client, database)
    } catch (error) {
      throw storeFailure(error, endpoint)
    }
  }

  /** A document, or undefined. */
  async read<T>(container: ContainerName, key: readonly string[], id: string): Promise<(T & Kept) | undefined> {
    return this.#run(async () => {
      const { resource } = await this.#containers[container].item(id, [...key]).read<T & Kept>()
      return resource
    })
  }

  /** Does all operations of one partition key, or none. What the service refuses as a condition comes back; all else is thrown. */
  async batch(container: ContainerName, key: readonly string[], operations: OperationInput[]): Promise<BatchOutcome> {
    return this.#run(async () => {
      const { result = [] } = await this.#containers[container].items.batch(operations, [...key])
      const failed = result.findIndex(({ statusCode }) => statusCode >= 300 && statusCode !== 424)
      if (failed < 0) return { etags: result.map(({ eTag }) => eTag), bodies: result.map((each) => each.resourceBody) }
      const { statusCode } = result[failed]!
      if (![404, 409, 412, 449].includes(statusCode))
        throw { code: statusCode, message: 'a batch failed' } satisfies object
      return { failed, status: statusCode }
    })
  }

  /** Documents that meet every condition, in order. */
  async find<T>(container: ContainerName, finding: Finding): Promise<(T & Kept)[]> {
    return (await this.findPage<T>(container, finding)).found
  }

  /** The same, and whether there are more. The tenant is a condition of the query as well as its partition. */
  async findPage<T>(container: ContainerName, finding: Finding): Promise<{ found: (T & Kept)[]; more: boolean }> {
    const { tenant, within, order, descending, limit, bytes = Infinity } = finding
    const second = this.#secondLevel[container]
    const where: Where[] = [
      [['tenant'], '=', tenant],
      ...(within === undefined ? [] : [[[second], '=', within] as Where]),
      ...finding.where,
    ]
    const { query, parameters } = toSql('*', where, { order, descending: descending ?? false })
    return this.#run(async () => {
      const pages = this.#containers[container].items.query<T & Kept>(
        { query, parameters },
        within === undefined
          ? { maxItemCount: Math.min(limit, 50), forceQueryPlan: true }
          : { maxItemCount: Math.min(limit, 1000), partitionKey: [tenant, within] },
      )
      const found: (T & Kept)[] = []
      let size = 0
      while (found.length < limit && size <= bytes && pages.hasMoreResults()) {
        const { resources } = await pages.fetchNext()
        for (const resource of resources ?? []) found.push(resource)
        if (bytes !== Infinity) size += Buffer.byteLength(JSON.stringify(resources ?? []))
      }
      return { found: found.slice(0, limit), more: found.length > limit || pages.hasMoreResults() }
    })
  }

  /** How many documents of one partition meet every condition. */
  async count(container: ContainerName, tenant: string, within: string, where: Where[]): Promise<number> {
    const conditions: Where[] = [[['tenant'], '=', tenant], [[this.#secondLevel[container]], '=', within], ...where]
    return this.#run(async () => {
      const pages = this.#containers[container].items.query<number>(toSql('VALUE COUNT(1)', conditions), {
        partitionKey: [tenant, within],
      })
      const { resources } = await pages.fetchAll()
      return resources.reduce((sum, part) => sum + part, 0)
    })
  }

  /**
   * One page of a tenant's part of the change feed of `records`.
   * @param token where to go on; undefined: from the beginning
   * @returns undefined where the token is of a container that is no more
   */
  async feed(
    tenant: string,
    token: string | undefined,
    limit: number,
  ): Promise<ChangeFeedIteratorResponse<unknown[]> | undefined> {
    const { ChangeFeedStartFrom } = this.sdk
    return this.#run(async () => {
      try {
        return (await this.#containers.records.items
          .getChangeFeedIterator<unknown[]>({
            maxItemCount: limit,
            changeFeedStartFrom:
              token === undefined ? ChangeFeedStartFrom.Beginning([tenant]) : ChangeFeedStartFrom.Continuation(token),
          })
          .readNext()) as ChangeFeedIteratorResponse<unknown[]>
      } catch (error) {
        if (/continuation token is not for the current container/.test((error as Error).message)) return undefined
        throw error
      }
    })
  }

  /** Ends the connections. */
  close(): void {
    this.client.dispose()
  }

  async #run<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work()
    } catch (error) {
      throw storeFailure(error, this.endpoint)
    }
  }
}

async function createContainers(client: Sdk.CosmosClient, id: string): Promise<void> {
  const { database } = await client.databases.createIfNotExists({ id })
  for (const definition of containerDefinitions)
    await database.containers.createIfNotExists(resourceOf(definition) as Sdk.ContainerRequest)
}

const toPath = (names: string[]): string => `c${names.map((name) => `[${JSON.stringify(name)}]`).join('')}`

function toSql(
  selected: string,
  where: Where[],
  by?: { order: string[]; descending: boolean },
): { query: string; parameters: SqlParameter[] } {
  const conditions = where.map(([path, op], n) => `${toPath(path)} ${op} @p${n}`).join(' AND ')
  const order = by ? ` ORDER BY ${toPath(by.order)}${by.descending ? ' DESC' : ''}` : ''
  return {
    query: `SELECT ${selected} FROM c WHERE ${conditions}${order}`,
    parameters: where.map(([, , value], n) => ({ name: `@p${n}`, value })),
  }
}
