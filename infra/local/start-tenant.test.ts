import { afterEach, expect, test } from '@jest/globals'
import { createHmac } from 'node:crypto'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import { request } from 'node:https'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Settings } from './settings.js'
import { startTenant, type RunningTenant } from './start-tenant.js'
import { organisationFolder } from './testing/organisation-folder.js'

const undo: (() => unknown)[] = []
afterEach(async () => {
  for (const each of undo.splice(0).reverse()) await each()
})

async function settings(changed: Record<string, string> = {}): Promise<Settings> {
  const organisation = await organisationFolder(changed)
  const data = mkdtempSync(join(tmpdir(), 'tenant-'))
  undo.push(organisation.remove, () => rmSync(data, { recursive: true, force: true }))
  return { organisation: organisation.folder, data, ports: { tenant: 0, teams: 0, hub: 9 } }
}
async function start(options: Settings): Promise<RunningTenant> {
  const tenant = await startTenant(options)
  undo.push(() => tenant.stop())
  return tenant
}

/** Asks the HTTPS port as a client that trusts the tenant's authority. */
const status = (tenant: RunningTenant, path: string): Promise<number> =>
  new Promise((resolve, reject) =>
    request(
      tenant.base + path,
      { ca: readFileSync(tenant.hubEnvironment.NODE_EXTRA_CA_CERTS!), agent: false, headers: { 'user-agent': 'test' } },
      (answer) => resolve(answer.resume().statusCode ?? 0),
    )
      .on('error', reject)
      .end(),
  )
const local = async (tenant: RunningTenant, path: string, body?: unknown) => {
  const init = { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }
  return (await fetch(`${tenant.page}/local/${path}`, body === undefined ? {} : init)).json() as Promise<unknown>
}

test('each vendor answers below its prefix, in its own way of refusing', async () => {
  const tenant = await start(await settings())
  const paths = [
    '/graph/v1.0/users',
    '/arm/subscriptions',
    '/github/user',
    '/pagerduty/users',
    '/teams/v3/conversations/x/members',
  ]
  expect(await Promise.all(paths.map((path) => status(tenant, path)))).toEqual([401, 401, 401, 401, 401])
  expect(await status(tenant, `/${tenant.org.tenant}/v2.0/.well-known/openid-configuration`)).toBe(200)
  expect(await status(tenant, '/botframework/v1/.well-known/openidconfiguration')).toBe(200)
  expect(await status(tenant, '/nowhere')).toBe(404)
  expect(await local(tenant, 'people')).toMatchObject([{ id: 'ada' }, { id: 'ben' }])
})

test('a fault asked for on the page’s port hits the vendor on the other', async () => {
  const tenant = await start(await settings())
  await local(tenant, 'faults', { target: 'graph', status: 503, count: 1 })
  expect([await status(tenant, '/graph/v1.0/users'), await status(tenant, '/graph/v1.0/users')]).toEqual([503, 401])
})

test('webhooks are signed with the secrets that the hub is started with', async () => {
  const heard: { url?: string | undefined; signature: unknown; body: string }[] = []
  const hub = createServer((request, response) => {
    const parts: Buffer[] = []
    request.on('data', (part: Buffer) => parts.push(part))
    request.on('end', () => {
      heard.push({
        url: request.url,
        signature: request.headers['x-hub-signature-256'],
        body: Buffer.concat(parts).toString(),
      })
      response.writeHead(202) // not chained: restify, where a test of the same process loaded it, has it answer nothing
      response.end()
    })
  }).listen(0, '127.0.0.1')
  undo.push(() => hub.close())
  await once(hub, 'listening')
  const options = await settings()
  const { port } = hub.address() as AddressInfo
  const tenant = await start({ ...options, ports: { ...options.ports, hub: port } })
  const environment = tenant.hubEnvironment
  const github = { source: 'github', body: { zen: 'x' }, headers: { 'x-github-event': 'ping' } }
  expect(await local(tenant, 'deliver', github)).toEqual({ status: 202 })
  for (const source of ['azure-monitor', 'event-grid', 'azure-devops', 'pagerduty', 'opsgenie', 'alertmanager'])
    expect([source, await local(tenant, 'deliver', { source, body: {} })]).toEqual([source, { status: 202 }])
  const hmac = createHmac('sha256', environment.NEXUS_GITHUB_WEBHOOK_SECRET!).update(heard[0]!.body).digest('hex')
  expect(heard[0]).toMatchObject({ url: '/webhooks/github', signature: `sha256=${hmac}` })
  expect(heard[1]!.url).toBe(`/webhooks/azure-monitor?code=${environment.NEXUS_AZURE_MONITOR_WEBHOOK_CODE}`)
})

test('a later start has the same past, keys and certificate', async () => {
  const options = await settings()
  const first = await startTenant(options)
  const [incident, ca] = [
    first.org.incidents[0]!.opened,
    readFileSync(first.hubEnvironment.NODE_EXTRA_CA_CERTS!, 'utf8'),
  ]
  const { generation } = first.org
  const key = first.hubEnvironment.NEXUS_GITHUB_PRIVATE_KEY
  await first.stop()
  const second = await start(options)
  expect(second.org.incidents[0]!.opened).toBe(incident)
  expect(second.org.generation).toBe(generation)
  expect(readFileSync(second.hubEnvironment.NODE_EXTRA_CA_CERTS!, 'utf8')).toBe(ca)
  expect(second.hubEnvironment.NEXUS_GITHUB_PRIVATE_KEY).toBe(key)
})

test('a taken port and a mistaken organisation are said plainly, and nothing keeps listening', async () => {
  const options = await settings()
  const running = await start(options)
  const port = Number(new URL(running.base).port)
  const other = await settings()
  await expect(startTenant({ ...other, ports: { ...other.ports, tenant: port } })).rejects.toThrow(
    /^Port \d+ for the local tenant is in use.*NEXUS_TENANT_PORT=/,
  )
  await expect(
    startTenant({ ...other, ports: { ...other.ports, teams: Number(new URL(running.page).port) } }),
  ).rejects.toThrow('NEXUS_TEAMS_PORT=')
  const mistaken = await settings({ 'costs.yaml': '- { service: shpo, environment: production, monthly: 3 }\n' })
  await expect(startTenant(mistaken)).rejects.toThrow(
    /costs\.yaml:1:14: service: there is no service "shpo".*did you mean "shop"\?/,
  )
})
