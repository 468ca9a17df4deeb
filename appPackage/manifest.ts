import type { CommandInfo } from '../skills/kit/ports.js'
import { commandLists, type CommandList, type Scope } from './command-lists.js'
import { composeExtension, type ComposeExtension } from './compose-extension.js'
import { defaultAccentColor, defaultDeveloper, textsOf } from './texts.js'

/**
 * The manifest's schema: the first released one that has slash commands and messages only one person sees
 * (`commandLists[].triggers`, `supportsTargetedMessages`).
 */
const schemaVersion = '1.29'

/** What a manifest needs from outside: the ids that registration gave, and how an organisation wants Nexus to look. */
export interface ManifestOptions {
  /** Id of the app in Teams' catalogue, a GUID. */
  appId: string
  /** Client id of the Entra application the bot is registered with, a GUID. */
  botId: string
  /** `major.minor.patch`; Teams takes an update only under a higher one. */
  version: string
  /** Host that the hub answers on, such as `nexus.contoso.com`. */
  domain: string
  /** What people call the bot, at most 30 characters. Default `Nexus`. */
  name?: string | undefined
  /** `#rrggbb`. */
  accentColor?: string | undefined
  /** Who runs it, at most 32 characters. */
  developer?: string | undefined
  /** The organisation's own pages, https; each is the hub's address where it is not given. */
  websiteUrl?: string | undefined
  privacyUrl?: string | undefined
  termsOfUseUrl?: string | undefined
  /** Hosts whose links become cards in the message that holds them. Default none. */
  linkDomains?: readonly string[] | undefined
  /** Whether to offer slash commands and private answers. Default true; sovereign clouds have neither. */
  slash?: boolean | undefined
}

/** As much of Microsoft's Teams app manifest as Nexus declares. */
export interface AppManifest {
  $schema: string
  manifestVersion: string
  version: string
  id: string
  developer: { name: string; websiteUrl: string; privacyUrl: string; termsOfUseUrl: string }
  name: { short: string; full: string }
  description: { short: string; full: string }
  icons: { color: string; outline: string }
  accentColor: string
  bots: [
    {
      botId: string
      scopes: Scope[]
      isNotificationOnly: boolean
      supportsFiles: boolean
      supportsTargetedMessages?: true
      commandLists: CommandList[]
    },
  ]
  composeExtensions: ComposeExtension[]
  permissions: string[]
  validDomains: string[]
  webApplicationInfo: { id: string; resource: string }
  authorization: { permissions: { resourceSpecific: { name: string; type: 'Application' | 'Delegated' }[] } }
  supportsChannelFeatures: 'tier1'
  defaultInstallScope: Scope
  defaultGroupCapability: Record<string, 'bot'>
}

/**
 * The Teams app manifest of these commands. The same input gives the same manifest.
 * @throws CommandListError naming every featured command that breaks a limit of Teams
 */
export function teamsManifest(commands: readonly CommandInfo[], options: ManifestOptions): AppManifest {
  const { appId, botId, version, domain, name = 'Nexus', developer = defaultDeveloper, slash = true } = options
  const { websiteUrl = `https://${domain}`, privacyUrl = websiteUrl, termsOfUseUrl = websiteUrl } = options
  return {
    $schema: `https://developer.microsoft.com/en-us/json-schemas/teams/v${schemaVersion}/MicrosoftTeams.schema.json`,
    manifestVersion: schemaVersion,
    version,
    id: appId,
    developer: { name: developer, websiteUrl, privacyUrl, termsOfUseUrl },
    name: { short: name, full: `${name}, chat-ops for your organisation` },
    description: textsOf(name),
    icons: { color: 'color.png', outline: 'outline.png' },
    accentColor: options.accentColor ?? defaultAccentColor,
    bots: [
      {
        botId,
        scopes: ['personal', 'team', 'groupChat'],
        isNotificationOnly: false,
        supportsFiles: false,
        ...(slash && { supportsTargetedMessages: true }),
        commandLists: commandLists(commands, slash),
      },
    ],
    composeExtensions: composeExtension(commands, botId, options.linkDomains ?? []),
    permissions: ['identity', 'messageTeamMembers'],
    validDomains: [domain],
    webApplicationInfo: { id: botId, resource: `api://botid-${botId}` },
    // A team's owner grants it when the app is added; Nexus keeps silent about all it does not hear by its own consent.
    authorization: {
      permissions: { resourceSpecific: [{ name: 'ChannelMessage.Read.Group', type: 'Application' }] },
    },
    // From schema 1.25 on, Teams takes no app with the team scope that leaves this out, though its schema does.
    supportsChannelFeatures: 'tier1',
    defaultInstallScope: 'team',
    defaultGroupCapability: { team: 'bot', groupchat: 'bot', meetings: 'bot' },
  }
}
