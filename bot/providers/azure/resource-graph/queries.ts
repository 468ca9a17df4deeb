/**
 * The texts that Resource Graph is asked. Each has `id` in its projection and an order by it, so that `$skipToken` pages are stable
 * ("Working with large Azure resource data sets"). By lower-case id: two rows whose ids differ only in case then stand side by side.
 */

/** Cuts a query to some ids; every query has a place for it. */
type Cut = (column: string) => string

/** No cut: everything in scope. */
export const all: Cut = () => ''

/** Only what is of some ids, which are checked: none has a quote in it. */
export const of =
  (ids: readonly string[]): Cut =>
  (column) =>
    ` | where ${column} in~ (${ids.map((id) => `'${id}'`).join(', ')})`

export const subscriptions =
  "ResourceContainers | where type =~ 'microsoft.resources/subscriptions' | project id, name, subscriptionId, type, tags, properties, asked=now() | order by id asc"

export const managementGroups =
  "ResourceContainers | where type =~ 'microsoft.management/managementgroups' | project id, name, type, tags, properties | order by id asc"

/** How many resources each subscription has. */
export const sizes = 'Resources | summarize resources=count() by id=tolower(subscriptionId) | order by id asc'

/** Environments by the name that tags give them, and how many resources name them. */
export const environments =
  "Resources | extend named=coalesce(tostring(tags['env']), tostring(tags['Env']), tostring(tags['ENV']), tostring(tags['environment']), tostring(tags['Environment'])) | where isnotempty(named) and strlen(named) <= 200 | summarize resources=count() by id=named | order by id asc"

const resourceColumns =
  'id, name, type, kind, location, resourceGroup, subscriptionId, sku, identity, managedBy, zones, tags, systemData, properties'

export const resources = (cut: Cut): string =>
  `Resources${cut('id')} | extend key=tolower(id) | order by key asc | project ${resourceColumns}`

export const containers = (cut: Cut): string =>
  `ResourceContainers${cut('id')} | where type =~ 'microsoft.resources/subscriptions/resourcegroups' | extend key=tolower(id) | order by key asc | project id, name, type, location, subscriptionId, resourceGroup, tags, properties`

export const health = (cut: Cut): string =>
  `HealthResources | where type =~ 'microsoft.resourcehealth/availabilitystatuses' | extend target=tolower(tostring(properties.targetResourceId))${cut('target')} | project id, target, state=tostring(properties.availabilityState), summary=tostring(properties.summary), since=todatetime(properties.occurredTime) | order by id asc`

export const policies = (cut: Cut): string =>
  `PolicyResources | where type =~ 'microsoft.policyinsights/policystates' | extend target=tolower(tostring(properties.resourceId)), bad=tostring(properties.complianceState) =~ 'NonCompliant'${cut('target')} | extend broken=iff(bad, tostring(properties.policyAssignmentName), '') | summarize judged=count(), violations=countif(bad), names=make_set(broken) by id=target | order by id asc`

export const advice = (cut: Cut): string =>
  `AdvisorResources | where type =~ 'microsoft.advisor/recommendations' | extend target=tolower(tostring(properties.resourceMetadata.resourceId))${cut('target')} | project id, target, problem=tostring(properties.shortDescription.problem) | order by id asc`

export const weaknesses = (cut: Cut): string =>
  `SecurityResources | where type =~ 'microsoft.security/assessments' and tostring(properties.status.code) =~ 'Unhealthy' | extend target=tolower(coalesce(tostring(properties.resourceDetails.Id), tostring(properties.resourceDetails.ResourceId)))${cut('target')} | project id, target, finding=tostring(properties.displayName) | order by id asc`

export const secureScores =
  "SecurityResources | where type =~ 'microsoft.security/securescores' and name =~ 'ascScore' | project id, subscriptionId, share=todouble(properties.score.percentage) | order by id asc"

export const alerts = (cut: Cut): string =>
  `AlertsManagementResources | where type =~ 'microsoft.alertsmanagement/alerts' | extend e=properties.essentials | extend target=tolower(tostring(e.targetResource)), rule=tolower(tostring(e.alertRule))${cut('target')} | project id, target, rule, condition=tostring(e.monitorCondition), state=tostring(e.alertState), started=todatetime(e.startDateTime) | order by id asc`

export const alertsOfRules = (cut: Cut): string =>
  `AlertsManagementResources | where type =~ 'microsoft.alertsmanagement/alerts' | extend e=properties.essentials | extend target=tolower(tostring(e.targetResource)), rule=tolower(tostring(e.alertRule))${cut('rule')} | project id, target, rule, condition=tostring(e.monitorCondition), state=tostring(e.alertState), started=todatetime(e.startDateTime) | order by id asc`

/**
 * What vaults protect, with the newest point that can be restored and the last try, which may have failed. Names of properties as in "Query
 * your backups using Azure Resource Graph" and in the schema of `vaults/backupFabrics/protectionContainers/protectedItems`.
 */
export const protectedItems = (cut: Cut): string =>
  `RecoveryServicesResources | where type =~ 'microsoft.recoveryservices/vaults/backupfabrics/protectioncontainers/protecteditems' | extend target=tolower(tostring(properties.sourceResourceId))${cut('target')} | project id, target, last=todatetime(properties.lastRecoveryPoint), tried=todatetime(properties.lastBackupTime), outcome=tostring(properties.lastBackupStatus) | order by id asc`

/** The runs of backup vaults of the last 14 days, and how they ended. */
export const backupJobs = (cut: Cut): string =>
  `RecoveryServicesResources | where type =~ 'microsoft.dataprotection/backupvaults/backupjobs' and tostring(properties.operationCategory) =~ 'Backup' | extend target=tolower(tostring(properties.dataSourceId))${cut('target')} | project id, target, outcome=tostring(properties.status), ended=todatetime(properties.endTime) | order by id asc`

const changeColumns =
  't=todatetime(properties.changeAttributes.timestamp), target=tolower(tostring(properties.targetResourceId)), targetType=tolower(tostring(properties.targetResourceType)), what=tostring(properties.changeType), by=tostring(properties.changeAttributes.changedBy), byType=tostring(properties.changeAttributes.changedByType), operation=tostring(properties.changeAttributes.operation), correlation=tostring(properties.changeAttributes.correlationId)'

const changesIn = (table: string, cut: Cut, condition: string): string =>
  `${table} | extend ${changeColumns}${cut('target')} | where ${condition} | project id, t, target, targetType, what, by, byType, operation, correlation, changes=properties.changes | order by id asc`

/** What people and applications changed; what the platform does by itself is not told. */
export const changes = (cut: Cut): string => changesIn('ResourceChanges', cut, "byType !~ 'System'")
export const containerChanges = (cut: Cut): string => changesIn('ResourceContainerChanges', cut, "byType !~ 'System'")

/** Everything that changed after a moment, which is ISO 8601. */
export const changesAfter = (moment: string, table: 'ResourceChanges' | 'ResourceContainerChanges'): string =>
  changesIn(table, all, `t > datetime(${moment})`)

/** Targets whose health, alerts or backups moved after a moment, with none of it in the resource changes. */
export const movedAfter = (moment: string): readonly string[] => [
  `HealthResources | where type =~ 'microsoft.resourcehealth/availabilitystatuses' | where todatetime(properties.occurredTime) > datetime(${moment}) | project id, target=tolower(tostring(properties.targetResourceId)) | order by id asc`,
  `AlertsManagementResources | where type =~ 'microsoft.alertsmanagement/alerts' | extend e=properties.essentials | where todatetime(e.lastModifiedDateTime) > datetime(${moment}) | project id, target=tolower(tostring(e.targetResource)), rule=tolower(tostring(e.alertRule)) | order by id asc`,
  `RecoveryServicesResources | where type in~ ('microsoft.recoveryservices/vaults/backupfabrics/protectioncontainers/protecteditems', 'microsoft.dataprotection/backupvaults/backupjobs') | extend at=todatetime(coalesce(tostring(properties.endTime), tostring(properties.lastBackupTime), tostring(properties.lastRecoveryPoint))) | where at > datetime(${moment}) | project id, target=tolower(coalesce(tostring(properties.sourceResourceId), tostring(properties.dataSourceId))) | order by id asc`,
]

/** What Azure says of itself: outages, maintenance and what it will change; and which resources an event touches. */
export const serviceEvents =
  "ServiceHealthResources | where type =~ 'microsoft.resourcehealth/events' | project id, name, subscriptionId, kind=tostring(properties.EventType), title=tostring(properties.Title), summary=tostring(properties.Summary), status=tostring(properties.Status), level=tostring(properties.Level), started=todatetime(properties.ImpactStartTime), ended=todatetime(properties.ImpactMitigationTime), impact=properties.Impact | order by id asc"

export const impactedResources =
  "ServiceHealthResources | where type =~ 'microsoft.resourcehealth/events/impactedresources' | project id, target=tolower(tostring(properties.targetResourceId)) | order by id asc"
