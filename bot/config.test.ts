import { expect, test } from '@jest/globals'
import { ConfigError, readConfig } from './config.js'

const id = '6f1c2f3e-0d4b-4a54-9c1f-0f5f6f7a8b9c'
const least = { AZURE_TENANT_ID: id, AZURE_CLIENT_ID: id, NEXUS_BOT_APP_ID: id }

test('the least configuration is three ids; everything else has the public cloud as its default', () => {
  expect(readConfig(least)).toMatchObject({
    NEXUS_PORT: 3978,
    NEXUS_ARM_ENDPOINT: 'https://management.azure.com',
    NEXUS_ROLE_GROUPS: { 'Nexus Admins': 'admin' },
    NEXUS_KEEP_TURNS: 86_400_000,
    NEXUS_KEEP_FINISHED: 30 * 86_400_000,
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
    NEXUS_KEEP_TURNS: 'PT5M',
    NEXUS_KEEP_FINISHED: '30 days',
    NEXUS_STORE_KEY: 'short',
    NEXUS_STORE: 'cosmos',
    NEXUS_COSMOS_DATABASE: 'a/b',
    NEXUS_GITHUB_WEBHOOK_SECRET: 'with spaces in it, and long',
    NEXUS_AZURE_DEVOPS_WEBHOOK_USER: 'hooks',
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
    /NEXUS_KEEP_TURNS must be an ISO 8601 duration .* from PT1H to P30D/,
    /NEXUS_KEEP_FINISHED must be an ISO 8601 duration/,
    /NEXUS_STORE_KEY must be 16 to 500/,
    /NEXUS_COSMOS_ENDPOINT is missing; NEXUS_STORE=cosmos needs it/,
    /NEXUS_COSMOS_DATABASE must be letters/,
    /NEXUS_GITHUB_WEBHOOK_SECRET must be 16 to 500/,
    /NEXUS_AZURE_DEVOPS_WEBHOOK_PASSWORD is missing/,
  ])
    expect(failed).toThrow(named)
})
