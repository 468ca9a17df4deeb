import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { TestTenant } from '../../../infra/local/teams/testing/tenant.js'
import type { Undelivered } from '../../outgoing.js'
import type { Store } from '../../store/contract.js'
import { conversationRecords } from '../../store/records/conversation-records.js'
import { teamRecords } from '../../store/records/team-records.js'
import { openSqliteStore } from '../../store/sqlite/open.js'
import { channelWishes, readWishes, wishOf, type ChannelWishes } from './channel-wishes.js'
import { chooseChannel } from './choose-channel.js'
import { createConnectorSender } from './connector-sender.js'
import { readTeam } from './read-team.js'
import { createTeamChannels } from './team-channels.js'

let tenant: TestTenant
let store: Store
let folder: string
let now: number
let wishes: ChannelWishes
let refuse: Undelivered | undefined
let asked: string[]

beforeEach(async () => {
  tenant = await TestTenant.start()
  folder = mkdtempSync(join(tmpdir(), 'team-channels-'))
  now = Date.parse('2026-11-21T02:14:00Z')
  wishes = {}
  refuse = undefined
  asked = []
  store = await open()
})
afterEach(async () => {
  await store.close()
  await tenant.close()
  rmSync(folder, { recursive: true, force: true })
})

const open = () => openSqliteStore({ folder, clock: { now: () => now }, id: randomUUID })
const own = (of = store) => of.forTenant(tenant.org.tenant)
const conversation = (place: string) => tenant.conversation(place)
const team = (name: string) => tenant.directory.teams.find(({ key }) => key === name)!

/** A hub's way to channels; another one on the same store knows nothing but what is in it. */
const hub = (of = store) =>
  createTeamChannels({
    teams: teamRecords(own(of)),
    conversations: conversationRecords(own(of)),
    read: async (which) => {
      asked.push(which.teamId)
      return refuse ?? readTeam(which, { token: () => Promise.resolve('good'), fetch })
    },
    groupOf: (id) => Promise.resolve(tenant.directory.teams.find(({ key }) => key === id)?.aadGroupId),
    wishes: () => Promise.resolve(wishes),
    now: () => now,
  })

/** What an install event leaves in the store: one channel of the team. */
const installed = (place: string, is = true) =>
  conversationRecords(own()).keepInstall({
    id: conversation(place),
    kind: 'channel',
    serviceUrl: tenant.serviceUrl,
    botId: tenant.directory.bot.id,
    tenantId: tenant.org.tenant,
    installed: is,
    teamId: tenant.directory.place(place)!.team!.id,
  })

describe('the channel of a team', () => {
  test('is found by the Entra group, and chosen by what channels are usually called', async () => {
    await installed('identity')
    expect(await hub().channelOf('identity', 'incidents')).toBe(conversation('identity-ops'))
    expect(await hub().channelOf('identity', 'approvals')).toBe(conversation('identity'))
    expect(await hub().channelOf('identity', 'weather')).toBe(conversation('identity'))
  })

  test('is known to another hub, and after a restart, without asking Teams again', async () => {
    await installed('identity')
    await hub().learn(team('identity').id)
    expect(asked).toHaveLength(1)
    const other = await open()
    expect(await hub(other).channelOf('identity', 'incidents')).toBe(conversation('identity-ops'))
    await other.close()
    await store.close()
    store = await open()
    expect(await hub().channelOf('identity', 'incidents')).toBe(conversation('identity-ops'))
    expect(asked).toHaveLength(1)
  })

  test('is none where Nexus is not, never was, or is no more', async () => {
    await installed('identity')
    expect(await hub().channelOf('payments', 'incidents')).toBeUndefined()
    expect(await hub().channelOf('nobody', 'incidents')).toBeUndefined()
    await hub().channelOf('identity', 'incidents')
    await installed('identity', false)
    expect(await hub().channelOf('identity', 'incidents')).toBeUndefined()
    await installed('identity')
    expect(await hub().channelOf('identity', 'incidents')).toBe(conversation('identity-ops'))
  })

  test('can be spoken in although nothing was ever heard from it, and the id that comes back is the message’s', async () => {
    await installed('identity')
    const channel = (await hub().channelOf('identity', 'incidents'))!
    const conversations = conversationRecords(own())
    expect(await conversations.get(channel)).toMatchObject({ name: 'Ops', installed: true })
    const send = createConnectorSender({
      token: () => Promise.resolve('good'),
      fetch,
      routeOf: (to) => conversations.routeOf(to),
    })
    const posted = await send({ op: 'post', to: { channel }, activity: { type: 'message', text: 'INC-1' } })
    const [message] = await tenant.messages('identity-ops', 'dana')
    expect(posted).toEqual({ is: 'delivered', activityId: message!.id })
  })

  test('is where somebody decided, in another team too; what is not there falls back to the usual name', async () => {
    await installed('identity')
    await installed('payments')
    wishes = { identity: { incidents: 'payments/General', approvals: 'ops' }, '*': { digest: 'Nowhere' } }
    expect(await hub().channelOf('identity', 'incidents')).toBe(conversation('payments'))
    expect(await hub().channelOf('identity', 'approvals')).toBe(conversation('identity-ops'))
    expect(await hub().channelOf('identity', 'digest')).toBe(conversation('identity'))
  })
})

describe('asking Teams', () => {
  test('is left for as long as Teams wants, and said to whoever waits', async () => {
    await installed('identity')
    const channels = hub()
    refuse = { is: 'busy', reason: 'Throttled', retryAfterMs: 30_000 }
    await expect(channels.channelOf('identity', 'incidents')).rejects.toThrow('Teams does not say')
    refuse = undefined
    await expect(channels.channelOf('identity', 'incidents')).rejects.toThrow('Teams does not say')
    expect(asked).toHaveLength(1)
    now += 30_000
    expect(await channels.channelOf('identity', 'incidents')).toBe(conversation('identity-ops'))
  })

  test('happens again after an hour or when a team changed; what was known lasts while Teams does not answer', async () => {
    await installed('identity')
    const channels = hub()
    await channels.channelOf('identity', 'incidents')
    await channels.channelOf('identity', 'incidents')
    expect(asked).toHaveLength(1)
    await teamRecords(own()).outdate(team('identity').id)
    await channels.channelOf('identity', 'incidents')
    expect(asked).toHaveLength(2)
    now += 3_600_000
    refuse = { is: 'unsure', reason: 'no answer' }
    expect(await channels.channelOf('identity', 'incidents')).toBe(conversation('identity-ops'))
    expect(asked).toHaveLength(3)
  })

  test('many who ask at once make one request', async () => {
    await installed('identity')
    const channels = hub()
    await Promise.all(Array.from({ length: 20 }, () => channels.channelOf('identity', 'incidents')))
    expect(asked).toHaveLength(1)
  })
})

describe('deciding on a channel', () => {
  const channels = [
    { id: 'g', name: 'Allgemein' },
    { id: 'a', name: 'Alerts' },
    { id: 'i', name: 'Incidents' },
  ]

  test.each([
    ['incidents', undefined, 'i'],
    ['approvals', undefined, 'g'],
    ['alerts', undefined, 'a'],
    ['incidents', ' ALERTS ', 'a'],
    ['incidents', 'Gone', 'i'],
  ])('for %s, wanted %s', (purpose, wanted, expected) => {
    expect(chooseChannel(channels, 'g', purpose, wanted)?.id).toBe(expected)
  })

  test('a team’s own wish goes before the one for all, which goes before none', () => {
    const said = {
      identity: { incidents: 'Alerts' },
      '*': { incidents: 'platform/War room / 2', approvals: 'Changes' },
    }
    expect(wishOf(said, 'identity', 'incidents')).toEqual({ team: 'identity', channel: 'Alerts' })
    expect(wishOf(said, 'identity', 'approvals')).toEqual({ team: 'identity', channel: 'Changes' })
    expect(wishOf(said, 'data', 'incidents')).toEqual({ team: 'platform', channel: 'War room / 2' })
    expect(wishOf(said, 'toString', 'length')).toEqual({ team: 'toString' })
  })

  test('a file that is wrong says where, and what was read before holds', async () => {
    expect(() => readWishes('identity: Alerts')).toThrow(/channels.yaml: identity: .*write team/)
    let text: string | undefined = 'identity: { incidents: Alerts }'
    const failures: unknown[] = []
    const read = channelWishes({
      configured: { identity: { approvals: 'Ops' } },
      read: () => (text === undefined ? Promise.reject(new Error('no answer')) : Promise.resolve(text)),
      failed: (error) => failures.push(error),
    })
    const both = { identity: { incidents: 'Alerts', approvals: 'Ops' } }
    expect(await read()).toEqual(both)
    text = 'identity: ['
    expect(await read()).toEqual(both)
    text = undefined
    expect([await read(), await read()]).toEqual([both, both])
    expect(failures).toHaveLength(2)
  })
})
