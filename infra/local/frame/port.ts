/** A port that the tenant or the hub listens on: its variable, its default, what is behind it. */
export interface PortSetting {
  variable: 'NEXUS_TENANT_PORT' | 'NEXUS_TEAMS_PORT' | 'NEXUS_HUB_PORT'
  standard: number
  purpose: string
}

export const tenantPort: PortSetting = { variable: 'NEXUS_TENANT_PORT', standard: 8443, purpose: 'the local tenant' }
export const teamsPort: PortSetting = { variable: 'NEXUS_TEAMS_PORT', standard: 3979, purpose: 'the local Teams page' }
export const hubPort: PortSetting = { variable: 'NEXUS_HUB_PORT', standard: 3978, purpose: 'the hub' }

/** A port cannot be listened on; the message says which, why and what to do. */
export class PortError extends Error {
  override readonly name = 'PortError'

  /** @param code Node's, such as `EADDRINUSE`. */
  static taken(port: number, setting: PortSetting | undefined, code: string): PortError {
    const why = code === 'EACCES' ? 'may not be opened by this account' : 'is in use by another program'
    const way = setting
      ? `Stop that program (perhaps another \`npm start\`), or choose another port: ${setting.variable}=${port + 100}.`
      : 'Stop that program, or choose another port.'
    return new PortError(`Port ${port}${setting ? ` for ${setting.purpose}` : ''} ${why}. ${way}`)
  }
}

/** The port that the environment chooses. Throws a PortError where the variable is not a port. */
export function portFrom(environment: NodeJS.ProcessEnv, setting: PortSetting): number {
  const text = environment[setting.variable]?.trim()
  if (!text) return setting.standard
  const port = Number(text)
  if (Number.isInteger(port) && port >= 0 && port <= 65535) return port
  throw new PortError(`${setting.variable} is "${text}", which is no port. Give a number from 1 to 65535, or unset it.`)
}
