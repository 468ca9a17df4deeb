import { createServer, type Server as HttpServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals'
import { getBearerHandler, WebApi } from 'azure-devops-node-api'
import type { Organisation } from '../organisation/model.js'
import { personObjectId } from '../organisation/object-ids.js'
import { smallOrganisation } from '../testing/small-organisation.js'
import { startVendors, tokenTable, type Started } from '../testing/start-vendors.js'
import { azureDevOps } from './azure-devops.js'
import { AUDIENCE } from './server.js'

const org: Organisation = smallOrganisation({
  azureDevOps: {
    ...{ organisation: 'northwind', projects: [{ name: 'Shop', description: '' }] },
    capacity: [{ person: 'sam', hours: 6, away: 1 }],
    feeds: [
      {
        name: 'all',
        packages: [1, 2, 3].map((number) => ({
          ...{ ecosystem: 'nuget' as const, name: `Northwind.Part${number}` },
          versions: [{ version: '1.0.0', at: '2026-11-01T09:00:00Z' }],
        })),
      },
    ],
  },
  repositories: [
    {
      ...{ name: 'orders', host: 'azure-devops', project: 'Shop', description: '', topics: [], private: true },
      ...{ archived: false, team: 'payments', files: {}, workflows: [], policies: { reviewers: 1 } },
      commits: [{ by: 'sam', at: '2026-11-18T10:00:00Z', message: 'Begin' }],
      pulls: [
        {
          ...{ number: 41, title: 'Retry', by: 'sam', reviewers: ['dana'], opened: '2026-11-17T09:00:00Z', body: '' },
          ...{ branch: 'retry', draft: false, state: 'open', checks: 'success' },
        },
      ],
    },
  ],
  pipelines: [
    {
      ...{ name: 'orders-ci', project: 'Shop', folder: '\\', repository: 'orders' },
      parameters: [{ name: 'environment', type: 'string', default: 'staging' }],
      environments: [{ name: 'staging' }, { name: 'production', approvers: ['dana', 'lee'] }],
      runs: [
        {
          ...{ at: '2026-11-19T02:00:00Z', by: 'lee', minutes: 4, result: 'failed', branch: 'main' },
          tests: { passed: 7, failed: ['Orders.Refund'] },
        },
      ],
    },
  ],
  workItems: [
    {
      ...{
        id: 1,
        project: 'Shop',
        type: 'Bug',
        title: 'Lost',
        state: 'Active',
        team: 'payments',
        priority: 1,
        tags: [],
      },
      ...{ created: '2026-11-01T09:00:00Z', description: '', iteration: 'Shop\\Sprint 9', pulls: ['orders#41'] },
    },
  ],
})

const claims = (person: string) => ({
  ...{ tid: org.tenant, oid: personObjectId(org, person), appid: 'x', idtyp: 'user' as const },
})
let served: Started
let hearer: HttpServer
/** What the hearer was told, and what it answers next. */
let heard: { authorization: string | undefined; body: Record<string, unknown> }[]
let answers: number[]
beforeAll(async () => {
  served = await startVendors({
    ...{ org, vendors: [azureDevOps], now: '2026-11-20T12:00:00Z' },
    verifyToken: tokenTable({ [AUDIENCE]: { sam: claims('sam'), dana: claims('dana') } }),
  })
  hearer = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const body = JSON.parse(Buffer.concat(chunks).toString('utf8')) as Record<string, unknown>
      heard.push({ authorization: request.headers.authorization, body })
      response.statusCode = answers.shift() ?? 202
      response.end()
    })
  })
  await new Promise<void>((done) => hearer.listen(0, '127.0.0.1', done))
})
afterAll(async () => {
  hearer.closeAllConnections()
  hearer.close()
  await served.close()
})
beforeEach(() => {
  heard = []
  answers = []
})

const call = async (method: string, path: string, body?: unknown, type = 'application/json', token = 'sam') => {
  const response = await fetch(`${served.base}/ado/northwind/${path}`, {
    method,
    headers: { authorization: `Bearer ${token}`, 'content-type': type, accept: 'application/json;api-version=7.1' },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  })
  const text = await response.text()
  return { status: response.status, body: (text ? JSON.parse(text) : {}) as Record<string, unknown> }
}
const subscribe = async (eventType: string, over: Record<string, unknown> = {}) => {
  const { port } = hearer.address() as AddressInfo
  const url = `http://127.0.0.1:${port}/webhooks/azure-devops`
  return call('POST', '_apis/hooks/subscriptions', {
    ...{ publisherId: 'tfs', eventType, consumerId: 'webHooks', consumerActionId: 'httpRequest' },
    consumerInputs: { url, basicAuthUsername: 'nexus', basicAuthPassword: 'secret' },
    ...over,
  })
}
const told = async (count: number) => {
  for (let tries = 0; heard.length < count && tries < 300; tries += 1) await new Promise((done) => setTimeout(done, 10))
  return heard
}
const patch = (id: number, value: string) =>
  call(
    'PATCH',
    `_apis/wit/workitems/${id}`,
    [{ op: 'add', path: '/fields/System.Title', value }],
    'application/json-patch+json',
  )

describe('service hooks', () => {
  test('tell a subscriber what it asked for, with its password, and again under the same id where that failed in passing', async () => {
    const { body: made, status } = await subscribe('workitem.updated')
    expect([status, made.consumerInputs]).toEqual([200, expect.objectContaining({ basicAuthPassword: '********' })])
    answers = [503]
    await patch(1, 'Found again')
    const [first, second] = await told(2)
    expect(first!.authorization).toBe(`Basic ${Buffer.from('nexus:secret').toString('base64')}`)
    expect(first!.body).toMatchObject({
      ...{ eventType: 'workitem.updated', publisherId: 'tfs', resource: { workItemId: 1, revision: { id: 1 } } },
      resourceContainers: { project: { id: expect.any(String) } },
    })
    expect(second!.body).toEqual(first!.body)
    expect((await call('DELETE', `_apis/hooks/subscriptions/${String(made.id)}`)).status).toBe(204)
    expect((await call('GET', `_apis/hooks/subscriptions/${String(made.id)}`)).status).toBe(404)
    await patch(1, 'Lost')
    expect(heard).toHaveLength(2)
  })

  test('a build that was stopped is told at once, one that runs is not told of yet', async () => {
    const { body: made } = await subscribe('build.complete')
    const { body } = await call('POST', 'Shop/_apis/build/builds', { definition: { id: 1 } })
    expect([body.status, heard]).toEqual(['notStarted', []])
    await call('PATCH', `Shop/_apis/build/builds/${String(body.id)}`, { status: 'cancelling' })
    expect((await told(1))[0]!.body).toMatchObject({
      resource: { id: body.id, result: 'canceled', definition: { id: 1 } },
    })
    await call('DELETE', `_apis/hooks/subscriptions/${String(made.id)}`)
  })

  test.each([
    ['an event that there is not', 'workitem.painted', {}],
    ['another publisher', 'build.complete', { publisherId: 'rm' }],
    ['another consumer', 'build.complete', { consumerId: 'slack' }],
    ['an address that is none', 'build.complete', { consumerInputs: { url: 'file:///etc/passwd' } }],
  ])('refuse %s', async (_what, eventType, over) => {
    expect((await subscribe(eventType, over)).status).toBe(400)
  })
})

describe('a run into a guarded environment', () => {
  test('waits for one of its approvers, and goes on for its whole time when it has one', async () => {
    const { body: run } = await call('POST', 'Shop/_apis/pipelines/1/runs', {
      templateParameters: { environment: 'production' },
    })
    const pending = async () =>
      (await call('GET', 'Shop/_apis/pipelines/approvals?state=pending&$expand=steps')).body.value as {
        id: string
        steps: { assignedApprover: { displayName: string } }[]
      }[]
    const [approval] = await pending()
    expect(approval!.steps.map(({ assignedApprover }) => assignedApprover.displayName)).toEqual([
      'Dana Ortiz',
      'Lee Park',
    ])
    served.clock.set(new Date('2026-11-20T18:00:00Z'))
    const state = async () => (await call('GET', `Shop/_apis/pipelines/1/runs/${String(run.id)}`)).body
    expect(await state()).toMatchObject({ state: 'inProgress' })
    const decide = (token: string, status = 'approved') =>
      call(
        'PATCH',
        'Shop/_apis/pipelines/approvals',
        [{ approvalId: approval!.id, status, comment: 'go' }],
        undefined,
        token,
      )
    expect((await decide('sam')).status).toBe(403)
    expect((await decide('dana', 'perhaps')).status).toBe(400)
    expect((await decide('dana')).status).toBe(200)
    expect((await decide('dana')).status).toBe(400)
    expect(await pending()).toEqual([])
    served.clock.set(new Date('2026-11-20T18:10:00Z'))
    expect(await state()).toMatchObject({ state: 'completed', result: 'succeeded' })
    const environments = (await call('GET', 'Shop/_apis/distributedtask/environments')).body.value as {
      id: number
      name: string
    }[]
    const production = environments.find(({ name }) => name === 'production')!
    const records = await call(
      'GET',
      `Shop/_apis/distributedtask/environments/${production.id}/environmentdeploymentrecords`,
    )
    expect(records.body.value).toMatchObject([{ owner: { id: run.id }, result: 'succeeded' }])
    expect((await call('GET', 'Shop/_apis/distributedtask/environments/1')).status).toBe(404)
  })
})

test('policies, tests, capacity, revisions and packages by the service’s own client', async () => {
  const api = new WebApi(`${served.base}/ado/northwind`, getBearerHandler('sam'))
  const policies = await (await api.getPolicyApi()).getPolicyConfigurations('Shop')
  expect(policies.map(({ type }) => type?.displayName)).toEqual(['Minimum number of reviewers'])
  const tests = await api.getTestApi()
  const [run] = await tests.getTestRuns('Shop', 'vstfs:///Build/Build/1000')
  expect(run).toMatchObject({ totalTests: 8, passedTests: 7 })
  expect((await tests.getTestResults('Shop', run!.id)).filter(({ outcome }) => outcome === 'Failed')).toHaveLength(1)
  const far = await call('GET', 'Shop/_apis/test/runs?minLastUpdatedDate=2026-11-01&maxLastUpdatedDate=2026-11-20')
  expect(far.status).toBe(400)
  const work = await api.getWorkApi()
  const [sprint] = await work.getTeamIterations({ project: 'Shop', team: 'Payments' }, 'current')
  expect(sprint).toMatchObject({ name: 'Sprint 9', path: 'Shop\\Sprint 9' })
  const capacity = await work.getCapacitiesWithIdentityRefAndTotals({ project: 'Shop', team: 'Payments' }, sprint!.id!)
  expect(capacity).toMatchObject({ totalCapacityPerDay: 6, totalDaysOff: 1 })
  const wit = await api.getWorkItemTrackingApi()
  const since = await wit.readReportingRevisionsGet('Shop', ['System.Id'], undefined, undefined, new Date('2026-11-19'))
  expect(since).toMatchObject({ isLastBatch: true, values: [{ id: 1 }] })
  const after = await wit.readReportingRevisionsGet('Shop', ['System.Id'], undefined, since.continuationToken)
  expect(after.values).toEqual([])
  const packages = (at: string) => call('GET', `_apis/packaging/feeds/all/packages?${at}`)
  expect((await packages('$top=2')).body.value).toHaveLength(2)
  expect((await packages('$top=2&$skip=2')).body.value).toHaveLength(1)
  expect((await call('GET', '_apis/packaging/feeds/none/packages')).status).toBe(404)
})

test('an item in the recycle bin is nowhere but there, and comes back as it was', async () => {
  expect((await call('DELETE', '_apis/wit/workitems/1')).status).toBe(200)
  expect((await call('GET', '_apis/wit/workitems/1')).status).toBe(404)
  expect((await call('GET', '_apis/wit/recyclebin')).body.value).toMatchObject([{ id: 1 }])
  const path = '_apis/wit/reporting/workitemrevisions?startDateTime=2026-11-20T12:00:00Z'
  expect((await call('GET', path)).body.values).toEqual([])
  expect((await call('GET', `${path}&includeDeleted=true`)).body.values).toMatchObject([{ id: 1 }])
  expect((await call('PATCH', '_apis/wit/recyclebin/1', { IsDeleted: false })).status).toBe(200)
  expect((await call('GET', '_apis/wit/workitems/1')).status).toBe(200)
})
