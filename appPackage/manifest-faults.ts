import { commandLimits } from './command-lists.js'
import type { AppManifest } from './manifest.js'

/**
 * What is wrong with a manifest, a sentence each: Microsoft's own schema, which its validator carries and reads offline,
 * and the rules that Teams applies on upload though no schema states them.
 */
export async function manifestFaults(manifest: AppManifest): Promise<string[]> {
  return [...(await schemaFaults(manifest)), ...uploadFaults(manifest)]
}

async function schemaFaults(manifest: AppManifest): Promise<string[]> {
  const { AppManifestUtils } = await import('@microsoft/app-manifest')
  const errors = await AppManifestUtils.validateAgainstSchema(
    manifest as unknown as Parameters<typeof AppManifestUtils.validateAgainstSchema>[0],
  )
  return errors.map((error) => `schema ${manifest.manifestVersion}: ${error.trim()}`)
}

/** The rules beyond the schema. */
export function uploadFaults(manifest: AppManifest): string[] {
  return [
    ...texts(manifest).flatMap(([path, text]) => variableFaults(path, text)),
    ...Object.entries(manifest.developer).flatMap(([name, url]) => (name === 'name' ? [] : urlFaults(name, url))),
    ...versionFaults(manifest.version),
    ...manifest.validDomains.flatMap(domainFaults),
    ...botFaults(manifest),
  ]
}

const variableFaults = (path: string, text: string): string[] => {
  const [variable] = /\$?\{\{[^}]*\}?\}?/.exec(text) ?? []
  return variable ? [`${path} holds ${variable}, a variable that nothing has filled in`] : []
}

function urlFaults(name: string, url: string): string[] {
  const parsed = URL.canParse(url) ? new URL(url) : undefined
  if (!parsed) return [`developer.${name} "${url}" is not an address`]
  return parsed.protocol === 'https:' ? [] : [`developer.${name} "${url}" must begin with https://`]
}

const versionFaults = (version: string): string[] =>
  /^(0|[1-9]\d*)(\.(0|[1-9]\d*)){2}$/.test(version)
    ? []
    : [`version "${version}" must be three numbers without leading zeros, such as 1.4.0`]

const domainFaults = (domain: string): string[] =>
  /^(\*\.)?[a-z0-9]([a-z0-9.-]*[a-z0-9])?(:\d+)?$/i.test(domain)
    ? []
    : [`validDomains "${domain}" must be a host, without https:// and without a path`]

function botFaults({ bots: [bot], supportsChannelFeatures }: AppManifest): string[] {
  const wantsSlash = bot.commandLists.some(({ triggers }) => triggers?.includes('slash'))
  return [
    ...bot.commandLists.flatMap(({ commands, scopes }) => [
      ...(commands.length > commandLimits.commands
        ? [`${scopes.join(', ')}: ${commands.length} commands, ${commandLimits.commands} are shown`]
        : []),
      ...commands.flatMap(({ title, description }) => [
        ...(title.length > commandLimits.title ? [`command “${title}” is longer than ${commandLimits.title}`] : []),
        ...(description.length > commandLimits.description
          ? [`the description of “${title}” is longer than ${commandLimits.description}`]
          : []),
      ]),
    ]),
    ...(wantsSlash && !bot.supportsTargetedMessages ? ['slash commands need supportsTargetedMessages'] : []),
    ...(bot.scopes.includes('team') && !supportsChannelFeatures
      ? ['the team scope needs supportsChannelFeatures']
      : []),
  ]
}

/** Every text in a manifest with its path, such as `bots.0.botId`. */
function texts(value: unknown, path: string[] = []): [path: string, text: string][] {
  if (typeof value === 'string') return [[path.join('.'), value]]
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, inner]) => texts(inner, [...path, key]))
}
