import { uuidOf } from '../../frame/ids.js'
import type { Organisation } from '../../organisation/model.js'
import type { Json } from '../json.js'
import { storedResource } from '../stored-resource.js'
import type { StoredResource } from '../state.js'

type Published = Organisation['apiManagement'][number]
type Api = Published['apis'][number]
/** Makes what stands inside a service: its path below the service, and its properties. */
type Make = (path: string, properties?: Json) => StoredResource

/** What an organisation's API Management services publish, in the form in which Resource Manager keeps it. */
export const seedApiManagement = (org: Organisation, now: Date): StoredResource[] =>
  org.apiManagement.flatMap((published) => {
    const service = org.resources.find(({ name, type }) => name === published.service && /apimanagement/i.test(type))
    return service ? contentOf(published, service.id, org, now) : []
  })

function contentOf(published: Published, service: string, org: Organisation, now: Date): StoredResource[] {
  const make: Make = (path, properties = {}) => {
    const steps = path.split('/')
    const type = ['Microsoft.ApiManagement/service', ...steps.filter((_, at) => at % 2 === 0)].join('/')
    const id = `${service}/${path}`
    const stored = storedResource({ id, name: steps.at(-1)!, type, properties }, now)
    stored.resource.etag = uuidOf(`${id}/etag`)
    return stored
  }
  const { products, backends, apis } = published
  const tags = [...new Set(apis.flatMap((api) => api.tags))]
  const sets = [...new Set(apis.flatMap(({ set }) => set ?? []))]
  return [
    ...products.map(({ id, name, summary, key, approval }) =>
      make(`products/${id}`, {
        displayName: name,
        description: summary,
        subscriptionRequired: key,
        ...(key && { approvalRequired: approval, subscriptionsLimit: null }),
        state: 'published',
      }),
    ),
    ...backends.map(({ id, url, resource }) =>
      make(`backends/${id}`, {
        url,
        protocol: 'http',
        ...(resource && { resourceId: `https://management.azure.com${idNamed(resource, org)}` }),
      }),
    ),
    ...tags.map((tag) => make(`tags/${nameOfTag(tag)}`, { displayName: tag })),
    ...sets.map((set) => make(`apiVersionSets/${set}`, { displayName: set, versioningScheme: 'Segment' })),
    ...apis.flatMap((api) => apiOf(api, service, make)),
  ]
}

const idNamed = (name: string, org: Organisation): string => org.resources.find((one) => one.name === name)?.id ?? ''

/** Tags have any text as their name for people, and a plain one in paths. */
const nameOfTag = (tag: string): string => tag.replace(/[^\w-]+/g, '-')

function apiOf(api: Api, service: string, make: Make): StoredResource[] {
  const { id, revision, draft, policy, tags, products } = api
  const properties = propertiesOf(api, service)
  const later = draft === undefined ? [] : [`${id};rev=${draft}`]
  return [
    make(`apis/${id}`, { ...properties, apiRevision: String(revision), isCurrent: true }),
    ...later.map((name) =>
      make(`apis/${name}`, { ...properties, apiRevision: String(draft), isCurrent: false, apiRevisionDescription: '' }),
    ),
    ...[id, ...later].flatMap((name) => operationsOf(api, name, make)),
    ...(policy === undefined ? [] : [make(`apis/${id}/policies/policy`, { format: 'rawxml', value: policy })]),
    ...tags.map((tag) => make(`apis/${id}/tags/${nameOfTag(tag)}`, { displayName: tag })),
    ...products.map((product) => make(`products/${product}/apis/${id}`)),
  ]
}

function propertiesOf(api: Api, service: string): Json {
  const { name, summary, path, set, version, url, type, signIn, key } = api
  return {
    displayName: name,
    ...(summary && { description: summary }),
    subscriptionRequired: key,
    serviceUrl: url ?? null,
    path,
    protocols: type === 'websocket' ? ['wss'] : ['https'],
    authenticationSettings: {
      oAuth2: signIn ? { authorizationServerId: signIn, scope: null } : null,
      openid: null,
      oAuth2AuthenticationSettings: signIn ? [{ authorizationServerId: signIn, scope: null }] : [],
      openidAuthenticationSettings: [],
    },
    subscriptionKeyParameterNames: { header: 'Ocp-Apim-Subscription-Key', query: 'subscription-key' },
    ...(type !== 'http' && { type }),
    ...(set && { apiVersionSetId: `${service}/apiVersionSets/${set}` }),
    ...(version && { apiVersion: version }),
    isOnline: true,
  }
}

const operationsOf = ({ operations }: Api, api: string, make: Make): StoredResource[] =>
  Object.entries(operations).map(([id, line]) => {
    const [method, urlTemplate = '/'] = line.split(' ')
    const templateParameters = [...urlTemplate.matchAll(/\{(\w+)\}/g)].map(([, name]) => ({
      ...{ name, type: 'string', required: true, values: [] },
    }))
    return make(`apis/${api}/operations/${id}`, {
      ...{ displayName: id, method, urlTemplate, templateParameters, description: null, responses: [], policies: null },
    })
  })
