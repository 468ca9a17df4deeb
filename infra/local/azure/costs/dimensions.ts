import type { Organisation } from '../../organisation/model.js'
import { ArmRefusal } from '../refusals.js'
import type { DailyCost } from './daily-costs.js'

/** What a bill calls the service behind a namespace; the others stand under their namespace's own name. */
const categories: Record<string, string> = {
  'microsoft.app': 'Azure Container Apps',
  'microsoft.cache': 'Redis Cache',
  'microsoft.cdn': 'Azure Front Door Service',
  'microsoft.compute': 'Virtual Machines',
  'microsoft.containerregistry': 'Container Registry',
  'microsoft.containerservice': 'Azure Kubernetes Service',
  'microsoft.dbforpostgresql': 'Azure Database for PostgreSQL',
  'microsoft.documentdb': 'Azure Cosmos DB',
  'microsoft.eventhub': 'Event Hubs',
  'microsoft.insights': 'Azure Monitor',
  'microsoft.keyvault': 'Key Vault',
  'microsoft.network': 'Virtual Network',
  'microsoft.operationalinsights': 'Log Analytics',
  'microsoft.search': 'Azure Cognitive Search',
  'microsoft.servicebus': 'Service Bus',
  'microsoft.sql': 'SQL Database',
  'microsoft.storage': 'Storage',
  'microsoft.web': 'Azure App Service',
}

const categoryOf = ({ resource }: DailyCost): string => {
  const namespace = resource.type.split('/')[0] ?? ''
  return categories[namespace.toLowerCase()] ?? namespace.replace(/^Microsoft\./i, '')
}

/** How a dimension is read from a row, for those that the local tenant knows; refuses any other. */
export function dimensionOf(org: Organisation, name: string): (cost: DailyCost) => string {
  const subscription = ({ resource }: DailyCost) => org.subscriptions.find(({ id }) => id === resource.subscriptionId)
  const known: Record<string, (cost: DailyCost) => string> = {
    resourceid: ({ resource }) => resource.id.toLowerCase(),
    resourcetype: ({ resource }) => resource.type.toLowerCase(),
    resourcelocation: ({ resource }) => resource.location,
    resourcegroup: ({ resource }) => resource.resourceGroup.toLowerCase(),
    resourcegroupname: ({ resource }) => resource.resourceGroup.toLowerCase(),
    subscriptionid: ({ resource }) => resource.subscriptionId,
    subscriptionname: (cost) => subscription(cost)?.name ?? '',
    servicename: categoryOf,
    metercategory: categoryOf,
    chargetype: () => 'usage',
    publishertype: () => 'azure',
  }
  const found = known[name.toLowerCase()]
  if (!found) throw new ArmRefusal(400, 'BadRequest', `Invalid query definition: Invalid dimension '${name}'.`)
  return found
}
