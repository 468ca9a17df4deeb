import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { builtInKinds } from '../../skills/kit/catalog/built-in-kinds.js'
import { canonicalFilter } from '../../skills/kit/catalog/canonical-filter.js'
import type { Filter } from '../../skills/kit/catalog/filter.js'
import type { KindDeclaration } from '../../skills/kit/catalog/kind-declaration.js'
import { printFilter } from '../../skills/kit/catalog/print-filter.js'
import { readFilter } from '../../skills/kit/catalog/read-filter.js'
import { createNameIndex } from './name-index.js'
import { readFilterWords } from './read-filter-words.js'
import { readQuestion } from './read-question.js'

const named = (kind: string, id: string, ...aliases: string[]) => ({ kind, id, name: id, aliases })
const names = createNameIndex([
  ...['atlas', 'payments', 'platform'].map((id) => named('Team', id)),
  named('Service', 'payments-api', 'payments'),
  named('Service', 'orders-api', 'orders'),
  named('Service', 'payments-db'),
  named('Service', 'checkout-web', 'checkout'),
  named('Environment', 'production', 'prod', 'prd', 'live'),
  named('Environment', 'staging', 'stg'),
  { kind: 'Person', id: 'dana@contoso.example', name: 'Dana Ortiz', aliases: ['dana'] },
  named('Repository', 'github/contoso/checkout', 'checkout'),
])
/** A Wednesday, 10:00 in Berlin. */
const asked = {
  kinds: builtInKinds,
  names,
  spoken: { now: '2026-11-18T09:00:00.000Z', zone: 'Europe/Berlin' },
  speaker: { kind: 'Person', id: 'dana@contoso.example' },
  teams: [{ kind: 'Team', id: 'platform' }],
}
const unowned =
  'not (ownedBy (everything) or partOf+ (ownedBy (everything)) or builtFrom (ownedBy (everything)) or partOf+ (builtFrom (ownedBy (everything))) or runsIn (ownedBy (everything)) or partOf+ (runsIn (ownedBy (everything))))'
/** Of what runs in no environment itself. */
const unownedInNone =
  'not (ownedBy (everything) or partOf+ (ownedBy (everything)) or partOf+ (builtFrom (ownedBy (everything))) or partOf+ (runsIn (ownedBy (everything))))'
const databases =
  'type in ("microsoft.sql/servers/databases", "microsoft.sql/managedinstances/databases", "microsoft.documentdb/databaseaccounts", "microsoft.dbforpostgresql/flexibleservers", "microsoft.dbformysql/flexibleservers")'
const machines = 'type = "microsoft.compute/virtualmachines"'
const aboveD8 = `(${[16, 20, 24, 32, 48, 64, 72, 80, 96, 104, 112, 128, 176, 192].map((one) => `sku contains _D${one}`).join(' or ')})`

describe('what is asked for by', () => {
  test.each<[words: string, filter: string | undefined]>([
    ['prod databases in westeurope without owner', `Resource where ${databases} and environment = production and region = westeurope and ${unowned}`],
    ['services that depend on payments-db and had an incident this month', `Service where dependsOn (Service where id = payments-db) and affectedBy (Incident where opened >= "2026-10-31T23:00:00.000Z")`],
    ['VMs bigger than D8 that nobody tagged', `Resource where ${machines} and ${aboveD8} and tags missing`],
    ['which services have no runbook', `Service where not (not runbook missing or documentedBy (Runbook))`],
    ['teams with more than 3 open incidents', `Team where owns at least 4 (Incident where not state in (resolved, merged))`],
    ['pipelines that failed today', `Pipeline where state = failed and lastRun >= "2026-11-17T23:00:00.000Z"`],
    ['repos without CODEOWNERS', `Repository where codeOwners missing`],
    ['services written in type script', `Service where language = typescript`],
    ['prod resources whose minimum TLS version is below 1.2', `Resource where environment = production and minimumTls < "1.2"`],
    ['resources whose last backup is older than 7 days', `Resource where backup older than 7d`],
    ['production resources keeping backups for fewer than 30 days', `Resource where environment = production and retention < 30`],
    ['resources tagged with data-class cardholder', `Resource where tags.data-class = cardholder`],
    ['resources above 500 euros', `Resource where cost > 500`],
    ['services of tier high or above', `Service where tier >= high`],
    ['prod eastus2', `Resource where environment = production and region = eastus2`],
    ['all our redis instances', `Resource where type = "microsoft.cache/redis"`],
    ['scale sets with instances more than 3', `Resource where type = "microsoft.compute/virtualmachinescalesets" and capacity > 3`],
    ['me the prod databases', `Resource where ${databases} and environment = production`],
    ['prod databases for me', `Resource where ${databases} and environment = production`],
    ['services where language is python', `Service where language = python`],
    ['resources where backup older than 7 days', `Resource where backup older than 7d`],
    ['tls < 1.2', `Resource where minimumTls < "1.2"`],
    ['prod > 1000 eur/month', `Resource where environment = production and cost > 1000`],
    ['production', undefined],
    ['payments production', undefined],
    ['storage accounts open to the internet', `Resource where type = "microsoft.storage/storageaccounts" and public = true`],
    ['certificates expiring in 30 days', `Resource where type = "microsoft.web/certificates" and expires >= "2026-11-18T09:00:00.000Z" and expires < "2026-12-18T09:00:00.000Z"`],
    ['services owned by atlas or payments', `Service where ownedBy (Team where id in (atlas, payments))`],
    ['unowned production vms', `Resource where ${machines} and ${unowned} and environment = production`],
    ['open sev 1 incidents', `Incident where not state in (resolved, merged) and severity = sev1`],
    ['p1 incidents this week', `Incident where severity = sev0 and opened >= "2026-11-15T23:00:00.000Z"`],
    ['incidents opened since Monday', `Incident where opened >= "2026-11-15T23:00:00.000Z"`],
    ['incidents resolved yesterday', `Incident where resolved >= "2026-11-16T23:00:00.000Z" and resolved < "2026-11-17T23:00:00.000Z"`],
    ['critical services without a runbook', `Service where tier = critical and not (not runbook missing or documentedBy (Runbook))`],
    ['services without an owner or a runbook', `Service where ${unowned} and not (not runbook missing or documentedBy (Runbook))`],
    ['services nobody owns', `Service where ${unowned}`],
    ['services that nobody owns', `Service where ${unowned}`],
    ['services that nothing depends on', `Service where not usedBy (everything)`],
    ['services with no dependents', `Service where not usedBy (everything)`],
    ['databases not in production', `Resource where ${databases} and not environment = production`],
    ['dbs in prod', `Resource where ${databases} and environment = production`],
    ['prod or staging databases', `Resource where ${databases} and environment in (production, staging)`],
    ['databases in prod or staging', `Resource where ${databases} and environment in (production, staging)`],
    ['vms in west europe', `Resource where ${machines} and region = westeurope`],
    ['vms in westeurope and northeurope', `Resource where ${machines} and region in (westeurope, northeurope)`],
    ['stopped vms', `Resource where ${machines} and power = stopped`],
    ['services in production', `Service where runsIn (Environment where id = production)`],
    ['production services', `Service where runsIn (Environment where id = production)`],
    ['services in westeurope', `Service where hasPart (Resource where region = westeurope)`],
    ['services used by checkout', `Service where usedBy (Service where id = checkout-web)`],
    ['services that use payments-db', `Service where dependsOn (Service where id = payments-db)`],
    ['services owned by my team', `Service where ownedBy (Team where id = platform)`],
    ['pull requests opened by me', `PullRequest where authoredBy (Person where id = "dana@contoso.example")`],
    ['pull requests waiting for review by dana', `PullRequest where reviewBy (Person where id = "dana@contoso.example")`],
    ['open pull requests older than 14 days', `PullRequest where state = open and opened older than 14d`],
    ['open pull requests of checkout', `PullRequest where state = open and partOf (Repository where id = "github/contoso/checkout")`],
    ['draft pull requests', `PullRequest where state = draft`],
    ['repositories not pushed in 90 days', `Repository where not updated within 90d`],
    ['repos with open pull requests', `Repository where (openPulls > 0 or hasPart (PullRequest where state = open))`],
    ['repos with more than 10 open pull requests', `Repository where openPulls > 10`],
    ['repos with leaked secrets', `Repository where secretAlerts > 0`],
    ['archived repositories', `Repository where archived = true`],
    ['public repos', `Repository where visibility = public`],
    ['private repos written in go', `Repository where visibility = private and language = go`],
    ['python services', `Service where language = python`],
    ['resources created this week', `Resource where created >= "2026-11-15T23:00:00.000Z"`],
    ['resources changed since yesterday', `Resource where changed >= "2026-11-16T23:00:00.000Z"`],
    ['resources costing more than 500 euros', `Resource where cost > 500`],
    ['services with a cost over 1,000', `Service where cost > 1000`],
    ['resources with cost above 2k', `Resource where cost > 2000`],
    ['services with compliance below 80 %', `Service where compliance < 80`],
    ['pipelines with pass rate under 90%', `Pipeline where passRate < 90`],
    ['pipelines that took more than 30 minutes', `Pipeline where duration > 30`],
    ['runs longer than 1 hour', `Run where duration > 60`],
    ['failed runs yesterday', `Run where state = failed and started >= "2026-11-16T23:00:00.000Z" and started < "2026-11-17T23:00:00.000Z"`],
    ['failing pipelines', `Pipeline where state = failed`],
    ['broken builds', `Pipeline where state = failed`],
    ['failed deployments in production this week', `Deployment where state = failed and environment = production and started >= "2026-11-15T23:00:00.000Z"`],
    ['deployments of checkout since Monday', `Deployment where partOf (Service where id = checkout-web) and started >= "2026-11-15T23:00:00.000Z"`],
    ['deployments to production last week', `Deployment where environment = production and started >= "2026-11-08T23:00:00.000Z" and started < "2026-11-15T23:00:00.000Z"`],
    ['services deployed today', `Service where deployed >= "2026-11-17T23:00:00.000Z"`],
    ['services not deployed in 30 days', `Service where not deployed within 30d`],
    ['incidents affecting payments-api', `Incident where affects (Service where id = payments-api)`],
    ['incidents of atlas this month', `Incident where ownedBy (Team where id = atlas) and opened >= "2026-10-31T23:00:00.000Z"`],
    ['incidents without an assignee', `Incident where not assignedTo (everything)`],
    ['unassigned bugs', `WorkItem where type = Bug and not assignedTo (everything)`],
    ['bugs assigned to dana', `WorkItem where type = Bug and assignedTo (Person where id = "dana@contoso.example")`],
    ['open bugs older than a month', `WorkItem where type = Bug and closed missing and created older than 30d`],
    ['work items due this week', `WorkItem where due >= "2026-11-15T23:00:00.000Z" and due < "2026-11-22T23:00:00.000Z"`],
    ['overdue work items', `WorkItem where due < "2026-11-18T09:00:00.000Z"`],
    ['environments that expire in 7 days', `Environment where expires >= "2026-11-18T09:00:00.000Z" and expires < "2026-11-25T09:00:00.000Z"`],
    ['expired environments', `Environment where expires < "2026-11-18T09:00:00.000Z"`],
    ['alerts firing', `AlertRule where state = firing`],
    ['firing alerts in production', `AlertRule where state = firing and environment = production`],
    ['disabled alert rules', `AlertRule where state = disabled`],
    ['disabled pipelines', `Pipeline where enabled = false`],
    ['key vaults open to the internet', `Resource where type = "microsoft.keyvault/vaults" and public = true`],
    ['resources with tls below 1.2', `Resource where minimumTls < "1.2"`],
    ['resources with policy violations', `Resource where violations > 0`],
    ['resources with more than 5 security findings', `Resource where weaknesses > 5`],
    ['services with vulnerabilities', `Service where vulnerabilities > 0`],
    ['packages with critical vulnerabilities', `Package where worst = critical and vulnerabilities > 0`],
    ['packages with worst vulnerability high or worse', `Package where worst >= high`],
    ['deprecated packages', `Package where deprecated = true`],
    ['npm packages with advisories', `Package where ecosystem = npm and vulnerabilities > 0`],
    ['services and repositories without owner', `(Service where ${unowned}) or (Repository where ${unownedInNone})`],
    ['apis without an owner', `Api where ${unownedInNone}`],
    ['deprecated apis', `Api where deprecated = true`],
    ['teams without members', `Team where not (members > 0 or hasMember (everything))`],
    ['teams without an on call schedule', `Team where not onCallBy (everything)`],
    ['people in atlas', `Person where memberOf (Team where id = atlas)`],
    ['members of atlas', `Person where memberOf (Team where id = atlas)`],
    ['guests', `Person where guest = true`],
    ['services with two owners', `Service where ownedBy at least 2 (everything)`],
    ['services with more than one owner', `Service where ownedBy at least 2 (everything)`],
    ['services with several owners', `Service where ownedBy at least 2 (everything)`],
    ['disputed services', `Service where ownedBy at least 2 (everything)`],
    ['resources without tags', `Resource where tags missing`],
    ['untagged resources in production', `Resource where tags missing and environment = production`],
    ['databases without backup', `Resource where ${databases} and backup missing`],
    ['databases with a failed backup', `Resource where ${databases} and backupResult = failed and not backup missing`],
    ['databases whose backup failed', `Resource where ${databases} and not backup missing and backupResult = failed`],
    ['redis caches in staging', `Resource where type = "microsoft.cache/redis" and environment = staging`],
    ['k8s clusters in prod', `Resource where type = "microsoft.containerservice/managedclusters" and environment = production`],
    ['kubernetes clusters', `Resource where type = "microsoft.containerservice/managedclusters"`],
    ['web apps in northeurope with tls below 1.2', `Resource where type = "microsoft.web/sites" and region = northeurope and minimumTls < "1.2"`],
    ['services that depend on more than 5 services', `Service where dependsOn at least 6 (Service)`],
    ['services with at least 3 dependents', `Service where usedBy at least 3 (everything)`],
    ['services with fewer than 2 dependencies', `Service where not dependsOn at least 2 (everything)`],
    ['atlas services', `Service where ownedBy (Team where id = atlas)`],
    ['payments databases', `Resource where ${databases} and partOf (Service where id = payments-api)`],
    ['services atlas owns', `Service where ownedBy (Team where id = atlas)`],
    ['services of atlas that had an incident in the last 7 days', `Service where ownedBy (Team where id = atlas) and affectedBy (Incident where opened within 7d)`],
    ['services which had no incidents this year', `Service where not affectedBy (Incident where opened >= "2025-12-31T23:00:00.000Z")`],
    ['repos without a license', `Repository where license missing`],
    ['services with tier high or above', `Service where tier >= high`],
    ['services with tier critical', `Service where tier = critical`],
    ['services in go', `Service where language = go`],
    ['unhealthy services', `Service where state in (Degraded, Unavailable)`],
    ['healthy databases', `Resource where ${databases} and state = Available`],
    ['drifted resources', `Resource where not drift missing`],
    ['resources with drift', `Resource where not drift missing`],
    ['runbooks not updated in a year', `Runbook where not updated within 365d`],
    ['runbooks for payments', `Runbook where documents (Service where id = payments-api)`],
    ['services without documentation', `Service where not documentedBy (everything)`],
    ['services without monitoring', `Service where not watchedBy (everything)`],
    ['unmonitored services', `Service where not watchedBy (everything)`],
    ['schedules of atlas', `Schedule where ownedBy (Team where id = atlas)`],
    ['changes by dana yesterday', `Change where authoredBy (Person where id = "dana@contoso.example") and at >= "2026-11-16T23:00:00.000Z" and at < "2026-11-17T23:00:00.000Z"`],
    ['changes to checkout since Monday', `Change where affects (Service where id = checkout-web) and at >= "2026-11-15T23:00:00.000Z"`],
    ['proposals waiting', `Proposal where state = waiting`],
    ['open proposals', `Proposal where state = waiting`],
    ['services built from checkout', `Service where builtFrom (Repository where id = "github/contoso/checkout")`],
    ['the biggest vm', undefined],
    ['most expensive services', undefined],
    ['top 5 services by cost', undefined],
    ['show me something', undefined],
    ['hello there', undefined],
    ['databases of services owned by atlas in production', `Resource where ${databases} and partOf (Service where ownedBy (Team where id = atlas) and runsIn (Environment where id = production))`],
    ['vms with at least D16', `Resource where ${machines} and ${aboveD8}`],
    ['services with language python', `Service where language = python`],
    ['resources in resource group rg-shop', `Resource where resourceGroup = rg-shop`],
    ['resources in subscription core', `Resource where subscription = core`],
    ['vms that are not running', `Resource where ${machines} and not power = running`],
    ['services with no open incidents', `Service where not (incidents > 0 or affectedBy (Incident where not state in (resolved, merged)))`],
    ['services that are critical and have no owner', `Service where tier = critical and ${unowned}`],
    ['services without owner and without runbook', `Service where ${unowned} and not (not runbook missing or documentedBy (Runbook))`],
    ['services without owner or in staging', `Service where (${unowned} or runsIn (Environment where id = staging))`],
    ['services with incidents that are open', `Service where affectedBy (Incident where not state in (resolved, merged))`],
    ['databases older than 2 years', `Resource where ${databases} and created older than 730d`],
    ['servces without owner', `Service where ${unowned}`],
    ['incidents since last Friday', `Incident where opened >= "2026-11-12T23:00:00.000Z"`],
    ['incidents in Q3', `Incident where opened >= "2026-06-30T22:00:00.000Z" and opened < "2026-09-30T22:00:00.000Z"`],
    ['sev 2 or worse incidents', `Incident where severity >= sev2`],
    ['incidents with severity sev 2 or worse', `Incident where severity >= sev2`],
    ['incidents between Monday and Wednesday', `Incident where opened >= "2026-11-15T23:00:00.000Z"`],
    ['services used by more than 3 services', `Service where usedBy at least 4 (Service)`],
    ['unused services', `Service where not usedBy (everything)`],
    ['undocumented services', `Service where not documentedBy (everything)`],
    ['members of platform', `Person where memberOf (Team where id = platform)`],
    ['vms with more than D8', `Resource where ${machines} and ${aboveD8}`],
    ['services with cost over 1,000 EUR', `Service where cost > 1000`],
    ['bugs closed last week', `WorkItem where type = Bug and closed >= "2026-11-08T23:00:00.000Z" and closed < "2026-11-15T23:00:00.000Z"`],
    ['prs merged today', `PullRequest where merged >= "2026-11-17T23:00:00.000Z"`],
    ['pull requests by dana', `PullRequest where authoredBy (Person where id = "dana@contoso.example")`],
    ['prs waiting for me', `PullRequest where reviewBy (Person where id = "dana@contoso.example")`],
    ['all services', `Service`],
    ['every pipeline', `Pipeline`],
    ['our repositories', `Repository`],
    ['which teams are there without a lead', `Team where not leadBy (everything)`],
    ['key vaults in production or without tags', `Resource where type = "microsoft.keyvault/vaults" and (environment = production or tags missing)`],
    ['databases, in staging, without a backup', `Resource where ${databases} and environment = staging and backup missing`],
    ['resources with cost > 500', `Resource where cost > 500`],
    ['services with compliance <= 50', `Service where compliance <= 50`],
    ['services with more than 1,500 EUR cost', `Service where cost > 1500`],
    ['clusters in prod weu', `Resource where type = "microsoft.containerservice/managedclusters" and environment = production and region = westeurope`],
    ['production vms not in westeurope', `Resource where ${machines} and environment = production and not region = westeurope`],
    ['public ips', `Resource where type = "microsoft.network/publicipaddresses"`],
    ['nsgs without tags', `Resource where type = "microsoft.network/networksecuritygroups" and tags missing`],
    ['resources changed by dana', `Resource where changedBy = "dana@contoso.example"`],
    ['vms created more than 2 years ago', `Resource where ${machines} and created older than 730d`],
    ['pull requests opened more than 3 days ago', `PullRequest where opened older than 3d`],
    ['repos updated less than a week ago', `Repository where updated within 7d`],
    ['pull requests with failing checks', `PullRequest where checks = failing and not checks missing`],
    ['pull requests by dana that are not merged', `PullRequest where authoredBy (Person where id = "dana@contoso.example") and not state = merged`],
    ['runs that failed since Monday', `Run where state = failed and started >= "2026-11-15T23:00:00.000Z"`],
    ['runs of checkout', `Run where builtFrom (Repository where id = "github/contoso/checkout")`],
    ['builds that failed yesterday or today', undefined],
    ['incidents caused by deployments', `Incident where causedBy (Deployment)`],
    ['incidents of payments-api', `Incident where affects (Service where id = payments-api)`],
    ['sev1 and sev2 incidents', `Incident where severity in (sev1, sev2)`],
    ['resolved incidents from last week', `Incident where state = resolved and opened >= "2026-11-08T23:00:00.000Z" and opened < "2026-11-15T23:00:00.000Z"`],
    ['acknowledged incidents older than 2 hours', `Incident where state = acknowledged and opened older than 2h`],
    ['services with deployments today', `Service where hasPart (Deployment where started >= "2026-11-17T23:00:00.000Z")`],
    ['services that had a deployment yesterday', `Service where hasPart (Deployment where started >= "2026-11-16T23:00:00.000Z" and started < "2026-11-17T23:00:00.000Z")`],
    ['services with no deployments this month', `Service where not hasPart (Deployment where started >= "2026-10-31T23:00:00.000Z")`],
    ['services without dependencies', `Service where not dependsOn (everything)`],
    ['services that depend on nothing', `Service where not dependsOn (everything)`],
    ['services not owned by atlas', `Service where not ownedBy (Team where id = atlas)`],
    ['services not used by checkout', `Service where not usedBy (Service where id = checkout-web)`],
    ['services that do not depend on payments-db', `Service where not dependsOn (Service where id = payments-db)`],
    [`services that don't have a runbook`, `Service where not (not runbook missing or documentedBy (Runbook))`],
    [`services that aren't critical`, `Service where not tier = critical`],
    ['services never deployed', `Service where deployed missing`],
    ['databases never backed up', `Resource where ${databases} and backup missing`],
    ['non production databases', `Resource where ${databases} and not environment = production`],
    ['apis provided by payments-api', `Api where providedBy (Service where id = payments-api)`],
    ['services that provide apis', `Service where provides (Api)`],
    ['packages used by nobody', `Package where not usedBy (everything)`],
    ['packages depending on nothing', `Package where not dependsOn (everything)`],
    ['environments without an owner', `Environment where not ownedBy (everything)`],
    ['work items of platform', `WorkItem where ownedBy (Team where id = platform)`],
    ['epics without an assignee', `WorkItem where type = Epic and not assignedTo (everything)`],
    ['user stories assigned to me', `WorkItem where type = "User Story" and assignedTo (Person where id = "dana@contoso.example")`],
    ['tickets opened by dana this week', `WorkItem where authoredBy (Person where id = "dana@contoso.example") and created >= "2026-11-15T23:00:00.000Z"`],
    ['bugs with priority 1', `WorkItem where type = Bug and priority = "1"`],
    ['schedules without anyone', undefined],
    ['people without a team', `Person where not memberOf (Team)`],
    ['teams that own more than 5 services', `Team where owns at least 6 (Service)`],
    ['teams that own critical services', `Team where owns (Service where tier = critical)`],
    ['teams with no services', `Team where not owns (Service)`],
    ['alert rules that never fired', `AlertRule where fired missing`],
    ['alerts that fired today', `AlertRule where fired >= "2026-11-17T23:00:00.000Z"`],
    ['runbooks nobody wrote', undefined],
    ['changes since yesterday', `Change where at >= "2026-11-16T23:00:00.000Z"`],
    ['failed changes this week', `Change where outcome = failed and at >= "2026-11-15T23:00:00.000Z"`],
    ['merges to checkout yesterday', undefined],
    ['maintenance next week', undefined],
    ['services tagged', `Service where not tags missing`],
    ['services owned by me', `Service where ownedBy (Person where id = "dana@contoso.example")`],
    ['services owned by nobody', `Service where ${unowned}`],
    ['service owned by dana', `Service where ownedBy (Person where id = "dana@contoso.example")`],
    ['services from atlas, payments or platform', `Service where ownedBy (Team where id in (atlas, payments, platform))`],
    ['repositories in go or rust', `Repository where language in (go, rust)`],
    ['databases with sku Standard_D8ds_v5', `Resource where ${databases} and sku = standard_d8ds_v5`],
  ])('%s', (words, filter) => expect(readQuestion(words, asked)).toBe(filter)) // prettier-ignore
})

test('what words come to is what the filter language says, checked against the kinds', () => {
  const filter = readFilterWords('VMs bigger than D8 that nobody tagged', asked)!
  expect(readFilter(printFilter(filter), builtInKinds)).toEqual(canonicalFilter(filter))
})

test('kinds of the organisation are asked for like those that are built in', () => {
  const kiosk: KindDeclaration = {
    ...{ kind: 'Kiosk', title: 'Kiosk', plural: 'Kiosks', summary: '', says: ['terminal'], facts: [], sections: [] },
    next: [],
    properties: {
      model: { type: 'text', title: 'Model', values: ['stand', 'wall'] },
      paper: { type: 'number', title: 'Paper left', says: ['paper'], minimum: 0 },
      serviced: { type: 'instant', title: 'Last serviced', says: ['serviced'] },
    },
    relations: { ownedBy: ['Team'], dependsOn: ['Service'] },
    ownable: true,
  }
  const ask = (words: string) => readQuestion(words, { ...asked, kinds: [...builtInKinds, kiosk] })
  expect(ask('wall kiosks not serviced in 90 days')).toBe('Kiosk where model = wall and not serviced within 90d')
  expect(ask('terminals with paper below 20')).toBe('Kiosk where paper < 20')
  expect(ask('kiosks of atlas that depend on checkout')).toBe(
    'Kiosk where ownedBy (Team where id = atlas) and dependsOn (Service where id = checkout-web)',
  )
  expect(readQuestion('wall kiosks', asked)).toBeUndefined()
})

describe('a filter that is printed as words', () => {
  type Said = [words: string, filter: Filter]
  const property = (name: string, value: string | boolean): Filter => ({ property: name, is: '=', value })
  const days = fc.integer({ min: 2, max: 400 })
  const nouns: Said[] = ['virtual machines', 'key vaults', 'storage accounts', 'Azure resources'].map((noun, at) => {
    const types = [
      'microsoft.compute/virtualmachines',
      'microsoft.keyvault/vaults',
      'microsoft.storage/storageaccounts',
    ]
    const type: Filter[] = types[at] === undefined ? [] : [property('type', types[at])]
    return [noun, { all: [{ kinds: ['Resource'] }, ...type] }]
  })
  const environment = fc.constantFrom('production', 'staging', 'test', 'dev')
  const before = fc.oneof(
    environment.map((name): Said => [name, property('environment', name)]),
    fc.constantFrom<Said>(['stopped', property('power', 'stopped')], ['running', property('power', 'running')]),
    fc.constant<Said>(['untagged', { property: 'tags', missing: true }]),
  )
  const behind = fc.oneof(
    fc.constantFrom('westeurope', 'eastus2').map((name): Said => [`in ${name}`, property('region', name)]),
    days.map((count): Said => [
      `not backed up in ${count} days`,
      { not: { property: 'backup', within: count * 86_400_000 } },
    ]),
    days.map((count): Said => [
      `created more than ${count} days ago`,
      { property: 'created', older: count * 86_400_000 },
    ]),
    fc.constant<Said>(['without a backup', { property: 'backup', missing: true }]),
    fc
      .integer({ min: 1, max: 9_999 })
      .map((sum): Said => [`costing more than ${sum} euros`, { property: 'cost', is: '>', value: sum }]),
    fc
      .integer({ min: 1, max: 50 })
      .map((count): Said => [`with at least ${count} violations`, { property: 'violations', is: '>=', value: count }]),
    fc.constant<Said>(['that are open to the internet', property('public', true)]),
    fc
      .constantFrom('atlas', 'platform')
      .map((id): Said => [
        `owned by ${id}`,
        { step: { type: 'ownedBy', direction: 'out' }, of: { all: [{ kinds: ['Team'] }, property('id', id)] } },
      ]),
    fc
      .constantFrom('1.2', '1.3')
      .map((version): Said => [`with tls below ${version}`, { property: 'minimumTls', is: '<', value: version }]),
  )

  test('is read back as the same filter', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...nouns),
        fc.array(before, { maxLength: 2 }),
        // Two regions joined by "and" are one of both, so each condition is said once.
        fc.uniqueArray(behind, {
          maxLength: 4,
          selector: ([said]) => said.replace(/[\d.]+|westeurope|eastus2|atlas|platform/g, ''),
        }),
        fc.boolean(),
        ([noun, kind], front, back, joined) => {
          const words = [
            ...front.map(([said]) => said),
            noun,
            back.map(([said]) => said).join(joined ? ' and ' : ' '),
          ].join(' ')
          const filter = canonicalFilter({ all: [kind, ...front.map(([, one]) => one), ...back.map(([, one]) => one)] })
          expect({ words, filter: readFilterWords(words, asked) }).toEqual({ words, filter })
        },
      ),
      { numRuns: 400 },
    )
  })
})

test('whatever is said, reading it fails nothing and gives a filter of the language', () => {
  const vocabulary =
    'services vms databases incidents with without in of owned by atlas or and not no more than 3 bigger D8 today since production that nobody who have 7 days runbook open to the'.split(
      ' ',
    )
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string({ unit: 'grapheme' }),
        fc.array(fc.constantFrom(...vocabulary), { maxLength: 12 }).map((words) => words.join(' ')),
      ),
      (words) => {
        const filter = readFilterWords(words, asked)
        if (filter) expect(readFilter(printFilter(filter), builtInKinds)).toEqual(canonicalFilter(filter))
      },
    ),
    { numRuns: 500 },
  )
})
