import { z } from 'zod/v4'
import { roles, type Role } from '../skills/kit/model.js'
import { readDuration } from './duration.js'

const url = z.url({ protocol: /^https$/, error: 'must be an https address' })
const port = z.coerce.number().int().min(0).max(65_535)
const text = z.string().trim().min(1)
const uuid = z.guid()
/** What a vendor proves itself with: long enough not to be guessed, and the same in a header or an address as it is written here. */
const secret = z.string().regex(/^[\x21-\x7e]{16,500}$/, 'must be 16 to 500 printable ASCII characters without spaces')

/** Entra group → role: a JSON object such as `{"Nexus Admins": "admin"}`. */
const roleGroups = z
  .string()
  .default(
    '{"Nexus Developers":"developer","Nexus Team Leads":"team-lead","Nexus Platform Engineers":"platform-engineer","Nexus Admins":"admin"}',
  )
  .transform((value, context): Record<string, Role> => {
    try {
      return z.record(z.string(), z.enum(roles)).parse(JSON.parse(value))
    } catch {
      context.addIssue({
        code: 'custom',
        message: `must be a JSON object of Entra group names and roles (${roles.join(', ')})`,
      })
      return z.NEVER
    }
  })

/** Team → purpose → channel: a JSON object such as `{"identity": {"incidents": "Alerts"}, "*": {"approvals": "platform/Approvals"}}`. */
const channels = z
  .string()
  .default('{}')
  .transform((value, context): Record<string, Record<string, string>> => {
    try {
      return z.record(z.string(), z.record(z.string(), text)).parse(JSON.parse(value))
    } catch {
      context.addIssue({
        code: 'custom',
        message: 'must be a JSON object: team, then purpose, then channel or team/channel',
      })
      return z.NEVER
    }
  })

/** An ISO 8601 duration with a default and bounds; it is read as milliseconds. */
const duration = (standard: string, least: string, most: string) =>
  z
    .string()
    .default(standard)
    .transform((value, context) => {
      const ms = readDuration(value.trim())
      if (ms !== undefined && ms >= readDuration(least)! && ms <= readDuration(most)!) return ms
      context.addIssue({
        code: 'custom',
        message: `must be an ISO 8601 duration of weeks, days, hours, minutes or seconds from ${least} to ${most}, such as P1D or PT12H`,
      })
      return z.NEVER
    })

/** Every variable the hub reads, what it must be, and its default in the public cloud. */
const Environment = z.object({
  /** Port of the hub; 0 takes a free one. */
  NEXUS_PORT: port.default(3978),
  /** Interface the hub listens on. */
  NEXUS_HOST: text.default('127.0.0.1'),
  /** Where Nexus remembers: `sqlite`, embedded in NEXUS_DATA, or `cosmos`, which several replicas can share. */
  NEXUS_STORE: z.enum(['sqlite', 'cosmos']).default('sqlite'),
  /** Address of the Cosmos DB account, such as `https://contoso.documents.azure.com`. Its consistency is Strong, or Bounded Staleness in one region. */
  NEXUS_COSMOS_ENDPOINT: url.optional(),
  /** Database in the account. Its containers are those of bot/store/cosmos/containers.ts. */
  NEXUS_COSMOS_DATABASE: z
    .string()
    .regex(/^[\w-]{1,200}$/, 'must be letters, digits, hyphens and underscores')
    .default('nexus'),
  /**
   * Key of the account: for the emulator, and for the first start, which makes database and containers with it. Absent, as it should be in the
   * long run: the hub's identity, with the role "Cosmos DB Built-in Data Contributor".
   */
  NEXUS_COSMOS_KEY: text.optional(),
  /** Folder of the embedded store. */
  NEXUS_DATA: text.default('.nexus'),
  /**
   * Signs the heads of the audit log: an Ed25519 key as PEM (PKCS #8), or the path of a file with one, outside the store's folder and the
   * store's backups. Public keys after it are those of earlier heads. Absent: heads are not signed, and `nexus audit verify` says so.
   */
  NEXUS_AUDIT_KEY: text.optional(),
  /** Folder that signed heads are appended to; beside the store's folder unless told, better on another disk. */
  NEXUS_AUDIT_ANCHORS: text.optional(),
  /** A head is signed after so many entries, or so many minutes after the first that is not signed. */
  NEXUS_AUDIT_ANCHOR_ENTRIES: z.coerce.number().int().min(1).max(100_000).default(100),
  NEXUS_AUDIT_ANCHOR_MINUTES: z.coerce.number().min(0.01).max(1440).default(1),
  /** `real`, or `local` where `POST /clock` may move business time. */
  NEXUS_CLOCK: z.enum(['real', 'local']).default('real'),
  /** Minutes between two readings of a source that cannot tell what is new. */
  NEXUS_SYNC_MINUTES: z.coerce.number().min(0.05).max(1440).default(5),
  /** Seconds between two questions for what is new, and hours between two readings of everything, of a source that can. */
  NEXUS_DELTA_SECONDS: z.coerce.number().min(1).max(3600).default(60),
  NEXUS_SWEEP_HOURS: z.coerce.number().min(0.05).max(168).default(6),
  NEXUS_ROLE_GROUPS: roleGroups,
  /** How long the marks of answered messages are kept, an ISO 8601 duration; Teams sends a message again within minutes. */
  NEXUS_KEEP_TURNS: duration('P1D', 'PT1H', 'P30D'),
  /**
   * How long finished work is kept, an ISO 8601 duration: sent messages, deliveries done, traces of what was deleted. Vendors send an event
   * again within days, and so long a replica may be away.
   */
  NEXUS_KEEP_FINISHED: duration('P30D', 'P1D', 'P3650D'),
  /**
   * Key that encrypts the embedded store, its journal and its backups. A store is encrypted from its first day or not at all: with another key,
   * or without one, it does not open. Absent: not encrypted.
   */
  NEXUS_STORE_KEY: secret.optional(),
  /** Channels in which teams hear of things, where their names do not say it (see channels.yaml of the settings, which it goes before). */
  NEXUS_CHANNELS: channels,
  /** Host that the hub answers on, such as `nexus.contoso.com`, as the app's manifest names it: addresses of Nexus's own are known by it. */
  NEXUS_DOMAIN: z
    .string()
    .trim()
    .toLowerCase()
    .regex(/^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$/, 'must be a host, without https:// and without a path')
    .optional(),
  /** Name the bot has in Teams. */
  NEXUS_NAME: text.default('Nexus'),

  AZURE_TENANT_ID: uuid,
  AZURE_CLIENT_ID: uuid,
  /** Absent: managed identity or workload identity. */
  AZURE_CLIENT_SECRET: text.optional(),
  AZURE_AUTHORITY_HOST: url.default('https://login.microsoftonline.com'),
  /** Audience of people's tokens for the hub's own API. */
  NEXUS_APP_AUDIENCE: text.optional(),

  NEXUS_BOT_APP_ID: uuid,
  NEXUS_BOT_APP_SECRET: text.optional(),
  /** Tenant of the bot's registration: single-tenant bots are the only ones that can still be made. */
  NEXUS_BOT_TENANT_ID: uuid.optional(),
  NEXUS_BOT_OPENID_METADATA: url.default('https://login.botframework.com/v1/.well-known/openidconfiguration'),
  NEXUS_BOT_TOKEN_ISSUER: text.default('https://api.botframework.com'),
  /** Hosts that activities may name as their serviceUrl, comma-separated. */
  NEXUS_BOT_SERVICE_HOSTS: text.default('smba.trafficmanager.net,smba.infra.gcc.teams.microsoft.com'),

  NEXUS_ARM_ENDPOINT: url.default('https://management.azure.com'),
  NEXUS_GRAPH_ENDPOINT: url.default('https://graph.microsoft.com/v1.0'),

  NEXUS_GITHUB_ENDPOINT: url.default('https://api.github.com'),
  NEXUS_GITHUB_ORGANISATION: text.optional(),
  NEXUS_GITHUB_APP_ID: text.optional(),
  NEXUS_GITHUB_PRIVATE_KEY: text.optional(),

  /** Repository of the GitHub organisation that holds its settings: policies, actions, runbooks. Absent: what is built in. */
  NEXUS_SETTINGS_REPOSITORY: z
    .string()
    .regex(/^[\w.-]+$/, 'must be the name of a repository of NEXUS_GITHUB_ORGANISATION')
    .optional(),
  NEXUS_SETTINGS_BRANCH: text.default('main'),

  NEXUS_AZURE_DEVOPS_ORGANISATION: url.optional(),

  NEXUS_PAGERDUTY_ENDPOINT: url.default('https://api.pagerduty.com'),
  NEXUS_PAGERDUTY_TOKEN: text.optional(),
  /** Mail address of the PagerDuty user in whose name Nexus pages by itself; the account's owner or an administrator unless told. */
  NEXUS_PAGERDUTY_FROM: text.optional(),

  NEXUS_OPSGENIE_ENDPOINT: url.default('https://api.opsgenie.com'),
  /** Key of an API integration that may read, and create and update configurations, for overrides. */
  NEXUS_OPSGENIE_KEY: text.optional(),

  // What webhooks prove themselves with, at /webhooks/{source}. A source without its secret is not heard.
  /** HMAC key of the GitHub App's webhook ("Webhook secret"). */
  NEXUS_GITHUB_WEBHOOK_SECRET: secret.optional(),
  /** HMAC key of PagerDuty's webhook subscription. */
  NEXUS_PAGERDUTY_WEBHOOK_SECRET: secret.optional(),
  /** `?code=` in the address of Azure Monitor's action group. */
  NEXUS_AZURE_MONITOR_WEBHOOK_CODE: secret.optional(),
  /**
   * Application of Azure Monitor's action groups in Entra, where they call as a secure webhook: with a token for the hub's own application. It
   * differs from cloud to cloud; the action group's page names it.
   */
  NEXUS_AZURE_MONITOR_WEBHOOK_APP: uuid.optional(),
  /** `?code=` in the address of Event Grid's subscription. */
  NEXUS_EVENT_GRID_WEBHOOK_CODE: secret.optional(),
  /** User and password (Basic) of Azure DevOps' service hooks. */
  NEXUS_AZURE_DEVOPS_WEBHOOK_USER: text.regex(/^[^:]+$/, 'must not have a colon').optional(),
  NEXUS_AZURE_DEVOPS_WEBHOOK_PASSWORD: secret.optional(),
  /** Bearer token in a custom header of Opsgenie's webhook integration. */
  NEXUS_OPSGENIE_WEBHOOK_TOKEN: secret.optional(),
  /** Bearer token in Alertmanager's `http_config`. */
  NEXUS_ALERTMANAGER_WEBHOOK_TOKEN: secret.optional(),
})

/** The hub's configuration, checked. */
export type Config = z.output<typeof Environment>

/** Audience of tokens for the hub's own API and for secure webhooks. */
export const hubAudience = ({ NEXUS_APP_AUDIENCE: named, AZURE_CLIENT_ID: id }: Config): string[] =>
  named ? [named] : [id, `api://${id}`]

/** Says at once every variable that is missing or wrong, and where each is explained. */
export class ConfigError extends Error {
  constructor(readonly problems: readonly string[]) {
    super(
      `Nexus cannot start, its configuration has ${problems.length === 1 ? 'a mistake' : `${problems.length} mistakes`}:\n  ${problems.join('\n  ')}\nEach variable is explained in bot/config.ts. To try Nexus without any account: npm start`,
    )
  }
}

/** Groups of variables that only make sense together. */
const together = [
  ['NEXUS_GITHUB_ORGANISATION', 'NEXUS_GITHUB_APP_ID', 'NEXUS_GITHUB_PRIVATE_KEY'],
  ['NEXUS_AZURE_DEVOPS_WEBHOOK_USER', 'NEXUS_AZURE_DEVOPS_WEBHOOK_PASSWORD'],
] as const

/**
 * Reads the environment. Empty variables count as absent, as in most shells' and platforms' habits.
 * @throws ConfigError naming everything that is missing or wrong
 */
export function readConfig(environment: Record<string, string | undefined>): Config {
  const given = Object.fromEntries(
    Object.entries(environment).filter(([, value]) => value !== undefined && value.trim() !== ''),
  )
  const read = Environment.safeParse(given)
  const problems = read.success
    ? []
    : read.error.issues.map(
        ({ path, message, code }) =>
          `${path.join('.')} ${code === 'invalid_type' && !(String(path[0]) in given) ? 'is missing' : message}`,
      )
  for (const names of together) {
    const absent = names.filter((name) => !(name in given))
    if (absent.length && absent.length < names.length)
      problems.push(
        `${absent.join(', ')} ${absent.length === 1 ? 'is' : 'are'} missing; ${names.join(', ')} go together`,
      )
  }
  if ('NEXUS_SETTINGS_REPOSITORY' in given && !('NEXUS_GITHUB_ORGANISATION' in given))
    problems.push('NEXUS_SETTINGS_REPOSITORY needs NEXUS_GITHUB_ORGANISATION: the repository is one of its own')
  if (given.NEXUS_STORE === 'cosmos' && !('NEXUS_COSMOS_ENDPOINT' in given))
    problems.push('NEXUS_COSMOS_ENDPOINT is missing; NEXUS_STORE=cosmos needs it')
  if (!read.success || problems.length) throw new ConfigError(problems)
  return read.data
}
