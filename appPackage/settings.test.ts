import { expect, test } from '@jest/globals'
import { readSettings, SettingsError } from './settings.js'

const appId = '0b9d5c1e-2f63-4f8e-8f3a-8d2f1d6a7c01'
const botId = '0b9d5c1e-2f63-4f8e-8f3a-8d2f1d6a7c02'
const ids = ['--app-id', appId, '--bot-id', botId, '--domain', 'nexus.contoso.com']
const problemsOf = (args: string[], environment: Record<string, string> = {}): readonly string[] => {
  try {
    readSettings(args, environment, '1.0.0')
  } catch (error) {
    if (error instanceof SettingsError) return error.problems
    throw error
  }
  return []
}

test('flags win over the environment, the program’s version is the app’s', () => {
  const environment = { TEAMS_APP_ID: botId, NEXUS_BOT_APP_ID: botId, NEXUS_DOMAIN: 'a.example', NEXUS_NAME: 'Otto' }
  expect(readSettings(['--app-id', appId, '--out', 'x.zip'], environment, '1.2.3')).toMatchObject({
    options: { appId, botId, domain: 'a.example', name: 'Otto', version: '1.2.3', slash: true },
    local: false,
    out: 'x.zip',
  })
})

test('without any id it is the local tenant’s app; with some, the others are asked for', () => {
  expect(readSettings([], {}, '1.0.0')).toMatchObject({ local: true, options: { domain: 'localhost' } })
  expect(readSettings([], { NEXUS_DOMAIN: '  ' }, '1.0.0').local).toBe(true)
  expect(problemsOf(['--domain', 'a.example'])).toEqual([
    '--app-id (or TEAMS_APP_ID) is missing',
    '--bot-id (or NEXUS_BOT_APP_ID) is missing',
  ])
})

test('every wrong value is named, with what it should be', () => {
  const wrong = [
    '--name',
    'n'.repeat(31),
    '--accent-color',
    'red',
    '--privacy',
    'http://a.example',
    '--app-version',
    '1',
  ]
  expect(problemsOf([...ids, ...wrong])).toEqual([
    '--app-version "1" must be three numbers such as 1.4.0',
    `--name (or NEXUS_NAME) "${'n'.repeat(31)}" may have 30 characters`,
    '--accent-color "red" must be a colour such as #1e2f6b',
    '--privacy "http://a.example" must be an address that begins with https://',
  ])
  expect(problemsOf([], { TEAMS_APP_ID: '${{TEAMS_APP_ID}}', NEXUS_BOT_APP_ID: botId, NEXUS_DOMAIN: 'a' })).toEqual([
    expect.stringMatching(/TEAMS_APP_ID\) "\$\{\{TEAMS_APP_ID\}\}" is not a GUID/),
  ])
  expect(problemsOf([...ids, '--domain', 'https://a.example/'])).toEqual([expect.stringMatching(/must be a host/)])
})

test('an unknown flag is answered with the known ones', () => {
  expect(problemsOf(['--bot', botId])).toEqual([expect.stringMatching(/Unknown option '--bot'\. Known are .*--bot-id/)])
})

test('the hosts of links are those that the hub knows with the same environment', () => {
  const environment = { NEXUS_GITHUB_ORGANISATION: 'contoso', NEXUS_PAGERDUTY_TOKEN: 'secret' }
  const { options } = readSettings(ids, environment, '1.0.0')
  expect(options.linkDomains).toEqual(['nexus.contoso.com', 'github.com', 'portal.azure.com', '*.pagerduty.com'])
  expect(JSON.stringify(options)).not.toContain('secret')
  expect(problemsOf(ids, { NEXUS_AZURE_DEVOPS_ORGANISATION: 'contoso' })).toEqual([
    expect.stringMatching(/NEXUS_AZURE_DEVOPS_ORGANISATION "contoso" must be an address/),
  ])
})
