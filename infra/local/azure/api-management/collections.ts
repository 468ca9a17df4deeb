import type { TypeOperations } from '../operations/model.js'
import type { ResourcePath } from '../resource-path.js'
import type { ArmResource, StoredResource } from '../state.js'
import type { AzureStore } from '../store.js'

/** The rows of a collection: what stands right below, or what is put together of it. */
export function listed(store: AzureStore, path: ResourcePath, { type }: TypeOperations): object[] {
  const collect = collected[type]
  return collect ? collect(store, path) : right(store, path.id, type).map(({ resource }) => resource)
}

const prefix = 'Microsoft.ApiManagement/service'
const right = (store: AzureStore, id: string, type: string): StoredResource[] =>
  store
    .below(id)
    .filter(({ resource }) => resource.type.toLowerCase() === type.toLowerCase())
    .sort((a, b) => (a.resource.name < b.resource.name ? -1 : 1))
const serviceOf = (id: string): string => /^.*?\/service\/[^/]+/i.exec(id)![0]
const isSame = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase()

type Collect = (store: AzureStore, path: ResourcePath) => object[]

const revisions: Collect = (store, { id, names }) => {
  const plain = names.at(-1)!.replace(/;rev=\d+$/i, '')
  return right(store, serviceOf(id), `${prefix}/apis`)
    .filter(({ resource }) => isSame(resource.name.replace(/;rev=\d+$/i, ''), plain))
    .map(({ resource: { properties }, created, changed }) => ({
      apiId: `/apis/${plain};rev=${String(properties['apiRevision'])}`,
      apiRevision: properties['apiRevision'],
      ...{ createdDateTime: created, updatedDateTime: changed },
      ...{ isOnline: properties['isOnline'], isCurrent: properties['isCurrent'] },
    }))
}

/** APIs of a product, and products of an API, by the links between them. */
const apisOfProduct: Collect = (store, { id }) =>
  right(store, id, `${prefix}/products/apis`).flatMap((link) => {
    const api = store.find(`${serviceOf(id)}/apis/${link.resource.name}`)
    return api ? [{ ...link.resource, properties: api.resource.properties }] : []
  })

const productsOfApi: Collect = (store, { id, names }) => {
  const service = serviceOf(id)
  return right(store, service, `${prefix}/products`)
    .filter(({ resource }) => store.find(`${resource.id}/apis/${names.at(-1)}`))
    .map(({ resource }) => ({ ...resource, type: `${prefix}/apis/products` }))
}

/** Each API with each of its tags; with `includeNotTaggedApis` also those without one, which nobody here asks for. */
const apisByTags: Collect = (store, { id }) =>
  right(store, id, `${prefix}/apis/tags`).flatMap(({ resource: link }) => {
    const api = store.find(link.id.split('/').slice(0, -2).join('/'))?.resource
    const tag = store.find(`${id}/tags/${link.name}`)?.resource
    return api && tag ? [{ tag: tagIn(tag), api: apiIn(api) }] : []
  })

const tagIn = ({ name, properties }: ArmResource): object => ({ id: `/tags/${name}`, name: properties['displayName'] })
const apiIn = ({ name, properties }: ArmResource): object => ({
  id: `/apis/${name}`,
  name: properties['displayName'],
  ...{ apiRevision: properties['apiRevision'], serviceUrl: properties['serviceUrl'] },
  ...{ path: properties['path'], isCurrent: properties['isCurrent'] },
})

const collected: Record<string, Collect> = {
  [`${prefix}/apis/revisions`]: revisions,
  [`${prefix}/apis/products`]: productsOfApi,
  [`${prefix}/products/apis`]: apisOfProduct,
  [`${prefix}/apisByTags`]: apisByTags,
}
