import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { join } from 'node:path'
import { discoverSkills } from '../discover-skills.js'
import { entity, smallHub, to, type SmallHub } from '../hub/testing/small-hub.js'
import { shop, startLocalCloud, type LocalCloud } from '../providers/azure/testing/local-cloud.js'

const resource = (name: string, type: string) => {
  const record = entity('Resource', `${shop}/${type}/${name}`.toLowerCase(), { type, environment: 'prd' }, [
    to('partOf', 'Service', 'shop'),
  ])
  return { ...record, claims: { pagerduty: { ...record.claims.pagerduty!, name } } }
}
const records = [
  entity('Service', 'shop'),
  entity('Service', 'paper'),
  resource('vmss-web', 'Microsoft.Compute/virtualMachineScaleSets'),
  resource('shop-web', 'Microsoft.Web/sites'),
  resource('stshop', 'Microsoft.Storage/storageAccounts'),
]

let local: LocalCloud
let small: SmallHub
beforeAll(async () => {
  local = await startLocalCloud()
  const skills = await discoverSkills(join(import.meta.dirname, '..', '..', 'skills'))
  small = smallHub({ skills: skills.filter(({ name }) => name === 'action'), records, ports: { cloud: local.cloud } })
})
afterAll(() => local.close())

const read = async (text: string, role: 'developer' | 'guest' = 'developer') => {
  const { reply } = await small.ask(text, small.caller(role))
  return small.read(reply)
}

describe('what can be done', () => {
  test('on a service is what can be done on its resources', async () => {
    const said = await read('what can I do on shop')
    expect(said).toContain('2 actions you may ask for on shop')
    expect(said).toMatch(/Restart a web app[^]*Scale a scale set/)
  })

  test('on a resource is what its type takes', async () => {
    expect(await read('actions for vmss-web')).not.toContain('Restart a web app')
    expect(await read('actions for stshop')).toContain(
      'There is no action that you may ask for on stshop: it is storage account.',
    )
    expect(await read('actions for paper')).toContain('no Azure resource belongs to it')
  })

  test('on nothing in particular is all there is', async () => {
    expect(await read('list actions')).toContain('2 actions you may ask for.')
  })
})

describe('an action is shown', () => {
  test('by what it is', async () => {
    const said = await read('show action web-app.restart')
    expect(said).toContain('POST …/restart (2025-05-01)')
    expect(said).toContain('medium in production, low elsewhere')
  })

  test('by what it would find, and nothing is sent', async () => {
    const said = await read('preview scale-set.scale on vmss-web')
    expect(said).toMatch(/Instances +2/)
    expect(said).toContain('no autoscale')
    expect(said).not.toContain('unknown')
    expect(local.sent).toEqual([])
  })

  test('or asked for by its right name', async () => {
    expect(
      (await small.hub.run({ command: 'action.show', args: { action: 'moon.paint' } }, small.caller())).fault,
    ).toBe('BadInput')
  })
})
