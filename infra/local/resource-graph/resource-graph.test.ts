import { existsSync, readFileSync } from 'node:fs'
import { ResourceGraphClient } from '@azure/arm-resourcegraph'
import { createHttpHeaders } from '@azure/core-rest-pipeline'
import { describe, expect, test } from '@jest/globals'
import { closeSubscription } from '../azure/record-outage.js'
import {
  ada,
  armRequest,
  azureTenant,
  development,
  dispatch,
  organisation,
  production,
  resources,
  shopTeam,
} from '../testing/azure-tenant.js'
import type { AzureTenant } from '../testing/azure-tenant.js'
import { QueryQuota } from './quota.js'

const path = '/providers/Microsoft.ResourceGraph/resources?api-version=2024-04-01'
const group = `/subscriptions/${production}/resourceGroups/rg-shop/providers`
const ids = resources.map(({ id }) => id)

/** The queries that a catalogue is filled with, each with a change of state that its answer must show. */
const queries: { name: string; query: string; act: [string, string, unknown?][]; seconds?: number }[] = [
  {
    name: 'resources',
    query:
      'Resources | project id, name, type, kind, location, resourceGroup, subscriptionId, tenantId, sku, plan, identity, managedBy, zones, tags, systemData, properties | order by id asc',
    act: [
      [
        'PATCH',
        `${group}/Microsoft.Storage/storageAccounts/stshop?api-version=2025-08-01`,
        { properties: { minimumTlsVersion: 'TLS1_2' } },
      ],
    ],
  },
  {
    name: 'containers',
    query: `ResourceContainers | where type in~ ('microsoft.resources/subscriptions','microsoft.resources/subscriptions/resourcegroups','microsoft.management/managementgroups') | project id, name, type, subscriptionId, resourceGroup, tags, properties | order by id asc`,
    act: [
      ['PUT', `/subscriptions/${development}/resourcegroups/rg-two?api-version=2025-04-01`, { location: 'westeurope' }],
    ],
  },
  {
    name: 'tags coverage',
    query: `Resources | extend hasTeam = isnotempty(tags['team']) | summarize total=count(), tagged=countif(hasTeam) by subscriptionId, type`,
    act: [
      [
        'DELETE',
        `${group}/Microsoft.Cache/redis/redis-shop/providers/Microsoft.Resources/tags/default?api-version=2025-04-01`,
      ],
    ],
  },
  {
    name: 'power of machines',
    query: `Resources | where type =~ 'microsoft.compute/virtualmachines' | extend power=tostring(properties.extended.instanceView.powerState.code), size=tostring(properties.hardwareProfile.vmSize) | project id, name, power, size | order by id asc`,
    act: [['POST', `${group}/Microsoft.Compute/virtualMachines/vm-batch/deallocate?api-version=2025-04-01`]],
    seconds: 8,
  },
  {
    name: 'health',
    query: `HealthResources | where type =~ 'microsoft.resourcehealth/availabilitystatuses' | project id, target=tolower(tostring(properties.targetResourceId)), state=tostring(properties.availabilityState), occurred=todatetime(properties.occurredTime), summary=tostring(properties.summary) | order by id asc`,
    act: [['POST', `${group}/Microsoft.Web/sites/shop-web/stop?api-version=2025-05-01`]],
  },
  {
    name: 'service health',
    query: `ServiceHealthResources | where type =~ 'microsoft.resourcehealth/events' | project id, title=tostring(properties.Title), kind=tostring(properties.EventType), status=tostring(properties.Status), started=todatetime(properties.ImpactStartTime) | order by id asc`,
    act: [['DELETE', `${group}/Microsoft.DBforPostgreSQL/flexibleServers/pg-shop?api-version=2025-08-01`]],
    seconds: 5,
  },
  {
    name: 'advice',
    query: `AdvisorResources | where type =~ 'microsoft.advisor/recommendations' | project id, category=tostring(properties.category), impact=tostring(properties.impact), target=tolower(tostring(properties.resourceMetadata.resourceId)), problem=tostring(properties.shortDescription.problem), ext=properties.extendedProperties | order by id asc`,
    act: [
      [
        'PATCH',
        `/subscriptions/${development}/resourceGroups/rg-dev/providers/Microsoft.Compute/virtualMachines/vm-dev?api-version=2025-04-01`,
        { properties: { hardwareProfile: { vmSize: 'Standard_D2s_v5' } } },
      ],
    ],
    seconds: 5,
  },
  {
    name: 'policy',
    query: `PolicyResources | where type =~ 'microsoft.policyinsights/policystates' | where properties.complianceState =~ 'NonCompliant' | project id, target=tolower(tostring(properties.resourceId)), assignment=tostring(properties.policyAssignmentId), definition=tostring(properties.policyDefinitionId), at=todatetime(properties.timestamp) | order by id asc`,
    act: [
      [
        'PATCH',
        `/subscriptions/${development}/resourceGroups/rg-dev/providers/Microsoft.Compute/virtualMachines/vm-dev/providers/Microsoft.Resources/tags/default?api-version=2025-04-01`,
        { operation: 'Merge', properties: { tags: { service: 'shop' } } },
      ],
    ],
  },
  {
    name: 'alerts',
    query: `AlertsManagementResources | where type =~ 'microsoft.alertsmanagement/alerts' | extend e=properties.essentials | project id, sev=tostring(e.severity), state=tostring(e.alertState), cond=tostring(e.monitorCondition), target=tolower(tostring(e.targetResource)), rule=tostring(e.alertRule), started=todatetime(e.startDateTime), modified=todatetime(e.lastModifiedDateTime) | order by id asc`,
    act: [['POST', 'alert']],
  },
  {
    name: 'changes',
    query: `ResourceChanges | extend t=todatetime(properties.changeAttributes.timestamp), target=tolower(tostring(properties.targetResourceId)), kind=tostring(properties.changeType), by=tostring(properties.changeAttributes.changedBy), byType=tostring(properties.changeAttributes.changedByType), client=tostring(properties.changeAttributes.clientType), op=tostring(properties.changeAttributes.operation), corr=tostring(properties.changeAttributes.correlationId) | where t > datetime({watermark}) | project id, t, target, kind, by, byType, client, op, corr, changes=properties.changes | order by id asc`,
    act: [['POST', `${group}/Microsoft.Web/sites/shop-web/stop?api-version=2025-05-01`]],
  },
  {
    name: 'container changes',
    query: `ResourceContainerChanges | extend t=todatetime(properties.changeAttributes.timestamp) | where t > datetime({watermark}) | project id, t, target=tolower(tostring(properties.targetResourceId)), kind=tostring(properties.changeType), changes=properties.changes | order by id asc`,
    act: [
      [
        'PUT',
        `/subscriptions/${development}/resourcegroups/rg-dev?api-version=2025-04-01`,
        { location: 'westeurope', tags: { a: 'b' } },
      ],
    ],
  },
  {
    name: 'security',
    query: `SecurityResources | where type =~ 'microsoft.security/securescores' | project id, subscriptionId, pct=todouble(properties.score.percentage) | order by id asc`,
    act: [
      ['PATCH', `${group}/Microsoft.Web/sites/shop-web?api-version=2025-05-01`, { properties: { httpsOnly: false } }],
    ],
  },
  {
    name: 'role assignments',
    query: `AuthorizationResources | where type =~ 'microsoft.authorization/roleassignments' | project id, principalId=tostring(properties.principalId), role=tostring(properties.roleDefinitionId), scope=tolower(tostring(properties.scope)) | order by id asc`,
    act: [
      [
        'PUT',
        `${group}/Microsoft.Cache/redis/redis-shop/providers/Microsoft.Authorization/roleAssignments/aaaaaaaa-0000-4000-8000-000000000000?api-version=2022-04-01`,
        { properties: { roleDefinitionId: 'reader', principalId: shopTeam } },
      ],
    ],
  },
  {
    name: 'touched ids',
    query:
      'Resources | where id in~ ({ids}) | project id, name, type, location, resourceGroup, subscriptionId, sku, tags, properties | order by id asc',
    act: [
      ['PATCH', `${group}/Microsoft.Storage/storageAccounts/stshop?api-version=2025-08-01`, { tags: { team: 'core' } }],
    ],
  },
  {
    name: 'ids',
    query: 'Resources | project id | order by id asc',
    act: [['DELETE', `${group}/Microsoft.Storage/storageAccounts/stshop?api-version=2025-08-01`]],
  },
  {
    name: 'weak points',
    query: `SecurityResources | where type =~ 'microsoft.security/assessments' and tostring(properties.status.code) =~ 'Unhealthy' | project id, target=tolower(tostring(properties.resourceDetails.Id)), finding=tostring(properties.displayName) | order by id asc`,
    act: [
      ['PATCH', `${group}/Microsoft.Web/sites/shop-web?api-version=2025-05-01`, { properties: { httpsOnly: false } }],
    ],
  },
  {
    name: 'backups',
    query: `RecoveryServicesResources | where type =~ 'microsoft.dataprotection/backupvaults/backupjobs' | project id, target=tolower(tostring(properties.dataSourceId)), status=tostring(properties.status), ended=todatetime(properties.endTime) | order by id asc`,
    act: [['DELETE', `${group}/Microsoft.DBforPostgreSQL/flexibleServers/pg-shop?api-version=2025-08-01`]],
    seconds: 5,
  },
  {
    name: 'patches',
    query: `PatchAssessmentResources | project id, lacking=toint(properties.availablePatchCountByClassification.security) | order by id asc`,
    act: [['POST', `${group}/Microsoft.Compute/virtualMachines/vm-batch/installPatches?api-version=2025-04-01`]],
    seconds: 20,
  },
]

const filled = (query: string) =>
  query
    .replaceAll('{watermark}', '2026-11-01T00:00:00Z')
    .replaceAll('{ids}', ids.map((id) => `'${id.toUpperCase()}'`).join(','))

async function act({ call }: AzureTenant, [method, target, body]: [string, string, unknown?]) {
  const alert = await call(
    'GET',
    `/subscriptions/${production}/providers/Microsoft.AlertsManagement/alerts?api-version=2019-03-01`,
  )
  const id = (alert.body as { value: { id: string }[] }).value[0]?.id ?? ''
  const response = await call(
    method,
    target === 'alert' ? `${id}/changestate?api-version=2019-03-01&newState=Acknowledged` : target,
    body,
  )
  expect(response.status).toBeLessThan(300)
}

describe('the queries a catalogue is filled with', () => {
  test.each(queries)('$name answers from the state', async ({ query, act: [operation], seconds }) => {
    const tenant = azureTenant()
    const before = await tenant.rows(filled(query))
    await act(tenant, operation!)
    if (seconds) tenant.advance(seconds)
    const after = await tenant.rows(filled(query))
    expect(after).not.toEqual(before)
    const columns = Object.keys((before[0] ?? after[0])!)
    expect([...before, ...after].every((row) => Object.keys(row).join() === columns.join())).toBe(true)
  })

  test('types and groups are lower-case, tenants and subscriptions are there', async () => {
    const rows = await azureTenant().rows(`Resources | where name == 'shop-web'`)
    expect(rows).toEqual([
      expect.objectContaining({
        type: 'microsoft.web/sites',
        resourceGroup: 'rg-shop',
        tenantId: organisation.tenant,
        subscriptionId: production,
        managedBy: '',
        zones: null,
      }),
    ])
  })

  // The project's own list of them, where it is at hand beside the repository.
  const list = new URL('../../../../shared/reference/arg-queries.md', import.meta.url)
  if (existsSync(list))
    test('are those of the list', () => {
      const texts = readFileSync(list, 'utf8').match(/^[A-Z]\w+ \|.*$/gm) ?? []
      expect(texts.length).toBeGreaterThanOrEqual(15)
      expect(queries.map(({ query }) => query)).toEqual(expect.arrayContaining(texts))
    })
})

/** Microsoft's client over the tenant, with no socket between them. */
function clientOf(tenant: AzureTenant, statuses: number[] = []): ResourceGraphClient {
  const handle = dispatch(tenant.vendors)
  const credential = { getToken: async () => ({ token: 'ada', expiresOnTimestamp: Date.now() + 3_600_000 }) }
  return new ResourceGraphClient(credential, {
    endpoint: 'https://localhost:8443/arm',
    retryOptions: { maxRetries: 2, retryDelayInMs: 1 },
    httpClient: {
      async sendRequest(request) {
        const headers = Object.fromEntries([...request.headers].map(([name, value]) => [name.toLowerCase(), value]))
        const response = await handle(
          armRequest(request.method, request.url, request.body, {
            ...headers,
            authorization: headers['authorization'] === 'Bearer ada' ? ada : '',
          }),
        )
        statuses.push(response.status)
        return {
          request,
          status: response.status,
          headers: createHttpHeaders(response.headers ?? {}),
          bodyAsText: JSON.stringify(response.body),
        }
      },
    },
  })
}

describe("Microsoft's client", () => {
  test('asks at an endpoint with a path, and pages by skip token', async () => {
    const client = clientOf(azureTenant())
    const seen: string[] = []
    let token: string | undefined
    do {
      const page = await client.resources({
        query: 'Resources | project id | order by id asc',
        options: { top: 4, ...(token ? { skipToken: token } : {}) },
      })
      expect(page).toMatchObject({ totalRecords: resources.length, resultTruncated: 'false' })
      expect(page.count).toBeLessThanOrEqual(4)
      seen.push(...(page.data as { id: string }[]).map(({ id }) => id))
      token = page.skipToken
    } while (token)
    expect(seen).toEqual([...ids].sort())
  })

  test('is told why a query is refused', async () => {
    const refused = clientOf(azureTenant()).resources({ query: "Resources | were name == 'x'" })
    await expect(refused).rejects.toMatchObject({
      statusCode: 400,
      code: 'BadRequest',
      details: {
        error: {
          code: 'BadRequest',
          details: [
            { code: 'InvalidQuery' },
            { code: 'ParserFailure', additionalProperties: { line: 1, characterPositionInLine: 12, token: 'were' } },
            { code: 'ParserFailure', additionalProperties: { expectedToken: ';' } },
          ],
        },
      },
    })
  })

  test('waits out a 429 by itself', async () => {
    let seconds = 0
    const quota = new QueryQuota(() => seconds)
    for (let count = 0; count < 15; count++) quota.take('someone')
    const statuses: number[] = []
    const tenant = azureTenant({ quota })
    for (let count = 0; count < 15; count++) await tenant.rows('Resources | count')
    const timer = setTimeout(() => (seconds = 6), 500)
    const answer = await clientOf(tenant, statuses).resources({ query: 'Resources | count' })
    clearTimeout(timer)
    expect(answer.count).toBe(1)
    expect(statuses).toEqual([429, 200])
  })
})

describe('backups', () => {
  const jobs = `RecoveryServicesResources | where type =~ 'microsoft.dataprotection/backupvaults/backupjobs' | project id, status=tostring(properties.status), ended=todatetime(properties.endTime) | top 2 by ended`

  test('a vault goes on every day, and one that fails goes on failing', async () => {
    const org = structuredClone(organisation)
    const server = org.resources.find(({ name }) => name === 'pg-shop')!
    const ends = async (failing: boolean) => {
      server.backup = { vault: 'bv-shop-prd', last: '2026-11-19T01:00:00.000Z', failing }
      const tenant = azureTenant({ org })
      tenant.advance(86_400)
      return (await tenant.rows(jobs)).map(({ status, ended }) => [status, ended])
    }
    const days = ['2026-11-21T01:00:00Z', '2026-11-20T01:00:00Z']
    expect(await ends(false)).toEqual(days.map((day) => ['Completed', day]))
    expect(await ends(true)).toEqual(days.map((day) => ['Failed', day]))
  })
})

describe('the wire', () => {
  test('an answer of more than 16 MB is refused, and a smaller page of it is given', async () => {
    const tenant = azureTenant({ generatedResources: 1_000 })
    const wide = `Resources | project id, all=strcat(${Array.from({ length: 60 }, () => 'tostring(properties), tostring(tags), id').join(', ')}) | order by id asc`
    const ask = (top: number) => post(tenant, { query: wide, options: { $top: top } })
    const refused = await ask(1_000)
    expect(refused.status).toBe(400)
    expect(refused.body).toMatchObject({ error: { details: [{ code: 'ResponsePayloadTooLarge' }] } })
    expect((await ask(100)).status).toBe(200)
  })

  test('a closed subscription is left out; one by itself is refused', async () => {
    const tenant = azureTenant()
    closeSubscription(tenant.services, development, 'forbidden')
    const count = (await post(tenant, { query })).body as { totalRecords: number }
    expect(count.totalRecords).toBe(resources.length - 1)
    expect((await post(tenant, { query, subscriptions: [development] })).status).toBe(400)
    expect((await tenant.call('GET', `/subscriptions/${development}?api-version=2022-12-01`)).status).toBe(403)
    closeSubscription(tenant.services, development, 'deleted')
    expect((await tenant.call('GET', `/subscriptions/${development}?api-version=2022-12-01`)).status).toBe(404)
    closeSubscription(tenant.services, development, 'open')
    expect((await post(tenant, { query, subscriptions: [development] })).status).toBe(200)
  })

  const post = (tenant: AzureTenant, body: unknown, at = path) => tenant.call('POST', at, body)
  const query = 'Resources | project id | order by id asc'

  test('scope: subscriptions, the root management group, and strangers', async () => {
    const tenant = azureTenant()
    const count = async (scope: object) => (await post(tenant, { query, ...scope })).body as { totalRecords: number }
    expect((await count({ subscriptions: [development.toUpperCase()] })).totalRecords).toBe(1)
    expect((await count({ subscriptions: [production, development] })).totalRecords).toBe(resources.length)
    expect((await count({ managementGroups: [organisation.tenant] })).totalRecords).toBe(resources.length)
    expect((await post(tenant, { query, managementGroups: ['other'] })).status).toBe(403)
    expect((await post(tenant, { query, subscriptions: ['00000000-0000-4000-8000-000000000000'] })).body).toMatchObject(
      { error: { details: [{ code: 'NoValidSubscriptionsInQueryRequest' }] } },
    )
  })

  test('formats, truncation and skipping', async () => {
    const tenant = azureTenant()
    const table = await post(tenant, {
      query: 'Resources | project id, sku, n=strlen(name) | order by id asc',
      options: { resultFormat: 'table', $top: 2, $skip: 1 },
    })
    expect(table.body).toMatchObject({
      count: 2,
      data: {
        columns: [
          { name: 'id', type: 'string' },
          { name: 'sku', type: 'object' },
          { name: 'n', type: 'integer' },
        ],
        rows: [
          [[...ids].sort()[1], { name: 'Standard_D2s_v5', tier: 'Standard', capacity: 2 }, expect.any(Number)],
          expect.anything(),
        ],
      },
    })
    const truncated = await post(tenant, { query: 'Resources | project name', options: { $top: 2 } })
    expect(truncated.body).toMatchObject({ resultTruncated: 'true', count: 2 })
    expect(truncated.body).not.toHaveProperty('$skipToken')
  })

  test.each<[string, unknown, string]>([
    ['no body', undefined, 'InvalidRequestBody'],
    ['no query', {}, 'InvalidRequestBody'],
    ['an empty query', { query: ' ' }, 'EmptyQuery'],
    ['a page too large', { query, options: { $top: 5000 } }, 'InvalidTop'],
    ['a page of nothing', { query, options: { $top: 0 } }, 'InvalidTop'],
    [
      'a forged token',
      { query, options: { $skipToken: Buffer.from('{"at":5}').toString('base64url') } },
      'InvalidSkipToken',
    ],
    ['rubbish for a token', { query, options: { $skipToken: 'xyz' } }, 'InvalidSkipToken'],
    ['an unknown format', { query, options: { resultFormat: 'xml' } }, 'InvalidRequestBody'],
    ['both scopes', { query, subscriptions: [], managementGroups: [] }, 'InvalidScopes'],
    ['a huge query', { query: `Resources | where name in (${"'x',".repeat(5000)}` }, 'InvalidQuery'],
  ])('%s is refused', async (_, body, code) => {
    const response = await post(azureTenant(), body)
    expect(response).toMatchObject({ status: 400, body: { error: { code: 'BadRequest' } } })
    expect((response.body as { error: { details: { code: string }[] } }).error.details[0]?.code).toBe(code)
  })

  test("a token of another query's page is refused", async () => {
    const tenant = azureTenant()
    const { $skipToken } = (await post(tenant, { query, options: { $top: 2 } })).body as { $skipToken: string }
    expect((await post(tenant, { query: 'Resources | project id, name', options: { $skipToken } })).status).toBe(400)
  })

  test('quota: fifteen queries in five seconds, then 429 until the window ends', async () => {
    let seconds = 100
    const tenant = azureTenant({ quota: new QueryQuota(() => seconds) })
    const answers = []
    for (let count = 0; count < 16; count++) answers.push(await post(tenant, { query }))
    expect(answers[0]?.headers).toMatchObject({
      'x-ms-user-quota-remaining': '14',
      'x-ms-user-quota-resets-after': '00:00:05',
    })
    expect(answers[15]).toMatchObject({
      status: 429,
      headers: { 'retry-after': '5' },
      body: { error: { code: 'RateLimiting' } },
    })
    seconds += 5
    expect((await post(tenant, { query })).status).toBe(200)
  })

  test('versions and paths that are not there', async () => {
    const tenant = azureTenant()
    for (const version of ['2021-03-01', '2022-10-01', '2024-04-01'])
      expect((await post(tenant, { query }, path.replace(/=.*/, `=${version}`))).status).toBe(200)
    expect((await post(tenant, { query }, path.replace(/=.*/, '=2019-04-01'))).body).toMatchObject({
      error: { code: 'InvalidApiVersionParameter' },
    })
    expect(
      (await post(tenant, { query }, '/providers/Microsoft.ResourceGraph/other?api-version=2024-04-01')).status,
    ).toBe(404)
    expect((await tenant.call('GET', path)).status).toBe(405)
  })
})
