import type { Outgoing } from '../../bot/outgoing.js'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { createClock, type MovableClock } from '../../bot/clock.js'
import type { Freeze } from '../../bot/hub/change/change-calendar.js'
import type { Role } from '../../skills/kit/model.js'
import { openChangeHub, type ChangeHub, type ChangeHubOptions } from './change-hub.js'
import { newWorld, sampleSkill, type World } from './sample-skill.js'

let folder: string
let clock: MovableClock
let world: World
let hubs: ChangeHub[]

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'nexus-changes-'))
  clock = createClock()
  clock.set('2026-11-21T14:00:00.000Z')
  world = newWorld()
  hubs = []
})
afterEach(async () => {
  for (const hub of hubs) await hub.stop()
  rmSync(folder, { recursive: true })
})

async function open(options: Partial<ChangeHubOptions> = {}): Promise<ChangeHub> {
  const hub = await openChangeHub({ folder, clock, skills: [sampleSkill(world)], ...options })
  hubs.push(hub)
  return hub
}
const minutes = (count: number) => clock.set(new Date(Date.parse(clock.now()) + count * 60_000).toISOString())
/** Lets a run go on until nothing happens within its next steps. */
async function runOn(hub: ChangeHub, times = 4): Promise<void> {
  await hub.settle()
  for (let step = 0; step < times; step++) {
    clock.set(new Date(Date.parse(clock.now()) + 2_000).toISOString())
    await hub.settle()
  }
}

test('words make a proposal, another person’s click runs it, and the asker is told', async () => {
  const hub = await open()
  const asked = await hub.say('dana', 'scale checkout to 5')
  expect(asked).toMatchObject({ outcome: 'propose', reply: { view: { kind: 'Proposal', id: 'PR-1' }, posted: true } })
  expect(asked.reply.text).toBe('PR-1 waits for approval by 1 of Team Leads: Scale checkout to 5.')
  expect(world.effects).toEqual([])
  await runOn(hub)
  expect(world.effects).toEqual([])
  expect(await hub.said()).toMatchObject([
    { op: 'reply', root: 'thread', key: 'card', content: { kind: 'Proposal', id: 'PR-1' } },
  ])

  expect(await hub.click('lee', 'PR-1', 'Approve scale')).toMatchObject({
    outcome: 'note',
    command: 'approval.approve',
  })
  await runOn(hub)
  expect(world.effects).toMatchObject([{ count: 5 }])
  expect(await hub.get('PR-1')).toMatchObject({
    proposal: { state: 'started', votes: [{ by: { id: 'lee@contoso.example' }, stage: 0 }] },
    run: { state: 'succeeded', result: { Instances: 5 }, attempts: [{ answered: expect.any(String) }] },
  })
  expect(hub.events).toMatchObject([
    { type: 'run.ended', subjects: [{ id: 'checkout' }, { id: 'PR-1' }], data: { state: 'succeeded' } },
  ])
  expect((await hub.audited()).map(({ action, by }) => [action, by?.id])).toEqual([
    ['proposal.asked', 'dana@contoso.example'],
    ['proposal.approved', 'lee@contoso.example'],
    ['run.started', undefined],
    ['run.attempted', undefined],
    ['run.succeeded', undefined],
  ])
  expect(hub.failures).toEqual([])
})

test('a proposal reads in five seconds, and its decided card keeps the body', async () => {
  const hub = await open()
  await hub.say('dana', 'scale checkout to 5')
  const waiting = await hub.read('PR-1', 'lee')
  expect(waiting).toContain('Nobody notices. It can be undone.')
  for (const words of [
    'checkout · staging',
    '3 → 5',
    '✓ working hours',
    '1 of Team Leads',
    'Asked by   dana@contoso.example',
    'Approve scale',
    'PR-1',
  ])
    expect(waiting).toContain(words)
  const { text, personal } = await hub.draw('PR-1', 'everyone')
  expect(text).toEqual([
    'dana@contoso.example asks to scale checkout to 5 in staging. Approve or reject until ',
    { time: expect.stringMatching(/^2026-11-21T14:30:0/) },
    '.',
  ])
  expect(personal).toEqual(expect.arrayContaining(['dana', 'lee', 'rafael', 'jonas', 'priya']))
  expect(personal).not.toContain('mei')
  const body = async () => {
    const { card } = await hub.draw('PR-1', 'everyone')
    return { title: card?.title, facts: card?.facts?.filter(({ label }) => label !== 'Needs') }
  }
  const before = await body()
  await hub.click('lee', 'PR-1', 'Approve scale')
  await runOn(hub)
  expect(await body()).toEqual(before)
  expect(await hub.read('PR-1', 'everyone')).toContain('Approved by')
})

test('only approvers see the buttons that decide; the asker sees the way back', async () => {
  const hub = await open()
  await hub.say('dana', 'scale checkout to 5')
  const titles = async (who: string) => (await hub.draw('PR-1', who)).buttons?.map(({ title }) => title)
  expect(await titles('everyone')).toEqual([])
  expect(await titles('mei')).toEqual([])
  expect(await titles('lee')).toEqual(['Approve scale', 'Reject…'])
  expect(await titles('dana')).toEqual(['Withdraw request'])
})

test('what a forger presses decides nothing', async () => {
  const hub = await open()
  await hub.say('dana', 'scale checkout to 5')
  const args = (id: string) => ({ proposal: { kind: 'Proposal', id } })
  const approve = (name: string, id = 'PR-1') =>
    hub.press(name, { title: 'Approve', intent: { command: 'approval.approve', args: args(id) } })
  await hub.say('dana', 'approvals') // the catalog has followed
  expect(await approve('dana')).toMatchObject({
    outcome: 'refuse',
    fault: 'NotAllowed',
    reply: { text: expect.stringContaining('Nobody approves their own change.') },
  })
  expect(await approve('mei')).toMatchObject({
    outcome: 'refuse',
    fault: 'NotAllowed',
    reply: { text: expect.stringContaining('Only Team Leads may decide this.') },
  })
  expect(await approve('guest')).toMatchObject({ outcome: 'refuse', fault: 'NotAllowed' })
  expect(await approve('stranger')).toMatchObject({ outcome: 'refuse', fault: 'NotAllowed' })
  expect(await approve('lee', 'PR-99')).toMatchObject({ outcome: 'refuse', fault: 'NotFound' })
  expect(await approve('lee', '../PR-1')).toMatchObject({ outcome: 'refuse', fault: 'NotFound' })
  await runOn(hub)
  expect((await hub.get('PR-1'))?.proposal).toMatchObject({ state: 'waiting', votes: [] })
  expect(world.effects).toEqual([])
})

test('another tenant’s proposal is not there', async () => {
  const hub = await open()
  await hub.say('dana', 'scale checkout to 5')
  const other = await open({ tenant: 'fabrikam' })
  await expect(
    other.keeping.changes.approvalsFor({ ...other.caller('lee'), input: 'click' }, 'turn-of-lee').approve('PR-1'),
  ).rejects.toMatchObject({ code: 'NotFound' })
  expect(await other.get('PR-1')).toBeUndefined()
  expect((await hub.get('PR-1'))?.proposal.state).toBe('waiting')
})

test('words decide nothing, whoever says them', async () => {
  const hub = await open()
  await hub.say('dana', 'scale checkout to 5')
  expect(await hub.say('lee', 'approve PR-1')).toMatchObject({
    command: 'approval.approve',
    reply: { text: expect.stringContaining('Words alone decide nothing') },
  })
  expect(await hub.say('lee', 'reject pr-1 because it is late')).toMatchObject({ command: 'approval.reject' })
  await runOn(hub)
  expect((await hub.get('PR-1'))?.proposal).toMatchObject({ state: 'waiting', votes: [] })
})

test('whoever may not decide is told so, and not to press', async () => {
  const hub = await open()
  await hub.say('dana', 'scale checkout to 5')
  expect(await hub.say('dana', 'approve PR-1')).toMatchObject({ fault: 'NotAllowed' })
  expect(await hub.say('mei', 'reject PR-1 because I say so')).toMatchObject({ fault: 'NotAllowed' })
})

test('where the card stands, words bring no second one', async () => {
  const hub = await open()
  await hub.say('dana', 'scale checkout to 5')
  const answers = [await hub.say('lee', 'approve PR-1'), await hub.say('dana', 'withdraw PR-1')]
  expect(answers.map(({ reply: { view, posted, card } }) => [view, posted, card?.lean])).toEqual([
    [undefined, undefined, true],
    [undefined, undefined, true],
  ])
})

test('a card that was asked for in words follows its change like the first one', async () => {
  const hub = await open()
  await hub.say('dana', 'scale checkout to 5')
  const chat = { kind: 'personal', id: 'chat-lee' } as const
  expect(await hub.say('lee', 'approve PR-1', chat)).toMatchObject({ reply: { posted: true, view: { id: 'PR-1' } } })
  expect(await hub.say('lee', 'show PR-1', { ...chat, kind: 'terminal' })).not.toMatchObject({
    reply: { posted: true },
  })
  await hub.click('lee', 'PR-1', 'Approve scale')
  await runOn(hub)
  const own = (await hub.store.outbox.list({ state: 'queued' })).items
    .map(({ data }) => data as unknown as Outgoing)
    .filter((message) => 'key' in message && message.key?.startsWith('shown/'))
  expect(own.map(({ op, to }) => [op, to])).toEqual([
    ['edit', { person: 'lee@contoso.example' }],
    ['post', { person: 'lee@contoso.example' }],
  ])
  // After its end nothing follows any more, so it is answered as it is.
  expect(await hub.say('lee', 'show proposal PR-1', chat)).not.toMatchObject({ reply: { posted: true } })
})

test('a double click counts once, and a stale card says how it stands', async () => {
  const hub = await open()
  await hub.say('dana', 'scale checkout to 5')
  const [lees, rafaels] = [await hub.draw('PR-1', 'lee'), await hub.draw('PR-1', 'rafael')]
  const clicks = await Promise.all([1, 2].map(() => hub.click('lee', 'PR-1', 'Approve scale', {}, lees)))
  expect(clicks.map(({ outcome }) => outcome)).toEqual(['note', 'note'])
  await runOn(hub)
  expect(await hub.click('rafael', 'PR-1', 'Approve scale', {}, rafaels)).toMatchObject({
    fault: 'Conflict',
    reply: { text: expect.stringContaining('PR-1 has started.') },
  })
  expect((await hub.get('PR-1'))?.proposal.votes).toHaveLength(1)
  expect(world.effects).toHaveLength(1)
})

test('two approvers at once start it once', async () => {
  const hub = await open()
  await hub.say('dana', 'scale checkout to 5')
  const outcomes = await Promise.all(['lee', 'rafael'].map((name) => hub.click(name, 'PR-1', 'Approve scale')))
  expect(outcomes.map(({ outcome }) => outcome).sort()).toEqual(['note', 'refuse'])
  await runOn(hub)
  expect(world.effects).toHaveLength(1)
})

test('high risk in production takes a lead of the team and then another person of the platform', async () => {
  Object.assign(world, { environment: 'production', risk: 'high' })
  const hub = await open()
  await hub.say('dana', 'scale checkout to 5')
  const jonas = {
    title: 'Approve',
    intent: { command: 'approval.approve', args: { proposal: { kind: 'Proposal', id: 'PR-1' } } },
  }
  // Admins and Platform Engineers rank above Team Leads, so jonas may take the first stage; then he may not take the second.
  expect(await hub.click('jonas', 'PR-1', 'Approve scale')).toMatchObject({ outcome: 'note' })
  expect(await hub.press('jonas', jonas)).toMatchObject({ outcome: 'note' })
  expect((await hub.get('PR-1'))?.proposal).toMatchObject({ state: 'waiting', votes: [{ stage: 0 }] })
  await expect(hub.click('lee', 'PR-1', 'Approve scale')).rejects.toThrow('sees no')
  await hub.click('priya', 'PR-1', 'Approve scale')
  await runOn(hub)
  expect(world.effects).toHaveLength(1)
})

test('a rejection needs a reason and is the end', async () => {
  const hub = await open()
  await hub.say('dana', 'scale checkout to 5')
  expect(await hub.click('lee', 'PR-1', 'Reject…', { reason: ' ' })).toMatchObject({ fault: 'BadInput' })
  expect(await hub.click('lee', 'PR-1', 'Reject…', { reason: 'Friday evening' })).toMatchObject({ outcome: 'note' })
  await runOn(hub)
  expect((await hub.get('PR-1'))?.proposal).toMatchObject({
    state: 'rejected',
    decided: { by: { id: 'lee@contoso.example' }, reason: 'Friday evening' },
  })
  expect(await hub.read('PR-1', 'everyone')).toContain('lee@contoso.example rejected it: Friday evening')
  expect(world.effects).toEqual([])
})

test('its asker withdraws it, in words too; nobody else does', async () => {
  const hub = await open()
  await hub.say('dana', 'scale checkout to 5')
  expect(await hub.say('lee', 'withdraw PR-1')).toMatchObject({ fault: 'NotAllowed' })
  expect(await hub.say('dana', 'withdraw PR-1')).toMatchObject({ outcome: 'note' })
  expect(await hub.read('PR-1', 'everyone')).toContain('withdrew it')
  expect(await hub.click('dana', 'PR-1', 'Ask again to scale')).toMatchObject({
    outcome: 'propose',
    reply: { view: { id: 'PR-2' } },
  })
})

test('nobody decides after it has expired, and everybody sees that it has', async () => {
  const hub = await open()
  await hub.say('dana', 'scale checkout to 5')
  const card = await hub.draw('PR-1', 'lee')
  minutes(31)
  expect(await hub.click('lee', 'PR-1', 'Approve scale', {}, card)).toMatchObject({ fault: 'Conflict' })
  await hub.settle()
  expect((await hub.get('PR-1'))?.proposal.state).toBe('expired')
  expect(world.effects).toEqual([])
  expect((await hub.audited()).at(-1)).toMatchObject({ action: 'proposal.expired' })
})

/** A hub whose timers do not act until they are let: what happens between approval and start. */
const approvedWith = async (change: () => void, options: Partial<ChangeHubOptions> = {}) => {
  let let_go: () => void = () => undefined
  const gate = new Promise<void>((resolve) => (let_go = resolve))
  const hub = await open({ ...options, reached: (step) => (step === 'run.locked' ? gate : undefined) })
  await hub.say('dana', 'scale checkout to 5')
  await hub.click('lee', 'PR-1', 'Approve scale')
  change()
  let_go()
  await runOn(hub)
  return hub
}

test('what moved between approval and start voids it, and is said', async () => {
  const hub = await approvedWith(() => void (world.instances = 4))
  expect((await hub.get('PR-1'))?.proposal).toMatchObject({
    state: 'void',
    moved: [{ what: 'Instances', from: 3, to: 4 }],
  })
  expect((await hub.get('PR-1'))?.run).toBeUndefined()
  expect(await hub.read('PR-1', 'everyone')).toContain('Instances moved from 3 to 4')
  expect(world.effects).toEqual([])
})

test('a target that vanished, a guard that closed and a stop switch void it with their reason', async () => {
  const gone = await approvedWith(() => void (world.gone = true))
  expect((await gone.get('PR-1'))?.proposal).toMatchObject({
    state: 'void',
    decided: { reason: 'checkout is not there any more.' },
  })
})

test('while changes are stopped an approval is not counted: it waits on, can be rejected, and is approved when they go on', async () => {
  let allowed = true
  const hub = await open({ mayChange: async () => ({ allowed, reason: allowed ? 'yes' : 'Changes are stopped.' }) })
  await hub.say('dana', 'scale checkout to 5')
  await hub.say('dana', 'scale orders to 6')
  allowed = false
  expect(await hub.click('lee', 'PR-1', 'Approve scale')).toMatchObject({
    fault: 'NotAllowed',
    reply: { text: 'Changes are stopped.', view: { kind: 'Proposal', id: 'PR-1' } },
  })
  expect((await hub.get('PR-1'))?.proposal).toMatchObject({ state: 'waiting', votes: [] })
  await hub.click('lee', 'PR-2', 'Reject…', { reason: 'not now' })
  expect((await hub.get('PR-2'))?.proposal.state).toBe('rejected')
  allowed = true
  await hub.click('lee', 'PR-1', 'Approve scale')
  await runOn(hub)
  expect((await hub.get('PR-1'))?.proposal.state).toBe('started')
})

test('a freeze that was declared between proposal and vote refuses the approval with its reason; the proposal waits on', async () => {
  let frozen: Freeze[] = []
  const hub = await open({ freezes: async () => frozen })
  await hub.say('dana', 'scale checkout to 5')
  const time = { from: '2020-01-01T00:00:00.000Z', to: '2040-01-01T00:00:00.000Z' }
  frozen = [{ name: 'Black Week', scope: { services: ['checkout'] }, time, zone: 'UTC' }]
  const refused = await hub.click('lee', 'PR-1', 'Approve scale')
  expect(refused).toMatchObject({ fault: 'NotAllowed', reply: { text: expect.stringContaining('Black Week') } })
  expect((await hub.get('PR-1'))?.proposal).toMatchObject({ state: 'waiting', votes: [] })
  await hub.say('dana', 'scale orders to 6')
  await hub.click('lee', 'PR-2', 'Approve scale')
  expect((await hub.get('PR-2'))?.proposal.state).toBe('approved')
  frozen = []
  await hub.click('lee', 'PR-1', 'Approve scale')
  await runOn(hub)
  expect((await hub.get('PR-1'))?.proposal.state).toBe('started')
})

test('a freeze that was declared between approval and start stands against the start, and nothing is sent', async () => {
  let frozen: Freeze[] = []
  const hub = await open({ freezes: async () => frozen })
  await hub.say('dana', 'scale checkout to 5')
  await hub.click('lee', 'PR-1', 'Approve scale')
  expect((await hub.get('PR-1'))?.proposal.state).toBe('approved')
  const time = { from: '2020-01-01T00:00:00.000Z', to: '2040-01-01T00:00:00.000Z' }
  frozen = [{ name: 'Black Week', scope: { services: ['checkout'] }, time, zone: 'UTC' }]
  await runOn(hub)
  expect((await hub.get('PR-1'))?.proposal).toMatchObject({
    state: 'void',
    decided: { reason: expect.stringContaining('Black Week') },
  })
  expect(world.effects).toEqual([])
})

test('a stop switch that was thrown meanwhile, and a guard that closed, stand against the start', async () => {
  let allowed = true
  const mayChange = async () => ({ allowed, reason: allowed ? 'yes' : 'Changes are stopped.' })
  const stopped = await approvedWith(() => void (allowed = false), { mayChange })
  expect((await stopped.get('PR-1'))?.proposal).toMatchObject({
    state: 'void',
    decided: { reason: 'Changes are stopped.' },
  })
  expect(await stopped.say('dana', 'scale orders to 6')).toMatchObject({
    fault: 'NotAllowed',
    reply: { text: 'Changes are stopped.' },
  })
  allowed = true
  world.guard = 'INC-4 is open on checkout.'
  expect(await stopped.say('dana', 'scale checkout to 6')).toMatchObject({
    fault: 'NotAllowed',
    reply: { text: 'INC-4 is open on checkout. Wait until it is over.' },
  })
  expect(await stopped.get('PR-2')).toBeUndefined()
  expect(world.effects).toEqual([])
})

test('a guard that closes between approval and start voids it with its reason', async () => {
  const hub = await approvedWith(() => void (world.guard = 'INC-4 is open on checkout.'))
  expect((await hub.get('PR-1'))?.proposal).toMatchObject({
    state: 'void',
    decided: { reason: 'INC-4 is open on checkout.' },
  })
})

test('an approver who lost the role before the start counts no more', async () => {
  const roles: Record<string, Role | undefined> = {}
  const hub = await approvedWith(() => void (roles.lee = 'developer'), { roles })
  expect((await hub.get('PR-1'))?.proposal).toMatchObject({
    state: 'void',
    decided: { reason: expect.stringContaining('approved it, and may not any more') },
  })
})

test('where nobody but the asker could approve, nothing is proposed and the way on is said', async () => {
  const roles = { rafael: 'developer', jonas: 'developer', priya: 'developer' } as const
  const hub = await open({ roles })
  expect(await hub.say('lee', 'scale checkout to 5')).toMatchObject({
    fault: 'NotAllowed',
    reply: { text: expect.stringContaining('there are 0 beside you') },
  })
})

test('undo is a proposal of its own, once', async () => {
  const hub = await open()
  await hub.say('dana', 'scale checkout to 5')
  await hub.click('lee', 'PR-1', 'Approve scale')
  await runOn(hub)
  expect(await hub.say('dana', 'undo PR-1')).toMatchObject({
    command: 'run.undo',
    reply: { text: expect.stringContaining('Words alone') },
  })
  expect(await hub.read('PR-1', 'dana')).toContain('Undo this change')
  const cards = [await hub.draw('PR-1', 'dana'), await hub.draw('PR-1', 'lee')]
  const both = await Promise.all([
    hub.click('dana', 'PR-1', 'Undo this change', {}, cards[0]),
    hub.click('lee', 'PR-1', 'Undo this change', {}, cards[1]),
  ])
  expect(both.map(({ fault }) => fault).sort()).toEqual(['Conflict', undefined])
  const { undoneBy } = (await hub.get('PR-1'))!.proposal
  const undoing = (await hub.get(undoneBy!))!.proposal
  expect(undoing).toMatchObject({ state: 'waiting', undoes: 'PR-1', plan: { after: { Instances: 3 } } })
  expect(world.instances).toBe(5)
  await hub.click('rafael', undoneBy!, 'Approve scale')
  await runOn(hub)
  expect(world.instances).toBe(3)
  expect(world.effects).toHaveLength(2)
})

test('a run waits for the one before it on the same target, and says so', async () => {
  world.polls = 5
  const hub = await open()
  await hub.say('dana', 'scale checkout to 5')
  await hub.say('dana', 'scale checkout to 6')
  await hub.click('lee', 'PR-1', 'Approve scale')
  await hub.settle()
  await hub.click('lee', 'PR-2', 'Approve scale')
  await hub.settle()
  expect((await hub.get('PR-2'))?.run).toMatchObject({
    state: 'queued',
    progress: { text: 'Waits for PR-1, which is at work on the same target.' },
  })
  await runOn(hub, 20)
  expect((await hub.get('PR-1'))?.run?.state).toBe('succeeded')
  // The first one moved what the second was bound to.
  expect((await hub.get('PR-2'))?.proposal).toMatchObject({
    state: 'void',
    moved: [{ what: 'Instances', from: 3, to: 5 }],
  })
})

test('a run that is cancelled ends at its next step, and says that what was sent stays sent', async () => {
  world.polls = 50
  const hub = await open()
  await hub.say('dana', 'scale checkout to 5')
  await hub.click('lee', 'PR-1', 'Approve scale')
  await runOn(hub, 2)
  expect(await hub.click('dana', 'PR-1', 'Cancel run')).toMatchObject({ outcome: 'note' })
  await runOn(hub, 2)
  expect((await hub.get('PR-1'))?.run).toMatchObject({
    state: 'cancelled',
    reason: expect.stringContaining('not called back'),
  })
  expect(world.effects).toHaveLength(1)
})

test('a vendor that is silent is asked again for a quarter of an hour, then a person has to look', async () => {
  const hub = await open()
  await hub.say('dana', 'scale checkout to 5')
  world.after = () => {
    world.readable = false
  }
  await hub.click('lee', 'PR-1', 'Approve scale')
  await hub.settle()
  for (let minute = 0; minute < 20; minute++) {
    minutes(1)
    await hub.settle()
  }
  expect((await hub.get('PR-1'))?.run).toMatchObject({
    state: 'unknown',
    reason: expect.stringContaining('15 minutes'),
  })
  expect(world.effects).toHaveLength(1)
})
