import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Octokit } from '@octokit/rest'
import { createAppAuth } from '@octokit/auth-app'
import { afterEach, beforeEach, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { createHttpServer, type HttpServer } from '../bot/channels/http/http-server.js'
import { webhookRoutes } from '../bot/channels/http/webhooks/webhook-routes.js'
import { webhookSources } from '../bot/channels/http/webhooks/webhook-sources.js'
import { movedByDelivered, readDelivered } from '../bot/deliveries.js'
import {
  catalogInfo,
  keys,
  readAll,
  repository,
  serveGitHub,
  signal,
  type ServedGitHub,
} from '../bot/providers/github/testing/served-github.js'
import type { TenantStore } from '../bot/store/contract.js'
import { keepDeliveries, readDelivery } from '../bot/store/records/delivery-records.js'
import { openSqliteStore, type SqliteStore } from '../bot/store/sqlite/open.js'
import { githubApp } from '../infra/local/github/app.js'
import { Router } from '../infra/local/frame/router.js'
import { siteRoutes } from '../infra/local/github/site/site-routes.js'
import { webhookHeaders, webhooksOf, type Webhook } from '../infra/local/github/webhooks.js'
import { signers } from '../infra/local/teams/webhooks/signers.js'
import type { Delivery, Moved } from '../skills/kit/delivery.js'
import type { Claim, Ref } from '../skills/kit/model.js'
import { refKey } from '../skills/kit/ref-key.js'

const secret = 'github-secret-of-a-test'
const at = { owner: 'northwind', repo: 'auth' }

let folder: string
let store: SqliteStore
let own: TenantStore
let hub: HttpServer
let address: string
let gitHub: ServedGitHub
let octokit: Octokit
/** Does what a person does on GitHub's pages. */
let onSite: (method: string, path: string, body: object) => Promise<unknown>
let sent: Webhook[]

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'nexus-github-webhooks-'))
  store = await openSqliteStore({ folder, clock: { now: () => Date.now() }, id: randomUUID })
  own = store.forTenant('northwind')
  const sources = webhookSources(
    { NEXUS_GITHUB_WEBHOOK_SECRET: secret },
    { authority: 'https://login.test', tenant: 'northwind', audience: 'nexus' },
    fetch,
  )
  const keep = (arrived: Parameters<typeof keepDeliveries>[1]) => keepDeliveries(own.inbox, arrived)
  hub = createHttpServer(webhookRoutes({ sources, keep, failed: fail }), fail)
  address = `http://127.0.0.1:${await hub.listen('127.0.0.1', 0)}`
  const workflow = '.github/workflows/deploy.yml'
  gitHub = await serveGitHub([
    repository('auth', {
      files: {
        'catalog-info.yaml': catalogInfo('auth'),
        [workflow]: 'on: [push, workflow_dispatch]\njobs: { build: { runs-on: ubuntu-latest, steps: [] } }\n',
      },
      workflows: [{ name: 'Deploy', path: workflow, dispatch: true, runs: [] }],
      dependencies: [{ ecosystem: 'npm', name: 'left-pad', version: '1.0.0' }],
    }),
    repository('web', { files: { 'catalog-info.yaml': catalogInfo('web') } }),
  ])
  const { appId, installationId, privateKey } = githubApp(gitHub.served.services)
  octokit = new Octokit({
    ...{ baseUrl: `${gitHub.served.base}/github`, authStrategy: createAppAuth },
    auth: { appId, installationId, privateKey },
  })
  sent = []
  webhooksOf(gitHub.served.services).connect((webhook) => (sent.push(webhook), deliver(webhook)))
  const router = new Router()
  siteRoutes(router, gitHub.served.services)
  onSite = async (method, path, body) => {
    const asked = {
      method: method.toUpperCase(),
      path: `/local/github${path}`,
      body,
      query: {},
      headers: {},
      params: {},
    }
    const answer = await router.handle({ ...asked, raw: Buffer.alloc(0), url: new URL('http://local') })
    if (answer.status !== 200) throw new Error(JSON.stringify(answer.body))
    return answer.body
  }
})
afterEach(async () => {
  await gitHub.served.close()
  await hub.drain(0)
  await store.close()
  rmSync(folder, { recursive: true })
})

const fail = (error: unknown): void => {
  throw error
}

/** Brings a webhook to the hub, signed as GitHub signs. @param over headers to send in place of the right ones */
async function deliver(webhook: Webhook, over: Record<string, string> = {}): Promise<number> {
  const signed = await signers({ github: secret }).github!(webhook.body, new Headers(webhookHeaders(webhook)))
  const headers = { ...signed.headers, ...webhookHeaders(webhook), ...over }
  return (await fetch(address + signed.path, { method: 'POST', headers, body: signed.rawBody })).status
}

/** What the hub has kept and nobody has worked on, in order. */
async function kept(): Promise<Delivery[]> {
  await webhooksOf(gitHub.served.services).idle()
  const items = await own.inbox.claim({ limit: 100, leaseMs: 60_000, worker: 'a test' })
  return items.map(readDelivery)
}

const namesOf = ({ reread }: Pick<Moved, 'reread'>) => reread.map(({ kind, id }) => `${kind} ${id}`)

/** Each event that GitHub's app hears, what makes it, and what is to be read anew for it. */
const events: [event: string, does: () => Promise<unknown>, refs: RegExp[]][] = [
  [
    'push',
    () => onSite('post', '/pushes', { repository: 'auth', files: { 'a.txt': 'a' } }),
    [/^Repository github\/northwind\/auth$/],
  ],
  [
    'pull_request',
    async () => {
      await onSite('post', '/pushes', { repository: 'auth', branch: 'fix', files: { 'b.txt': 'b' } })
      await octokit.pulls.create({ ...at, title: 'Fix', head: 'fix', base: 'main' })
    },
    [/^PullRequest github\/northwind\/auth#1$/, /^Repository /],
  ],
  [
    'deployment',
    () => octokit.repos.createDeployment({ ...at, ref: 'main', environment: 'staging' }),
    [/^Deployment github\/northwind\/auth\/deployments\/\d+$/],
  ],
  [
    'deployment_status',
    async () => {
      const { data } = await octokit.repos.createDeployment({ ...at, ref: 'main', environment: 'staging' })
      await octokit.repos.createDeploymentStatus({
        ...at,
        deployment_id: (data as { id: number }).id,
        state: 'success',
      })
    },
    [/^Deployment github\/northwind\/auth\/deployments\/\d+$/],
  ],
  ['release', () => octokit.repos.createRelease({ ...at, tag_name: 'v1.0.0' }), [/^Repository /]],
  [
    'workflow_run',
    () => octokit.actions.createWorkflowDispatch({ ...at, workflow_id: 'deploy.yml', ref: 'main' }),
    [/^Run github\/northwind\/auth\/runs\/\d+$/, /^Pipeline github\/northwind\/auth\/workflows\/deploy\.yml$/],
  ],
  [
    'dependabot_alert',
    () =>
      onSite('post', '/alerts', {
        ...{ repository: 'auth', kind: 'dependabot', severity: 'high', rule: 'GHSA-1', summary: 'Injection' },
        package: { ecosystem: 'npm', name: 'left-pad' },
      }),
    [/^Repository /, /^Package npm\/left-pad$/],
  ],
  ...(['code', 'secret'] as const).map((kind): (typeof events)[number] => [
    `${kind}_scanning_alert`,
    () => onSite('post', '/alerts', { repository: 'auth', kind, severity: 'high', rule: 'r', summary: 'Found' }),
    [/^Repository /],
  ]),
  [
    'repository',
    () => onSite('patch', '/repositories/auth', { name: 'sign-in' }),
    [/^Repository github\/northwind\/sign-in$/, /^Repository github\/northwind\/auth$/],
  ],
  ['team', () => onSite('post', '/teams', { name: 'Core' }), [/^Team core$/]],
  [
    'membership',
    () => onSite('patch', '/teams/identity', { members: ['lee'] }),
    [/^Team identity$/, /^Person @(dana|mei)-nw$/],
  ],
  ['installation', () => onSite('patch', '/installation', { permissions: { packages: 'none' } }), []],
  ['installation_repositories', () => onSite('patch', '/installation', { repositories: ['web'] }), []],
]

test.each(events)(
  '%s: what is done on GitHub is on disk before it is accepted, and names what to read',
  async (event, does, refs) => {
    await does()
    const deliveries = (await kept()).filter(({ headers }) => headers['x-github-event'] === event)
    expect(deliveries.length).toBeGreaterThan(0)
    expect(webhooksOf(gitHub.served.services).log.map(({ status }) => status)).toEqual(sent.map(() => 202))
    const moved = movedByDelivered(deliveries[0]!)!
    expect(namesOf(moved)).toEqual(refs.map((ref) => expect.stringMatching(ref)))
    expect(moved.sweep !== undefined).toBe(['repository', 'installation', 'installation_repositories'].includes(event))
    const { claims, gone } = await gitHub.source.reread!(moved.reread, signal())
    const known = [...claims, ...gone].map(({ kind, id }) => `${kind} ${id}`)
    for (const name of namesOf(moved).filter((one) => !one.startsWith('Person'))) expect(known).toContain(name)
  },
)

test('an event that nobody uses is accepted, and passed over with a reason', async () => {
  const webhook = { event: 'star', guid: randomUUID(), body: { action: 'created', repository: { full_name: 'n/a' } } }
  expect(await deliver(webhook)).toBe(202)
  const [delivery] = await kept()
  expect(movedByDelivered(delivery!)).toBeUndefined()
  expect(readDelivered(delivery!)).toEqual({
    ...{ state: 'ignored', reason: "GitHub's event star created tells of no change." },
  })
})

test('a wrong signature is refused, and the same delivery is one however often it comes', async () => {
  await onSite('post', '/pushes', { repository: 'auth', files: { 'a.txt': 'a' } })
  await webhooksOf(gitHub.served.services).idle()
  const [webhook] = sent
  const wrong = `sha256=${'0'.repeat(64)}`
  expect(await deliver({ ...webhook!, guid: randomUUID() }, { 'x-hub-signature-256': wrong })).toBe(401)
  expect(await deliver(webhook!)).toBe(202)
  const { data } = await asApp().request('GET /app/hook/deliveries')
  await asApp().request('POST /app/hook/deliveries/{delivery_id}/attempts', { delivery_id: Number(data[0]!.id) })
  expect((await kept()).map(({ id }) => id)).toEqual([webhook!.guid])
  expect(webhooksOf(gitHub.served.services).log.map(({ guid, redelivery }) => [guid, redelivery])).toEqual([
    [webhook!.guid, true],
    [webhook!.guid, false],
  ])
})

function asApp(): Octokit {
  const { appId, privateKey } = githubApp(gitHub.served.services)
  return new Octokit({
    ...{ baseUrl: `${gitHub.served.base}/github`, authStrategy: createAppAuth, auth: { appId, privateKey } },
  })
}

test('in whatever order events are worked on, and however often, the catalog comes to what is so', async () => {
  const before = (await readAll(gitHub.source)).claims
  for (const [event, does] of events)
    if (!['repository', 'installation', 'installation_repositories', 'team', 'membership'].includes(event)) await does()
  await onSite('post', '/merges', { repository: 'auth', number: 1, as: 'dana' })
  const moved = (await kept()).flatMap((one) => movedByDelivered(one) ?? [])
  const now = new Map((await readAll(gitHub.create())).claims.map((claim) => [refKey(claim), claim]))
  const nameOf = ({ kind, id }: Ref) => refKey({ kind, id })
  const order = fc.shuffledSubarray([...moved, ...moved], { minLength: moved.length * 2 })
  await fc.assert(
    fc.asyncProperty(order, async (shuffled) => {
      const catalog = new Map<string, Claim>(before.map((claim) => [nameOf(claim), claim]))
      for (const { reread } of shuffled) {
        const { claims, gone } = await gitHub.source.reread!(reread, signal())
        for (const ref of gone) catalog.delete(nameOf(ref))
        for (const claim of claims) catalog.set(nameOf(claim), claim)
      }
      // An environment that is new is told by the next sweep: no event names it.
      for (const [name, claim] of now) if (claim.kind !== 'Environment') expect(catalog.get(name)).toEqual(claim)
      const left = keys([...catalog.values()]).filter((name) => !now.has(name))
      expect(left.filter((name) => !/^(Deployment|Run)\//.test(name))).toEqual([])
    }),
    { numRuns: 3 },
  )
})
