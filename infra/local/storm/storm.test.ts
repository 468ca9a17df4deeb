import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { azure } from '../azure/azure.js'
import { azureStore } from '../azure/store.js'
import { gitHub } from '../github/github.js'
import { Server } from '../github/server.js'
import { loadOrganisation } from '../organisation/load-organisation.js'
import { projectRoot } from '../project-root.js'
import { startVendors, type Started } from '../testing/start-vendors.js'
import type { Sending } from './player.js'
import { Storm, StormRefused, type StormState } from './storm.js'

const contoso = join(projectRoot(), 'infra', 'local', 'contoso')
const began = new Date('2026-11-21T02:14:10Z')
const org = await loadOrganisation(contoso, began)

const story = (seconds: number) => `title: Small
summary: One alert.
watch: incidents
alerts:
  slow: { kind: metric, rule: slow, severity: Sev2, on: auth-api-prd, metric: HttpResponseTime, threshold: 1, value: 3 }
  down: { kind: health, rule: down, severity: Sev1, on: auth-api-prd, state: Unavailable, title: It is not there }
acts:
  - at: 0
    deploy: { service: auth-api, environment: production, version: 4.7.1, by: lee, site: auth-api-prd, slot: next, title: passkeys }
  - { at: 1, fire: slow, late: ${seconds}, again: 1 }
  - { at: 1, fire: down }
  - { at: 2, resolve: slow }
`

let vendors: Started
let folder: string
let sent: Sending[]
let answer: () => number
beforeEach(async () => {
  vendors = await startVendors({ org, vendors: [azure, gitHub], now: began.toISOString() })
  folder = await mkdtemp(join(tmpdir(), 'nexus-storm-'))
  sent = []
  answer = () => 202
})
afterEach(async () => {
  await vendors.close()
  await rm(folder, { recursive: true })
})

const stormOf = (organisation = folder) =>
  new Storm({
    org,
    folder: organisation,
    services: vendors.services,
    deliver: async (sending) => {
      sent.push(sending)
      return answer()
    },
    moveClock: async (now) => vendors.clock.set(now),
  })
async function withStory(seconds = 3): Promise<Storm> {
  await mkdir(join(folder, 'storms'))
  await writeFile(join(folder, 'storms', 'small.yaml'), story(seconds))
  return stormOf()
}
async function ended(storm: Storm): Promise<StormState> {
  while (storm.state.state === 'playing') await new Promise((resolve) => setTimeout(resolve, 5))
  return storm.state
}
interface Essentials {
  alertId: string
  monitorCondition: string
  firedDateTime: string
  resolvedDateTime?: string
}
const essentialsOf = ({ body }: Sending) => (body as { data: { essentials: Essentials } }).data.essentials

test('a story is played in business time: late ones come late, and once more is word for word', async () => {
  const storm = await withStory()
  expect((await storm.start({ fast: true })).state).toBe('playing')
  const { state, played } = await ended(storm)
  expect(state).toBe('ended')
  expect(played.map(({ at, line }) => `${at.slice(11, 19)} ${line}`)).toEqual([
    '02:14:10 auth-api 4.7.1 deployed to production by Lee Park: passkeys',
    '02:14:11 alert Sev1 down on auth-api-prd',
    '02:14:12 resolved slow on auth-api-prd',
    '02:14:14 alert Sev2 slow on auth-api-prd, 3 s late',
    '02:14:15 alert Sev2 slow on auth-api-prd, once more',
  ])
  const [, , end, late, again] = sent
  expect(again).toEqual(late)
  const [over, fired] = [essentialsOf(end!), essentialsOf(late!)]
  expect(fired).toMatchObject({ monitorCondition: 'Fired', firedDateTime: '2026-11-21T02:14:11.000Z' })
  expect(over).toMatchObject({ monitorCondition: 'Resolved', resolvedDateTime: '2026-11-21T02:14:12.000Z' })
  expect(over.alertId).toBe(fired.alertId)
})

test('what happened is there to be seen in Azure and in GitHub', async () => {
  const storm = await withStory()
  await storm.start({ fast: true })
  await ended(storm)
  const { state } = azureStore(vendors.services)
  const site = Object.values(state.resources).find(({ resource }) => resource.name === 'auth-api-prd')!
  expect([site.resource.tags?.['version'], site.health.availabilityState]).toEqual(['4.7.1', 'Unavailable'])
  expect(state.activity.at(-1)).toMatchObject({
    operation: 'Microsoft.Web/sites/slotsswap/action',
    caller: { name: 'lee@contoso.com' },
  })
  expect(state.alerts.slice(-2).map(({ name, condition }) => [name, condition])).toEqual([
    ['slow', 'Resolved'],
    ['down', 'Fired'],
  ])
  const repository = new Server(vendors.services).all.find(({ name }) => name === 'auth-api')!
  expect(repository.deployments.at(-1)).toMatchObject({ environment: 'production', ref: 'v4.7.1', by: 'lee' })
  expect(repository.runs.at(-1)).toMatchObject({ title: 'passkeys', conclusion: 'success', by: 'lee' })
  expect(sent[0]).toMatchObject({
    source: 'github',
    headers: { 'x-github-event': 'deployment_status' },
    body: { deployment_status: { state: 'success' }, repository: { full_name: 'contoso/auth-api' } },
  })
})

test('what the hub does not take is said with the line, and the story goes on', async () => {
  answer = () => 404
  const storm = await withStory()
  await storm.start({ fast: true })
  const { state, played } = await ended(storm)
  expect(state).toBe('ended')
  expect(played).toHaveLength(5)
  expect(played[1]!.problem).toBe('the hub answered 404: it takes no webhooks of azure-monitor')
})

test('a second storm is refused while one plays, and may begin when it was stopped', async () => {
  const storm = await withStory(600)
  await storm.start({ speed: 100 })
  await expect(storm.start({})).rejects.toThrow(new StormRefused('busy', 'A storm is playing: Small.'))
  await storm.stop()
  expect(storm.state.state).toBe('stopped')
  expect((await storm.start({ fast: true })).state).toBe('playing')
  expect((await ended(storm)).state).toBe('ended')
})

test('two at the same moment: one begins', async () => {
  const storm = await withStory()
  const both = await Promise.allSettled([storm.start({ fast: true }), storm.start({ fast: true })])
  expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
  await ended(storm)
})

test('an organisation without a story says so, and a story that is not there names those that are', async () => {
  await expect(stormOf().start({})).rejects.toThrow(/^Contoso has no story: a YAML file in its folder storms is one\./)
  await expect(stormOf(contoso).start({ story: 'flood' })).rejects.toThrow(
    'Contoso has no story "flood". There are: auth-deployment.',
  )
  await expect(stormOf(contoso).start({ story: '../organisation' })).rejects.toThrow(/There are: auth-deployment/)
})

test('a story with mistakes does not begin, and the next one may', async () => {
  const storm = await withStory()
  const file = join(folder, 'storms', 'small.yaml')
  await writeFile(file, story(3).replace('auth-api-prd, metric', 'nowhere, metric'))
  await expect(storm.start({})).rejects.toThrow(/small\.yaml:5:\d+: on: there is no resource "nowhere"/)
  await writeFile(file, story(3))
  expect((await storm.start({ fast: true })).state).toBe('playing')
  await ended(storm)
})
