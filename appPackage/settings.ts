import { parseArgs } from 'node:util'
import { z } from 'zod/v4'
import { linkDomains } from '../bot/compose/links.js'
import type { ManifestOptions } from './manifest.js'

/** Ids of the app in the local tenant, which looks at neither; a real tenant gives its own. */
const localIds = {
  appId: '5f0d1c9e-6b7a-4c55-9d3e-2a8e41c0b710',
  botId: '5f0d1c9e-6b7a-4c55-9d3e-2a8e41c0b711',
  domain: 'localhost',
}

/** Flags that set one property of the manifest, and the variable that does where the flag is absent. */
const flags: Record<Exclude<keyof ManifestOptions, 'slash' | 'linkDomains'>, { flag: string; variable?: string }> = {
  appId: { flag: 'app-id', variable: 'TEAMS_APP_ID' },
  botId: { flag: 'bot-id', variable: 'NEXUS_BOT_APP_ID' },
  domain: { flag: 'domain', variable: 'NEXUS_DOMAIN' },
  version: { flag: 'app-version' },
  name: { flag: 'name', variable: 'NEXUS_NAME' },
  accentColor: { flag: 'accent-color' },
  developer: { flag: 'developer' },
  websiteUrl: { flag: 'website' },
  privacyUrl: { flag: 'privacy' },
  termsOfUseUrl: { flag: 'terms' },
}

const guid = z.guid('is not a GUID such as 5f0d1c9e-6b7a-4c55-9d3e-2a8e41c0b710')
const https = z.url({ protocol: /^https$/, error: 'must be an address that begins with https://' }).optional()
const short = (characters: number) => z.string().max(characters, `may have ${characters} characters`).optional()

const Options = z.object({
  appId: guid,
  botId: guid,
  domain: z.string().regex(/^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$/i, 'must be a host, without https:// and without a path'),
  version: z.string().regex(/^(0|[1-9]\d*)(\.(0|[1-9]\d*)){2}$/, 'must be three numbers such as 1.4.0'),
  name: short(30),
  accentColor: z
    .string()
    .regex(/^#[0-9a-f]{6}$/i, 'must be a colour such as #1e2f6b')
    .optional(),
  developer: short(32),
  websiteUrl: https,
  privacyUrl: https,
  termsOfUseUrl: https,
})

/** What a call of a program asks for. */
export interface PackageSettings {
  options: ManifestOptions
  /** No ids were given: the local tenant's stand in for them, and the package is for looking at. */
  local: boolean
  /** Where the result goes; undefined: the program's own place. */
  out: string | undefined
  /** Folder with an organisation's own color.png and outline.png. */
  icons: string | undefined
}

/** Says at once everything that is missing or wrong about a call. */
export class SettingsError extends Error {
  constructor(readonly problems: readonly string[]) {
    super(`The app package needs other settings:\n  ${problems.join('\n  ')}`)
  }
}

/**
 * Reads flags and environment; a flag wins. Where none of the three ids of a real tenant is given, the local tenant's
 * are taken; where only some are, the others are asked for.
 * @param packageVersion version of this program, which the app has unless `--app-version` says otherwise
 * @throws SettingsError naming every mistake
 */
export function readSettings(
  args: readonly string[],
  environment: Record<string, string | undefined>,
  packageVersion: string,
): PackageSettings {
  const { values, positionals } = parseFlags(args)
  const given = Object.fromEntries(
    Object.entries(flags).map(([key, { flag, variable }]) => [
      key,
      said(values[flag]) ?? said(environment[variable ?? '']),
    ]),
  )
  const local = !(given.appId ?? given.botId ?? given.domain)
  const read = Options.safeParse({ ...given, ...(local && localIds), version: given.version ?? packageVersion })
  const wrong = [
    ...(read.success ? [] : read.error.issues.map((issue) => sentence(issue, given))),
    ...addressProblems(environment),
  ]
  if (!read.success || wrong.length) throw new SettingsError(wrong)
  return {
    options: {
      ...read.data,
      slash: values['no-slash'] !== true,
      linkDomains: domainsOf(environment, read.data, local),
    },
    local,
    out: said(values.out) ?? positionals[0],
    icons: said(values.icons),
  }
}

/** Addresses of vendors in the environment of the hub, by which the hosts of links are known. */
const addresses = ['NEXUS_ARM_ENDPOINT', 'NEXUS_GITHUB_ENDPOINT', 'NEXUS_AZURE_DEVOPS_ORGANISATION'] as const

/** What is no address among them, a sentence each. */
const addressProblems = (environment: Record<string, string | undefined>): string[] =>
  addresses.flatMap((name) => {
    const value = said(environment[name])
    return value === undefined || URL.canParse(value) ? [] : [`${name} "${value}" must be an address`]
  })

/** Hosts whose links the hub knows with this environment, which is the one that it runs in; a package for looking at has none of its own. */
function domainsOf(
  environment: Record<string, string | undefined>,
  { domain }: ManifestOptions,
  local: boolean,
): string[] {
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => said(value) !== undefined))
  return linkDomains({ ...given, ...(!local && { NEXUS_DOMAIN: domain }) })
}

const said = (value: string | boolean | undefined): string | undefined =>
  typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined

type Flags = { values: Record<string, string | boolean | undefined>; positionals: string[] }

function parseFlags(args: readonly string[]): Flags {
  const text = { type: 'string' } as const
  const options = {
    ...Object.fromEntries(Object.values(flags).map(({ flag }) => [flag, text])),
    out: text,
    icons: text,
    'no-slash': { type: 'boolean' } as const,
  }
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true })
  } catch (error) {
    const [fault] = (error as Error).message.split('. ')
    throw new SettingsError([`${fault}. Known are --${Object.keys(options).join(', --')}.`])
  }
}

function sentence({ path, message }: z.core.$ZodIssue, given: Record<string, string | undefined>): string {
  const key = path[0] as keyof typeof flags
  const { flag, variable } = flags[key]
  const name = variable ? `--${flag} (or ${variable})` : `--${flag}`
  const value = given[key]
  return value === undefined ? `${name} is missing` : `${name} "${value}" ${message}`
}
