import { expect, test } from '@jest/globals'
import { ConfigError, readConfig } from './config.js'

const id = '6f1c2f3e-0d4b-4a54-9c1f-0f5f6f7a8b9c'
const least = { AZURE_TENANT_ID: id, AZURE_CLIENT_ID: id, NEXUS_BOT_APP_ID: id }

test('the least configuration is three ids; everything else has the public cloud as its default', () => {
  expect(readConfig(least)).toMatchObject({
    NEXUS_PORT: 3978,
    NEXUS_ARM_ENDPOINT: 'https://management.azure.com',
    NEXUS_ROLE_GROUPS: { 'Nexus Admins': 'admin' },
  })
})

test('everything missing or wrong is named at once, and empty counts as absent', () => {
  const wrong = {
    AZURE_TENANT_ID: 'contoso',
    NEXUS_PORT: '80000',
    NEXUS_GITHUB_APP_ID: '7',
    NEXUS_ROLE_GROUPS: '{"x":"boss"}',
    NEXUS_ARM_ENDPOINT: 'http://127.0.0.1',
    NEXUS_BOT_APP_ID: '  ',
  }
  const failed = () => readConfig(wrong)
  expect(failed).toThrow(ConfigError)
  for (const named of [
    /AZURE_TENANT_ID/,
    /AZURE_CLIENT_ID is missing/,
    /NEXUS_BOT_APP_ID is missing/,
    /NEXUS_PORT/,
    /NEXUS_ROLE_GROUPS must be a JSON object/,
    /NEXUS_ARM_ENDPOINT must be an https address/,
    /NEXUS_GITHUB_ORGANISATION, NEXUS_GITHUB_PRIVATE_KEY are missing/,
  ])
    expect(failed).toThrow(named)
})
