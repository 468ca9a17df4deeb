import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { randomUUID } from 'node:crypto'
import { Fault } from '../../../skills/kit/errors.js'
import type { CloudRequest } from '../../../skills/kit/ports.js'
import { azureCloud } from './cloud.js'
import { afterSending } from './cloud-operation.js'
import { shop, startLocalCloud, type LocalCloud } from './testing/local-cloud.js'

const compute = '2025-04-01'
const web = '2025-05-01'
const scaleSet = `${shop}/Microsoft.Compute/virtualMachineScaleSets/vmss-web`
const site = `${shop}/Microsoft.Web/sites/shop-web`
const scale: CloudRequest = {
  method: 'PATCH',
  path: scaleSet,
  apiVersion: compute,
  body: { sku: { name: 'Standard_D2s_v5', capacity: 5 } },
}
const restart: CloudRequest = { method: 'POST', path: `${site}/restart`, apiVersion: web }

let local: LocalCloud
beforeEach(async () => {
  local = await startLocalCloud({ read: 3_000, change: 1_000 })
})
afterEach(() => local.close())

const faultOf = async (work: Promise<unknown>) => {
  const error = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  )
  if (!(error instanceof Fault)) throw new Error(`This is no fault: ${String(error)}`)
  return error
}

describe('reading', () => {
  test('gives a resource as it is', async () => {
    expect(await local.cloud.read({ path: scaleSet, apiVersion: compute })).toMatchObject({ sku: { capacity: 2 } })
  })

  test.each([
    ['what is not there', `${shop}/Microsoft.Web/sites/nowhere`, web, 'NotFound'],
    ['a version that does not exist', site, '1999-01-01', 'Unavailable'],
  ])('says what is wrong with %s', async (_, path, apiVersion, code) => {
    expect((await faultOf(local.cloud.read({ path, apiVersion }))).code).toBe(code)
  })

  test('tells a refusal from a failure, and never hands on what Azure says', async () => {
    local.services.faults.add({ target: 'arm-get', status: 403, count: 1 })
    const refused = await faultOf(local.cloud.read({ path: site, apiVersion: web }))
    expect([refused.code, refused.message]).toEqual([
      'NotAllowed',
      "Nexus's identity lacks the permission for this in Azure.",
    ])
    local.services.faults.add({ target: 'arm-get', status: 500 })
    expect((await faultOf(local.cloud.read({ path: site, apiVersion: web }))).code).toBe('Unavailable')
  })

  test('ends by itself where nobody answers', async () => {
    local.services.faults.add({ target: 'arm-get', delayMs: 4_000 })
    const begun = Date.now()
    expect((await faultOf(local.cloud.read({ path: site, apiVersion: web }))).code).toBe('Unavailable')
    expect(Date.now() - begun).toBeLessThan(8_000)
  })
})

describe('a long-running operation', () => {
  test('with a status document is followed to its result, and is plain data in between', async () => {
    const first = await local.cloud.send(scale, randomUUID())
    expect(first).toMatchObject({ state: 'working', askAgain: '2026-11-20T10:00:01.000Z' })
    const kept = JSON.parse(JSON.stringify(first)) as typeof first
    expect(await local.follow(kept)).toMatchObject({ state: 'done', body: { sku: { capacity: 5 } } })
  })

  test('with a location only is followed', async () => {
    const swap = { method: 'POST' as const, path: `${site}/slots/staging/slotsswap`, apiVersion: web }
    const first = await local.cloud.send({ ...swap, body: { targetSlot: 'production', preserveVnet: true } }, 'a')
    expect(first).toMatchObject({ state: 'working', operation: { style: 'location' } })
    expect(await local.follow(first)).toMatchObject({ state: 'done' })
  })

  test('that only the resource speaks of is followed', async () => {
    const redis = `${shop}/Microsoft.Cache/redis/redis-shop`
    const change = { method: 'PATCH' as const, path: redis, apiVersion: '2024-11-01' }
    const body = { properties: { sku: { name: 'Standard', family: 'C', capacity: 2 } } }
    const first = await local.cloud.send({ ...change, body }, 'a')
    expect(first).toMatchObject({ state: 'working', operation: { style: 'state' } })
    expect(await local.follow(first)).toMatchObject({
      state: 'done',
      body: { properties: { provisioningState: 'Succeeded', sku: { capacity: 2 } } },
    })
  })

  test.each([
    ['a status document', scale],
    [
      'a location',
      {
        method: 'POST',
        path: `${site}/slots/staging/slotsswap`,
        apiVersion: web,
        body: { targetSlot: 'production', preserveVnet: true },
      } satisfies CloudRequest,
    ],
  ])('that fails at its end, with %s, has failed', async (_, request) => {
    local.services.faults.add({ target: 'arm-operation' })
    const first = await local.cloud.send(request, 'a')
    expect(await local.follow(first)).toEqual({
      state: 'failed',
      code: 'OperationFailed',
      message: 'Azure began it and could not finish it.',
    })
  })

  test('goes on while it is not known, and the next question finds it', async () => {
    const first = await local.cloud.send(scale, 'a')
    local.services.faults.add({ target: 'arm-get', status: 503, retryAfter: 0 })
    if (first.state !== 'working') throw new Error('It ended at once')
    expect((await faultOf(local.cloud.poll(first.operation))).code).toBe('Unavailable')
    local.services.faults.clear()
    expect(await local.follow(first)).toMatchObject({ state: 'done' })
  })

  test('that never ends goes on', async () => {
    local.services.faults.add({ target: 'arm-endless' })
    expect(await local.follow(await local.cloud.send(scale, 'a'), 5)).toMatchObject({ state: 'working' })
  })
})

describe('sending', () => {
  test('a synchronous change is done at once', async () => {
    expect(await local.cloud.send(restart, randomUUID())).toMatchObject({ state: 'done' })
    expect(local.sent).toHaveLength(1)
  })

  test.each([429, 409])('what is refused for the moment (%d) says when it may be sent again', async (status) => {
    local.services.faults.add({ target: 'arm-write', status, retryAfter: 7 })
    expect(await local.cloud.send(scale, 'a')).toMatchObject({
      state: 'failed',
      again: status === 429 ? '2026-11-20T10:00:07.000Z' : expect.any(String),
    })
    expect(local.sent).toEqual([])
  })

  test.each([
    ['refuses for good', 403, "Nexus's identity lacks the permission for this in Azure."],
    ['does not understand', 400, 'Azure does not take the request: something in it does not fit this resource.'],
  ])('what Azure %s has failed in words of our own', async (_, status, message) => {
    local.services.faults.add({ target: 'arm-write', status })
    expect(await local.cloud.send(scale, 'a')).toEqual({ state: 'failed', code: expect.any(String), message })
  })

  test('a resource that is gone is said to be', async () => {
    const gone = { ...restart, path: `${shop}/Microsoft.Web/sites/nowhere/restart` }
    expect(await local.cloud.send(gone, 'a')).toMatchObject({
      state: 'failed',
      code: 'ResourceNotFound',
      message: 'It is not there in Azure any more.',
    })
  })

  test.each([
    ['5xx before', { target: 'arm-write', status: 503 }, 0],
    ['5xx after', { target: 'arm-answer', status: 500 }, 1],
    ['a cut connection after', { target: 'arm-answer' }, 1],
    ['no answer in time after', { target: 'arm-answer', delayMs: 4_000 }, 1],
  ])('is never repeated: with %s it was done nobody knows', async (_, fault, arrived) => {
    local.services.faults.add(fault)
    expect((await faultOf(local.cloud.send(restart, 'a'))).code).toBe('Unavailable')
    expect(local.sent).toHaveLength(arrived)
  })

  test('what never left is known not to have been sent', async () => {
    const options = {
      scope: 'https://management.azure.com/.default',
      credential: { getToken: async () => ({ token: 'app:nexus', expiresOnTimestamp: Date.now() + 3_600_000 }) },
      clock: { now: local.now },
    }
    const nobody = azureCloud({ ...options, endpoint: 'https://127.0.0.1:9' })
    expect(await nobody.send(restart, 'a')).toMatchObject({ state: 'failed', code: 'NotSent' })
    const noToken = azureCloud({
      ...options,
      endpoint: `${local.base}/arm`,
      credential: { getToken: () => Promise.reject(new Error('Entra is down')) },
    })
    expect(await noToken.send(restart, 'a')).toMatchObject({ state: 'failed', code: 'NotSent' })
    expect(local.sent).toEqual([])
  })
})

describe('the activity log', () => {
  test('finds what became of one request among others', async () => {
    const mine = randomUUID()
    await local.cloud.send(restart, randomUUID())
    local.services.faults.add({ target: 'arm-answer', count: 1 })
    await faultOf(local.cloud.send(restart, mine))
    const since = '2026-11-20T09:55:00.000Z'
    expect(await local.cloud.activity(site, mine, since)).toEqual([
      { operation: 'Microsoft.Web/sites/restart/action', status: 'succeeded', at: '2026-11-20T10:00:00.000Z' },
    ])
    expect(await local.cloud.activity(site, randomUUID(), since)).toEqual([])
  })

  test('tells a long-running operation that began from one that ended', async () => {
    const id = randomUUID()
    await local.cloud.send(scale, id)
    const states = async () =>
      (await local.cloud.activity(scaleSet, id, '2026-11-20T09:55:00.000Z')).map((a) => a.status)
    expect(await states()).toEqual(['started'])
    local.advance(10)
    expect(await states()).toEqual(['started', 'succeeded'])
  })
})

test('the token goes to Resource Manager and nowhere else', () => {
  const headers = { 'azure-asyncoperation': 'https://elsewhere.example/x', location: 'https://elsewhere.example/y' }
  const none = () => false
  expect(afterSending(scale, { status: 202, headers, body: null }, none)).toMatchObject({
    is: 'working',
    operation: { style: 'state', url: `${scaleSet}?api-version=${compute}` },
  })
  expect(afterSending(restart, { status: 202, headers, body: null }, none)).toEqual({ is: 'unknown' })
})
