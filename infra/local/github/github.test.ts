import { createHash, createPrivateKey, generateKeyPairSync } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { createAppAuth } from '@octokit/auth-app'
import { Octokit } from '@octokit/rest'
import { SignJWT } from 'jose'
import { openStates } from '../frame/state.js'
import type { Organisation } from '../organisation/model.js'
import { smallOrganisation } from '../testing/small-organisation.js'
import { startVendors, type Started } from '../testing/start-vendors.js'
import { githubApp } from './app.js'
import { gitHub } from './github.js'
import { limits } from './rate-limit.js'

type Repository = Organisation['repositories'][number]
const nightly = `name: Nightly
on:
  workflow_dispatch:
    inputs:
      environment: { type: choice, options: [staging, production], required: true }
      dry-run: { type: boolean, default: false }
jobs:
  test: { runs-on: ubuntu-latest, steps: [{ name: Unit tests, run: npm test }] }
  ship: { runs-on: ubuntu-latest, steps: [{ uses: azure/login@v2 }] }
`
const repository = (name: string, over: Partial<Repository> = {}): Repository => ({
  ...{ name, host: 'github', description: '', topics: [], private: true, archived: false, team: 'identity' },
  ...{ files: { 'README.md': `# ${name}\n` }, commits: [], pulls: [], workflows: [], ...over },
})
const pull = (number: number, over: Partial<Repository['pulls'][number]> = {}): Repository['pulls'][number] => ({
  ...{ number, title: `Change ${number}`, by: 'lee', reviewers: ['dana'], opened: `2026-11-1${number % 10}T09:00:00Z` },
  ...{ branch: `change-${number}`, draft: false, state: 'open', checks: 'success', body: 'Why', ...over },
})
const auth = repository('auth-api', {
  language: 'TypeScript',
  topics: ['identity'],
  files: {
    'README.md': '# auth-api\n',
    CODEOWNERS: '* @northwind/identity\nsrc/ @dana-nw @nobody\ndocs/ @northwind/docs writers@northwind.example oops\n',
    'src/index.ts': 'export const port = 80\n',
    'src/db/client.ts': 'export {}\n',
    '.github/workflows/nightly.yml': nightly,
  },
  commits: [
    { by: 'dana', at: '2026-11-18T10:00:00Z', message: 'Cache tokens' },
    { by: 'lee', at: '2026-11-19T10:00:00Z', message: 'Limit the cache' },
  ],
  pulls: [
    pull(1, { state: 'merged', updated: '2026-11-15T09:00:00Z' }),
    pull(2, { checks: 'failure' }),
    pull(3, { draft: true, by: 'mei', reviewers: [] }),
  ],
  workflows: [
    {
      ...{ name: 'Nightly', path: '.github/workflows/nightly.yml', dispatch: true },
      runs: [
        {
          at: '2026-11-19T02:00:00Z',
          by: 'lee',
          minutes: 4,
          conclusion: 'failure',
          branch: 'main',
          message: 'Limit the cache',
        },
      ],
    },
    { name: 'CI', path: '.github/workflows/ci.yml', dispatch: false, runs: [] },
  ],
})
const org = smallOrganisation({
  repositories: [
    auth,
    ...Array.from({ length: 9 }, (_, index) => repository(`service-${index}`)),
    repository('elsewhere', { host: 'azure-devops', project: 'Shop' }),
  ],
})
org.services[0] = { ...org.services[0]!, repository: 'auth-api', versions: { staging: '4.7.2', production: '4.7.1' } }

let served: Started
let octokit: Octokit
const baseUrl = () => `${served.base}/github`
const at = { owner: 'northwind', repo: 'auth-api' }
const log = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} }

function connect(): Octokit {
  const { appId, installationId, privateKey } = githubApp(served.services)
  return new Octokit({
    authStrategy: createAppAuth,
    auth: { appId, privateKey, installationId },
    baseUrl: baseUrl(),
    log,
  })
}
beforeAll(async () => {
  served = await startVendors({ org, vendors: [gitHub], now: '2026-11-20T12:00:00Z' })
  octokit = connect()
})
afterAll(() => served.close())

const status = (call: Promise<unknown>) =>
  call.then(
    () => 'not refused',
    (error: { status: number; response?: { data: { message: string } } }) => [
      error.status,
      error.response?.data.message,
    ],
  )

describe('the app', () => {
  test('exchanges its JSON web token for an installation token and reads what the installation may', async () => {
    expect((await octokit.apps.getAuthenticated()).data).toMatchObject({
      slug: 'nexus',
      id: githubApp(served.services).appId,
    })
    const { data } = await octokit.apps.listReposAccessibleToInstallation({ per_page: 100 })
    expect(data.total_count).toBe(10)
    const { token, expiresAt } = (await octokit.auth({ type: 'installation' })) as { token: string; expiresAt: string }
    expect(token).toMatch(/^ghs_[A-Za-z0-9]{36}$/)
    expect(Date.parse(expiresAt) - Date.now()).toBeGreaterThan(59 * 60_000)
  })

  test('a token cut to a repository sees no other, and one that is wider than the installation is refused', async () => {
    const { installationId } = githubApp(served.services)
    const { data } = await octokit.apps.createInstallationAccessToken({
      installation_id: installationId,
      repositories: ['service-1'],
    })
    const narrow = new Octokit({ auth: data.token, baseUrl: baseUrl(), log })
    expect((await narrow.apps.listReposAccessibleToInstallation()).data.repositories.map(({ name }) => name)).toEqual([
      'service-1',
    ])
    expect(await status(narrow.repos.get(at))).toEqual([404, 'Not Found'])
    const wide = octokit.apps.createInstallationAccessToken({
      installation_id: installationId,
      permissions: { members: 'write' },
    })
    expect((await status(wide))[0]).toBe(422)
  })

  test.each([
    ['no credential', async () => undefined, 401, 'Requires authentication'],
    ['a token that was never issued', async () => 'ghs_000000000000000000000000000000000000', 401, 'Bad credentials'],
    ['an unsigned token', async () => 'e30.e30.e30', 401, 'A JSON web token could not be decoded'],
  ])('refuses %s', async (_what, credential, code, message) => {
    const token = await credential()
    const response = await fetch(`${baseUrl()}${token?.includes('.') ? '/app' : '/orgs/northwind'}`, {
      headers: { 'user-agent': 'test', ...(token && { authorization: `Bearer ${token}` }) },
    })
    expect(response.status).toBe(code)
    expect(await response.json()).toMatchObject({
      message,
      documentation_url: expect.stringContaining('docs.github.com'),
    })
  })

  test.each([
    ['of eleven minutes', 0, 660, /too far in the future/],
    ['that expired', -700, -100, /must be a numeric value/],
    ['from the future', 300, 500, /'Issued at'/],
  ])('refuses a JSON web token %s', async (_what, iat, exp, message) => {
    const now = Math.floor(Date.now() / 1000)
    const { appId, privateKey } = githubApp(served.services)
    const token = await new SignJWT({ iss: String(appId), iat: now + iat, exp: now + exp })
      .setProtectedHeader({ alg: 'RS256' })
      .sign(createPrivateKey(privateKey))
    const response = await fetch(`${baseUrl()}/app`, {
      headers: { 'user-agent': 'test', authorization: `Bearer ${token}` },
    })
    expect([response.status, ((await response.json()) as { message: string }).message]).toEqual([
      401,
      expect.stringMatching(message),
    ])
  })

  test("refuses a stranger's key, and the app's own token where an installation's is needed", async () => {
    const { privateKey } = generateKeyPairSync('rsa', {
      modulusLength: 2048,
      privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
      publicKeyEncoding: { type: 'spki', format: 'pem' },
    })
    const { appId, installationId } = githubApp(served.services)
    const stranger = new Octokit({
      authStrategy: createAppAuth,
      auth: { appId, privateKey, installationId },
      baseUrl: baseUrl(),
      log,
    })
    expect(await status(stranger.apps.getAuthenticated())).toEqual([401, 'A JSON web token could not be decoded'])
    const { token } = (await octokit.auth({ type: 'app' })) as { token: string }
    const asApp = new Octokit({ auth: token, baseUrl: baseUrl(), log })
    expect(await status(asApp.repos.get(at))).toEqual([403, 'Resource not accessible by integration'])
  })
})

describe('lists', () => {
  test('are paged by Link, which the client follows', async () => {
    const first = await octokit.repos.listForOrg({ org: 'northwind', per_page: 4, sort: 'full_name' })
    expect(first.headers.link).toContain('rel="next"')
    expect(first.headers.link).toContain('page=3>; rel="last"')
    const all = await octokit.paginate(octokit.repos.listForOrg, { org: 'northwind', per_page: 4, sort: 'full_name' })
    expect(all.map(({ name }) => name)).toEqual([
      'auth-api',
      ...Array.from({ length: 9 }, (_, index) => `service-${index}`),
    ])
  })

  test('answer 304 to who has them, without counting, and count what they answer', async () => {
    const before = await octokit.repos.get(at)
    const again = octokit.repos.get({ ...at, headers: { 'if-none-match': before.headers.etag! } })
    expect(await status(again)).toEqual([304, undefined])
    const after = await octokit.repos.get(at)
    expect(Number(before.headers['x-ratelimit-remaining']) - Number(after.headers['x-ratelimit-remaining'])).toBe(1)
  })

  test('refuse what they cannot order by, and another API version', async () => {
    expect(await status(octokit.repos.listForOrg({ org: 'northwind', sort: 'colour' as 'created' }))).toEqual([
      422,
      'Validation Failed',
    ])
    expect((await status(octokit.repos.get({ ...at, headers: { 'x-github-api-version': '2019-01-01' } })))[0]).toBe(400)
    expect(await status(octokit.request('GET /gists'))).toEqual([404, 'Not Found'])
  })
})

describe('files', () => {
  test('are read with the sha Git gives them, listed, and written as commits', async () => {
    const { data } = await octokit.repos.getContent({ ...at, path: 'src/index.ts' })
    if (Array.isArray(data) || data.type !== 'file') throw new Error('a file was expected')
    const text = Buffer.from(data.content, 'base64').toString()
    expect(text).toBe('export const port = 80\n')
    expect(data.sha).toBe(createHash('sha1').update(`blob ${text.length}\0${text}`).digest('hex'))
    const listed = await octokit.repos.getContent({ ...at, path: 'src' })
    expect((listed.data as { name: string; type: string }[]).map(({ name, type }) => `${type} ${name}`)).toEqual([
      'dir db',
      'file index.ts',
    ])

    const content = Buffer.from('export const port = 8080\n').toString('base64')
    const write = { ...at, path: 'src/index.ts', message: 'Another port', content }
    expect((await status(octokit.repos.createOrUpdateFileContents(write)))[0]).toBe(422)
    expect((await status(octokit.repos.createOrUpdateFileContents({ ...write, sha: '0'.repeat(40) })))[0]).toBe(409)
    const written = await octokit.repos.createOrUpdateFileContents({ ...write, sha: data.sha })
    expect(written.status).toBe(200)
    const { data: commits } = await octokit.repos.listCommits({ ...at, path: 'src/index.ts' })
    expect(commits.map(({ commit }) => commit.message)).toEqual(['Another port', 'Initial commit'])
    expect(commits[0]!.sha).toBe(written.data.commit.sha)
    expect((await status(octokit.repos.getContent({ ...at, path: 'nothing' })))[0]).toBe(404)
    const raw = await octokit.repos.getContent({ ...at, path: 'src/index.ts', mediaType: { format: 'raw' } })
    expect(raw.data).toBe('export const port = 8080\n')
  })

  test('of CODEOWNERS are checked against teams and members', async () => {
    const { data } = await octokit.repos.codeownersErrors(at)
    expect(data.errors.map(({ line, column, kind }) => [line, column, kind])).toEqual([
      [2, 15, 'Unknown owner'],
      [3, 7, 'Unknown owner'],
      [3, 49, 'Invalid owner'],
    ])
    expect((await status(octokit.repos.codeownersErrors({ ...at, repo: 'service-1' })))[0]).toBe(404)
  })
})

test('commits are found by time and author, and compared', async () => {
  const recent = await octokit.repos.listCommits({
    ...at,
    since: '2026-11-18T00:00:00Z',
    until: '2026-11-19T23:00:00Z',
  })
  expect(recent.data.map(({ commit }) => commit.message)).toEqual(['Limit the cache', 'Cache tokens'])
  expect(
    (await octokit.repos.listCommits({ ...at, author: 'dana-nw' })).data.map(({ author }) => author?.login),
  ).toContain('dana-nw')
  const { data } = await octokit.repos.compareCommitsWithBasehead({ ...at, basehead: 'main...change-2' })
  expect(data).toMatchObject({
    status: 'diverged',
    ahead_by: 1,
    files: [{ filename: 'changes/2.md', status: 'added' }],
  })
})

test('a branch is made, changed, proposed, reviewed and merged', async () => {
  const main = (await octokit.git.getRef({ ...at, ref: 'heads/main' })).data.object.sha
  await octokit.git.createRef({ ...at, ref: 'refs/heads/nexus/owner', sha: main })
  expect(await status(octokit.git.createRef({ ...at, ref: 'refs/heads/nexus/owner', sha: main }))).toEqual([
    422,
    'Reference already exists',
  ])
  expect((await status(octokit.git.createRef({ ...at, ref: 'refs/heads/a..b', sha: main })))[0]).toBe(422)
  const proposal = { ...at, title: 'Name the owner', head: 'nexus/owner', base: 'main' }
  expect((await status(octokit.pulls.create(proposal)))[0]).toBe(422) // no commits yet
  const content = Buffer.from('kind: Component\n').toString('base64')
  await octokit.repos.createOrUpdateFileContents({
    ...at,
    path: 'catalog-info.yaml',
    message: 'Name the owner',
    content,
    branch: 'nexus/owner',
  })
  const { data: made } = await octokit.pulls.create(proposal)
  expect(made).toMatchObject({ number: 4, state: 'open', user: { login: 'nexus[bot]', type: 'Bot' }, commits: 1 })
  expect((await status(octokit.pulls.create(proposal)))[0]).toBe(422)
  const files = await octokit.pulls.listFiles({ ...at, pull_number: made.number })
  expect(files.data).toMatchObject([{ filename: 'catalog-info.yaml', status: 'added', deletions: 0 }])
  expect(files.data).toHaveLength(made.changed_files)

  const number = { ...at, pull_number: 4 }
  const asked = await octokit.pulls.requestReviewers({
    ...number,
    reviewers: ['dana-nw'],
    team_reviewers: ['identity'],
  })
  expect(asked.data.requested_reviewers?.map(({ login }) => login)).toEqual(['dana-nw'])
  expect((await status(octokit.pulls.requestReviewers({ ...number, reviewers: ['gus-nw'] })))[0]).toBe(422) // a guest
  expect((await status(octokit.pulls.createReview({ ...number, event: 'APPROVE' })))[0]).toBe(422) // its own
  await octokit.issues.createComment({ ...at, issue_number: 4, body: 'Please look' })
  expect((await octokit.issues.listComments({ ...at, issue_number: 4 })).data).toHaveLength(1)
  expect((await status(octokit.pulls.merge({ ...number, sha: main })))[0]).toBe(409)
  expect((await octokit.pulls.merge({ ...number, merge_method: 'squash' })).data.merged).toBe(true)
  expect((await status(octokit.pulls.merge(number)))[0]).toBe(405)
  expect((await octokit.repos.getContent({ ...at, path: 'catalog-info.yaml' })).status).toBe(200)
  expect((await octokit.pulls.get(number)).data).toMatchObject({
    merged: true,
    state: 'closed',
    merged_by: { login: 'nexus[bot]' },
  })
})

test('pull requests are listed by state and branch, with their checks, and found by search', async () => {
  const open = await octokit.pulls.list({ ...at, state: 'open' })
  expect(open.data.map(({ number, draft }) => [number, draft])).toEqual([
    [3, true],
    [2, false],
  ])
  expect((await octokit.pulls.list({ ...at, head: 'northwind:change-2' })).data).toHaveLength(1)
  const checks = await octokit.checks.listForRef({ ...at, ref: open.data[1]!.head.sha })
  expect(checks.data.check_runs.map(({ conclusion }) => conclusion)).toEqual(['failure'])
  const found = await octokit.search.issuesAndPullRequests({
    q: 'is:pr is:open review-requested:dana-nw org:northwind',
  })
  expect(found.data.items.map(({ number }) => number)).toEqual([2])
  expect((await status(octokit.search.issuesAndPullRequests({ q: 'colour:red' })))[0]).toBe(422)
})

test('teams, members and permissions follow the organisation', async () => {
  const team = await octokit.teams.listMembersInOrg({ org: 'northwind', team_slug: 'identity' })
  expect(team.data.map(({ login }) => login)).toEqual(['dana-nw', 'lee-nw', 'mei-nw'])
  expect((await octokit.teams.getByName({ org: 'northwind', team_slug: 'identity' })).data).toMatchObject({
    members_count: 3,
    repos_count: 10,
  })
  const levels = await Promise.all(
    ['mei-nw', 'lee-nw', 'gus-nw'].map(
      async (username) => (await octokit.repos.getCollaboratorPermissionLevel({ ...at, username })).data.permission,
    ),
  )
  expect(levels).toEqual(['admin', 'write', 'none'])
})

describe('a workflow', () => {
  const workflow = { ...at, workflow_id: 'nightly.yml' }

  test('is refused a ref, an input or a value that it does not know', async () => {
    const dispatch = (ref: string, inputs?: Record<string, unknown>, id = 'nightly.yml') =>
      status(octokit.actions.createWorkflowDispatch({ ...at, workflow_id: id, ref, ...(inputs && { inputs }) }))
    expect(await dispatch('nowhere')).toEqual([422, 'No ref found for: nowhere'])
    expect(await dispatch('main')).toEqual([422, "Required input 'environment' not provided"])
    expect(await dispatch('main', { environment: 'moon' })).toEqual([422, expect.stringContaining("'moon'")])
    expect(await dispatch('main', { environment: 'staging', colour: 'red' })).toEqual([
      422,
      'Unexpected inputs provided: ["colour"]',
    ])
    expect(await dispatch('main', {}, 'ci.yml')).toEqual([422, "Workflow does not have 'workflow_dispatch' trigger"])
    expect((await dispatch('main', {}, 'none.yml'))[0]).toBe(404)
  })

  test('that is dispatched waits, works and ends as business time passes; it can be cancelled and run again', async () => {
    served.clock.set(new Date('2026-11-20T13:00:00Z'))
    const sent = await octokit.actions.createWorkflowDispatch({
      ...workflow,
      ref: 'main',
      inputs: { environment: 'staging' },
    })
    expect(sent.status).toBe(204)
    const newest = async () =>
      (await octokit.actions.listWorkflowRuns({ ...workflow, event: 'workflow_dispatch', created: '>=2026-11-20' }))
        .data.workflow_runs[0]!
    const id = (await newest()).id
    const state = async () => {
      const { data } = await octokit.actions.getWorkflowRun({ ...at, run_id: id })
      return [data.status, data.conclusion]
    }
    expect(await state()).toEqual(['queued', null])
    served.clock.set(new Date('2026-11-20T13:01:00Z'))
    expect(await state()).toEqual(['in_progress', null])
    expect((await status(octokit.actions.reRunWorkflow({ ...at, run_id: id })))[0]).toBe(403)
    served.clock.set(new Date('2026-11-20T14:00:00Z'))
    expect(await state()).toEqual(['completed', 'success'])
    expect((await newest()).updated_at).toBe('2026-11-20T13:04:05Z') // five seconds in the queue, then as long as last time
    expect((await status(octokit.actions.cancelWorkflowRun({ ...at, run_id: id })))[0]).toBe(409)

    await octokit.actions.reRunWorkflow({ ...at, run_id: id })
    expect(await state()).toEqual(['queued', null])
    await octokit.actions.cancelWorkflowRun({ ...at, run_id: id })
    expect(await state()).toEqual(['completed', 'cancelled'])
    const jobs = await octokit.actions.listJobsForWorkflowRun({ ...at, run_id: id })
    expect(jobs.data.jobs.map(({ name, conclusion }) => [name, conclusion])).toEqual([
      ['test', 'cancelled'],
      ['ship', 'cancelled'],
    ])
    const logs = await octokit.actions.downloadJobLogsForWorkflowRun({ ...at, job_id: jobs.data.jobs[0]!.id })
    expect(String(logs.data)).toContain('Unit tests')
  })

  test('says which past runs failed', async () => {
    const { data } = await octokit.actions.listWorkflowRunsForRepo({ ...at, status: 'failure', branch: 'main' })
    expect(data.workflow_runs).toMatchObject([{ name: 'Nightly', event: 'push', actor: { login: 'lee-nw' } }])
  })
})

test('versions are tags, releases and deployments; a new deployment gets its states', async () => {
  expect((await octokit.repos.getLatestRelease(at)).data.tag_name).toBe('v4.7.2')
  const { data } = await octokit.repos.listDeployments({ ...at, environment: 'production' })
  expect(data.map(({ ref }) => ref)).toEqual(['v4.7.1'])
  const made = await octokit.repos.createDeployment({ ...at, ref: 'v4.7.2', environment: 'production' })
  if (made.status !== 201) throw new Error('a deployment was expected')
  const deployment = { ...at, deployment_id: made.data.id }
  await octokit.repos.createDeploymentStatus({ ...deployment, state: 'success' })
  expect((await octokit.repos.listDeploymentStatuses(deployment)).data.map(({ state }) => state)).toEqual(['success'])
  expect((await status(octokit.repos.createDeploymentStatus({ ...deployment, state: 'fine' as 'success' })))[0]).toBe(
    422,
  )
})

test('too many writes in a minute meet the secondary limit, which says how long to wait', async () => {
  const { token } = (await connect().auth({ type: 'installation' })) as { token: string }
  const write = () =>
    fetch(`${baseUrl()}/repos/northwind/auth-api/git/refs`, {
      method: 'POST',
      body: '{}',
      headers: { authorization: `token ${token}`, 'user-agent': 'test', 'content-type': 'application/json' },
    })
  // The other tests have written too: they share the installation's minute.
  let refused = await write()
  for (let count = 1; count < limits.writesPerMinute && refused.status === 422; count++) refused = await write()
  expect([refused.status, refused.headers.get('retry-after')]).toEqual([403, '60'])
})

test('the key pair and the tokens outlive a restart', () => {
  const folder = mkdtempSync(join(tmpdir(), 'nexus-github-'))
  try {
    const start = () => {
      const states = openStates(folder, org.generation)
      return { ...states, app: githubApp({ ...served.services, open: states.open }) }
    }
    const first = start()
    const { token } = first.app.issue({})
    first.flush()
    const second = start()
    expect(second.app.privateKey).toBe(first.app.privateKey)
    expect(second.app.tokenOf(token)).toBeDefined()
    second.flush()
  } finally {
    rmSync(folder, { recursive: true })
  }
})
