import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { azureDevOps } from '../../../infra/local/azure-devops/azure-devops.js'
import { AUDIENCE } from '../../../infra/local/azure-devops/server.js'
import type { AzureDevOpsState } from '../../../infra/local/azure-devops/state.js'
import type { Organisation } from '../../../infra/local/organisation/model.js'
import { memoryState } from '../../../infra/local/frame/state.js'
import { smallOrganisation } from '../../../infra/local/testing/small-organisation.js'
import { startVendors, tokenTable, type Started } from '../../../infra/local/testing/start-vendors.js'
import { readWhole, type CatalogSource, type SweepPage } from '../../../skills/kit/catalog-source.js'
import { builtInKinds } from '../../../skills/kit/catalog/built-in-kinds.js'
import { checkClaim } from '../../../skills/kit/catalog/check-claim.js'
import type { Claim, Json } from '../../../skills/kit/model.js'
import { azureDevOpsSource } from './azure-devops-source.js'
import { refKey } from '../../../skills/kit/ref-key.js'

type Item = Organisation['workItems'][number]
const item = (id: number, over: Partial<Item> = {}): Item => ({
  ...{
    id,
    project: 'Shop',
    type: 'User Story',
    title: `Item ${id}`,
    state: 'New',
    created: '2026-11-01T09:00:00.000Z',
  },
  ...{ team: 'payments', priority: 2, tags: [], description: '', iteration: 'Sprint 9', ...over },
})
type Repository = Organisation['repositories'][number]
const repository = (name: string, project: string, over: Partial<Repository> = {}): Repository => ({
  ...{ name, project, host: 'azure-devops', description: '', topics: [], private: true, archived: false },
  ...{
    files: {},
    commits: [{ by: 'sam', at: '2026-11-18T10:00:00.000Z', message: 'Begin' }],
    pulls: [],
    workflows: [],
  },
  ...{ team: 'payments', ...over },
})
const pull = (number: number, over: Partial<Repository['pulls'][number]> = {}): Repository['pulls'][number] => ({
  ...{ number, title: `Pull ${number}`, by: 'sam', reviewers: ['dana'], opened: '2026-11-17T09:00:00.000Z' },
  ...{ branch: `pull-${number}`, draft: false, state: 'open', checks: 'success', body: '', ...over },
})
const organisation = (): Organisation => {
  const org = smallOrganisation({
    azureDevOps: {
      organisation: 'northwind',
      projects: [
        { name: 'Platform', description: '' },
        { name: 'Shop', description: 'What customers see' },
        { name: 'Vault', description: '', closed: true },
      ],
      capacity: [
        { person: 'sam', hours: 6, activity: 'Development', away: 2 },
        { person: 'dana', hours: 4 },
      ],
      feeds: [
        {
          name: 'all',
          packages: [
            {
              ecosystem: 'npm',
              name: '@northwind/ui',
              versions: [{ version: '1.2.0', at: '2026-11-02T09:00:00.000Z' }],
            },
          ],
        },
        {
          name: 'shop',
          project: 'Shop',
          packages: [
            {
              ecosystem: 'npm',
              name: '@northwind/ui',
              versions: [{ version: '1.1.0', at: '2026-10-02T09:00:00.000Z' }],
            },
            {
              ecosystem: 'maven',
              name: 'example:cards',
              versions: [{ version: '3.0', at: '2026-11-03T09:00:00.000Z' }],
            },
          ],
        },
      ],
    },
    repositories: [
      repository('orders', 'Shop', {
        policies: { reviewers: 2, build: 'orders-ci', workItem: true, comments: true },
        pulls: [pull(41), pull(40, { state: 'merged', updated: '2026-11-11T09:00:00.000Z' })],
      }),
      repository('old-orders', 'Shop', { archived: true }),
      repository('network', 'Platform', { team: 'identity' }),
      repository('keys', 'Vault', { team: 'identity' }),
    ],
    pipelines: [
      {
        ...{
          name: 'orders-ci',
          project: 'Shop',
          folder: '\\',
          repository: 'orders',
          service: 'payments',
          release: true,
        },
        parameters: [{ name: 'environment', type: 'string', default: 'staging' }],
        environments: [{ name: 'staging' }, { name: 'prd', approvers: ['dana', 'lee'] }],
        runs: [
          {
            at: '2026-11-20T10:00:00.000Z',
            by: 'sam',
            minutes: 6,
            result: 'succeeded',
            branch: 'main',
            environment: 'prd',
            waits: true,
          },
          {
            ...{ at: '2026-11-19T02:00:00.000Z', by: 'lee', minutes: 4, result: 'failed', branch: 'pull-41' },
            tests: { passed: 97, failed: ['Orders.Refund', 'Orders.Split'] },
          },
          {
            at: '2026-11-18T02:00:00.000Z',
            by: 'sam',
            minutes: 6,
            result: 'succeeded',
            branch: 'main',
            environment: 'prd',
            tests: { passed: 99, failed: [] },
          },
        ],
      },
      {
        ...{ name: 'web-ci', project: 'Platform', folder: '\\web', repository: 'web', parameters: [], runs: [] },
      },
    ],
    workItems: [
      item(1, {
        ...{
          type: 'Bug',
          title: 'A refund is lost',
          state: 'Active',
          assigned: 'sam',
          priority: 1,
          tags: ['money', 'inc-7'],
        },
        ...{ changed: '2026-11-19T15:00:00.000Z', severity: '2 - High', remaining: 5, due: '2026-11-25T00:00:00.000Z' },
        description:
          '<div>Seen in <b>two</b> shops &amp; one app.<script>alert(1)</script><br>a &lt; b &#x1F600;</div>',
        ...{ parent: 3, after: [2], pulls: ['orders#41'], points: 3 },
      }),
      item(2, { assigned: 'dana', team: 'identity' }),
      item(3, { type: 'Feature', iteration: undefined as never }),
      item(4, { state: 'Closed', changed: '2026-11-10T09:00:00.000Z' }),
      item(5, { state: 'Closed', changed: '2026-09-10T09:00:00.000Z' }),
      item(6, { project: 'Vault', team: 'identity' }),
      item(7, { project: 'Platform', team: 'identity', state: 'Active' }),
    ],
  })
  org.services[2] = { ...org.services[2]!, versions: { staging: '2.1.0', production: '2.0.4' } }
  return org
}

const verifyToken = tokenTable({ [AUDIENCE]: { good: { tid: 't', oid: 'nexus', appid: 'nexus', idtyp: 'app' } } })
let served: Started
let source: CatalogSource
let state: AzureDevOpsState
let token: string
let waits: number[]
const signal = () => AbortSignal.timeout(20_000)
const began = '2026-11-20T12:00:00.000Z'

beforeEach(async () => {
  served = await startVendors({
    ...{ org: organisation(), vendors: [azureDevOps], now: began, verifyToken },
    open: (_name, seed) => {
      const opened = memoryState(seed())
      state = opened.value as unknown as AzureDevOpsState
      return opened
    },
  })
  token = 'good'
  waits = []
  source = azureDevOpsSource({
    organisation: `${served.base}/ado/northwind`,
    token: () => Promise.resolve(token),
    clock: { now: () => served.clock.now().toISOString() },
    wait: (ms) => Promise.resolve(waits.push(ms)),
  })
})
afterEach(() => served.close())

const sweep = async (from?: Json) => {
  const pages: SweepPage[] = []
  for await (const page of source.sweep(from, signal())) pages.push(page)
  return pages
}
const named = (claims: readonly Claim[], kind: string, id: string) =>
  claims.find((claim) => claim.kind === kind && claim.id === id)
const refs = (claim: Claim | undefined, type: string) =>
  (claim?.relations ?? []).filter((one) => one.type === type).map(({ to }) => to.id)
const call = (method: string, path: string, body: unknown, type = 'application/json') =>
  fetch(`${served.base}/ado/northwind/${path}`, {
    method,
    headers: {
      authorization: 'Bearer good',
      'content-type': `${type}; api-version=7.1`,
      accept: 'application/json;api-version=7.1',
    },
    body: JSON.stringify(body),
  })

test('everything an organisation says keeps to the declarations of its kinds, each entity once', async () => {
  const claims = await readWhole(source, signal())
  for (const claim of claims) expect([claim.id, checkClaim(claim, builtInKinds)]).toEqual([claim.id, []])
  expect(new Set(claims.map(refKey)).size).toBe(claims.length)
  const counts = claims.reduce<Record<string, number>>(
    (all, { kind }) => ({ ...all, [kind]: (all[kind] ?? 0) + 1 }),
    {},
  )
  expect(counts).toEqual({
    ...{ Team: 2, Person: 4, Repository: 3, PullRequest: 1, Pipeline: 3, Run: 3, Deployment: 3, WorkItem: 5 },
    ...{ Environment: 2, Package: 2 },
  })
})

test('teams, their sprint with its hours, and people', async () => {
  const claims = await readWhole(source, signal())
  expect(named(claims, 'Team', 'payments')).toMatchObject({
    name: 'Payments',
    props: { project: 'Shop', members: 1, sprint: 'Sprint 9', capacity: 48, boards: ['Stories'] },
  })
  expect(named(claims, 'Team', 'identity')!.props.project).toBe('Platform, Shop')
  expect(named(claims, 'Person', 'sam@northwind.example')).toMatchObject({ name: 'Sam Abara', props: { capacity: 48 } })
  expect(refs(named(claims, 'Person', 'dana@northwind.example'), 'memberOf')).toEqual(['identity'])
})

test('repositories with their policies, pull requests with their checks', async () => {
  const claims = await readWhole(source, signal())
  const orders = named(claims, 'Repository', 'azure-devops/shop/orders')!
  expect(orders.props).toMatchObject({
    ...{
      host: 'Azure DevOps',
      project: 'Shop',
      branch: 'main',
      visibility: 'private',
      openPulls: 1,
      requiredReviews: 2,
    },
    policies: ['2 approvals', 'a linked work item', 'build orders-ci', 'resolved comments'],
    updated: '2026-11-18T10:00:00.000Z',
  })
  expect(named(claims, 'Repository', 'azure-devops/shop/old-orders')!.props.archived).toBe(true)
  const open = named(claims, 'PullRequest', 'azure-devops/shop/orders#41')!
  expect(open.props).toMatchObject({
    title: 'Pull 41',
    state: 'open',
    checks: 'failing',
    branch: 'pull-41',
    target: 'main',
  })
  expect([refs(open, 'partOf'), refs(open, 'authoredBy'), refs(open, 'reviewBy')]).toEqual([
    ['azure-devops/shop/orders'],
    ['sam@northwind.example'],
    ['dana@northwind.example'],
  ])
})

test('pipelines, runs with their tests, and what waits for whom', async () => {
  const claims = await readWhole(source, signal())
  const pipeline = named(claims, 'Pipeline', 'azure-devops/shop/1')!
  expect(pipeline).toMatchObject({
    name: 'orders-ci',
    props: {
      state: 'failed',
      form: 'build',
      file: 'azure-pipelines.yml',
      enabled: true,
      passRate: 98,
      duration: 4,
      branch: 'pull-41',
    },
  })
  expect(refs(pipeline, 'builtFrom')).toEqual(['azure-devops/shop/orders'])
  // Code on GitHub is the repository that GitHub tells of.
  expect(refs(named(claims, 'Pipeline', 'azure-devops/platform/2'), 'builtFrom')).toEqual(['github/northwind/web'])
  const runs = claims.filter(({ kind }) => kind === 'Run')
  expect(runs.map(({ props: { state, passed, failed, failing } }) => ({ state, passed, failed, failing }))).toEqual([
    { state: 'running' },
    { state: 'failed', passed: 97, failed: 2, failing: ['Orders.Refund', 'Orders.Split'] },
    { state: 'succeeded', passed: 99, failed: 0 },
  ])
  expect(runs[0]!.props.gate).toBe('approval by Dana Ortiz or Lee Park')
  expect(refs(runs[0], 'reviewBy')).toEqual(['dana@northwind.example', 'lee@northwind.example'])
})

test('releases and what pipelines deployed, by environment', async () => {
  const claims = await readWhole(source, signal())
  const deployments = claims.filter(({ kind }) => kind === 'Deployment')
  expect(deployments.map(({ name, props: { state, version, gate } }) => ({ name, state, version, gate }))).toEqual([
    { name: 'orders-ci Release-2.1.0 in staging', state: 'succeeded', version: '2.1.0' },
    {
      name: 'orders-ci Release-2.1.0 in production',
      state: 'waiting',
      version: '2.1.0',
      gate: 'approval by Sam Abara',
    },
    { name: 'orders-ci 20261118.3 in production', state: 'succeeded', version: '20261118.3' },
  ])
  expect(refs(deployments[1], 'reviewBy')).toEqual(['sam@northwind.example'])
  expect(refs(deployments[2], 'runsIn')).toEqual(['production'])
  expect(named(claims, 'Pipeline', 'azure-devops/shop/release-definitions/1')!.name).toBe('orders-ci (release)')
  // However it is written: the pipeline's `prd` and the release's `production` are one, and guarded.
  expect(named(claims, 'Environment', 'production')).toMatchObject({
    name: 'prd',
    props: { protected: true, project: 'Shop' },
  })
  expect(named(claims, 'Environment', 'staging')!.props.protected).toBe(false)
})

test('work items: words without markup, links, the team of the area, and of what is done the latest', async () => {
  const claims = await readWhole(source, signal())
  const bug = named(claims, 'WorkItem', 'azure-devops/1')!
  expect(bug).toMatchObject({
    ...{ name: 'Bug 1', aliases: ['#1', '1'] },
    props: {
      ...{ title: 'A refund is lost', state: 'Active', project: 'Shop', priority: '1', severity: '2 - High' },
      ...{
        area: 'Shop\\Payments',
        sprint: 'Sprint 9',
        column: 'Active',
        points: 3,
        remaining: 5,
        tags: ['money', 'inc-7'],
      },
      ...{ summary: 'Seen in two shops & one app. a < b 😀', due: '2026-11-25T00:00:00.000Z' },
    },
  })
  const links = ['assignedTo', 'ownedBy', 'partOf', 'dependsOn', 'resolvedBy'].map((type) => refs(bug, type))
  expect(links).toEqual([
    ['sam@northwind.example'],
    ['payments'],
    ['azure-devops/3'],
    ['azure-devops/2'],
    ['azure-devops/shop/orders#41'],
  ])
  expect(named(claims, 'WorkItem', 'azure-devops/3')!.props.sprint).toBeUndefined()
  expect(claims.filter(({ kind }) => kind === 'WorkItem').map(({ id }) => id)).toEqual(
    [1, 2, 3, 4, 7].map((id) => `azure-devops/${id}`),
  )
})

test('a package that is in two feeds is one, with the newest version', async () => {
  const claims = await readWhole(source, signal())
  expect(named(claims, 'Package', 'npm/@northwind/ui')!.props).toMatchObject({
    ...{ version: '1.2.0', feed: 'all, shop', versions: ['1.1.0', '1.2.0'], ecosystem: 'npm' },
  })
  expect(named(claims, 'Package', 'maven/example/cards')!.props.version).toBe('3.0')
})

test('a project that is closed to Nexus is said, keeps what is known of it, and the rest is read', async () => {
  const gaps = (await sweep()).flatMap((page) => page.gaps ?? [])
  expect(gaps.map(({ reason }) => reason)).toEqual([
    "The Azure DevOps project Vault is closed to Nexus: make its service principal a Reader in the project's settings, or leave it if it shall not be seen.",
    'Work items, teams and people of Vault are as they were read last.',
  ])
  expect(gaps[0]!.keeps).toEqual({
    kinds: ['Repository', 'PullRequest', 'Pipeline', 'Run', 'Deployment'],
    prefix: 'azure-devops/vault/',
  })
})

describe('a sweep that stops', () => {
  test('goes on from its cursor: whatever page it stops at, all is told once', async () => {
    const whole = (await sweep()).flatMap(({ claims }) => claims)
    const pages = await sweep()
    expect(pages.length).toBeGreaterThan(8)
    for (let stop = 0; stop < pages.length; stop += 1) {
      const before = pages.slice(0, stop + 1).flatMap(({ claims }) => claims)
      const after = (await sweep(JSON.parse(JSON.stringify(pages[stop]!.cursor)) as Json)).flatMap(
        ({ claims }) => claims,
      )
      const last = stop === pages.length - 1
      expect([...before, ...(last ? [] : after)].map(({ id }) => id).sort()).toEqual(whole.map(({ id }) => id).sort())
    }
  })

  test('half a page and then 500 is an outage; the next try begins after the last good page', async () => {
    const pages: SweepPage[] = []
    served.services.faults.add({ target: 'azure-devops/northwind/_apis/wit/workitemsbatch', status: 500 })
    await expect(async () => {
      for await (const page of source.sweep(undefined, signal())) pages.push(page)
    }).rejects.toMatchObject({ code: 'Unavailable', message: 'Azure DevOps does not answer.' })
    served.services.faults.clear()
    const rest = await sweep(pages.at(-1)!.cursor)
    expect(rest[0]!.claims.every(({ kind }) => kind === 'WorkItem')).toBe(true)
    expect(rest.at(-1)!.watermark).toEqual({ at: began })
    const all = [...pages, ...rest].flatMap(({ claims }) => claims)
    expect(all.length).toBe((await readWhole(source, signal())).length)
  })

  test('a cursor that is none begins anew', async () => {
    expect((await sweep({ step: 'nowhere' })).flatMap(({ claims }) => claims).length).toBeGreaterThan(20)
  })

  test('a project that is deleted meanwhile leaves nothing behind, and nothing is missing of the others', async () => {
    const pages: SweepPage[] = []
    for await (const page of source.sweep(undefined, signal())) {
      pages.push(page)
      if (pages.length === 1) await call('DELETE', '_apis/projects/Platform', undefined)
    }
    const claims = pages.flatMap((page) => page.claims)
    expect(claims.some(({ id }) => id.startsWith('azure-devops/platform/'))).toBe(false)
    expect(named(claims, 'Repository', 'azure-devops/shop/orders')).toBeDefined()
    expect(pages.flatMap(({ gaps }) => gaps ?? []).filter(({ reason }) => reason.includes('Platform'))).toEqual([])
  })
})

describe('limits', () => {
  test('an answer that asks to wait is waited for, and a refusal is tried again', async () => {
    served.services.faults.add({ target: 'azure-devops-slowed', count: 1 })
    served.services.faults.add({
      target: 'azure-devops/northwind/_apis/projects',
      status: 429,
      retryAfter: 7,
      count: 1,
    })
    expect((await readWhole(source, signal())).length).toBeGreaterThan(20)
    expect(waits.sort()).toEqual([1_000, 7_000])
  })

  test('a wait that is longer than a minute is left for the next try', async () => {
    served.services.faults.add({ target: 'azure-devops', status: 429, retryAfter: 600 })
    await expect(readWhole(source, signal())).rejects.toMatchObject({
      ...{
        code: 'Unavailable',
        message: 'Azure DevOps slows Nexus down and asks it to wait 10 minutes.',
        retryAfterMs: 600_000,
      },
    })
    expect(waits).toEqual([])
  })

  test('a credential that is refused is said, and a later good one is taken', async () => {
    token = 'expired'
    await expect(readWhole(source, signal())).rejects.toMatchObject({
      message: "Azure DevOps refuses Nexus's credential.",
    })
    token = 'good'
    expect((await readWhole(source, signal())).length).toBeGreaterThan(20)
  })

  test('who stops waiting is not kept', async () => {
    served.services.faults.add({ target: 'azure-devops', delayMs: 1_500, count: 1 })
    const began = performance.now()
    await expect(readWhole(source, AbortSignal.timeout(50))).rejects.toMatchObject({ name: 'TimeoutError' })
    expect(performance.now() - began).toBeLessThan(1_000)
  })
})

describe('what is asked for again', () => {
  const patch = (id: number, path: string, value: unknown) =>
    call('PATCH', `_apis/wit/workitems/${id}`, [{ op: 'add', path, value }], 'application/json-patch+json')
  const ids = (found: readonly { kind: string; id: string }[]) => found.map(({ kind, id }) => `${kind} ${id}`).sort()

  test('by events: what is there, what is gone, by names or ids, and what another source has', async () => {
    const project = '/_apis/git/repositories'
    const listed = (await (await call('POST', `Shop${project}`, {})).status) === 404
    expect(listed).toBe(true)
    const { reread } = source
    const read = await reread!(
      [
        { kind: 'WorkItem', id: 'azure-devops/1' },
        { kind: 'WorkItem', id: 'azure-devops/999' },
        { kind: 'WorkItem', id: 'azure-devops/5' },
        { kind: 'PullRequest', id: 'azure-devops/shop/orders#41' },
        { kind: 'PullRequest', id: 'azure-devops/shop/orders#40' },
        { kind: 'Repository', id: 'azure-devops/shop/nothing' },
        { kind: 'Repository', id: 'github/northwind/web' },
        { kind: 'Run', id: 'azure-devops/shop/runs/999999' },
        { kind: 'Deployment', id: 'azure-devops/shop/releases/1/11' },
        { kind: 'Pipeline', id: 'azure-devops/nowhere/3' },
        { kind: 'Repository', id: 'azure-devops/vault/keys' },
      ],
      signal(),
    )
    expect(ids(read.gone)).toEqual([
      'Pipeline azure-devops/nowhere/3',
      'PullRequest azure-devops/shop/orders#40',
      'Repository azure-devops/shop/nothing',
      'Run azure-devops/shop/runs/999999',
      // Closed too long ago, and never there.
      'WorkItem azure-devops/5',
      'WorkItem azure-devops/999',
    ])
    expect(ids(read.claims)).toEqual(
      expect.arrayContaining([
        'Deployment azure-devops/shop/releases/1/11',
        'PullRequest azure-devops/shop/orders#41',
        'WorkItem azure-devops/1',
      ]),
    )
  })

  test('a repository that was renamed is told by its new name, and gone by its old one', async () => {
    await readWhole(source, signal())
    await call('PATCH', 'Shop/_apis/git/repositories/orders', { name: 'orders-api' })
    const asked = ['orders', 'orders-api'].map((name) => ({ kind: 'Repository', id: `azure-devops/shop/${name}` }))
    const read = await source.reread!(asked, signal())
    expect(ids(read.gone)).toEqual(['Repository azure-devops/shop/orders'])
    expect(ids(read.claims)).toEqual([
      'PullRequest azure-devops/shop/orders-api#41',
      'Repository azure-devops/shop/orders-api',
    ])
    // What is linked to it is linked to its new name.
    const bug = await source.reread!([{ kind: 'WorkItem', id: 'azure-devops/1' }], signal())
    expect(refs(bug.claims[0], 'resolvedBy')).toEqual(['azure-devops/shop/orders-api#41'])
  })

  test('a delta has what was changed, closed, run, approved and deleted since, and a second one nothing', async () => {
    const watermark = (await sweep()).at(-1)!.watermark!
    served.clock.set(new Date('2026-11-20T13:00:00Z'))
    await patch(2, '/fields/System.Title', 'Renamed')
    await call('DELETE', '_apis/wit/workitems/3', undefined)
    await call('PATCH', 'Shop/_apis/git/repositories/orders/pullrequests/41', { status: 'abandoned' })
    const queued = (await (await call('POST', 'Shop/_apis/build/builds', { definition: { id: 1 } })).json()) as {
      id: number
    }
    const delta = (await source.delta!(watermark, signal()))!
    expect(named(delta.claims, 'WorkItem', 'azure-devops/2')!.props.title).toBe('Renamed')
    expect(ids(delta.gone)).toEqual(['PullRequest azure-devops/shop/orders#41', 'WorkItem azure-devops/3'])
    expect(named(delta.claims, 'Repository', 'azure-devops/shop/orders')!.props.openPulls).toBe(0)
    expect(named(delta.claims, 'Run', `azure-devops/shop/runs/${queued.id}`)!.props.state).toBe('queued')
    served.clock.set(new Date('2026-11-20T14:00:00Z'))
    const next = (await source.delta!(delta.watermark, signal()))!
    expect(named(next.claims, 'Run', `azure-devops/shop/runs/${queued.id}`)!.props.state).toBe('succeeded')
    served.clock.set(new Date('2026-11-20T16:00:00Z'))
    const last = (await source.delta!(next.watermark, signal()))!
    // What still waits for somebody is looked at each time; nothing else moved.
    expect(new Set(last.claims.map(({ kind }) => kind))).toEqual(new Set(['Pipeline', 'Run']))
    expect(last.gone).toEqual([])
  })

  test('a watermark of something else asks for a sweep', async () => {
    expect(await source.delta!({ pushed: '2026-11-20' }, signal())).toBeUndefined()
    expect(await source.delta!('yesterday', signal())).toBeUndefined()
  })

  test('more work items than a query may find, or a batch may read, are read all', async () => {
    const [first] = state.workItems
    for (let id = 1_000; id < 1_450; id += 1) state.workItems.push({ ...structuredClone(first!), id, relations: [] })
    const claims = await readWhole(source, signal())
    expect(claims.filter(({ kind }) => kind === 'WorkItem')).toHaveLength(455)
  })
})

test('fields of the wrong type are left out, and what is huge is cut', async () => {
  const bug = state.workItems[0]!
  Object.assign(bug.fields, {
    ...{
      'System.Tags': 'a;;b; '.repeat(5_000),
      'System.Description': '<p>'.repeat(90_000) + 'deep',
      'System.AreaPath': 7,
    },
    ...{
      'Microsoft.VSTS.Scheduling.StoryPoints': 'many',
      'System.CreatedDate': 'yesterday',
      'System.Title': 'x'.repeat(9_000),
    },
  })
  const { claims } = await source.reread!([{ kind: 'WorkItem', id: 'azure-devops/1' }], signal())
  const { props } = claims[0]!
  expect(props).toMatchObject({ tags: ['a', 'b'], area: '7' })
  expect([props.points, props.created, props.summary]).toEqual([undefined, undefined, undefined])
  expect(String(props.title).length).toBeLessThanOrEqual(300)
})
