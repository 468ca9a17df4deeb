import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals'
import { startProduct, type Product } from './start-product.js'
import { vendorsOf, type Vendors } from './vendors.js'

interface Report {
  source: string
  read?: number
  written: number
  down?: string
  retryAt?: string
}
interface Status {
  sources: { source: string; asOf?: string; down?: { since: string; reason: string } }[]
}

let product: Product
let vendors: Vendors

beforeAll(async () => {
  product = await startProduct()
  vendors = vendorsOf(product)
  await product.terminal('sync')
}, 90_000)
afterAll(() => product?.stop())
afterEach(() => product.call('/local/faults', undefined, 'DELETE'))

/** Reads all sources, or the one that is named: Resource Graph's quota lets Azure be read anew after five seconds only. */
const sync = async (...named: string[]) => {
  const { out, status } = await product.terminal('sync', ...named, '--json')
  return { status, reports: new Map((JSON.parse(out) as Report[]).map((report) => [report.source, report])) }
}
const stateOf = async (source: string) => {
  const { out, status } = await product.terminal('status', '--json')
  return { status, state: (JSON.parse(out) as Status).sources.find((one) => one.source === source)! }
}

describe('the catalog follows its sources', () => {
  test('a second sync reads everything and writes nothing', async () => {
    const { status, reports } = await sync()
    expect(status).toBe(0)
    const named = [
      'api-management',
      'azure',
      'azure-devops',
      'declared',
      'entra',
      'github',
      'opsgenie',
      'pagerduty',
      'schedules',
      'settings',
    ]
    expect([...reports.keys()].sort()).toEqual(named)
    for (const report of reports.values()) expect(report).toMatchObject({ written: 0, dropped: 0 })
    expect(reports.get('azure')!.read).toBeGreaterThan(150)
    expect(reports.get('entra')!.read).toBeGreaterThan(25)
    expect(reports.get('github')!.read).toBeGreaterThan(20)
  })

  test('an override in PagerDuty is known after the next sync', async () => {
    const question = "who's on call for auth"
    expect((await product.ask('dana', 'personal/dana', question)).words).toMatch(
      /Dana Ortiz(<\/at>)? carries the pager/,
    )
    await vendors.override('identity-primary', 'mei')
    const { reports } = await sync()
    expect(reports.get('pagerduty')!.written).toBeGreaterThan(0)
    expect(reports.get('azure')!.written).toBe(0)
    expect((await product.ask('dana', 'personal/dana', question)).words).toMatch(/Mei Lin(<\/at>)? carries the pager/)
  })

  test('a tag that was changed in the portal changes what is said of the owner', async () => {
    const before = await product.terminal('who owns st123', '--as', 'dana', '--json')
    const { args, text } = JSON.parse(before.out) as { args: { entity: { id: string } }; text: string }
    expect(text).toContain('Atlas owns st123')
    await vendors.tag(args.entity.id, { team: 'payments' })
    // The account, and that it was changed.
    expect((await sync()).reports.get('azure')!.written).toBe(2)
    const after = await product.ask('dana', 'personal/dana', 'who owns st123')
    expect(after.words).toContain('Payments owns st123, by tag team')
  })
})

describe('what is new comes by itself', () => {
  test('an event of Azure has the resource read anew, without anybody asking for a sync', async () => {
    const before = await product.terminal('who owns st123', '--as', 'dana', '--json')
    const { args } = JSON.parse(before.out) as { args: { entity: { id: string } } }
    await vendors.tag(args.entity.id, { team: 'identity' })
    const delivered = await product.call<{ status: number }>('/local/deliver', {
      source: 'event-grid',
      body: {
        id: 'write-of-st123',
        eventType: 'Microsoft.Resources.ResourceWriteSuccess',
        eventTime: new Date().toISOString(),
        subject: args.entity.id,
        topic: args.entity.id.split('/').slice(0, 3).join('/'),
        dataVersion: '2',
        metadataVersion: '1',
        data: {
          resourceUri: args.entity.id,
          operationName: 'Microsoft.Storage/storageAccounts/write',
          status: 'Succeeded',
        },
      },
    })
    expect(delivered.status).toBeLessThan(300)
    for (const end = Date.now() + 50_000; ; await new Promise((done) => setTimeout(done, 500))) {
      const { words } = await product.ask('dana', 'personal/dana', 'who owns st123')
      if (words.includes('Identity owns st123, by tag team')) break
      if (Date.now() > end) throw new Error(`Nothing new after 50 s: ${words}`)
    }
  }, 120_000)

  test('one source is read by its name; one that there is not is said with those there are', async () => {
    expect([...(await sync('entra')).reports.keys()]).toEqual(['entra'])
    const none = await product.terminal('sync', 'asure')
    expect([none.status, none.err]).toEqual([1, expect.stringMatching(/no source "asure".*azure, /)])
  })
})

describe('a vendor that fails is said, and nothing else fails with it', () => {
  test('one that answers 503: what is known stays, with its age and the reason', async () => {
    await product.call('/local/faults', { target: 'pagerduty', status: 503 })
    const { status, reports } = await sync()
    expect(status).toBe(1)
    expect(reports.get('pagerduty')).toMatchObject({ written: 0, down: expect.stringContaining('PagerDuty') })
    expect(reports.get('azure')!.down).toBeUndefined()

    const known = await stateOf('pagerduty')
    expect(known.status).toBe(1)
    expect(Date.parse(known.state.asOf!)).toBeLessThanOrEqual(Date.parse(known.state.down!.since))

    const { words } = await product.ask('sam', 'personal/sam', "who's on call for payments")
    expect(words).toContain('Sam Whitfield')
    expect(words).toMatch(/PagerDuty · .*, not answering/)
    const shown = await product.terminal('status')
    expect(shown.out).toMatch(/▲ PagerDuty +read .*Z .*· PagerDuty answers with 503\. Since/)

    await product.call('/local/faults', undefined, 'DELETE')
    // A 503 with Retry-After is not asked again before that, whoever wishes it.
    const { retryAt } = reports.get('pagerduty')!
    for (const end = Date.now() + 30_000; (await sync('pagerduty')).status !== 0;)
      if (Date.now() > end) throw new Error(`PagerDuty was not asked again, at ${retryAt} or after`)
    expect((await stateOf('pagerduty')).state.down).toBeUndefined()
    expect((await product.ask('sam', 'personal/sam', "who's on call for payments")).words).not.toMatch(/not answering/)
  }, 90_000)

  test('one that is slow: questions are answered meanwhile, and the others are read', async () => {
    const before = (await stateOf('entra')).state.asOf!
    await product.call('/local/faults', { target: 'pagerduty', delayMs: 800 })
    let done = false
    const slow = sync().finally(() => (done = true))
    const { words } = await product.ask('sam', 'personal/sam', "who's on call for payments")
    expect(words).toContain('Sam Whitfield')
    expect(done).toBe(false)
    expect((await slow).status).toBe(0)
    expect((await stateOf('entra')).state.asOf! > before).toBe(true)
  })
})
