import { join, resolve } from 'node:path'
import { hubPort, portFrom, teamsPort, tenantPort } from './frame/port.js'

/** What the environment decides about the local tenant. */
export interface Settings {
  ports: { tenant: number; teams: number; hub: number }
  /** Folder of the hub's store; the tenant keeps its own in `tenant` below it. */
  data: string
  /** Folder of the organisation's YAML. */
  organisation: string
  /** How many Azure resources there are beside the organisation's own; none unless told. */
  generatedResources?: number
  /** Path of the Teams app manifest, where there is one. */
  app?: string
}

/**
 * Reads NEXUS_TENANT_PORT, NEXUS_TEAMS_PORT, NEXUS_HUB_PORT, NEXUS_DATA, NEXUS_LOCAL_ORG, NEXUS_LOCAL_RESOURCES and NEXUS_LOCAL_APP.
 * @param root the project's folder, where the defaults are.
 * @throws PortError where a port is none, SettingError where a number is none.
 */
export function readSettings(environment: NodeJS.ProcessEnv, root: string): Settings {
  const path = (name: string, standard: string) => resolve(environment[name]?.trim() || standard)
  const app = environment.NEXUS_LOCAL_APP?.trim()
  return {
    ports: {
      tenant: portFrom(environment, tenantPort),
      teams: portFrom(environment, teamsPort),
      hub: portFrom(environment, hubPort),
    },
    data: path('NEXUS_DATA', '.nexus'),
    organisation: path('NEXUS_LOCAL_ORG', join(root, 'infra', 'local', 'contoso')),
    generatedResources: countFrom(environment, 'NEXUS_LOCAL_RESOURCES'),
    ...(app && { app: resolve(app) }),
  }
}

/** A setting that a person can mend. */
export class SettingError extends Error {}

/** Most resources that are generated: beyond that the tenant itself needs more memory than a small machine has. */
const mostGenerated = 200_000

function countFrom(environment: NodeJS.ProcessEnv, name: string): number {
  const text = environment[name]?.trim() || '0'
  const count = /^\d{1,6}$/.test(text) ? Number(text) : NaN
  if (!(count <= mostGenerated))
    throw new SettingError(`${name} is "${text}": give a number from 0 to ${mostGenerated}.`)
  return count
}

/** Folders and files below the data folder that the local tenant owns. */
export const tenantFiles = (data: string) => ({
  authority: join(data, 'tenant', 'ca'),
  keys: join(data, 'tenant', 'keys'),
  states: join(data, 'tenant', 'state'),
  audit: join(data, 'tenant', 'audit'),
  anchors: join(data, 'tenant', 'anchors.json'),
})
