import type { TokenCredential } from '@azure/identity'
import type { CatalogSource } from '../../skills/kit/catalog-source.js'
import type { KindDeclaration } from '../../skills/kit/catalog/kind-declaration.js'
import { repositoryRef } from '../../skills/kit/entity-ids.js'
import type { Paging } from '../../skills/kit/paging.js'
import type { ScheduleSystem } from '../../skills/kit/schedules.js'
import type { Clock } from '../clock.js'
import type { Config } from '../config.js'
import { tokensFor } from '../credentials.js'
import { apiManagementSource } from '../providers/azure/api-management/api-management-source.js'
import { azureSource } from '../providers/azure/azure-source.js'
import { azureDevOpsSource } from '../providers/azure-devops/azure-devops-source.js'
import { declaredSource, declaredSourceName } from '../providers/declared/declared-source.js'
import { entraSource } from '../providers/entra/entra-source.js'
import { gitHubCodeHost } from '../providers/github/github-code-host.js'
import { gitHubSource } from '../providers/github/github-source.js'
import { opsgenieSchedules } from '../providers/opsgenie/opsgenie-schedules.js'
import { opsgenieSource } from '../providers/opsgenie/opsgenie-source.js'
import { noPaging, pagerDutyPaging } from '../providers/pagerduty/pagerduty-paging.js'
import { pagerDutySchedules } from '../providers/pagerduty/pagerduty-schedules.js'
import type { Moved } from '../../skills/kit/delivery.js'
import type { SettingsTree } from '../providers/github/settings-tree.js'
import { schedulesSource } from '../settings/schedules-source.js'
import { settingsSource } from '../settings/settings-source.js'
import type { SyncWorker } from '../workers/sync/sync-worker.js'
import type { CatalogIndex } from '../store/read-model/catalog-index.js'
import { ownSource } from '../store/records/published-claims.js'
import { pagerDutySource } from '../providers/pagerduty/pagerduty-source.js'

/** Azure DevOps' application in every Entra tenant (Microsoft's documentation of its OAuth scopes). */
const azureDevOpsScope = '499b84ac-1321-427f-aa17-267ca6975798/.default'

/**
 * The vendors that a configuration names, as sources of the catalog. What is not named is not read.
 * @param now real time in milliseconds, which tokens go by
 * @param index what the catalog knows, of which some is Nexus's own
 * @param ownKinds the kinds that the organisation declared by blueprints
 */
export function sourcesOf(
  config: Config,
  credential: TokenCredential,
  clock: Clock,
  fetch: typeof globalThis.fetch,
  now: () => number,
  index: Pick<CatalogIndex, 'get' | 'all' | 'having'>,
  ownKinds: () => readonly KindDeclaration[],
): CatalogSource[] {
  const {
    NEXUS_GITHUB_ORGANISATION: organisation,
    NEXUS_GITHUB_APP_ID: appId,
    NEXUS_GITHUB_PRIVATE_KEY: privateKey,
  } = config
  const azure = { endpoint: config.NEXUS_ARM_ENDPOINT, scope: 'https://management.azure.com/.default', credential }
  const sources = [
    entraSource({
      endpoint: config.NEXUS_GRAPH_ENDPOINT,
      token: tokensFor(credential, 'https://graph.microsoft.com/.default', now),
    }),
    azureSource(azure),
    apiManagementSource({ ...azure, live: index }),
  ]
  if (organisation && appId && privateKey)
    sources.push(
      gitHubSource({ endpoint: config.NEXUS_GITHUB_ENDPOINT, organisation, appId, privateKey }),
      declaredSource({
        hosts: [gitHubCodeHost({ endpoint: config.NEXUS_GITHUB_ENDPOINT, organisation, appId, privateKey })],
        live: index,
        ownKinds,
        ...(config.NEXUS_SETTINGS_REPOSITORY && {
          settings: repositoryRef('github', `${organisation}/${config.NEXUS_SETTINGS_REPOSITORY}`),
        }),
      }),
    )
  if (config.NEXUS_AZURE_DEVOPS_ORGANISATION)
    sources.push(
      azureDevOpsSource({
        organisation: config.NEXUS_AZURE_DEVOPS_ORGANISATION,
        token: tokensFor(credential, azureDevOpsScope, now),
        clock,
      }),
    )
  if (config.NEXUS_PAGERDUTY_TOKEN)
    sources.push(
      pagerDutySource({
        endpoint: config.NEXUS_PAGERDUTY_ENDPOINT,
        token: config.NEXUS_PAGERDUTY_TOKEN,
        fetch,
        clock,
        isTaken(name, pagerDutyId) {
          const known = index.get({ kind: 'Incident', id: name.toLowerCase() })
          const isOurs = known?.sources.some(({ source }) => source === ownSource) ?? false
          return isOurs && known?.props['pagerDutyId'] !== pagerDutyId
        },
      }),
    )
  const { NEXUS_OPSGENIE_ENDPOINT: endpoint, NEXUS_OPSGENIE_KEY: key } = config
  if (key) sources.push(opsgenieSource({ endpoint, key, fetch, clock }))
  return sources
}

/** What the settings tree says of the catalog itself: how it stands, and the schedules it keeps. */
export const settingsSources = (tree: SettingsTree | undefined): CatalogSource[] =>
  tree ? [settingsSource(tree), schedulesSource(tree)] : []

/** The systems in which a configuration says that schedules are kept. */
export function scheduleSystemsOf(config: Config, fetch: typeof globalThis.fetch): ScheduleSystem[] {
  const { NEXUS_PAGERDUTY_TOKEN: token, NEXUS_OPSGENIE_KEY: key } = config
  return [
    ...(token ? [pagerDutySchedules({ endpoint: config.NEXUS_PAGERDUTY_ENDPOINT, token, fetch })] : []),
    ...(key ? [opsgenieSchedules({ endpoint: config.NEXUS_OPSGENIE_ENDPOINT, key, fetch })] : []),
  ]
}

/** The pager that a configuration names; without one nobody is woken. */
export function pagingOf(config: Config, clock: Clock, fetch: typeof globalThis.fetch): Paging {
  const { NEXUS_PAGERDUTY_ENDPOINT: endpoint, NEXUS_PAGERDUTY_TOKEN: token, NEXUS_PAGERDUTY_FROM: from } = config
  return token ? pagerDutyPaging({ endpoint, token, fetch, clock, from }) : noPaging
}

/** Notes what is to be read anew, also by the source of what files declare: a push may have changed any of them. */
export async function wantEverywhere(moved: Moved, sync: Pick<SyncWorker, 'want'>): Promise<void> {
  await sync.want(moved)
  const repositories = moved.reread.filter(({ kind }) => kind === 'Repository')
  if (repositories.length) await sync.want({ source: declaredSourceName, reread: repositories })
}
