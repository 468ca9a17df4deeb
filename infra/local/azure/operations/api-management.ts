import { immediate } from './model.js'
import type { TypeOperations } from './model.js'

const versions = ['2024-05-01', '2023-09-01-preview', '2022-08-01', '2021-08-01']

/** What stands inside a service: no resource of a list, nor of Resource Graph. */
const inside = { versions, proxy: true } as const
const written = { ...inside, ...immediate } as const
/** What belongs to something or does not: made and taken away, never changed. */
const link = { ...inside, put: 'sync', delete: 'sync' } as const

/** Microsoft.ApiManagement: the service, and of what is inside it what the catalog reads and what changes that. */
export const apiManagement: TypeOperations[] = [
  {
    type: 'Microsoft.ApiManagement/service',
    versions,
    put: 'operation',
    patch: 'operation',
    delete: 'location',
    accepted: 202,
    required: ['sku.name', 'sku.capacity', 'properties.publisherEmail', 'properties.publisherName'],
  },
  { type: 'Microsoft.ApiManagement/service/apis', ...written, required: ['properties.path'] },
  {
    type: 'Microsoft.ApiManagement/service/apis/operations',
    ...written,
    required: ['properties.displayName', 'properties.method', 'properties.urlTemplate'],
  },
  { type: 'Microsoft.ApiManagement/service/apis/policies', ...link, required: ['properties.value'] },
  { type: 'Microsoft.ApiManagement/service/apis/products', ...inside },
  { type: 'Microsoft.ApiManagement/service/apis/releases', ...written, required: ['properties.apiId'] },
  { type: 'Microsoft.ApiManagement/service/apis/revisions', ...inside },
  { type: 'Microsoft.ApiManagement/service/apis/tags', ...link },
  { type: 'Microsoft.ApiManagement/service/apisByTags', ...inside },
  {
    type: 'Microsoft.ApiManagement/service/apiVersionSets',
    ...written,
    required: ['properties.displayName', 'properties.versioningScheme'],
  },
  { type: 'Microsoft.ApiManagement/service/backends', ...written, required: ['properties.url', 'properties.protocol'] },
  { type: 'Microsoft.ApiManagement/service/products', ...written, required: ['properties.displayName'] },
  { type: 'Microsoft.ApiManagement/service/products/apis', ...link },
  { type: 'Microsoft.ApiManagement/service/tags', ...written, required: ['properties.displayName'] },
]
