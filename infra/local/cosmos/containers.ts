import {
  nextEtag,
  nextRid,
  physicalPartitions,
  seconds,
  type Account,
  type Container,
  type ContainerDefinition,
  type IndexingPolicy,
} from './account.js'
import { ok, type VendorResponse } from '../frame/router.js'
import { badRequest, conflict, notFound } from './refusal.js'

const everything: IndexingPolicy = {
  indexingMode: 'consistent',
  automatic: true,
  includedPaths: [{ path: '/*' }],
  excludedPaths: [{ path: '/"_etag"/?' }],
}

const known = ['id', 'partitionKey', 'indexingPolicy', 'defaultTtl']

/** The containers of a database. @throws Refusal 404 */
export function databaseNamed({ state }: Account, id: string): { rid: string; containers: Record<string, Container> } {
  if (!Object.hasOwn(state.value.databases, id)) throw notFound(`Database '${id}'.`)
  return state.value.databases[id]!
}

/** @throws Refusal 404 */
export function containerNamed(account: Account, database: string, id: string): Container {
  const { containers } = databaseNamed(account, database)
  if (!Object.hasOwn(containers, id)) throw notFound(`Container '${id}'.`)
  return containers[id]!
}

export function createDatabase(account: Account, body: unknown): VendorResponse {
  const id = nameIn(body)
  const { databases } = account.state.value
  if (Object.hasOwn(databases, id)) throw conflict()
  databases[id] = { rid: nextRid(account), containers: {} }
  account.state.changed()
  return { ...describeDatabase(account, id), status: 201 }
}

export const describeDatabase = (account: Account, id: string): VendorResponse =>
  ok({ id, _rid: databaseNamed(account, id).rid, _self: '', _etag: '', _ts: 0 })

export function deleteDatabase(account: Account, id: string): VendorResponse {
  databaseNamed(account, id)
  delete account.state.value.databases[id]
  account.state.changed()
  return { status: 204 }
}

export function createContainer(account: Account, database: string, body: unknown): VendorResponse {
  const { containers } = databaseNamed(account, database)
  const definition = definitionIn(body)
  if (Object.hasOwn(containers, definition.id)) throw conflict()
  containers[definition.id] = {
    ...{ rid: nextRid(account), etag: nextEtag(account), ts: seconds(account.clock), definition },
    ...{ lsn: {}, items: {} },
  }
  account.state.changed()
  return { ...describeContainer(account, database, definition.id), status: 201 }
}

export function describeContainer(account: Account, database: string, id: string): VendorResponse {
  const { rid, etag, ts, definition } = containerNamed(account, database, id)
  return ok({ ...definition, _rid: rid, _self: '', _etag: etag, _ts: ts })
}

export function deleteContainer(account: Account, database: string, id: string): VendorResponse {
  containerNamed(account, database, id)
  delete databaseNamed(account, database).containers[id]
  account.state.changed()
  return { status: 204 }
}

/** The physical partitions of a container. */
export function listPartitions(account: Account, database: string, id: string): VendorResponse {
  const { rid } = containerNamed(account, database, id)
  const PartitionKeyRanges = physicalPartitions.map(({ id: partition, min, max }) => ({
    ...{ id: partition, minInclusive: min, maxExclusive: max, _rid: rid, status: 'online', parents: [] },
  }))
  return ok({ _rid: rid, PartitionKeyRanges, _count: PartitionKeyRanges.length })
}

/** @throws Refusal where the stand-in could not keep what the definition promises */
function definitionIn(body: unknown): ContainerDefinition {
  const given = body as Record<string, unknown>
  const id = nameIn(body)
  const unknown = Object.keys(given).filter((name) => !known.includes(name))
  if (unknown.length > 0) throw badRequest(`The stand-in makes no container with ${unknown.join(', ')}.`)
  const { partitionKey, indexingPolicy = everything, defaultTtl } = given as Partial<ContainerDefinition>
  const paths = partitionKey?.paths ?? []
  const levels = partitionKey?.kind === 'MultiHash' ? 3 : 1
  if (
    paths.length < 1 ||
    paths.length > levels ||
    !paths.every((path) => /^\/\w+$/.test(path)) ||
    partitionKey!.version !== 2
  )
    throw badRequest('The partition key has 1 path, or up to 3 of kind MultiHash, each of one property, and version 2.')
  const all = [...indexingPolicy.includedPaths, ...indexingPolicy.excludedPaths].map(({ path }) => path)
  if (!all.includes('/*')) throw badRequest("The special mandatory indexing path '/*' is not provided.")
  if (!all.every((path) => /^(\/[\w"]+)*\/[?*]$/.test(path))) throw badRequest('An indexing path is malformed.')
  if (defaultTtl !== undefined && !(Number.isInteger(defaultTtl) && (defaultTtl === -1 || defaultTtl > 0)))
    throw badRequest('defaultTtl is -1 or a positive whole number.')
  return { id, partitionKey: partitionKey!, indexingPolicy, ...(defaultTtl !== undefined && { defaultTtl }) }
}

function nameIn(body: unknown): string {
  const id = (body as { id?: unknown } | undefined)?.id
  if (typeof id !== 'string' || !/^[^/\\?#]{1,255}$/.test(id)) throw badRequest('The input name is invalid.')
  return id
}
