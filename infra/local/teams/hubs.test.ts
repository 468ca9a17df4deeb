import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { FakeBot } from './testing/fake-bot.js'
import { TestTenant } from './testing/tenant.js'

let tenant: TestTenant
let second: FakeBot
beforeEach(async () => {
  tenant = await TestTenant.start({ movesHubClocks: true, secrets: { github: 'key' } })
  second = await new FakeBot().start()
})
afterEach(async () => {
  await tenant.close()
  await second.close()
})

const join = (hub: unknown) => tenant.post('/local/hubs', { hub })
const ping = () => tenant.post('/local/deliver', { source: 'github', body: {}, headers: { 'x-github-event': 'ping' } })
const clocksOf = (bot: FakeBot) => bot.webhooks.flatMap(({ path, raw }) => (path === '/clock' ? [raw] : []))

test('a second hub is taken in once, and its clock then stands as the tenant’s', async () => {
  await tenant.post('/local/clock', { now: '2027-01-02T03:04:05Z' })
  expect((await join(second.url)).body).toEqual({ hubs: [tenant.bot.url, second.url], new: true })
  expect((await join(second.url)).body).toEqual({ hubs: [tenant.bot.url, second.url], new: false })
  expect(clocksOf(second)[0]).toMatch(/^\{"now":"2027-01-02T03:04:05/)
})

test.each(['https://127.0.0.1:1', 'http://example.com', 'http://127.0.0.1:80/path', '', 7])(
  '%j is no hub of this machine',
  async (address) => expect((await join(address)).status).toBe(400),
)

test('business time moves for both, and for the one that is left', async () => {
  await join(second.url)
  second.webhooks.splice(0)
  await tenant.post('/local/clock', { now: '2027-01-02T03:04:05Z' })
  expect([tenant.bot, second].map(clocksOf)).toEqual(Array(2).fill(['{"now":"2027-01-02T03:04:05.000Z"}']))
  await second.close()
  expect((await tenant.post('/local/clock', { now: '2027-01-01T00:00:00Z' })).status).toBe(200)
  expect(clocksOf(tenant.bot)).toHaveLength(2)
})

test('a hub that cannot follow the clock is named, and so is that none answers', async () => {
  tenant.bot.answerWebhook = () => ({ status: 404 })
  const refused = await tenant.post('/local/clock', { now: '2027-01-02T03:04:05Z' })
  expect([refused.status, refused.body['error']]).toEqual([409, expect.stringContaining('answered 404')])
  await tenant.bot.close()
  const alone = await tenant.post('/local/clock', { now: '2027-01-02T03:04:05Z' })
  expect([alone.status, alone.body['error']]).toEqual([409, expect.stringContaining('did not answer')])
})

test('where one hub is gone the other gets what people say and vendors send', async () => {
  await join(second.url)
  await ping()
  expect(tenant.bot.webhooks).toHaveLength(1)
  await tenant.bot.close()
  expect((await ping()).body).toEqual({ status: 202 })
  await tenant.post('/local/say', { as: 'dana', where: 'personal/dana', text: 'hello' })
  expect((await second.received('message'))[0]).toMatchObject({ text: 'hello' })
})

test('what a hub refuses is not asked of another', async () => {
  await join(second.url)
  second.webhooks.splice(0)
  tenant.bot.answerWebhook = () => ({ status: 503 })
  expect((await ping()).body).toEqual({ status: 503 })
  expect(second.webhooks).toEqual([])
})
