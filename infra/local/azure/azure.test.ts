import { describe, expect, test } from '@jest/globals'
import { Faults } from '../frame/faults.js'
import { memoryState } from '../frame/state.js'
import type { State } from '../frame/state.js'
import { azureTenant, development, production } from '../testing/azure-tenant.js'
import type { VendorResponse } from '../frame/router.js'

const group = `/subscriptions/${production}/resourceGroups/rg-shop`
const provider = `${group}/providers`
const compute = 'api-version=2025-04-01'
const web = 'api-version=2025-05-01'

const errorOf = ({ body }: VendorResponse) => (body as { error: { code: string; message: string } }).error
const bodyOf = (response: VendorResponse) => response.body as Record<string, unknown>
const code = (view: VendorResponse) => (view.body as { statuses: { code: string; time: string }[] }).statuses[1]

describe('subscriptions and groups', () => {
  test('are listed, made, tagged and deleted with what is in them', async () => {
    const { call, advance, rows } = azureTenant()
    const list = await call('GET', '/subscriptions?api-version=2022-12-01')
    expect(list.body).toMatchObject({
      value: [{ displayName: 'Tailspin production' }, { displayName: 'Tailspin development' }],
    })
    expect((await call('GET', `/subscriptions/${production}/locations?api-version=2022-12-01`)).body).toMatchObject({
      value: expect.arrayContaining([expect.objectContaining({ name: 'westeurope' })]),
    })

    const path = `/subscriptions/${development}/resourcegroups/rg-new?api-version=2025-04-01`
    expect((await call('HEAD', path)).status).toBe(404)
    expect((await call('PUT', path, { location: 'West Europe', tags: { team: 'shop' } })).status).toBe(201)
    expect((await call('HEAD', path)).status).toBe(204)
    expect((await call('PATCH', path, { tags: { team: 'core' } })).body).toMatchObject({
      location: 'westeurope',
      tags: { team: 'core' },
    })
    expect(await rows(`ResourceContainers | where name == 'rg-new' | project tags.team`)).toEqual([
      { tags_team: 'core' },
    ])
    expect(await rows(`ResourceContainerChanges | project change=tostring(properties.changeType)`)).toEqual([
      { change: 'Create' },
      { change: 'Update' },
    ])

    const deleted = await call('DELETE', `${group}?api-version=2025-04-01`)
    expect(deleted.status).toBe(202)
    expect((await call('GET', `${group}?api-version=2025-04-01`)).status).toBe(200)
    advance(10)
    expect((await call('GET', `${group}?api-version=2025-04-01`)).status).toBe(404)
    expect(await rows(`Resources | where resourceGroup == 'rg-shop'`)).toEqual([])
  })

  test('resources are listed by group, by filter and in pages', async () => {
    const { call } = azureTenant()
    const all = bodyOf(await call('GET', `${group}/resources?api-version=2025-04-01`))['value'] as { name: string }[]
    expect(all.length).toBe(14)
    const sites = await call(
      'GET',
      `/subscriptions/${production}/resources?api-version=2025-04-01&$filter=resourceType eq 'microsoft.web/sites'`,
    )
    expect(sites.body).toMatchObject({ value: [{ name: 'shop-web' }] })
    const page = await call('GET', `/subscriptions/${production}/resources?api-version=2025-04-01&$top=5`)
    const next = new URL(String(bodyOf(page)['nextLink']))
    const second = await call('GET', next.pathname.slice('/arm'.length) + next.search)
    expect((bodyOf(second)['value'] as { name: string }[])[0]).toMatchObject({
      name: all[5]?.name,
    })
  })
})

describe('refusals', () => {
  const vm = `${provider}/Microsoft.Compute/virtualMachines`
  test.each<[string, string, unknown, number, string, string]>([
    ['GET', `${vm}/vm-batch`, undefined, 400, 'MissingApiVersionParameter', 'api-version'],
    [
      'GET',
      `${vm}/vm-batch?api-version=1999-01-01`,
      undefined,
      400,
      'NoRegisteredProviderFound',
      '2025-04-01, 2025-01-01',
    ],
    ['GET', `${group}?api-version=1999-01-01`, undefined, 400, 'InvalidApiVersionParameter', '2025-04-01'],
    [
      'GET',
      `${provider}/Microsoft.Compute/spaceships/x?${compute}`,
      undefined,
      404,
      'InvalidResourceType',
      'virtualMachines, virtualMachineScaleSets',
    ],
    [
      'GET',
      `${provider}/Contoso.Things/boxes/x?${compute}`,
      undefined,
      404,
      'InvalidResourceNamespace',
      'Contoso.Things',
    ],
    [
      'GET',
      `/subscriptions/00000000-0000-4000-8000-000000000000/resourceGroups/x?${compute}`,
      undefined,
      404,
      'SubscriptionNotFound',
      '00000000',
    ],
    ['GET', `/subscriptions/mine/resourceGroups/x?${compute}`, undefined, 400, 'InvalidSubscriptionId', 'mine'],
    [
      'GET',
      `/subscriptions/${production}/resourceGroups/none/providers/Microsoft.Compute/virtualMachines/x?${compute}`,
      undefined,
      404,
      'ResourceGroupNotFound',
      "'none'",
    ],
    [
      'GET',
      `${vm}/none?${compute}`,
      undefined,
      404,
      'ResourceNotFound',
      "The Resource 'Microsoft.Compute/virtualMachines/none' under resource group 'rg-shop'",
    ],
    ['POST', `${vm}/none/restart?${compute}`, undefined, 404, 'ResourceNotFound', 'none'],
    ['POST', `${vm}/vm-batch/explode?${compute}`, undefined, 404, 'NotFound', 'explode'],
    ['POST', `${vm}?${compute}`, {}, 405, 'MethodNotAllowed', 'POST'],
    ['GET', `${vm}/vm-batch/restart?${compute}`, undefined, 404, 'NotFound', 'restart'],
    ['PUT', `${vm}/new?${compute}`, { properties: {} }, 400, 'LocationRequired', 'location'],
    ['PUT', `${vm}/new?${compute}`, { location: 'atlantis' }, 400, 'LocationNotAvailableForResourceType', 'atlantis'],
    ['PUT', `${vm}/vm-batch?${compute}`, { location: 'northeurope' }, 409, 'InvalidResourceLocation', 'westeurope'],
    ['PUT', `${vm}/new?${compute}`, 'not json', 400, 'InvalidRequestContent', 'not a JSON object'],
    ...[
      [{ sku: { capacity: 'five' } }, 'InvalidRequestContent', "'sku.capacity'"] as const,
      [{ sku: { capacity: 2.5 } }, 'InvalidRequestContent', '2.5'] as const,
      [{ sku: { capacity: -1 } }, 'InvalidParameter', 'from 0 to 1000'] as const,
      [{ sku: { capacity: 1001 } }, 'InvalidParameter', '1001'] as const,
      [{ sku: 'big' }, 'InvalidRequestContent', "'sku'"] as const,
      [{ tags: 'x' }, 'InvalidRequestContent', "'tags'"] as const,
      [{ tags: { a: 1 } }, 'InvalidTagValueType', "'a'"] as const,
      [{ properties: [] }, 'InvalidRequestContent', "'properties'"] as const,
    ].map(([body, code, said]): [string, string, unknown, number, string, string] => {
      const set = `${provider}/Microsoft.Compute/virtualMachineScaleSets/vmss-web?${compute}`
      return ['PATCH', set, body, 400, code, said]
    }),
    ['POST', `${vm}/vm-batch/runCommand?${compute}`, {}, 400, 'InvalidParameter', 'commandId'],
    [
      'PUT',
      `${provider}/Microsoft.Storage/storageAccounts/new?api-version=2025-08-01`,
      { location: 'westeurope', sku: { name: 'Standard_LRS' } },
      400,
      'MissingRequiredParameter',
      'kind',
    ],
    [
      'PUT',
      `${provider}/Microsoft.Network/networkSecurityGroups/nsg-shop/securityRules/r?api-version=2025-07-01`,
      { properties: { protocol: 'Tcp' } },
      400,
      'InvalidRequestContent',
      'properties.access',
    ],
    [
      'PUT',
      `${provider}/Microsoft.Sql/servers/none/databases/x?api-version=2025-01-01`,
      { location: 'westeurope' },
      404,
      'ParentResourceNotFound',
      'Microsoft.Sql/servers/none',
    ],
    [
      'PATCH',
      `${provider}/Microsoft.Insights/autoscaleSettings/a?api-version=2022-10-01`,
      { properties: { enabled: false } },
      404,
      'ResourceNotFound',
      'autoscale',
    ],
    [
      'POST',
      `${provider}/Microsoft.Storage/storageAccounts/stshop/regenerateKey?api-version=2025-08-01`,
      { keyName: 'key9' },
      400,
      'InvalidArgument',
      'key1, key2',
    ],
    [
      'POST',
      `${provider}/Microsoft.Web/sites/shop-web/slots/staging/slotsswap?${web}`,
      { targetSlot: 'canary', preserveVnet: true },
      404,
      'NotFound',
      'canary',
    ],
    [
      'GET',
      `${provider}/Microsoft.Web/sites/shop-web/config/appsettings?${web}`,
      undefined,
      405,
      'MethodNotAllowed',
      'GET',
    ],
    [
      'PUT',
      `${provider}/Microsoft.Web/sites/shop-web/config/appsettings?${web}`,
      { properties: { A: 5 } },
      400,
      'InvalidRequestContent',
      "'A' is not a string",
    ],
    [
      'GET',
      `/subscriptions/${production}/providers/Microsoft.Insights/eventtypes/management/values?api-version=2015-04-01`,
      undefined,
      400,
      'BadRequest',
      'eventTimestamp ge',
    ],
    ['GET', `/nowhere?${compute}`, undefined, 404, 'NotFound', '/nowhere'],
    [
      'GET',
      `/subscriptions/${production}/providers/Microsoft.Compute/locations/westeurope/operations/none?${compute}`,
      undefined,
      404,
      'NotFound',
      'none',
    ],
  ])('%s %s', async (method, path, body, status, expected, message) => {
    const response = await azureTenant().call(method, path, body)
    expect([response.status, errorOf(response).code]).toEqual([status, expected])
    expect(errorOf(response).message).toContain(message)
  })

  const token = (claims: object) => `Bearer x.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.x`
  test.each([
    ['', 'AuthenticationFailed'],
    ['Basic abc', 'AuthenticationFailed'],
    ['Bearer rubbish', 'InvalidAuthenticationToken'],
    [token({ aud: 'https://graph.microsoft.com' }), 'InvalidAuthenticationTokenAudience'],
    [token({ aud: 'https://management.azure.com', exp: 5 }), 'ExpiredAuthenticationToken'],
    [token({ aud: 'https://management.azure.com' }), 'InvalidAuthenticationToken'],
  ])('a token %j is answered 401 with a challenge', async (authorization, expected) => {
    const { call } = azureTenant()
    for (const path of [
      '/subscriptions?api-version=2022-12-01',
      '/providers/Microsoft.ResourceGraph/resources?api-version=2024-04-01',
    ]) {
      const response = await call('POST', path, { query: 'Resources' }, { authorization })
      expect([response.status, errorOf(response).code]).toEqual([401, expected])
      expect(response.headers?.['www-authenticate']).toMatch(/^Bearer authorization_uri="https:\/\/localhost:8443\//)
    }
  })

  test('a lock keeps a resource from deletion, an old ETag from being overwritten', async () => {
    const { call } = azureTenant()
    const path = `${provider}/Microsoft.Network/dnsZones/shop.example/A/www?api-version=2018-05-01`
    const made = await call('PUT', path, { properties: { TTL: 60, ARecords: [{ ipv4Address: '10.0.0.1' }] } })
    const etag = made.headers?.['etag'] ?? ''
    expect((await call('PUT', path, { properties: { TTL: 30 } }, { 'if-none-match': '*' })).status).toBe(412)
    expect((await call('PUT', path, { properties: { TTL: 30 } }, { 'if-match': etag })).status).toBe(200)
    expect((await call('PUT', path, { properties: { TTL: 10 } }, { 'if-match': etag })).status).toBe(412)

    const locks = `${provider}/Microsoft.Storage/storageAccounts/stshop/providers/Microsoft.Authorization/locks/keep?api-version=2020-05-01`
    expect((await call('PUT', locks, { properties: { level: 'CanNotDelete' } })).status).toBe(201)
    const account = `${provider}/Microsoft.Storage/storageAccounts/stshop?api-version=2025-08-01`
    expect(errorOf(await call('DELETE', account)).code).toBe('ScopeLocked')
    expect((await call('DELETE', locks)).status).toBe(200)
    expect((await call('DELETE', account)).status).toBe(200)
    expect((await call('DELETE', account)).status).toBe(204)
  })
})

describe('long-running operations', () => {
  test('Azure-AsyncOperation and Location: a machine restarts and has a new boot time', async () => {
    const { call, advance, rows } = azureTenant()
    const vm = `${provider}/Microsoft.Compute/virtualMachines/vm-batch`
    const before = code(await call('GET', `${vm}/instanceView?${compute}`))
    const accepted = await call('POST', `${vm}/restart?${compute}`)
    expect(accepted.status).toBe(202)
    expect(accepted.headers).toMatchObject({
      'retry-after': '1',
      location: expect.stringContaining('/operationResults/'),
    })
    const status = accepted.headers?.['azure-asyncoperation']?.replace('https://localhost:8443/arm', '') ?? ''
    expect((await call('GET', status)).body).toMatchObject({ status: 'InProgress' })
    expect(code(await call('GET', `${vm}/instanceView?${compute}`))?.code).toBe('PowerState/starting')
    expect(errorOf(await call('POST', `${vm}/restart?${compute}`)).code).toBe('AnotherOperationInProgress')
    advance(8)
    expect((await call('GET', status)).body).toMatchObject({ status: 'Succeeded', endTime: '2026-11-20T10:00:08.000Z' })
    const after = code(
      await call('GET', `${vm.toUpperCase().replace('/SUBSCRIPTIONS', '/subscriptions')}/instanceView?${compute}`),
    )
    expect(after).toMatchObject({ code: 'PowerState/running', time: '2026-11-20T10:00:08.000Z' })
    expect(after?.time).not.toBe(before?.time)
    expect(
      await rows(
        `Resources | where name == 'vm-batch' | project power=tostring(properties.extended.instanceView.powerState.code)`,
      ),
    ).toEqual([{ power: 'PowerState/running' }])
  })

  test('Location only: a swap exchanges the builds and the settings that do not stay', async () => {
    const { call, advance } = azureTenant()
    const site = `${provider}/Microsoft.Web/sites/shop-web`
    await call('PUT', `${site}/config/slotConfigNames?${web}`, { properties: { appSettingNames: ['SLOT'] } })
    const accepted = await call('POST', `${site}/slots/staging/slotsswap?${web}`, {
      targetSlot: 'production',
      preserveVnet: true,
    })
    expect(accepted.headers?.['azure-asyncoperation']).toBeUndefined()
    const location = accepted.headers?.['location']?.replace('https://localhost:8443/arm', '') ?? ''
    expect((await call('GET', location)).status).toBe(202)
    advance(6)
    expect((await call('GET', location)).status).toBe(200)
    expect((await call('GET', `${site}?${web}`)).body).toMatchObject({
      properties: { siteConfig: { linuxFxVersion: 'DOCKER|acr/shop:4.7.1' } },
    })
    expect((await call('GET', `${site}/slots/staging?${web}`)).body).toMatchObject({
      properties: { siteConfig: { linuxFxVersion: 'DOCKER|acr/shop:4.7.0' } },
    })
    expect(bodyOf(await call('POST', `${site}/config/appsettings/list?${web}`))['properties']).toEqual({
      MODE: 'new',
      SLOT: 'prod',
    })
  })

  test('provisioningState only: a cache is updated without headers', async () => {
    const { call, advance } = azureTenant()
    const redis = `${provider}/Microsoft.Cache/redis/redis-shop?api-version=2024-11-01`
    const accepted = await call('PATCH', redis, { properties: { sku: { name: 'Standard', family: 'C', capacity: 2 } } })
    expect(accepted).toMatchObject({ status: 200, body: { properties: { provisioningState: 'Updating' } } })
    expect(accepted.headers).not.toHaveProperty('location')
    expect(accepted.headers).not.toHaveProperty('azure-asyncoperation')
    expect((await call('GET', redis)).body).toMatchObject({ properties: { provisioningState: 'Updating' } })
    advance(3)
    expect((await call('GET', redis)).body).toMatchObject({
      properties: { provisioningState: 'Succeeded', sku: { capacity: 2 } },
    })
  })

  test('can be slow, or never end, and are in the way of others meanwhile', async () => {
    const faults = new Faults()
    const { call, advance } = azureTenant({ faults })
    const poll = async (accepted: VendorResponse) =>
      (await call('GET', accepted.headers!['azure-asyncoperation']!.replace('https://localhost:8443/arm', ''))).body
    const set = `${provider}/Microsoft.Compute/virtualMachineScaleSets/vmss-web`
    faults.add({ target: `arm-operation${set.toUpperCase()}`, delayMs: 60_000, count: 1 })
    const slow = await call('PATCH', `${set}?${compute}`, { sku: { capacity: 5 } })
    advance(50)
    expect(await poll(slow)).toMatchObject({ status: 'InProgress' })
    advance(20)
    expect(await poll(slow)).toMatchObject({ status: 'Succeeded' })

    faults.add({ target: 'arm-endless' })
    const endless = await call('PATCH', `${set}?${compute}`, { sku: { capacity: 2 } })
    advance(1_000_000)
    expect(await poll(endless)).toMatchObject({ status: 'InProgress' })
    const other = await call('POST', `${set}/restart?${compute}`)
    expect([other.status, errorOf(other).code]).toEqual([409, 'AnotherOperationInProgress'])
  })

  test('a restart that fails leaves the machine running since when it was', async () => {
    const faults = new Faults()
    const { call, advance } = azureTenant({ faults })
    const vm = `${provider}/Microsoft.Compute/virtualMachines/vm-batch`
    const power = async () => code(await call('GET', `${vm}/instanceView?${compute}`))
    const before = await power()
    faults.add({ target: 'arm-operation' })
    await call('POST', `${vm}/restart?${compute}`)
    expect(await power()).toMatchObject({ code: 'PowerState/starting' })
    advance(30)
    expect(await power()).toEqual(before)
  })

  test('can fail, by a fault or by a tag, and leave the resource as it was', async () => {
    const struck: string[] = []
    const faults = {
      strikeNamed: (place: string) => (struck.push(place), /operation.*vmss-web/.test(place) ? {} : undefined),
    }
    const { call, advance } = azureTenant({ faults })
    const set = `${provider}/Microsoft.Compute/virtualMachineScaleSets/vmss-web?${compute}`
    const accepted = await call('PATCH', set, { sku: { capacity: 5 } })
    const status = accepted.headers?.['azure-asyncoperation']?.replace('https://localhost:8443/arm', '') ?? ''
    advance(10)
    expect((await call('GET', status)).body).toMatchObject({ status: 'Failed', error: { code: 'OperationFailed' } })
    expect((await call('GET', set)).body).toMatchObject({
      sku: { capacity: 2 },
      properties: { provisioningState: 'Failed' },
    })
    expect(struck[0]).toMatch(/^arm-operation\/subscriptions\//)

    const vm = `${provider}/Microsoft.Compute/virtualMachines/vm-batch`
    const tags = { operation: 'Merge', properties: { tags: { 'local-fails': 'deallocate' } } }
    await call('PATCH', `${vm}/providers/Microsoft.Resources/tags/default?api-version=2025-04-01`, tags)
    const stopped = await call('POST', `${vm}/deallocate?${compute}`)
    advance(10)
    const location = stopped.headers?.['location']?.replace('https://localhost:8443/arm', '') ?? ''
    expect((await call('GET', location)).status).toBe(409)
  })

  test('go on after a restart of the tenant', async () => {
    const kept = new Map<string, State<unknown>>()
    const open = <T>(name: string, seed: () => T): State<T> => {
      const old = kept.get(name)
      const state = memoryState(old ? (JSON.parse(JSON.stringify(old.value)) as T) : seed())
      kept.set(name, state as State<unknown>)
      return state
    }
    const vm = `${provider}/Microsoft.Compute/virtualMachines/vm-batch`
    await azureTenant({ open }).call('POST', `${vm}/deallocate?${compute}`)
    const later = azureTenant({ open, now: '2026-11-20T10:00:05Z' })
    expect(code(await later.call('GET', `${vm}/instanceView?${compute}`))?.code).toBe('PowerState/deallocating')
    later.advance(5)
    expect(code(await later.call('GET', `${vm}/instanceView?${compute}`))?.code).toBe('PowerState/deallocated')
  })
})

describe('what is recorded', () => {
  test('a write leaves a change record and events with who, what and the correlation', async () => {
    const { call, rows } = azureTenant()
    const site = `${provider}/Microsoft.Web/sites/shop-web?${web}`
    await call(
      'PATCH',
      site,
      { properties: { httpsOnly: false } },
      { 'x-ms-correlation-request-id': 'c-1', 'user-agent': 'azsdk-js' },
    )
    const changes = await rows(
      `ResourceChanges | project target=tostring(properties.targetResourceId), a=properties.changeAttributes, c=properties.changes`,
    )
    expect(changes).toEqual([
      {
        target: expect.stringMatching(/shop-web$/),
        a: expect.objectContaining({
          changedBy: 'ada@tailspin.example',
          changedByType: 'User',
          clientType: 'SDK',
          correlationId: 'c-1',
          operation: 'Microsoft.Web/sites/write',
        }),
        c: { 'properties.httpsOnly': { propertyChangeType: 'Update', previousValue: 'true', newValue: 'false' } },
      },
    ])
    const filter = encodeURIComponent(
      `eventTimestamp ge '2026-11-20T00:00:00Z' and resourceUri eq '${site.split('?')[0]?.toUpperCase()}'`,
    )
    const log = await call(
      'GET',
      `/subscriptions/${production}/providers/Microsoft.Insights/eventtypes/management/values?api-version=2015-04-01&$filter=${filter}`,
    )
    expect(log.body).toMatchObject({
      value: [
        {
          caller: 'ada@tailspin.example',
          correlationId: 'c-1',
          operationName: { value: 'Microsoft.Web/sites/write' },
          status: { value: 'Succeeded' },
        },
      ],
    })
  })

  test('stopping an app shows in its health', async () => {
    const { call, rows } = azureTenant()
    await call('POST', `${provider}/Microsoft.Web/sites/shop-web/stop?${web}`)
    expect(
      await rows(
        `HealthResources | where properties.targetResourceId endswith '/shop-web' | project s=tostring(properties.availabilityState), r=tostring(properties.reasonType)`,
      ),
    ).toEqual([{ s: 'Unavailable', r: 'Customer Initiated' }])
    expect(
      (
        await call(
          'GET',
          `${provider}/Microsoft.Web/sites/shop-web/providers/Microsoft.ResourceHealth/availabilityStatuses/current?api-version=2025-05-01`,
        )
      ).body,
    ).toMatchObject({ properties: { availabilityState: 'Unavailable' } })
  })

  test('throttling counts down and then refuses', async () => {
    const { call } = azureTenant()
    const answers: VendorResponse[] = []
    for (let count = 0; count < 300; count++)
      answers.push(await call('DELETE', `/subscriptions/${development}/resourcegroups/none?api-version=2025-04-01`))
    expect(answers[0]?.headers?.['x-ms-ratelimit-remaining-subscription-deletes']).toBe('199')
    const refused = answers.filter(({ status }) => status === 429)
    expect(refused.length).toBeGreaterThan(20)
    expect(refused[0]?.headers?.['retry-after']).toBe('1')
  })
})
