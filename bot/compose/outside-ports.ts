import type { TokenCredential } from '@azure/identity'
import type { Cloud } from '../../skills/kit/ports.js'
import type { Clock } from '../clock.js'
import type { Config } from '../config.js'
import { azureCloud } from '../providers/azure/cloud.js'
import { gitHubSettings, type SettingsTree } from '../providers/github/settings-tree.js'

/** Azure's scope in the public cloud. */
const azureScope = 'https://management.azure.com/.default'

/** The way to the cloud that a configuration names. */
export const cloudOf = (config: Config, credential: TokenCredential, clock: Pick<Clock, 'now'>): Cloud =>
  azureCloud({ endpoint: config.NEXUS_ARM_ENDPOINT, scope: azureScope, credential, clock })

/** The settings tree that a configuration names; undefined where what is built in is all there is. */
export function settingsTreeOf(config: Config, clock: Pick<Clock, 'now'>): SettingsTree | undefined {
  const {
    NEXUS_SETTINGS_REPOSITORY: repository,
    NEXUS_SETTINGS_BRANCH: branch,
    NEXUS_GITHUB_ENDPOINT: endpoint,
    NEXUS_GITHUB_ORGANISATION: organisation,
    NEXUS_GITHUB_APP_ID: appId,
    NEXUS_GITHUB_PRIVATE_KEY: privateKey,
  } = config
  if (!repository || !organisation || !appId || !privateKey) return undefined
  return gitHubSettings({ endpoint, organisation, appId, privateKey, repository, branch, clock })
}
