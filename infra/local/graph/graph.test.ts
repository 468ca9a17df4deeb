import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { inflateSync } from 'node:zlib'
import { groupObjectId, personObjectId } from '../organisation/object-ids.js'
import { person, smallOrganisation, team } from '../testing/small-organisation.js'
import { startIdentity, type StartedIdentity } from '../testing/start-identity.js'
import { startVendors, type Started } from '../testing/start-vendors.js'
import { graph } from './graph.js'

/** Managers, a guest, an apostrophe and a group for security: what the directory's filters and relations are tried on. */
const org = smallOrganisation({
  name: 'Tailspin Toys',
  domain: 'tailspin.example',
  channels: [{ id: 'incidents', name: 'Incidents' }],
  groups: [{ id: 'nexus-admins', name: 'Nexus admins', members: ['ada'] }],
  people: [
    person('ada', 'Ada Brandt', { team: 'platform', roles: ['admin', 'developer'], phone: '+49 30 5550101' }),
    person('ben', 'Ben Cole', { team: 'platform', manager: 'ada', zone: 'America/New_York', github: 'bencole' }),
    person('chi', 'Chi Adeyemi', { team: 'shop', manager: 'ada', roles: ['team-lead'] }),
    person('dee', "Dee O'Neil", { team: 'shop', manager: 'chi', guest: true }),
  ],
  teams: [team('platform', 'Platform', 'ada'), team('shop', 'Shop', 'chi')],
})
const id = (person: string) => personObjectId(org, person)
let started: Started
beforeAll(async () => {
  started = await startVendors({ org, vendors: [graph] })
})
afterAll(() => started.close())

interface Body {
  value: Record<string, unknown>[]
  error: { code: string; message: string; innerError: Record<string, string> }
  responses: { id: string; status: number; body: Record<string, unknown> }[]
  [name: string]: unknown
}
async function get(path: string, init: RequestInit & { as?: string } = {}) {
  const headers = { authorization: init.as ?? 'Bearer app:nexus', ...(init.headers as Record<string, string>) }
  const response = await fetch(`${started.base}/graph/v1.0${path}`, { ...init, headers })
  const bytes = Buffer.from(await response.arrayBuffer())
  const json = response.headers.get('content-type')?.includes('json')
  return { status: response.status, bytes, body: (json ? JSON.parse(bytes.toString()) : {}) as Body }
}
const post = (path: string, body: unknown) =>
  get(path, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) })
const names = async (path: string, init?: RequestInit) =>
  (await get(path, init)).body.value.map(({ displayName }) => displayName)
const eventual = { headers: { ConsistencyLevel: 'eventual' } }

test('a user is found by id and by name in any case, with the standard properties or the chosen ones', async () => {
  const { body } = await get('/users/BEN@tailspin.example')
  expect(body).toMatchObject({
    id: id('ben'),
    displayName: 'Ben Cole',
    givenName: 'Ben',
    surname: 'Cole',
    mail: 'ben@tailspin.example',
  })
  expect(body).not.toHaveProperty('userType')
  expect((await get(`/users/${id('dee').toUpperCase()}?$select=userType,Department,id`)).body).toEqual({
    '@odata.context': expect.stringContaining('$metadata#users/$entity'),
    userType: 'Guest',
    department: 'Shop',
    id: id('dee'),
  })
  expect((await get('/users/ada@tailspin.example?$select=onPremisesExtensionAttributes')).body).toHaveProperty(
    'onPremisesExtensionAttributes',
  )
})

test.each([
  ["startswith(displayName,'b')", ['Ben Cole']],
  ["startswith(userPrincipalName,'c') or mail eq 'ada@tailspin.example'", ['Ada Brandt', 'Chi Adeyemi']],
  ["displayName eq 'Dee O''Neil'", ["Dee O'Neil"]],
  ["accountEnabled eq true and (department eq 'Shop')", ['Chi Adeyemi', "Dee O'Neil"]],
  [`id in ('${id('ada')}', '${id('ben')}')`, ['Ada Brandt', 'Ben Cole']],
  ["onPremisesExtensionAttributes/extensionAttribute1 eq 'bencole'", ['Ben Cole']],
  ["proxyAddresses/any(p:p eq 'smtp:chi@tailspin.example')", ['Chi Adeyemi']],
  ['mobilePhone eq null', ['Ben Cole', 'Chi Adeyemi', "Dee O'Neil"]],
])('$filter=%s', async (filter, expected) => {
  expect(await names(`/users?$filter=${encodeURIComponent(filter)}`)).toEqual(expected)
})

test('advanced queries need ConsistencyLevel: eventual and $count', async () => {
  const guests = "/users?$filter=userType ne 'Member'"
  expect((await get(guests)).body.error.code).toBe('Request_UnsupportedQuery')
  const { body } = await get(`${guests}&$count=true`, eventual)
  expect([body['@odata.count'], body.value.length]).toEqual([1, 1])
  expect((await get('/users/$count', eventual)).bytes.toString()).toBe('4')
  expect((await get('/users/$count')).status).toBe(400)
  expect(await names('/users?$search="displayName:col"', eventual)).toEqual(['Ben Cole'])
  expect((await get('/users?$search="displayName:col"')).status).toBe(400)
  expect(
    await names("/users?$count=true&$filter=not startswith(displayName,'A')&$orderby=displayName desc", eventual),
  ).toEqual(["Dee O'Neil", 'Chi Adeyemi', 'Ben Cole'])
})

test('pages follow each other by nextLink and keep the query', async () => {
  const first = await get('/users?$top=3&$select=displayName')
  expect(first.body.value).toHaveLength(3)
  const next = new URL(String(first.body['@odata.nextLink']))
  const second = await get(next.href.split('/v1.0')[1]!)
  expect(second.body.value).toEqual([{ displayName: "Dee O'Neil" }])
  expect(second.body).not.toHaveProperty('@odata.nextLink')
  expect((await get('/users?$skiptoken=stale')).body.error.code).toBe('Directory_ExpiredPageToken')
})

test('managers, reports, groups and members agree', async () => {
  expect((await get('/users/dee@tailspin.example/manager')).body.displayName).toBe('Chi Adeyemi')
  expect((await get('/users/ada@tailspin.example/manager')).body.error.code).toBe('Request_ResourceNotFound')
  expect(await names('/users/ada@tailspin.example/directReports')).toEqual(['Ben Cole', 'Chi Adeyemi'])
  expect(await names('/users/ada@tailspin.example/memberOf')).toEqual(['Tailspin Toys', 'Platform', 'Nexus admins'])
  const platform = groupObjectId(org, 'platform')
  expect(await names(`/groups/${platform}/members`)).toEqual(['Ada Brandt', 'Ben Cole'])
  expect(await names(`/groups/${platform}/transitiveMembers/microsoft.graph.user?$top=999`)).toEqual([
    'Ada Brandt',
    'Ben Cole',
  ])
  expect(await names(`/groups/${platform}/owners`)).toEqual(['Ada Brandt'])
  expect(await names("/groups?$filter=resourceProvisioningOptions/Any(x:x eq 'Team')")).toEqual([
    'Tailspin Toys',
    'Platform',
    'Shop',
  ])
  expect(await names('/groups?$filter=securityEnabled eq true')).toEqual(['Nexus admins'])
  const { body } = await get(`/groups/${platform}?$select=id&$expand=members($select=displayName)`)
  expect(body.members).toEqual(
    ['Ada Brandt', 'Ben Cole'].map((displayName) => ({ '@odata.type': '#microsoft.graph.user', displayName })),
  )
  const mine = await post('/users/ada@tailspin.example/getMemberGroups', { securityEnabledOnly: true })
  expect(mine.body.value).toEqual([groupObjectId(org, 'nexus-admins')])
  const asked = await post('/users/ben@tailspin.example/checkMemberGroups', {
    groupIds: [platform, groupObjectId(org, 'shop')],
  })
  expect(asked.body.value).toEqual([platform])
})

test('teams, channels, settings and the organisation', async () => {
  const shop = groupObjectId(org, 'shop')
  expect((await get(`/teams/${shop}`)).body).toMatchObject({ id: shop, displayName: 'Shop' })
  expect(await names(`/teams/${shop}/channels`)).toEqual(['General'])
  expect((await get(`/teams/${groupObjectId(org, 'nexus-admins')}`)).status).toBe(404)
  expect(await names('/users/chi@tailspin.example/joinedTeams')).toEqual(['Tailspin Toys', 'Shop'])
  expect((await get('/users/ben@tailspin.example/mailboxSettings')).body).toMatchObject({
    timeZone: 'America/New_York',
  })
  expect((await get('/organization')).body.value[0]).toMatchObject({ id: org.tenant })
})

test('me is the signed-in person, and nobody for an application', async () => {
  const as = `Bearer user:${id('chi')}`
  expect((await get('/me', { as })).body.displayName).toBe('Chi Adeyemi')
  expect(((await get('/me/memberOf', { as })).body.value as unknown[]).length).toBe(2)
  expect((await get('/me')).body.error).toMatchObject({
    code: 'BadRequest',
    message: expect.stringContaining('delegated'),
  })
})

test.each([
  ['no token', '/users', { as: '' }, 401, 'InvalidAuthenticationToken'],
  ['a foreign token', '/users', { as: 'Bearer nonsense' }, 401, 'InvalidAuthenticationToken'],
  ['an unknown path', '/planets', {}, 400, 'BadRequest'],
  ['a method it has not', '/users', { method: 'DELETE' }, 400, 'BadRequest'],
  ['an unknown user', '/users/zoe@tailspin.example', {}, 404, 'Request_ResourceNotFound'],
  ['an unknown group', `/groups/${id('ben')}`, {}, 404, 'Request_ResourceNotFound'],
  ['an unknown property', '/users?$select=shoeSize', {}, 400, 'BadRequest'],
  ['an unknown property in a filter', "/users?$filter=shoeSize eq '42'", {}, 400, 'BadRequest'],
  ['half a filter', '/users?$filter=displayName eq', {}, 400, 'BadRequest'],
  ['a filter that goes on', "/users?$filter=displayName eq 'a' 'b'", {}, 400, 'BadRequest'],
  ['a function it has not', "/users?$filter=contains(displayName,'a')", {}, 400, 'Request_UnsupportedQuery'],
  ['a relation that is none', '/groups?$expand=planets', {}, 400, 'BadRequest'],
  ['a page too large', '/users?$top=1000', {}, 400, 'BadRequest'],
  ['a page that is none', '/users?$top=many', {}, 400, 'BadRequest'],
  ['a photo of no size', '/users/ben@tailspin.example/photos/50x50/$value', {}, 400, 'BadRequest'],
])('%s is refused', async (_what, path, init, status, code) => {
  const answer = await get(path, init)
  expect([answer.status, answer.body.error.code]).toEqual([status, code])
  expect(answer.body.error.innerError).toMatchObject({ 'request-id': expect.any(String), date: expect.any(String) })
})

test('beta is another version', async () => {
  const response = await fetch(`${started.base}/graph/beta/users`, { headers: { authorization: 'Bearer app:x' } })
  expect(response.status).toBe(400)
})

test('a batch runs its requests in order, and what depends on a failure fails', async () => {
  const { body } = await post('/$batch', {
    requests: [
      { id: 'a', method: 'GET', url: '/users/ben@tailspin.example?$select=displayName' },
      { id: 'b', method: 'GET', url: '/users/zoe' },
      { id: 'c', method: 'GET', url: '/users/ada@tailspin.example', dependsOn: ['b'] },
      { id: 'd', method: 'GET', url: '/users/ada@tailspin.example/photos/48x48/$value', dependsOn: ['a'] },
      { id: 'e', method: 'GET', url: '/groups?$top=1' },
      { id: 'f', method: 'GET', url: '/me' },
      {
        id: 'g',
        method: 'POST',
        url: '/users/ada@tailspin.example/getMemberGroups',
        headers: { 'Content-Type': 'application/json' },
        body: {},
      },
    ],
  })
  expect(body.responses.map((each) => [each.id, each.status])).toEqual([
    ['a', 200],
    ['b', 404],
    ['c', 424],
    ['d', 200],
    ['e', 200],
    ['f', 400],
    ['g', 200],
  ])
  expect(body.responses[0]!.body).toMatchObject({ displayName: 'Ben Cole' })
  expect(Buffer.from(String(body.responses[3]!.body), 'base64').subarray(1, 4).toString()).toBe('PNG')
  expect(String(body.responses[4]!.body['@odata.nextLink'])).toMatch(/\/graph\/v1\.0\/groups\?\$top=1&\$skiptoken=/)
})

test.each([
  ['no list', { requests: 'all' }],
  ['too many', { requests: Array.from({ length: 21 }, (_, at) => ({ id: String(at), method: 'GET', url: '/users' })) }],
  ['an id twice', { requests: [1, 1].map((each) => ({ id: String(each), method: 'GET', url: '/users' })) }],
  ['a dependency nowhere', { requests: [{ id: '1', method: 'GET', url: '/users', dependsOn: ['2'] }] }],
  ['a whole address', { requests: [{ id: '1', method: 'GET', url: 'https://evil.example/users' }] }],
  ['a malformed path', { requests: [{ id: '1', method: 'GET', url: '/users/%E0%A4' }] }],
  ['a body without type', { requests: [{ id: '1', method: 'POST', url: '/users/x/getMemberGroups', body: {} }] }],
])('a batch with %s is refused', async (_what, body) => {
  const answer = await post('/$batch', body)
  expect([answer.status, answer.body.error.code]).toEqual([400, 'BadRequest'])
})

test('a delta query tells everything once, then nothing, and refuses an old state', async () => {
  const first = await get('/users/delta?$top=3&$select=displayName')
  const second = await get(String(first.body['@odata.nextLink']).split('/v1.0')[1]!)
  expect([...first.body.value, ...second.body.value]).toHaveLength(4)
  const link = String(second.body['@odata.deltaLink']).split('/v1.0')[1]!
  const third = await get(link)
  expect(third.body).toMatchObject({ value: [], '@odata.deltaLink': expect.stringContaining('$deltatoken=') })
  expect((await get('/groups/delta')).body.value[1]).toHaveProperty('members@delta')
  expect((await get('/users/delta?$deltatoken=old')).status).toBe(410)
})

test('a photo is a PNG of the right size, and people differ', async () => {
  const { bytes } = await get('/users/ben@tailspin.example/photos/96x96/$value')
  expect([bytes.readUInt32BE(16), bytes.readUInt32BE(20)]).toEqual([96, 96])
  const data = bytes.subarray(bytes.indexOf('IDAT') + 4, bytes.indexOf('IEND') - 8)
  const rows = inflateSync(data)
  expect(rows).toHaveLength(96 * (96 * 3 + 1))
  expect(rows.filter((byte) => byte === 255).length).toBeGreaterThan(600) // the letters' white
  expect((await get('/users/chi@tailspin.example/photos/96x96/$value')).bytes.equals(bytes)).toBe(false)
  expect((await get('/users/ben@tailspin.example/photo/$value')).bytes.readUInt32BE(16)).toBe(648)
})

test('Microsoft’s own client reads users, pages, a batch, an error and a photo with a token of the local Entra', async () => {
  const identity: StartedIdentity = await startIdentity({ org, tls: true, vendors: [graph] })
  const token = await identity.tokens.access({
    application: { id: 'nexus', name: 'Nexus', federated: [] },
    resource: { audience: 'https://graph.microsoft.com', names: [], version: '1.0' },
    tenant: org.tenant,
    proof: '1',
    permissions: [],
  })
  const { stdout } = await promisify(execFile)(process.execPath, ['infra/local/testing/read-graph.mjs'], {
    env: {
      ...process.env,
      NODE_OPTIONS: '--no-warnings',
      NODE_EXTRA_CA_CERTS: identity.caFile,
      BASE: identity.base,
      TOKEN: token,
    },
  }).finally(() => identity.close())
  const read = JSON.parse(stdout)
  expect(read).toMatchObject({
    pages: 2,
    names: ['Ada Brandt', 'Ben Cole', 'Chi Adeyemi', "Dee O'Neil"],
    found: ['ben@tailspin.example'],
    error: { statusCode: 404, code: 'Request_ResourceNotFound' },
    batch: [{ displayName: 'Ben Cole' }, { displayName: 'Ada Brandt' }],
  })
  expect(Buffer.from(read.photo, 'base64').subarray(1, 4).toString()).toBe('PNG')
})
