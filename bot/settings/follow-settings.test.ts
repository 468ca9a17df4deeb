import { expect, test } from '@jest/globals'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { builtInKinds } from '../../skills/kit/catalog/built-in-kinds.js'
import type { SourceState } from '../../skills/kit/ports.js'
import { discoverSkills } from '../discover-skills.js'
import { createLiveRegistry } from '../hub/live-registry.js'
import { createLiveUnderstand } from '../language/live-understand.js'
import { createNameIndex } from '../language/name-index.js'
import { followSettings } from './follow-settings.js'
import { createLiveKinds } from './live-kinds.js'

const root = join(import.meta.dirname, '..', '..')
const skills = await discoverSkills(join(root, 'skills'))
const says = ['kick-restart {target}', ...Array.from({ length: 10 }, (_, n) => `kick-restart {target} way ${n}`)]
/** A library's action under another id, with words of its own. */
const kick = readFileSync(join(root, 'skills/actions/library/app-service/web-app-restart.yaml'), 'utf8')
  .replace('id: web-app.restart', 'id: web-app.kick')
  .replace(/^says:\n(?: {2}- .*\n)+/m, `says:\n${says.map((phrase) => `  - ${phrase}\n`).join('')}`)

/** Settings whose files a test changes, and a clock by which it lets the next look happen. */
function settingsUnderTest() {
  let files: Record<string, string> = {}
  let version = 0
  let state: SourceState = { source: 'settings', title: 'Settings' }
  let next: (() => void) | undefined
  const changes: { version: string; mistakes: readonly string[] }[] = []
  const registry = createLiveRegistry(skills)
  const at = '2026-11-21T02:14:00.000Z'
  const kinds = createLiveKinds()
  const followed = followSettings({
    tree: {
      refresh: async () => undefined,
      state: () => state,
      list: async (folder) => Object.keys(files).filter((path) => path.startsWith(`${folder}/`)),
      read: async (path) => files[path],
      version: async () => String(version),
      addressOf: (path) => `https://github.example/${path}`,
    },
    skills,
    registry,
    kinds,
    clock: {
      now: () => at,
      until: (_, signal) =>
        new Promise((resolve) => {
          next = resolve
          signal.addEventListener('abort', () => resolve())
        }),
    },
    every: 60_000,
    patience: 1_000,
    changed: (now, mistakes) => void changes.push({ version: now, mistakes }),
    silent: () => undefined,
    failed: (error) => {
      throw error
    },
  })
  return {
    registry,
    kinds,
    changes,
    followed,
    /** Commits files, and lets the next look see them. */
    async commit(to: Record<string, string>): Promise<void> {
      files = to
      version += 1
      state = { ...state, asOf: at }
      next?.()
      for (let waited = 0; waited < 200 && changes.at(-1)?.version !== String(version); waited++)
        await new Promise((resolve) => setTimeout(resolve, 5))
    },
  }
}

test("an organisation's actions come and go with its settings, in words too", async () => {
  const under = settingsUnderTest()
  const { understand } = createLiveUnderstand(() => under.registry.commands)
  const names = createNameIndex([{ kind: 'Service', id: 'shop', name: 'shop', aliases: [] }])
  const heard = () =>
    understand(
      {
        ...{ text: 'kick-restart shop', tenant: 't', now: '2026-11-21T02:14:00.000Z', zone: 'UTC', locale: 'en' },
        ...{ mentions: [], speaker: { kind: 'Person', id: 'dana' } },
      },
      names,
    )
  expect(heard().outcome).not.toBe('intent')
  await under.commit({ 'actions/kick.yaml': kick })
  expect(heard()).toMatchObject({ outcome: 'intent', intent: { command: 'action.web-app.kick' } })
  await under.commit({})
  expect(under.registry.find('action.web-app.kick')).toBeUndefined()
  expect(under.registry.find('action.web-app.restart')).toBeDefined()
  await under.followed.stop()
})

test("an organisation's kinds come and go with its settings", async () => {
  const under = settingsUnderTest()
  const own = () => under.kinds.all().slice(builtInKinds.length)
  const flag = 'kind: FeatureFlag\ntitle: Feature flag\ntitles: Feature flags\nsummary: A switch.\n'
  await under.commit({ 'blueprints/flag.yaml': flag, 'blueprints/broken.yaml': 'kind: [' })
  expect(own()).toMatchObject([{ kind: 'FeatureFlag', plural: 'Feature flags' }])
  expect(under.followed.mistakes()).toEqual([expect.stringMatching(/^blueprints\/broken\.yaml, line 1: /)])
  await under.commit({})
  expect(own()).toEqual([])
  await under.followed.stop()
})

test('a mistake is told once, stays in the status until it is mended, and stops nothing', async () => {
  const under = settingsUnderTest()
  await under.commit({
    'actions/kick.yaml': kick,
    'actions/broken.yaml': 'id: [',
    'policies/approvals.yaml': 'rule: []',
    'policies/hours.yaml': 'freezes: [x]',
    'audiences.yaml': 'default: { see: everything }',
  })
  expect(under.followed.mistakes()).toEqual([
    expect.stringMatching(/^actions\/broken\.yaml, line 1: /),
    expect.stringMatching(/^policies\/approvals\.yaml, line 1: /),
    expect.stringMatching(/^policies\/approvals\.yaml, line 1: /),
    expect.stringMatching(/^policies\/hours\.yaml, line 1: /),
    expect.stringMatching(/^audiences\.yaml, line 1: /),
  ])
  expect(under.registry.find('action.web-app.kick')).toBeDefined()
  await under.commit({ 'actions/kick.yaml': kick })
  expect(under.followed.mistakes()).toEqual([])
  expect(under.changes).toHaveLength(2)
  await under.followed.stop()
})
