import { afterEach, expect, test } from '@jest/globals'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { uuidOf } from '../frame/ids.js'
import { organisationFolder, smallFiles } from '../testing/organisation-folder.js'
import { loadOrganisation } from './load-organisation.js'
import { OrganisationError } from './problem.js'

const anchor = new Date('2026-11-20T14:30:00.000Z')
let remove = () => Promise.resolve()
afterEach(() => remove())

async function load(changed?: Record<string, string | undefined>) {
  const made = await organisationFolder(changed)
  remove = made.remove
  return loadOrganisation(made.folder, anchor)
}
/** The mistakes of a changed organisation as `file:line:column message`. */
async function mistakes(changed: Record<string, string | undefined>): Promise<string[]> {
  const error = await load(changed).then(
    () => undefined,
    (error: unknown) => error,
  )
  if (!(error instanceof OrganisationError)) throw error ?? new Error('it was accepted')
  return error.problems.map(({ file, line, column, message }) => `${file}:${line}:${column} ${message}`)
}
const edit = (file: string, from: string | RegExp, to: string) => {
  const text = smallFiles[file]!.replace(from, to)
  if (text === smallFiles[file]) throw new Error(`${String(from)} is not in ${file}`)
  return { [file]: text }
}

test('an organisation is loaded, with ids, names and absent files filled in', async () => {
  const org = await load()
  expect(org.tenant).toBe(uuidOf('tailspin.example/tenant'))
  expect(org.subscriptions[1]).toEqual({
    id: uuidOf('tailspin.example/subscription/tailspin-prd'),
    key: 'tailspin-prd',
    name: 'Tailspin production',
    environment: 'production',
  })
  expect(org.services.map(({ name }) => name)).toEqual(['shop', 'shop-db'])
  expect([org.pipelines, org.workItems, org.costs]).toEqual([[], [], []])
})

test('moments are resolved against the anchor, and the day it falls on', async () => {
  const org = await load()
  expect(org.repositories[0]!.commits[0]!.at).toBe('2026-11-14T02:14:00.000Z')
  expect(org.repositories[0]!.pulls[0]!.opened).toBe('2026-11-20T11:30:00.000Z')
  expect(org.incidents[0]!.opened).toBe('2026-11-20T13:49:00.000Z')
  expect(org.schedules[0]!.start).toBe('2026-01-05T07:00:00.000Z')
  expect(org.schedules[0]!.overrides[0]).toMatchObject({ from: anchor.toISOString(), to: '2026-11-22T14:30:00.000Z' })
})

test('a resource entry becomes a resource in each of its places, with its exceptions laid over', async () => {
  const org = await load()
  const [production] = org.subscriptions.filter(({ environment }) => environment === 'production')
  const group = `/subscriptions/${production!.id}/resourceGroups`
  expect(org.resources.map(({ id }) => id)).toEqual([
    `${group}/rg-shop-prd/providers/Microsoft.Web/sites/app-shop-prd-weu`,
    `${group}/rg-shop-prd/providers/Microsoft.Web/sites/app-shop-prd-neu`,
    `/subscriptions/${org.subscriptions[0]!.id}/resourceGroups/rg-shop-dev/providers/Microsoft.Web/sites/app-shop-dev-weu`,
    `${group}/rg-data-prd/providers/Microsoft.Sql/servers/sql-shop-prd/databases/orders`,
  ])
  const [weu, neu, dev, database] = org.resources
  expect(weu).toMatchObject({
    location: 'westeurope',
    health: 'Available',
    tags: { owner: 'platform', env: 'production' },
  })
  expect(weu!.properties.serverFarmId).toBe(`${group}/rg-shop-prd/providers/Microsoft.Web/serverfarms/plan`)
  expect(neu!.properties).toMatchObject({ state: 'Stopped', siteConfig: { alwaysOn: true, http20: true } })
  expect(neu!.health).toBe('Degraded')
  expect([dev!.sku, dev!.tags]).toEqual([{ name: 'B1', capacity: 1 }, { env: 'development' }])
  expect([database!.name, database!.service]).toEqual(['orders', 'shop-db'])
})

test('the generation changes with any file and with the anchor, and with nothing else', async () => {
  const { generation } = await load()
  await remove()
  expect((await load()).generation).toBe(generation)
  await remove()
  expect((await load(edit('services.yaml', 'Sells toys.', 'Sells more.'))).generation).not.toBe(generation)
  await remove()
  const made = await organisationFolder()
  remove = made.remove
  expect((await loadOrganisation(made.folder, new Date(0))).generation).not.toBe(generation)
})

test('folders beside the files are somebody else’s', async () => {
  const made = await organisationFolder()
  remove = made.remove
  await mkdir(join(made.folder, 'settings'))
  await writeFile(join(made.folder, 'settings', 'routing.yaml'), 'anything: [')
  await expect(loadOrganisation(made.folder, anchor)).resolves.toMatchObject({ name: 'Tailspin Toys' })
})

test.each<[string, Record<string, string | undefined>, string]>([
  [
    'an unknown reference',
    edit('services.yaml', 'team: platform', 'team: platfrom'),
    'services.yaml:1:43 team: there is no team "platfrom" in teams.yaml; did you mean "platform"?',
  ],
  [
    'a reference in a list',
    edit('services.yaml', '[shop-db]', '[payments]'),
    'services.yaml:1:92 dependsOn: there is no service "payments" in services.yaml; there are shop, shop-db.',
  ],
  [
    'a reference to a file that is absent',
    { 'repositories.yaml': undefined },
    'services.yaml:1:114 repository: there is no repository "shop" in repositories.yaml',
  ],
  [
    'an environment in a key',
    edit('services.yaml', '{ production:', '{ prod:'),
    'services.yaml:2:82 there is no environment "prod" in subscriptions of organisation.yaml; there are development, production.',
  ],
  [
    'a region',
    edit('resources.yaml', '[westeurope, north', '[westeurop, north'),
    'resources.yaml:4:22 production: there is no region "westeurop" in regions of organisation.yaml; did you mean "westeurope"?',
  ],
  [
    'a duplicate id',
    edit('people.yaml', /$/, '- { id: ben, name: B, title: T, roles: [admin], zone: UTC }\n'),
    'people.yaml:8:9 id "ben" is used twice, first in line 7: choose another',
  ],
  [
    'a duplicate channel',
    edit('teams.yaml', 'id: platform, name: General', 'id: incidents, name: General'),
    'teams.yaml:5:13 the channel "incidents" exists already: every channel\'s id is a place of its own',
  ],
  [
    'a group that takes a team’s id',
    edit('organisation.yaml', 'nexus-admins', 'platform'),
    'organisation.yaml:15:11 "platform" is a team, whose group has its id already: choose another',
  ],
  [
    'a wrong type',
    edit('on-call.yaml', 'days: 7', 'days: weekly'),
    'on-call.yaml:7:17 turn.days is "weekly": give a number.',
  ],
  [
    'a list that is none',
    edit('people.yaml', 'roles: [admin, developer]', 'roles: admin'),
    'people.yaml:5:10 roles is "admin": give a list.',
  ],
  [
    'a value of no choice',
    edit('services.yaml', 'tier: critical', 'tier: top'),
    'services.yaml:1:59 tier is "top": give one of "critical", "high", "normal", "low".',
  ],
  ['a missing property', edit('people.yaml', /  zone: .*\n/, ''), 'people.yaml:1:3 zone is missing: give text.'],
  [
    'an unknown key',
    edit('people.yaml', '  title:', '  titel:'),
    'people.yaml:3:3 The entry has no property "titel"; did you mean "title"?',
  ],
  [
    'an unknown key within',
    edit('repositories.yaml', 'reviewers:', 'reviewer:'),
    'repositories.yaml:6:50 "pulls[1]" has no property "reviewer"; did you mean "reviewers"?',
  ],
  [
    'an id that is none',
    edit('teams.yaml', 'id: platform\n', 'id: Platform Team\n'),
    'teams.yaml:1:7 id is "Platform Team": give a short lower-case name such as `auth-api`.',
  ],
  [
    'a zone',
    edit('people.yaml', 'Europe/Berlin', 'Europe/Berln'),
    'people.yaml:6:9 zone: "Europe/Berln" is no IANA time zone; did you mean "Europe/Berlin"?',
  ],
  [
    'a moment',
    edit('incidents.yaml', '-41m', 'yesterday'),
    'incidents.yaml:1:76 opened: "yesterday" is no moment: give `now`, `-41m`, `-3h`, `-6d 02:14`, or ISO 8601 with its zone, such as 2026-03-01T09:00:00Z',
  ],
  [
    'a moment without zone',
    edit('on-call.yaml', '08:00:00+01:00', '08:00:00'),
    'on-call.yaml:6:10 start: "2026-01-05T08:00:00" is no moment: give `now`, `-41m`, `-3h`, `-6d 02:14`, or ISO 8601 with its zone, such as 2026-03-01T09:00:00Z',
  ],
  [
    'a day that does not exist',
    edit('on-call.yaml', '2026-01-05T08:00:00+01:00', '2026-02-30'),
    'on-call.yaml:6:10 start: "2026-02-30" is no moment: give `now`, `-41m`, `-3h`, `-6d 02:14`, or ISO 8601 with its zone, such as 2026-03-01T09:00:00Z',
  ],
  [
    'a time of day',
    edit('on-call.yaml', '"09:00"', '"29:00"'),
    'on-call.yaml:8:13 handover: "29:00" is no time of day: give one from 00:00 to 23:59',
  ],
  [
    'an override that ends before it begins',
    edit('on-call.yaml', '+2d', '-2d'),
    'on-call.yaml:10:37 an override must end after it begins',
  ],
  ['a missing file', { 'people.yaml': undefined }, 'people.yaml:0:0 is missing: FORMAT.md says what belongs in it'],
  [
    'a misspelt file',
    { 'resource.yaml': '[]' },
    'resource.yaml:0:0 an organisation has no such file; did you mean "resources.yaml"?',
  ],
  ['an empty file', { 'teams.yaml': '' }, 'teams.yaml:1:1 The file is empty: give a list.'],
  [
    'a name without its region',
    edit('resources.yaml', '-{region}', ''),
    'resources.yaml:1:9 the resource app-shop-prd (production, northeurope) exists already: put {env} and {region} in the name, or give it another',
  ],
  [
    'a name without its parents',
    edit('resources.yaml', 'sql-shop-{env}/orders', 'orders'),
    'resources.yaml:14:11 "orders" has 1 parts, and a Microsoft.Sql/servers/databases has 2: give the parents\' names and its own, such as server/database',
  ],
  [
    'a placeholder',
    edit('resources.yaml', '{region}', '{zone}'),
    'resources.yaml:1:9 "{zone}" cannot be filled in: use {env} and {region}',
  ],
  [
    'an exception nowhere',
    edit('resources.yaml', 'production/northeurope:', 'production/eastus:'),
    'resources.yaml:13:24 "production/eastus" is no place of this resource: use one of production, production/westeurope, production/northeurope, development, development/westeurope',
  ],
  [
    'a repository without project',
    edit('repositories.yaml', 'host: github', 'host: azure-devops'),
    'repositories.yaml:1:3 shop is in Azure DevOps, so it needs a `project`',
  ],
  [
    'a dependency on itself',
    edit('services.yaml', '[shop-db]', '[shop]'),
    'services.yaml:1:92 shop cannot depend on itself',
  ],
])('%s is named with its place and the way out', async (_what, changed, expected) => {
  expect(await mistakes(changed)).toEqual([expected])
})

test('YAML that is none is placed too, and the rest is still checked', async () => {
  const found = await mistakes({
    ...edit('teams.yaml', '  lead: ada', ' lead: ada'),
    ...edit('people.yaml', 'Europe/Berlin', 'Mars/Base'),
  })
  expect(found.some((mistake) => mistake.startsWith('people.yaml:6:9 zone: "Mars/Base"'))).toBe(true)
  expect(found.some((mistake) => mistake.startsWith('teams.yaml:'))).toBe(true)
})

test('all mistakes come at once, in the order of files and lines, as one readable message', async () => {
  const made = await organisationFolder({
    ...edit('people.yaml', /zone: Europe\/Berlin/, 'zone: Berlin\n  age: 40'),
    ...edit('incidents.yaml', 'service: shop', 'service: shpo'),
  })
  remove = made.remove
  const error = await loadOrganisation(made.folder, anchor).catch((error: Error) => error)
  const { message } = error as Error
  expect(message.split('\n')[0]).toBe(`The organisation in ${made.folder} has 2 mistakes:`)
  expect(message).toContain(
    `${made.folder}/incidents.yaml:1:25: service: there is no service "shpo" in services.yaml; did you mean "shop"?`,
  )
  expect(message).toContain(`${made.folder}/people.yaml:7:3: The entry has no property "age"`)
})

test('a folder that is not there, and one that is no folder', async () => {
  await expect(loadOrganisation('/nowhere/at-all', anchor)).rejects.toThrow(
    'there is no such folder: NEXUS_LOCAL_ORG names',
  )
  const made = await organisationFolder()
  remove = made.remove
  await expect(loadOrganisation(join(made.folder, 'people.yaml'), anchor)).rejects.toThrow('cannot be read (ENOTDIR)')
})
