import { expect, test } from '@jest/globals'
import { readWhole } from '../../skills/kit/catalog-source.js'
import { readRunbook } from './read-runbook.js'
import { settingsSource } from './settings-source.js'

const good = `---
title: Auth token cache
services: [auth-api, Token Cache]
symptoms: [sign-in fails]
---
# Auth token cache
`

test('a runbook is an entity that documents its services', async () => {
  const files: Record<string, string> = {
    'runbooks/auth.md': good,
    'runbooks/broken.md': '# No head\n',
    'runbooks/a.png': '',
  }
  const source = settingsSource({
    list: async () => Object.keys(files),
    read: async (path) => files[path],
    addressOf: (path) => `https://github.example/settings/${path}`,
  })
  expect(await readWhole(source, AbortSignal.timeout(1_000))).toEqual([
    {
      ...{ kind: 'Runbook', id: 'runbooks/auth.md', name: 'Auth token cache' },
      props: {
        url: 'https://github.example/settings/runbooks/auth.md',
        symptoms: ['sign-in fails'],
        summary: 'For: sign-in fails',
      },
      relations: ['auth-api', 'token-cache'].map((id) => ({
        ...{ type: 'documents', to: { kind: 'Service', id }, why: 'runbooks/auth.md' },
      })),
    },
  ])
})

test.each([
  ['# Auth\n', 'runbooks/a.md, line 1: it has no head'],
  ['---\nservices: [a]\n---\n', 'runbooks/a.md, line 1: title'],
  ['---\ntitle: a\nservices: auth\n---\n', 'runbooks/a.md, line 3: services'],
  ['---\ntitle: a\nservcies: [auth]\n---\n', 'runbooks/a.md, line 3: Unrecognized key'],
  ['---\ntitle: [a\n---\n', 'runbooks/a.md, line '],
])('a mistake is named with its line: %j', (text, mistake) => {
  const { claim, mistakes } = readRunbook('runbooks/a.md', text, 'https://x.example')
  expect([claim, mistakes.join('\n')]).toEqual([undefined, expect.stringContaining(mistake)])
})
