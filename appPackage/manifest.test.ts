import { expect, test } from '@jest/globals'
import { fileURLToPath } from 'node:url'
import type { CommandInfo } from '../skills/kit/ports.js'
import { entity, optional, text } from '../skills/kit/arguments.js'
import { CommandListError, commandLimits } from './command-lists.js'
import { declaredCommands } from './declared-commands.js'
import { uploadFaults } from './manifest-faults.js'
import { teamsManifest, type AppManifest, type ManifestOptions } from './manifest.js'

const options: ManifestOptions = {
  appId: '0b9d5c1e-2f63-4f8e-8f3a-8d2f1d6a7c01',
  botId: '0b9d5c1e-2f63-4f8e-8f3a-8d2f1d6a7c02',
  version: '1.4.0',
  domain: 'nexus.contoso.com',
}
const command = (id: string, changes: Partial<CommandInfo> = {}): CommandInfo => ({
  id,
  skill: id.split('.')[0]!,
  skillSummary: 'A skill.',
  summary: `What ${id} does`,
  example: `do ${id} with {thing}`,
  says: [],
  slash: `/${id.replace('.', ' ')}`,
  args: { thing: entity('Service', 'which service'), why: optional(text('reason')) },
  effect: 'read',
  role: 'developer',
  featured: true,
  ...changes,
})
const mistakesOf = (commands: CommandInfo[]): readonly string[] => {
  try {
    teamsManifest(commands, options)
  } catch (error) {
    if (error instanceof CommandListError) return error.mistakes
    throw error
  }
  return []
}
/** A valid manifest with some of it replaced. */
const changed = (change: (manifest: AppManifest) => void): AppManifest => {
  const manifest = structuredClone(teamsManifest([command('on-call.show')], options))
  change(manifest)
  return manifest
}

const declared = await declaredCommands(fileURLToPath(new URL('../skills', import.meta.url)))
const featured = declared.filter((one) => one.featured)

test('the manifest of the real skills keeps the rules of the upload', () => {
  expect(uploadFaults(teamsManifest(declared, options))).toEqual([])
})

test('every featured command is in each list once, and no other', () => {
  const [spoken, named, ...others] = teamsManifest(declared, options).bots[0].commandLists
  expect(others).toEqual([])
  expect(featured.length).toBeGreaterThan(4)
  expect(named!.commands.map(({ title }) => `/${title}`)).toEqual(featured.map(({ slash }) => slash))
  expect(spoken!.commands.map(({ description }) => description)).toEqual(featured.map(({ summary }) => summary))
})

test('a list holds what a person would type: the opening of a phrase, or the command’s name', () => {
  const offered = [command('on-call.show', { slash: '/on-call', example: "who's on call for {thing}" })]
  const [spoken, named] = teamsManifest(offered, options).bots[0].commandLists
  expect(spoken).toMatchObject({ triggers: ['mention'], commands: [{ title: "who's on call for" }] })
  expect(named).toEqual({
    scopes: ['team', 'groupChat'],
    triggers: ['slash'],
    commands: [{ title: 'on-call', description: 'What on-call.show does · on-call ‹which service›' }],
  })
  const [bare] = teamsManifest([command('a.b', { example: '{thing} owner' })], options).bots[0].commandLists
  expect(bare!.commands[0]!.title).toBe('a b')
})

test('what is to follow is left out where it would make the description too long', () => {
  const summary = 'x'.repeat(commandLimits.description)
  const [, named] = teamsManifest([command('vm.restart', { summary })], options).bots[0].commandLists
  expect(named!.commands).toEqual([{ title: 'vm restart', description: summary }])
})

test('without slash commands nothing of them is declared', () => {
  const [bot] = teamsManifest(declared, { ...options, slash: false }).bots
  expect(bot).not.toHaveProperty('supportsTargetedMessages')
  expect(bot.commandLists).toHaveLength(1)
  expect(bot.commandLists[0]).not.toHaveProperty('triggers')
})

test('what is searched while people write, and whose links become cards, is declared once', () => {
  const linkDomains = ['github.com', '*.pagerduty.com']
  const manifest = teamsManifest(declared, { ...options, linkDomains })
  expect(manifest.composeExtensions).toEqual([
    {
      botId: options.botId,
      commands: [expect.objectContaining({ id: 'search.find', type: 'query', initialRun: true, context: ['compose'] })],
      messageHandlers: [{ type: 'link', value: { domains: linkDomains, supportsAnonymizedPayloads: false } }],
    },
  ])
  expect(manifest.composeExtensions[0]!.commands[0]!.parameters).toEqual([
    { name: 'text', title: 'Which words', inputType: 'text' },
  ])
  expect(uploadFaults(manifest)).toEqual([])
  expect(teamsManifest(declared, options).composeExtensions[0]).not.toHaveProperty('messageHandlers')
  expect(teamsManifest([command('catalog.show')], options).composeExtensions).toEqual([])
})

test('of a team’s messages it asks for what its owner may grant, and for nothing else', () => {
  expect(teamsManifest(declared, options).authorization).toEqual({
    permissions: { resourceSpecific: [{ name: 'ChannelMessage.Read.Group', type: 'Application' }] },
  })
})

test('another organisation’s name, colour and pages are the manifest’s', () => {
  const manifest = teamsManifest(declared, {
    ...options,
    name: 'Otto',
    accentColor: '#aa3300',
    developer: 'Contoso',
    privacyUrl: 'https://contoso.com/privacy',
  })
  expect(manifest).toMatchObject({
    name: { short: 'Otto' },
    accentColor: '#aa3300',
    developer: {
      name: 'Contoso',
      websiteUrl: 'https://nexus.contoso.com',
      privacyUrl: 'https://contoso.com/privacy',
      termsOfUseUrl: 'https://nexus.contoso.com',
    },
  })
  expect(JSON.stringify(manifest)).not.toContain('Nexus')
})

test('a declaration that breaks a limit is named, and all of them at once', () => {
  const long = 'x'.repeat(commandLimits.description + 1)
  const phrase = 'would you please rotate the keys of'
  const mistakes = mistakesOf([
    command('vm.restart', { summary: long }),
    command('storage.rotate-key', { example: `${phrase} {thing}` }),
  ])
  expect(mistakes).toEqual([
    `vm.restart: its description may have 128 characters, not 129: “${long}”`,
    `storage.rotate-key: its title may have 32 characters, not 35: “${phrase}”`,
  ])
})

test('more than ten featured commands, and two with the same opening, are refused by name', () => {
  const many = Array.from({ length: 11 }, (_, index) => command(`skill.command-${index}`))
  expect(mistakesOf(many)).toEqual([
    expect.stringMatching(/^11 commands are featured, a scope takes 10: skill\.command-0, .*skill\.command-10$/),
  ])
  expect(mistakesOf(many.slice(1))).toEqual([])
  const twins = [command('catalog.show', { example: 'show {thing}' }), command('run.show', { example: 'Show {thing}' })]
  expect(mistakesOf(twins)).toEqual([expect.stringMatching(/^catalog\.show and run\.show would both be offered/)])
})

test.each<[string, (manifest: AppManifest) => void, RegExp]>([
  ['a plain http address', (m) => (m.developer.privacyUrl = 'http://contoso.com'), /privacyUrl .*https/],
  ['no address', (m) => (m.developer.websiteUrl = 'contoso'), /websiteUrl "contoso" is not an address/],
  ['a version with letters', (m) => (m.version = '1.0.0-beta'), /version "1\.0\.0-beta"/],
  ['a leading zero', (m) => (m.version = '1.04.0'), /version "1\.04\.0"/],
  ['a variable nobody filled in', (m) => (m.bots[0].botId = '${{BOT_ID}}'), /bots\.0\.botId holds \$\{\{BOT_ID\}\}/],
  ['a domain with a scheme', (m) => (m.validDomains = ['https://a.com']), /validDomains "https:/],
  ['slash without targeted messages', (m) => delete m.bots[0].supportsTargetedMessages, /supportsTargetedMessages/],
  [
    'a title that Teams cuts',
    (m) => (m.bots[0].commandLists[0]!.commands[0]!.title = 'x'.repeat(33)),
    /longer than 32/,
  ],
  [
    'eleven commands',
    (m) => (m.bots[0].commandLists[1]!.commands = Array(11).fill({ title: 'a', description: 'b' })),
    /11 commands/,
  ],
])('the schema lets %s pass, the upload would not', async (_, change, said) => {
  expect(uploadFaults(changed(change))).toEqual([expect.stringMatching(said)])
})
