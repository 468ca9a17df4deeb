import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { getBearerHandler, WebApi } from 'azure-devops-node-api'
import { BuildResult, BuildStatus } from 'azure-devops-node-api/interfaces/BuildInterfaces.js'
import {
  PullRequestStatus,
  VersionControlChangeType,
  VersionControlRecursionType,
} from 'azure-devops-node-api/interfaces/GitInterfaces.js'
import { RunState } from 'azure-devops-node-api/interfaces/PipelinesInterfaces.js'
import { ApprovalStatus, EnvironmentStatus } from 'azure-devops-node-api/interfaces/ReleaseInterfaces.js'
import { TimeFrame } from 'azure-devops-node-api/interfaces/WorkInterfaces.js'
import type { Organisation } from '../organisation/model.js'
import { personObjectId } from '../organisation/object-ids.js'
import { smallOrganisation } from '../testing/small-organisation.js'
import { startVendors, tokenTable, type Started } from '../testing/start-vendors.js'
import { azureDevOps } from './azure-devops.js'
import { AUDIENCE } from './server.js'

type Item = Organisation['workItems'][number]
const item = (id: number, over: Partial<Item>): Item => ({
  ...{
    id,
    project: 'Shop',
    type: 'User Story',
    title: `Item ${id}`,
    state: 'New',
    created: '2026-11-01T09:00:00Z',
    team: 'payments',
  },
  ...{ priority: 2, tags: [], description: '', iteration: 'Sprint 9', ...over },
})
const org = smallOrganisation({
  repositories: [
    {
      ...{
        name: 'orders',
        host: 'azure-devops',
        project: 'Shop',
        description: '',
        topics: [],
        private: true,
        archived: false,
        team: 'payments',
      },
      files: { 'README.md': '# orders\n', 'src/app.ts': 'start()\n' },
      commits: [{ by: 'sam', at: '2026-11-18T10:00:00Z', message: 'Retry payments' }],
      pulls: [
        {
          number: 41,
          title: 'Retry budget',
          by: 'sam',
          reviewers: ['dana'],
          opened: '2026-11-17T09:00:00Z',
          branch: 'retry',
          draft: false,
          state: 'open',
          checks: 'success',
          body: '',
        },
        {
          number: 40,
          title: 'Old',
          by: 'lee',
          reviewers: [],
          opened: '2026-11-10T09:00:00Z',
          updated: '2026-11-11T09:00:00Z',
          branch: 'old',
          draft: false,
          state: 'merged',
          checks: 'success',
          body: '',
        },
      ],
      workflows: [],
    },
  ],
  pipelines: [
    {
      ...{ name: 'orders-ci', project: 'Shop', folder: '\\', repository: 'orders', service: 'payments', release: true },
      parameters: [
        { name: 'environment', type: 'string' },
        { name: 'dryRun', type: 'boolean', default: 'false' },
      ],
      runs: [
        { at: '2026-11-18T02:00:00Z', by: 'sam', minutes: 6, result: 'failed', branch: 'main' },
        { at: '2026-11-19T02:00:00Z', by: 'lee', minutes: 4, result: 'succeeded', branch: 'main' },
      ],
    },
  ],
  workItems: [
    item(1, {
      type: 'Bug',
      title: "Customer's refund is lost",
      state: 'Active',
      assigned: 'sam',
      priority: 1,
      tags: ['refund', 'money'],
      changed: '2026-11-19T15:00:00Z',
    }),
    item(2, { state: 'Active', assigned: 'dana', team: 'identity', changed: '2026-11-12T09:00:00Z' }),
    item(3, { state: 'Closed', iteration: 'Sprint 8', tags: ['refunds'] }),
    item(4, { iteration: 'Sprint 10' }),
    item(5, { project: 'Platform', team: 'identity', iteration: undefined as never }),
  ],
})
org.services[2] = { ...org.services[2]!, versions: { staging: '2.1.0', production: '2.0.4' } }

const claims = (person: string) => ({
  tid: org.tenant,
  oid: personObjectId(org, person),
  appid: 'x',
  idtyp: 'user' as const,
})
const verifyToken = tokenTable({
  [AUDIENCE]: {
    'for-sam': claims('sam'),
    'for-dana': claims('dana'),
    'for-app': { ...claims('nobody'), idtyp: 'app' as const },
  },
})
let served: Started
let sam: WebApi
const connect = (token: string) => new WebApi(`${served.base}/ado/northwind`, getBearerHandler(token))
beforeAll(async () => {
  served = await startVendors({ org, vendors: [azureDevOps], now: '2026-11-20T12:00:00Z', verifyToken })
  sam = connect('for-sam')
})
afterAll(() => served.close())

async function call(method: string, path: string, body?: unknown, headers: Record<string, string> = {}) {
  const response = await fetch(`${served.base}/ado${path}`, {
    method,
    headers: { authorization: 'Bearer for-app', 'content-type': 'application/json', ...headers },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  })
  return {
    status: response.status,
    headers: response.headers,
    body: (await response.json()) as Record<string, unknown>,
  }
}
const status = (promise: Promise<unknown>) =>
  promise.then(
    () => 'not refused',
    (error: { statusCode: number; message: string }) => [error.statusCode, error.message],
  )

describe('discovery', () => {
  test('tells the client who it is, and where everything is', async () => {
    expect((await sam.connect()).authenticatedUser?.providerDisplayName).toBe('Sam Abara')
    const core = await sam.getCoreApi()
    expect((await core.getProjects()).map(({ name }) => name)).toEqual(['Shop', 'Platform'])
    const teams = await core.getTeams('Shop')
    expect(teams.map(({ name }) => name)).toEqual(['Shop Team', 'Identity', 'Payments'])
    const members = await core.getTeamMembersWithExtendedProperties('Shop', teams[1]!.id!)
    expect(members.map(({ identity, isTeamAdmin }) => [identity?.uniqueName, isTeamAdmin ?? false])).toEqual([
      ['dana@northwind.example', true],
      ['lee@northwind.example', false],
      ['mei@northwind.example', false],
    ])
  })

  test('lists are paged by continuation token', async () => {
    const first = await call('GET', '/northwind/_apis/projects?$top=1')
    expect([first.body.count, first.headers.get('x-ms-continuationtoken')]).toEqual([1, '1'])
    const second = await call('GET', '/northwind/_apis/projects?$top=1&continuationToken=1')
    expect([second.body.value, second.headers.get('x-ms-continuationtoken')]).toEqual([
      [expect.objectContaining({ name: 'Platform' })],
      null,
    ])
  })
})

test.each([
  ['no token', 'GET', '/northwind/_apis/projects', { authorization: '' }, 401, 'UnauthorizedRequestException'],
  [
    "another's token",
    'GET',
    '/northwind/_apis/projects',
    { authorization: 'Bearer stolen' },
    401,
    'UnauthorizedRequestException',
  ],
  ['another organisation', 'GET', '/contoso/_apis/projects', {}, 404, 'HostDoesNotExistException'],
  ['an unknown project', 'GET', '/northwind/_apis/projects/Nowhere', {}, 404, 'ProjectDoesNotExistWithNameException'],
  ['an unknown path', 'GET', '/northwind/_apis/gremlins', {}, 404, 'VssResourceNotFoundException'],
  ['a change without a version', 'POST', '/northwind/Shop/_apis/wit/wiql', {}, 400, 'VssVersionNotSpecifiedException'],
  ['a version to come', 'GET', '/northwind/_apis/projects?api-version=9.0', {}, 400, 'VssVersionOutOfRangeException'],
  [
    'a preview without saying so',
    'GET',
    '/northwind/_apis/projects?api-version=7.2',
    {},
    400,
    'VssInvalidPreviewVersionException',
  ],
  ['an unknown pipeline', 'GET', '/northwind/Shop/_apis/build/definitions/99', {}, 404, 'DefinitionNotFoundException'],
  ['a wrong page', 'GET', '/northwind/_apis/projects?$top=many', {}, 400, 'ArgumentException'],
])('refuses %s', async (_what, method, path, headers, code, typeKey) => {
  const refused = await call(method, path, method === 'POST' ? {} : undefined, headers)
  expect(refused).toMatchObject({
    status: code,
    body: { $id: '1', typeKey, message: expect.any(String), eventId: 3000 },
  })
})

describe('Git', () => {
  test('repositories, files and folders', async () => {
    const git = await sam.getGitApi()
    const [repository] = await git.getRepositories('Shop')
    expect(repository).toMatchObject({ name: 'orders', defaultBranch: 'refs/heads/main', project: { name: 'Shop' } })
    const listed = await git.getItems(repository!.id!, undefined, '/', VersionControlRecursionType.Full)
    expect(listed.map(({ path }) => path)).toEqual(['/', '/CHANGELOG.md', '/README.md', '/src', '/src/app.ts'])
    const read = await git.getItem(
      'orders',
      'src/app.ts',
      'Shop',
      undefined,
      undefined,
      undefined,
      undefined,
      undefined,
      { version: 'main' },
      true,
    )
    expect(read.content).toBe('start()\n')
    const stream = await git.getItemText('orders', 'src/app.ts', 'Shop')
    const chunks: Buffer[] = []
    for await (const chunk of stream) chunks.push(Buffer.from(chunk as string))
    expect(Buffer.concat(chunks).toString()).toBe('start()\n')
    expect((await git.getCommits('orders', { author: 'Sam' }, 'Shop')).map(({ comment }) => comment)).toContain(
      'Retry payments',
    )
  })

  test('a branch is pushed, proposed, voted on by its reviewer only, and completed once', async () => {
    const git = await sam.getGitApi()
    const [main] = await git.getRefs('orders', 'Shop', 'heads/main')
    const commit = (type: VersionControlChangeType, path: string) => ({
      comment: 'Owner',
      changes: [{ changeType: type, item: { path }, newContent: { content: 'x: 1\n', contentType: 0 } }],
    })
    const push = (from: string, type = VersionControlChangeType.Add, path = '/catalog-info.yaml') =>
      git.createPush(
        { refUpdates: [{ name: 'refs/heads/owner', oldObjectId: from }], commits: [commit(type, path)] } as never,
        'orders',
        'Shop',
      )
    const created = await git.updateRefs(
      [{ name: 'refs/heads/owner', oldObjectId: '0'.repeat(40), newObjectId: main!.objectId! }],
      'orders',
      'Shop',
    )
    expect(created[0]?.success).toBe(true)
    await push(main!.objectId!)
    expect((await status(push(main!.objectId!, VersionControlChangeType.Add, '/other.yaml')))[0]).toBe(409)

    const proposal = {
      title: 'Owner',
      sourceRefName: 'refs/heads/owner',
      targetRefName: 'refs/heads/main',
      reviewers: [{ id: personObjectId(org, 'dana') }],
    }
    const pull = await git.createPullRequest(proposal, 'orders', 'Shop')
    expect((await status(git.createPullRequest(proposal, 'orders', 'Shop')))[0]).toBe(409)
    const vote = { vote: 10 }
    expect(
      (
        await status(
          git.createPullRequestReviewer(vote, 'orders', pull.pullRequestId!, personObjectId(org, 'dana'), 'Shop'),
        )
      )[0],
    ).toBe(403)
    const dana = await connect('for-dana').getGitApi()
    await dana.createPullRequestReviewer(vote, 'orders', pull.pullRequestId!, personObjectId(org, 'dana'), 'Shop')
    const mine = await dana.getPullRequestsByProject('Shop', {
      reviewerId: personObjectId(org, 'dana'),
      status: PullRequestStatus.Active,
    })
    expect(mine.map(({ title, reviewers }) => [title, reviewers?.[0]?.vote])).toEqual([
      ['Owner', 10],
      ['Retry budget', 0],
    ])

    const complete = (commitId: string) =>
      git.updatePullRequest(
        { status: PullRequestStatus.Completed, lastMergeSourceCommit: { commitId } },
        'orders',
        pull.pullRequestId!,
        'Shop',
      )
    expect((await status(complete(main!.objectId!)))[0]).toBe(409)
    expect((await complete(pull.lastMergeSourceCommit!.commitId!)).status).toBe(PullRequestStatus.Completed)
    expect((await git.getItem('orders', '/catalog-info.yaml', 'Shop')).path).toBe('/catalog-info.yaml')
    expect(await git.getPullRequestById(9_999)).toBeNull() // how this client says 404
  })
})

describe('pipelines', () => {
  test('past builds are found by result, definition and time', async () => {
    const build = await sam.getBuildApi()
    const [definition] = await build.getDefinitions('Shop', 'orders*')
    expect(definition).toMatchObject({ id: 1, name: 'orders-ci' })
    const failed = await build.getBuilds(
      'Shop',
      [1],
      undefined,
      undefined,
      undefined,
      undefined,
      undefined,
      undefined,
      BuildStatus.Completed,
      BuildResult.Failed,
    )
    expect(failed.map(({ buildNumber, requestedFor }) => [buildNumber, requestedFor?.displayName])).toEqual([
      ['20261118.1', 'Sam Abara'],
    ])
    const recent = await build.getBuilds('Shop', undefined, undefined, undefined, new Date('2026-11-19T00:00:00Z'))
    expect(recent.map(({ result }) => result)).toEqual([BuildResult.Succeeded])
    expect(failed[0]!.finishTime).toEqual(new Date('2026-11-18T02:06:05Z'))
  })

  test('a run takes declared parameters only, and ends as business time passes', async () => {
    const pipelines = await sam.getPipelinesApi()
    const run = (templateParameters: Record<string, string>, refName = 'refs/heads/main') =>
      pipelines.runPipeline({ templateParameters, resources: { repositories: { self: { refName } } } }, 'Shop', 1)
    expect(await status(run({}))).toEqual([400, expect.stringContaining("'environment' parameter must be provided")])
    expect(await status(run({ environment: 'staging', colour: 'red' }))).toEqual([
      400,
      expect.stringContaining("Unexpected parameter 'colour'"),
    ])
    expect((await status(run({ environment: 'staging', dryRun: 'maybe' })))[0]).toBe(400)
    expect((await status(run({ environment: 'staging' }, 'refs/heads/nowhere')))[0]).toBe(400)

    served.clock.set(new Date('2026-11-20T13:00:00Z'))
    const { id, name } = await run({ environment: 'staging' })
    expect(name).toBe('20261120.1')
    const build = await sam.getBuildApi()
    expect((await build.getBuild('Shop', id!)).status).toBe(BuildStatus.NotStarted)
    served.clock.set(new Date('2026-11-20T13:02:00Z'))
    expect((await pipelines.getRun('Shop', 1, id!)).state).toBe(RunState.InProgress)
    served.clock.set(new Date('2026-11-20T13:10:00Z'))
    expect(await build.getBuild('Shop', id!)).toMatchObject({
      status: BuildStatus.Completed,
      result: BuildResult.Succeeded,
    })
    expect((await status(build.updateBuild({ status: BuildStatus.Cancelling }, 'Shop', id!)))[0]).toBe(409)

    const queued = await build.queueBuild(
      { definition: { id: 1 }, sourceBranch: 'main', templateParameters: { environment: 'production' } } as never,
      'Shop',
    )
    await build.updateBuild({ status: BuildStatus.Cancelling }, 'Shop', queued.id!)
    expect((await build.getBuild('Shop', queued.id!)).result).toBe(BuildResult.Canceled)
  })

  test('a release waits for its approver at the environment that runs another version', async () => {
    const release = await connect('for-sam').getReleaseApi()
    const [approval] = await release.getApprovals('Shop', personObjectId(org, 'sam'))
    expect(approval).toMatchObject({ releaseEnvironment: { name: 'production' }, status: ApprovalStatus.Pending })
    const approve = (api: typeof release) =>
      api.updateReleaseApproval({ status: ApprovalStatus.Approved, comments: 'go' }, 'Shop', approval!.id!)
    expect((await status(approve(await connect('for-dana').getReleaseApi())))[0]).toBe(403)
    expect((await approve(release)).status).toBe(ApprovalStatus.Approved)
    expect((await status(approve(release)))[0]).toBe(400)
    const stage = async () =>
      (await release.getRelease('Shop', approval!.release!.id!)).environments!.map((each) => each.status)
    expect(await stage()).toEqual([EnvironmentStatus.Succeeded, EnvironmentStatus.InProgress])
    served.clock.set(new Date('2026-11-20T14:00:00Z'))
    expect(await stage()).toEqual([EnvironmentStatus.Succeeded, EnvironmentStatus.Succeeded])
  })
})

describe('work items', () => {
  const find = async (where: string, token = 'for-sam') => {
    const api = await connect(token).getWorkItemTrackingApi()
    const { workItems } = await api.queryByWiql(
      { query: `SELECT [System.Id] FROM WorkItems WHERE ${where} ORDER BY [System.Id]` },
      { project: 'Shop' },
    )
    return workItems!.map(({ id }) => id)
  }
  test.each([
    ["[System.State] = 'active'", [1, 2]],
    ["[System.TeamProject] = @project AND [System.State] <> 'Closed'", [1, 2, 4]],
    ['[System.AssignedTo] = @me', [1]],
    ["[Assigned To] = 'Dana Ortiz <dana@northwind.example>'", [2]],
    ["[System.AssignedTo] = ''", [3, 4, 5]],
    ['[System.AssignedTo] IS EMPTY AND NOT [System.State] = "Closed"', [4, 5]],
    ['[System.ChangedDate] >= @today - 1', [1]],
    ["[System.ChangedDate] >= @Today-8 AND [System.ChangedDate] < '2026-11-13'", [2]],
    ["[System.Tags] CONTAINS 'refund'", [1]],
    ["[System.Title] CONTAINS 'customer''s'", [1]],
    ["[System.WorkItemType] IN ('Bug', 'Task') OR [Priority] > 1 AND [System.State] = 'Closed'", [1, 3]],
    ["([System.WorkItemType] IN ('Bug', 'Task') OR [Priority] > 1) AND [System.State] = 'Closed'", [3]],
    ["[System.AreaPath] UNDER 'Shop\\Payments'", [1, 3, 4]],
    ["[System.AreaPath] NOT UNDER 'Shop'", [5]],
    ['[System.IterationPath] = @currentIteration', [1, 2]],
    ['[System.Id] NOT IN (1, 2, 3)', [4, 5]],
  ])('are found by %s', async (where, ids) => {
    expect(await find(where)).toEqual(ids)
  })

  test.each([
    ["[System.Colour] = 'red'", 'TF51005'],
    ['[System.State] = ', 'TF51006'],
    ["[System.State] LIKE 'x'", 'TF51006'],
    ['([System.Id] = 1', 'TF51006'],
    ['[System.Id] = 1; DROP', 'TF51006'],
    ['[System.Id] = @nonsense', 'TF51007'],
    ["[System.ChangedDate] > 'soon'", 'TF51008'],
    ["[System.ChangedDate] > '2026-11-19T10:00:00Z'", 'TF51008'],
  ])('a query with %s is refused', async (where, code) => {
    expect(await status(find(where))).toEqual([400, expect.stringContaining(code)])
  })

  test('are read in batches of at most 200, with the fields asked for', async () => {
    const api = await sam.getWorkItemTrackingApi()
    const read = await api.getWorkItemsBatch({ ids: [2, 1], fields: ['System.Title', 'System.AssignedTo'] })
    expect(
      read.map(({ id, fields }) => [id, fields!['System.AssignedTo'].displayName, Object.keys(fields!).length]),
    ).toEqual([
      [2, 'Dana Ortiz', 2],
      [1, 'Sam Abara', 2],
    ])
    expect(
      (await status(api.getWorkItemsBatch({ ids: Array.from({ length: 201 }, (_, index) => index + 1) })))[0],
    ).toBe(400)
    expect((await call('GET', '/northwind/_apis/wit/workitems?ids=1,99')).body).toMatchObject({
      typeKey: 'WorkItemUnauthorizedAccessException',
    })
    expect((await call('GET', '/northwind/_apis/wit/workitems?ids=1,99&errorPolicy=omit')).body.value).toMatchObject([
      { id: 1 },
      null,
    ])
  })

  test('are created and changed by JSON patch, which keeps the rules and is applied whole or not at all', async () => {
    const api = await sam.getWorkItemTrackingApi()
    const add = (path: string, value: unknown) => ({ op: 'add', path, value })
    const create = (patch: unknown[], type = 'Bug') => api.createWorkItem({}, patch, 'Shop', type)
    const made = await create([
      add('/fields/System.Title', 'Slow sign-in'),
      add('/fields/System.AssignedTo', 'dana@northwind.example'),
      add('/fields/System.Tags', 'latency'),
    ])
    expect(made).toMatchObject({
      id: 6,
      rev: 1,
      fields: { 'System.State': 'New', 'System.CreatedBy': { displayName: 'Sam Abara' } },
    })
    expect(await status(create([add('/fields/System.Tags', 'x')]))).toEqual([400, expect.stringContaining('TF401320')])
    expect(await create([add('/fields/System.Title', 'x')], 'Wish')).toBeNull() // 404
    expect(await status(create([add('/fields/System.Title', 'x'), add('/fields/System.Colour', 'red')]))).toEqual([
      400,
      expect.stringContaining('TF51535'),
    ])

    const update = (patch: unknown[]) => api.updateWorkItem({}, patch, 6)
    expect(
      (await status(update([{ op: 'test', path: '/rev', value: 9 }, add('/fields/System.State', 'Active')])))[0],
    ).toBe(412)
    expect(
      (await status(update([add('/fields/System.Title', 'Renamed'), add('/fields/System.State', 'Gone')])))[0],
    ).toBe(400)
    expect((await api.getWorkItem(6)).fields!['System.Title']).toBe('Slow sign-in')
    const changed = await update([{ op: 'test', path: '/rev', value: 1 }, add('/fields/System.State', 'Active')])
    expect(changed).toMatchObject({ rev: 2, fields: { 'System.State': 'Active' } })
    const plain = await call('PATCH', '/northwind/_apis/wit/workitems/6?api-version=7.1', [
      add('/fields/System.State', 'Closed'),
    ])
    expect(plain.status).toBe(415)
  })

  test('sprints, boards and area of a team', async () => {
    const work = await sam.getWorkApi()
    const place = { project: 'Shop', team: 'Payments' }
    const sprints = await work.getTeamIterations(place)
    expect(sprints.map(({ name, attributes }) => [name, attributes?.timeFrame])).toEqual([
      ['Sprint 8', TimeFrame.Past],
      ['Sprint 9', TimeFrame.Current],
      ['Sprint 10', TimeFrame.Future],
    ])
    expect((await work.getTeamIterations(place, 'current')).map(({ path }) => path)).toEqual(['Shop\\Sprint 9'])
    expect((await work.getTeamFieldValues(place)).defaultValue).toBe('Shop\\Payments')
    const within = await work.getIterationWorkItems(place, sprints[1]!.id!)
    expect(within.workItemRelations?.map(({ target }) => target?.id)).toEqual([1])
    expect((await work.getBoardColumns(place, 'Stories')).map(({ name }) => name)).toEqual([
      'New',
      'Active',
      'Resolved',
      'Closed',
    ])
    expect(await work.getTeamIterations({ project: 'Shop', team: 'Nobody' })).toBeNull() // 404
  })
})
