/** Resource types as the Azure portal calls them; a type that is not here is called by its last part. */
const types: Record<string, string> = {
  'microsoft.app/containerapps': 'Container app',
  'microsoft.app/managedenvironments': 'Container Apps environment',
  'microsoft.cache/redis': 'Redis cache',
  'microsoft.cdn/profiles': 'Front Door profile',
  'microsoft.compute/disks': 'Disk',
  'microsoft.compute/snapshots': 'Snapshot',
  'microsoft.compute/virtualmachines': 'Virtual machine',
  'microsoft.compute/virtualmachinescalesets': 'Virtual machine scale set',
  'microsoft.containerregistry/registries': 'Container registry',
  'microsoft.containerservice/managedclusters': 'Kubernetes cluster',
  'microsoft.dbforpostgresql/flexibleservers': 'PostgreSQL server',
  'microsoft.documentdb/databaseaccounts': 'Cosmos DB account',
  'microsoft.eventhub/namespaces': 'Event Hubs namespace',
  'microsoft.insights/actiongroups': 'Action group',
  'microsoft.insights/autoscalesettings': 'Autoscale setting',
  'microsoft.insights/components': 'Application Insights',
  'microsoft.insights/metricalerts': 'Metric alert rule',
  'microsoft.keyvault/vaults': 'Key vault',
  'microsoft.managedidentity/userassignedidentities': 'Managed identity',
  'microsoft.network/applicationgateways': 'Application gateway',
  'microsoft.network/networksecuritygroups': 'Network security group',
  'microsoft.network/privateendpoints': 'Private endpoint',
  'microsoft.network/publicipaddresses': 'Public IP address',
  'microsoft.network/virtualnetworks': 'Virtual network',
  'microsoft.operationalinsights/workspaces': 'Log Analytics workspace',
  'microsoft.recoveryservices/vaults': 'Recovery Services vault',
  'microsoft.search/searchservices': 'Search service',
  'microsoft.servicebus/namespaces': 'Service Bus namespace',
  'microsoft.sql/servers': 'SQL server',
  'microsoft.sql/servers/databases': 'SQL database',
  'microsoft.storage/storageaccounts': 'Storage account',
  'microsoft.web/certificates': 'App Service certificate',
  'microsoft.web/serverfarms': 'App Service plan',
  'microsoft.web/sites': 'Web app',
  'microsoft.web/sites/slots': 'Deployment slot',
}

const directions =
  'northcentral|southcentral|westcentral|northeast|northwest|southeast|southwest|north|south|east|west|central'
const countries =
  'us|europe|asia|uk|france|germany|norway|sweden|switzerland|japan|korea|india|australia|brazil|canada|uae|poland|italy|spain'
const regionParts = new RegExp(`^(${directions})?(${countries})(${directions})?(\\d)?$`)

/** `Storage account` for `Microsoft.Storage/storageAccounts`. */
export function typeName(type: string): string {
  const last = type.slice(type.lastIndexOf('/') + 1)
  return types[type.toLowerCase()] ?? capital(last.replace(/([a-z])([A-Z])/g, '$1 $2').toLowerCase())
}

/** `West Europe` for `westeurope`, `East US 2` for `eastus2`; a region of another pattern stays as it is. */
export function regionName(region: string): string {
  const [whole, ...parts] = regionParts.exec(region.toLowerCase()) ?? []
  if (whole === undefined) return region
  return parts
    .filter((part) => part !== undefined)
    .map((part) => (part.length <= 3 ? part.toUpperCase() : capital(part)))
    .map((part) => part.replace(/^(North|South|West)central$/, '$1 Central'))
    .join(' ')
}

const capital = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1)
