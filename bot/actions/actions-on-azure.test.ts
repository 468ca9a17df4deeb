import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { randomUUID } from 'node:crypto'
import { shop } from '../providers/azure/testing/local-cloud.js'
import { startActionUnderTest, type ActionUnderTest } from './testing/action-under-test.js'

const scaleSet = `${shop}/Microsoft.Compute/virtualMachineScaleSets/vmss-web`
const site = `${shop}/Microsoft.Web/sites/shop-web`
const restart = 'web-app.restart'
const scale = 'scale-set.scale'
const compute = '2025-04-01'
const web = '2025-05-01'

const phrases = (verb: string) =>
  ['{target}', 'the {target}', 'all of {target}', '{target} once', '{target} twice', '{target} well', '{target} soon']
    .concat(['{target} here', '{target} there', '{target} fully'])
    .map((rest) => `  - ${verb} ${rest}`)
    .join('\n')

/** Two actions more, whose operations Azure answers in its other styles: a location only, and the resource's own state. */
const own = {
  'actions/swap.yaml': `
id: slot.swap
summary: Swap a slot
category: App Service
role: developer
risk: low
target: { type: Microsoft.Web/sites, called: web app }
says:
${phrases('swap')}
reads: { site: { path: '{target.id}', apiVersion: ${web} } }
before: { Build: { value: site.properties.siteConfig.linuxFxVersion, binds: true } }
title: Swap {target.name}
consequence: The other build serves.
doing: swapping {target.name}
request:
  method: POST
  path: '{target.id}/slots/staging/slotsswap'
  apiVersion: ${web}
  body: { targetSlot: production, preserveVnet: true }
confirm: { by: activity-log, operation: Microsoft.Web/sites/slots/slotsswap/action }
result: { Build: site.properties.siteConfig.linuxFxVersion }
undo: { action: slot.swap }
`,
  'actions/resize.yaml': `
id: cache.resize
summary: Resize a cache
category: Data
role: developer
risk: low
target: { type: Microsoft.Cache/redis, called: cache }
says:
${phrases('enlarge')}
parameters: { capacity: { type: number, label: which size, min: 0, max: 6 } }
reads: { cache: { path: '{target.id}', apiVersion: 2024-11-01 } }
before: { Size: { value: cache.properties.sku.capacity, binds: true } }
after: { Size: capacity }
title: Resize {target.name}
consequence: It fails over once.
doing: resizing {target.name}
request:
  method: PATCH
  path: '{target.id}'
  apiVersion: 2024-11-01
  body: { properties: { sku: { name: Standard, family: C, capacity: '{capacity}' } } }
confirm:
  by: state
  taken: cache.properties.sku.capacity == capacity
  ended: cache.properties.provisioningState == 'Succeeded'
result: { Size: cache.properties.sku.capacity }
undo: { action: cache.resize, args: { capacity: cache.properties.sku.capacity } }
`,
}

let under: ActionUnderTest
beforeEach(async () => {
  under = await startActionUnderTest(own)
})
afterEach(() => under.local.close())

const planScale = (capacity = 5) => under.plan(scale, { target: 'vmss-web', capacity })
const planRestart = () => under.plan(restart, { target: 'shop-web' })
const refusals = (plan: Awaited<ReturnType<typeof planScale>>) =>
  plan.guards.filter(({ allowed }) => !allowed).map(({ reason }) => reason)
/** A change by somebody else, done at once. */
const change = async (method: 'PATCH' | 'DELETE' | 'POST' | 'PUT', path: string, apiVersion: string, body?: object) => {
  const sent = { method, path, apiVersion, ...(body && { body: body as never }) }
  await under.local.follow(await under.local.cloud.send(sent, randomUUID()))
  under.local.sent.length = 0
}

describe('a plan', () => {
  test('of scaling says what is, what will be, and how it is taken back', async () => {
    expect(await planScale()).toMatchObject({
      target: { kind: 'Resource', id: scaleSet.toLowerCase() },
      title: 'Scale vmss-web from 2 to 5 instances',
      environment: 'production',
      team: 'shop',
      before: { Instances: 2, Size: 'Standard_D2s_v5', State: 'Succeeded' },
      after: { Instances: 5 },
      binds: { Instances: 2, Size: 'Standard_D2s_v5' },
      undo: { command: 'action.scale-set.scale', args: { target: { kind: 'Resource' }, capacity: 2 } },
      risk: 'medium',
      requests: [`PATCH ${scaleSet.toLowerCase()} (${compute}) {"sku":{"name":"Standard_D2s_v5","capacity":5}}`],
    })
    expect(refusals(await planScale())).toEqual([])
    expect(under.local.sent).toEqual([])
  })

  test('of a restart says that it cannot be taken back', async () => {
    const plan = await planRestart()
    expect(plan).toMatchObject({ before: { State: 'Running' }, undo: { impossible: expect.any(String) } })
    expect(refusals(plan)).toEqual([])
  })

  test('for a service finds its resource', async () => {
    expect(await under.plan(restart, { target: 'shop' })).toMatchObject({ title: 'Restart web app shop-web' })
  })

  test('of what failed the last time is as good as of any other: nothing but another change heals it', async () => {
    under.local.services.faults.add({ target: 'arm-operation', count: 1 })
    expect((await under.run(scale, await planScale())).failed).toMatch(/could not finish it.*state Failed/)
    const again = await planScale(4)
    expect(again).toMatchObject({ before: { State: 'Failed' } })
    expect(refusals(again)).toEqual([])
    expect(await under.run(scale, again)).toMatchObject({ done: { Instances: 4 } })
  })

  test('is refused where the change would change nothing', async () => {
    expect(refusals(await planScale(2))).toEqual(['It has 2 already.'])
  })

  test('is refused where autoscale would undo it, wherever the setting stands', async () => {
    const setting = `/subscriptions/${scaleSet.split('/')[2]}/resourceGroups/rg-shop/providers/Microsoft.Insights/autoscaleSettings/as-web`
    const properties = { enabled: true, targetResourceUri: scaleSet, profiles: [] }
    await change('PUT', setting, '2022-10-01', { location: 'westeurope', properties })
    expect(refusals(await planScale())).toEqual([expect.stringContaining('Autoscale is on for vmss-web')])
    await change('PATCH', setting, '2022-10-01', { properties: { enabled: false, profiles: [] } })
    expect(refusals(await planScale())).toEqual([])
  })

  test('is refused where the target is not running', async () => {
    await change('POST', `${site}/stop`, web)
    expect(refusals(await planRestart())).toEqual(['shop-web is Stopped, so there is nothing to restart.'])
  })

  test('of what is gone says so', async () => {
    await change('DELETE', scaleSet, compute)
    await expect(planScale()).rejects.toMatchObject({ code: 'NotFound', message: 'vmss-web is not in Azure any more.' })
  })

  test('of what Azure does not show says so', async () => {
    under.local.services.faults.add({ target: 'arm-get', status: 500 })
    await expect(planScale()).rejects.toMatchObject({ code: 'Unavailable' })
  })
})

describe('a run comes to its end', () => {
  test('at once', async () => {
    expect(await under.run(restart, await planRestart())).toMatchObject({ done: { State: 'Running' }, minutes: 0 })
    expect(under.local.sent).toHaveLength(1)
  })

  test.each([
    ['by a status document', scale, { target: 'vmss-web', capacity: 5 }, { Instances: 5 }],
    ['by a location', 'slot.swap', { target: 'shop-web' }, { Build: 'DOCKER|acr/shop:4.7.1' }],
    ["by the resource's own state", 'cache.resize', { target: 'redis-shop', capacity: 2 }, { Size: 2 }],
  ])('%s', async (_, action, args, done) => {
    const ended = await under.run(action, await under.plan(action, args))
    expect(ended.done).toEqual(done)
    expect(ended.said[0]).toMatch(/^Azure is (scaling|swapping|resizing) /)
    expect(under.local.sent).toHaveLength(1)
  })

  test('and its undo takes it back', async () => {
    const plan = await planScale()
    await under.run(scale, plan)
    if ('impossible' in plan.undo) throw new Error('It has an undo')
    const back = await under.plan(scale, { target: 'vmss-web', capacity: plan.undo.args.capacity! })
    expect(await under.run(scale, back)).toMatchObject({ done: { Instances: 2 } })
  })

  test('after a busy while', async () => {
    under.local.services.faults.add({ target: 'arm-write', status: 409, count: 3 })
    const ended = await under.run(scale, await planScale())
    expect(ended).toMatchObject({ done: { Instances: 5 } })
    expect(ended.said[0]).toBe('Azure is busy with another operation on it. Nexus tries again.')
    expect(under.local.sent).toHaveLength(1)
  })

  test('while Azure is silent in between', async () => {
    const plan = await planScale()
    under.local.services.faults.add({ target: 'arm-get/subscriptions', status: 503, ratio: 0.5, retryAfter: 0 })
    expect(await under.run(scale, plan)).toMatchObject({ done: expect.any(Object) })
    expect(under.local.sent).toHaveLength(1)
  })
})

describe('a run fails', () => {
  test('in the middle, and says how things stand', async () => {
    under.local.services.faults.add({ target: 'arm-operation' })
    expect((await under.run(scale, await planScale())).failed).toBe(
      'Azure began it and could not finish it. vmss-web has now: instances 2, size Standard_D2s_v5, state Failed.',
    )
  })

  test('where it stays busy', async () => {
    under.local.services.faults.add({ target: 'arm-write', status: 409 })
    const { failed, minutes } = await under.run(scale, await planScale())
    expect(failed).toBe('Azure is busy with another operation on it. It was tried for 5 minutes; nothing was changed.')
    expect(minutes).toBe(5)
    expect(under.local.sent).toEqual([])
  })

  test('where Azure refuses it, in our own words', async () => {
    under.local.services.faults.add({ target: 'arm-write', status: 403 })
    expect((await under.run(scale, await planScale())).failed).toBe(
      "Nexus's identity lacks the permission for this in Azure. Nothing was changed.",
    )
  })

  test('where its target vanished after it was approved', async () => {
    const plan = await planScale()
    await change('DELETE', scaleSet, compute)
    expect((await under.run(scale, plan)).failed).toBe('vmss-web is not there any more. Nothing was sent.')
    expect(under.local.sent).toEqual([])
  })

  test('where its target moved after it was approved', async () => {
    const plan = await planScale()
    await change('PATCH', scaleSet, compute, { sku: { name: 'Standard_D2s_v5', capacity: 7 } })
    expect((await under.run(scale, plan)).failed).toBe(
      'Instances of vmss-web is 7 by now, and not 2 as it was approved. Nothing was sent.',
    )
    expect(under.local.sent).toEqual([])
  })
})

describe('a request without an answer is found out by reading', () => {
  test.each([
    ['cut after it arrived', { target: 'arm-answer', count: 1 }],
    ['answered with a failure after it arrived', { target: 'arm-answer', status: 500, count: 1 }],
    ['answered too late', { target: 'arm-answer', delayMs: 1_500, count: 1 }],
  ])('%s, and is not sent again', async (_, fault) => {
    const [scaling, restarting] = [await planScale(), await planRestart()]
    under.local.services.faults.add(fault)
    expect(await under.run(scale, scaling)).toMatchObject({ done: { Instances: 5 } })
    under.local.services.faults.add(fault)
    expect(await under.run(restart, restarting)).toMatchObject({ done: { State: 'Running' } })
    expect(under.local.sent).toHaveLength(2)
  })

  test('lost before it arrived, and has failed where the resource says so', async () => {
    under.local.services.faults.add({ target: 'arm-write', status: 503, count: 1 })
    expect((await under.run(scale, await planScale())).failed).toBe(
      'Azure did not answer as it should, and has not taken it: vmss-web has now: instances 2, size Standard_D2s_v5, state Succeeded.',
    )
    expect(under.local.sent).toEqual([])
  })

  test('lost, and on its way yet when it is first looked for: it is looked for until it could have arrived', async () => {
    const plan = await planScale()
    under.local.services.faults.add({ target: 'arm-write', status: 503, count: 1 })
    const arrive = () => change('PATCH', scaleSet, compute, { sku: { name: 'Standard_D2s_v5', capacity: 5 } })
    expect(await under.run(scale, plan, (step) => (step === 2 ? arrive() : undefined))).toMatchObject({
      done: { Instances: 5 },
    })
    expect(under.local.sent).toEqual([])
  })

  test('lost where only the activity log could know: unknown after 15 minutes, never sent again', async () => {
    under.local.services.faults.add({ target: 'arm-write', status: 503, count: 1 })
    const { unknown, minutes } = await under.run(restart, await planRestart())
    expect(unknown).toBe(
      'Azure gave no answer to the request for shop-web, and its activity log says nothing of it after 15 minutes. Look at it before anything is tried again.',
    )
    expect(minutes).toBeGreaterThanOrEqual(15)
    expect(under.local.sent).toEqual([])
  })

  test("somebody else's restart is not taken for ours", async () => {
    const plan = await planRestart()
    await change('POST', `${site}/restart`, web)
    under.local.services.faults.add({ target: 'arm-write', status: 503, count: 1 })
    expect(await under.run(restart, plan)).toHaveProperty('unknown')
  })

  test('taken by an operation that fails, and says how things stand', async () => {
    const plan = await planScale()
    under.local.services.faults.add({ target: 'arm-operation' })
    under.local.services.faults.add({ target: 'arm-answer', count: 1 })
    expect((await under.run(scale, plan)).failed).toMatch(/vmss-web has now: instances 2/)
  })
})

test('what never ends is unknown after its patience, and says how things stand', async () => {
  under.local.services.faults.add({ target: 'arm-endless' })
  const { unknown, minutes } = await under.run(scale, await planScale())
  expect(unknown).toBe(
    'It has not ended within 60 minutes, and Nexus follows it no longer. vmss-web has now: instances 5, size Standard_D2s_v5, state Updating.',
  )
  expect(minutes).toBe(60)
})
