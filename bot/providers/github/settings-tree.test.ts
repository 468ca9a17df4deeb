import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { randomUUID } from 'node:crypto'
import { githubApp } from '../../../infra/local/github/app.js'
import { gitHub } from '../../../infra/local/github/github.js'
import { smallOrganisation } from '../../../infra/local/testing/small-organisation.js'
import { startVendors, type Started } from '../../../infra/local/testing/start-vendors.js'
import { connectGitHub } from './github-client.js'
import { gitHubSettings, type SettingsTree } from './settings-tree.js'

const org = smallOrganisation({
  repositories: [
    {
      ...{ name: 'nexus-settings', host: 'github', description: '', topics: [], private: true, archived: false },
      ...{ team: 'identity', commits: [], pulls: [], workflows: [] },
      files: {
        'policies/approvals.yaml': 'rules: []\n',
        'actions/a.yaml': 'id: a\n',
        'actions/deep/b.yaml': 'id: b\n',
        'picture.png': 'not a setting',
      },
    },
  ],
})

let served: Started
let tree: SettingsTree
let app: Parameters<typeof connectGitHub>[0]
/** Paths that GitHub was asked for. */
let asked: string[]
const treeOf = (over: { repository?: string; branch?: string } = {}) =>
  gitHubSettings({ ...app, repository: 'nexus-settings', branch: 'main', clock: { now: () => now }, ...over })
const now = '2026-11-21T02:14:00.000Z'
const refresh = (of = tree) => of.refresh(AbortSignal.timeout(5_000))

beforeEach(async () => {
  asked = []
  served = await startVendors({
    org,
    vendors: [
      (services) => {
        const vendor = gitHub(services)
        return { ...vendor, handle: (request) => (asked.push(request.path), vendor.handle(request)) }
      },
    ],
  })
  const { appId, privateKey } = githubApp(served.services)
  app = { endpoint: `${served.base}/github`, organisation: org.github.organisation, appId: String(appId), privateKey }
  tree = treeOf()
})
afterEach(() => served.close())

/** Writes a file as somebody would on GitHub. */
async function write(path: string, text: string): Promise<void> {
  const octokit = await connectGitHub(app)
  const at = { owner: org.github.organisation, repo: 'nexus-settings', path }
  const sha = await octokit.rest.repos.getContent(at).then(
    ({ data }) => ('sha' in data ? data.sha : undefined),
    () => undefined,
  )
  const content = Buffer.from(text).toString('base64')
  await octokit.rest.repos.createOrUpdateFileContents({ ...at, message: randomUUID(), content, ...(sha && { sha }) })
}

test('the first question reads the tree', async () => {
  expect(await tree.read('policies/approvals.yaml')).toBe('rules: []\n')
  expect(await tree.read('policies/nothing.yaml')).toBeUndefined()
  expect(await tree.list('actions')).toEqual(['actions/a.yaml', 'actions/deep/b.yaml'])
  expect(await tree.list('act')).toEqual([])
  expect(await tree.list('')).not.toContain('picture.png')
  expect(await tree.version()).toMatch(/^[0-9a-f]{40}$/)
  expect(tree.state()).toEqual({ source: 'settings', title: 'Settings', asOf: now })
})

test('a tree that has not changed is not read again', async () => {
  await refresh()
  asked.length = 0
  await refresh()
  expect(asked).toEqual(['/repos/northwind/nexus-settings/commits/main'])
})

test('a new commit is a new version, and only what is new in it is fetched', async () => {
  const before = await tree.version()
  await write('actions/a.yaml', 'id: other\n')
  asked.length = 0
  await refresh()
  expect(await tree.version()).not.toBe(before)
  expect(await tree.read('actions/a.yaml')).toBe('id: other\n')
  expect(asked.filter((path) => path.includes('/git/blobs/'))).toHaveLength(1)
})

test('while GitHub is silent what was read last holds, and it is said since when', async () => {
  await refresh()
  served.services.faults.add({ target: 'github', status: 503 })
  await refresh()
  expect(await tree.read('actions/a.yaml')).toBe('id: a\n')
  expect(tree.state()).toMatchObject({ asOf: now, down: { since: now, reason: 'GitHub does not answer.' } })
  served.services.faults.clear()
  await refresh()
  expect(tree.state().down).toBeUndefined()
})

test.each([
  ['a repository that is not there', { repository: 'nowhere' }],
  ['a branch that is not there', { branch: 'nowhere' }],
])('%s is said, and nothing is taken for its settings', async (_, over) => {
  const wrong = treeOf(over)
  await expect(wrong.read('policies/approvals.yaml')).rejects.toMatchObject({ code: 'Unavailable' })
  expect(wrong.state().down?.reason).toMatch(/^GitHub shows Nexus no branch/)
})
