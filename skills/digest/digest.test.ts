import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { entity, pagerDuty, smallHub, to, type SmallHubOptions } from '../../bot/hub/testing/small-hub.js'
import type { Caller } from '../../bot/hub/caller.js'
import type { CatalogRecord } from '../../bot/store/read-model/catalog-record.js'
import { pressable } from '../../cards/actions.js'
import { renderText } from '../../cards/text.js'
import { entity as entityArg } from '../kit/arguments.js'
import { defineSkill } from '../kit/command.js'
import { conflict, unavailable } from '../kit/errors.js'
import type { Proposals } from '../kit/ports.js'
import type { Proposal, Run } from '../kit/proposal.js'
import type { Records } from '../kit/records.js'
import { editionKind, type Edition } from './edition.js'
import digest from './index.js'
import { readSetting } from './setting.js'
import { createDigestWorld, type DigestWorld } from './testing/digest-world.js'
import { proposal, proposalsOf, run } from './testing/proposals.js'

/** A Monday, 08:30 in Berlin. */
const now = '2026-11-23T07:30:00.000Z'
const dana = 'dana@contoso.example'
const ten = (said: string) => Array.from({ length: 10 }, (_, n) => `${said} ${n} {proposal}`)

let world: DigestWorld
let records: Records
beforeEach(async () => {
  world = await createDigestWorld(now)
  records = (await world.startHub()).records
})
afterEach(() => world.close())

const edition = (differences: Partial<Edition> = {}): Edition => ({
  day: '2026-11-23',
  due: now,
  zone: 'Europe/Berlin',
  since: '2026-11-20T07:30:00.000Z',
  ...differences,
})
const keepEdition = (kept: Edition) =>
  records.commit('dana', [{ op: 'put', kind: editionKind, id: kept.day, data: kept as never }])

/** What stands behind a row's buttons: approving takes the change from the list, unless it may not. */
const approval = (changes: { proposal: Proposal }[], may = true) => {
  const args = { proposal: entityArg('Proposal', 'which') }
  const decide = async (id: string) => {
    if (!may) throw conflict('Mei has rejected it already.', 'There is nothing left to do.')
    const found = changes.find((one) => one.proposal.id === id)!
    const by = { id: dana, objectId: 'dana', name: 'Dana Ortiz' }
    found.proposal = {
      ...found.proposal,
      state: 'approved',
      votes: [{ by, at: now, stage: 0, verdict: 'approve' }],
    }
    return { text: `You approved ${id}.` }
  }
  const common = { args, effect: 'read', role: 'developer' } as const
  return defineSkill({
    name: 'approval',
    summary: 'Approves.',
    uses: [],
    commands: {
      approve: { ...common, summary: 'Approve', says: ten('approve'), run: ({ proposal: { id } }) => decide(id) },
      show: { ...common, summary: 'Show', says: ten('show'), run: async ({ proposal: { id } }) => ({ text: id }) },
    },
  })
}

const incidentSkill = defineSkill({
  name: 'incident',
  summary: 'Incidents.',
  uses: [],
  commands: {
    acknowledge: {
      summary: 'Acknowledge',
      says: ten('ack').map((said) => said.replace('proposal', 'incident')),
      args: { incident: entityArg('Incident', 'which') },
      effect: 'read',
      role: 'developer',
      run: async ({ incident }) => ({ text: `You have ${incident.id}.` }),
    },
  },
})

const busy: CatalogRecord[] = [
  entity('Person', dana, {}, [to('memberOf', 'Team', 'identity')]),
  entity('Person', 'sam@contoso.example'),
  entity('Team', 'identity'),
  entity('Service', 'payments-db', {}, [to('ownedBy', 'Team', 'identity'), to('builtFrom', 'Repository', 'payments')]),
  entity('Repository', 'payments'),
  entity(
    'Incident',
    'INC-130',
    {
      title: 'near its limit',
      severity: 'sev2',
      state: 'triggered',
      service: 'payments-db',
      opened: '2026-11-23T04:40:00.000Z',
    },
    [to('affects', 'Service', 'payments-db')],
  ),
  entity(
    'Incident',
    'INC-131',
    { title: 'slow', severity: 'sev3', state: 'acknowledged', service: 'search', opened: '2026-11-23T05:40:00.000Z' },
    [to('assignedTo', 'Person', dana)],
  ),
  entity(
    'Incident',
    'INC-129',
    { title: 'gone', opened: '2026-11-21T04:40:00.000Z', resolved: '2026-11-21T05:00:00.000Z' },
    [to('affects', 'Service', 'payments-db')],
  ),
  entity(
    'Incident',
    'INC-100',
    { title: 'old', opened: '2026-11-01T04:40:00.000Z', resolved: '2026-11-01T05:00:00.000Z' },
    [to('affects', 'Service', 'payments-db')],
  ),
  entity(
    'PullRequest',
    'payments#482',
    { title: 'Retry budget', state: 'open', checks: 'passing', opened: '2026-11-21T07:30:00.000Z' },
    [to('reviewBy', 'Person', dana)],
  ),
  entity('PullRequest', 'payments#483', { title: 'Not yet', state: 'draft', opened: '2026-11-21T07:30:00.000Z' }, [
    to('reviewBy', 'Person', dana),
  ]),
  entity(
    'PullRequest',
    'auth#7',
    { title: 'Rotate keys', state: 'open', checks: 'failing', opened: '2026-11-22T07:30:00.000Z' },
    [to('authoredBy', 'Person', dana)],
  ),
  entity(
    'Pipeline',
    'nightly',
    { state: 'failed', project: 'Payments', lastNumber: '20261122.1', lastRun: '2026-11-22T02:00:00.000Z' },
    [to('builtFrom', 'Repository', 'payments')],
  ),
  entity('Pipeline', 'build', { state: 'succeeded', lastRun: '2026-11-22T12:00:00.000Z' }, [
    to('builtFrom', 'Repository', 'payments'),
  ]),
  entity(
    'Schedule',
    'primary',
    { shifts: [{ person: dana, from: '2026-11-27T07:00:00.000Z', to: '2026-11-30T07:00:00.000Z' }] },
    [to('ownedBy', 'Team', 'identity')],
  ),
]

interface Asked extends Pick<SmallHubOptions, 'sources' | 'records'> {
  changes?: { proposal: Proposal; run?: Run }[]
  proposals?: Proposals
  /** Whether a click on Approve succeeds. */
  may?: boolean
  /** Whether Nexus has a chat with Dana. */
  hasChat?: boolean
}

function ask({ changes = [], proposals = proposalsOf(changes), may, hasChat = true, ...rest }: Asked = {}) {
  const small = smallHub({
    skills: [digest, approval(changes, may), incidentSkill],
    now,
    recordsOf: () => records,
    ports: {
      proposals,
      chats: {
        partners: async () => new Set<string>(),
        reachesTeam: async () => false,
        partner: async () => (hasChat ? caller().person : undefined),
      },
    },
    ...rest,
    records: [...(rest.records ?? []), ...changes.map((one) => entity('Proposal', one.proposal.id))],
  })
  function caller(zone = 'Europe/Berlin', place: Caller['place']['kind'] = 'personal'): Caller {
    const { person, ...where } = small.caller('developer', place)
    return { ...where, person: { ...person, zone } }
  }
  const read = async (text: string, as = caller()) => {
    const outcome = await small.ask(text, as)
    const card = await small.show(outcome.reply)
    return { outcome, card, words: renderText(card, { now, zone: as.person.zone, width: 100 }) }
  }
  return { small, caller, read }
}

test('a busy morning, in plain words', async () => {
  await keepEdition(edition())
  const changes = [
    { proposal: proposal('PR-2041', 'Swap slots of orders') },
    {
      proposal: proposal('PR-2042', 'Delete storage account st9', {
        plan: {
          ...proposal('', '').plan,
          title: 'Delete storage account st9',
          consequence: 'All of it is gone.',
          risk: 'high',
        },
      }),
    },
    { proposal: proposal('PR-2043', 'Asked by herself', { by: { id: dana, objectId: 'dana', name: 'Dana Ortiz' } }) },
    { proposal: proposal('PR-2044', 'Too late', { expires: '2026-11-23T07:00:00.000Z' }) },
    {
      proposal: proposal('PR-2030', 'Restart auth-api', {
        by: { id: dana, objectId: 'dana', name: 'Dana Ortiz' },
        state: 'started',
      }),
      run: run('PR-2030', 'failed', '2026-11-22T09:00:00.000Z', 'Azure refused it.'),
    },
    {
      proposal: proposal('PR-2031', 'Scale orders', {
        by: { id: dana, objectId: 'dana', name: 'Dana Ortiz' },
        state: 'started',
      }),
      run: run('PR-2031', 'succeeded', '2026-11-21T09:00:00.000Z'),
    },
  ]
  const { outcome, words } = await ask({ changes, records: busy }).read('my digest')
  expect(outcome.reply.text).toEqual([
    'Good morning Dana: 5 need you. ',
    'Approve: Swap slots of orders, asked by Lee Park.',
  ])
  expect(words).toBe(`▲ Digest · Monday 23 November · Good morning Dana · 5 need you
2 changes to decide, 1 review, 2 open incidents.

On call  you, from Fri 27 Nov, 08:00 for 3 days

Waiting for you
◐ Swap slots of orders                                                                       PR-2041
  Asked by Lee Park, 16 h ago. About 5 s without answers. Expires in 8 h.
  [1] Approve   [2] Open
◐ Delete storage account st9                                                                 PR-2042
  Asked by Lee Park, 16 h ago. All of it is gone. Expires in 8 h.
  [3] Open
◔ Review payments#482 “Retry budget”
  CI green · asked 2 days ago

Broken now
▲ INC-130 near its limit                                                                      2 h 50
  SEV 2 · payments-db · triggered
  [4] Acknowledge
◐ INC-131 slow                                                                                1 h 50
  SEV 3 · search · acknowledged

Since Friday
[5] ▲ Restart auth-api: failed                                                           22 h 30 ago
      Azure refused it.
▲ nightly failed                                                                            29 h ago
  Payments · run 20261122.1
✓ 1 pipeline passed · 1 change of yours done · 1 incident resolved

My pull requests
▲ auth#7 “Rotate keys”                                                                          24 h
  CI red

[6] Change my digest…   [7] Stop my digest

PagerDuty · 2 days ago`)
})

test('a quiet day is one line', async () => {
  await keepEdition(edition())
  const { outcome, words } = await ask({ records: [entity('Person', dana)] }).read('digest now')
  expect(outcome.reply.text).toBe('Good morning Dana: nothing needs you.')
  expect(words).toBe(`● Digest · Monday 23 November · Good morning Dana · nothing needs you
A quiet day: nothing waits for you, nothing of yours is broken, and nothing happened to it.

[1] Change my digest…   [2] Stop my digest

PagerDuty · 2 days ago`)
})

test('half broken: what cannot be told is said in a line, and the rest is told', async () => {
  await keepEdition(edition({ late: true }))
  const refusing = new Proxy({} as Proposals, {
    get: () => () => Promise.reject(unavailable('The list of changes does not answer.')),
  })
  const sources = [{ ...pagerDuty, down: { since: '2026-11-23T02:31:00.000Z', reason: 'it does not answer' } }]
  const { words } = await ask({ proposals: refusing, sources, records: busy.slice(0, 6) }).read('digest')
  expect(words).toBe(`▲ Digest · Monday 23 November · Good morning Dana · 1 needs you
1 open incident. Late, because Nexus was away at 08:30.

Broken now
▲ INC-130 near its limit                                                                      2 h 50
  SEV 2 · payments-db · triggered
  [1] Acknowledge

Not known
• PagerDuty has not answered since 03:31; what it knows is from Sat 21 Nov, 03:10.
• Changes that wait: The list of changes does not answer.

[2] Change my digest…   [3] Stop my digest

PagerDuty · 2 days ago, not answering`)
})

test('somebody the directory does not know is told so, and nothing is said to be quiet', async () => {
  const { words } = await ask().read('my digest')
  expect(words).toMatch(
    /not all is known\nNothing that I can see needs you\.[^]*The directory has no entry for you yet/,
  )
})

test('a row that is pressed brings the digest back as it is then', async () => {
  const changes = [{ proposal: proposal('PR-2041', 'Swap slots of orders') }]
  const asked = ask({ changes, records: busy.slice(0, 1) })
  const { card } = await asked.read('my digest')
  const outcome = await asked.small.press(card, 'Approve', {}, asked.caller())
  const after = await asked.small.show(outcome.reply)
  const words = renderText(after, { now, zone: 'Europe/Berlin' })
  expect(outcome.reply.text).toBe('You approved PR-2041.')
  expect(words).toMatch(/Good morning Dana · nothing needs you/)
  expect(words).toMatch(/✓ Swap slots of orders +PR-2041\n +Approved by you; it goes ahead\./)
  expect(pressable(after).map(({ title }) => title)).not.toContain('Approve')
})

test('what is shown of a row opens beside the digest, which stays; what is settled stands last', async () => {
  const changes = [{ proposal: proposal('PR-2041', 'Swap slots of orders') }]
  const asked = ask({ changes, records: busy })
  const { card } = await asked.read('my digest')
  const rows = pressable(card).filter(({ title }) => title === 'Open' || title.startsWith('Show '))
  expect(rows.length).toBeGreaterThan(0)
  expect(rows.map(({ kind }) => kind)).toEqual(rows.map(() => 'dialog'))
  const outcome = await asked.small.press(card, 'Approve', {}, asked.caller())
  const words = renderText(await asked.small.show(outcome.reply), { now, zone: 'Europe/Berlin' })
  expect(words).toMatch(/Review payments#482[^]*✓ Swap slots of orders[^]*Broken now/)
})

test('stopped from its card it stays there and says so, with the way back', async () => {
  const asked = ask({ records: busy.slice(0, 1) })
  const { card } = await asked.read('my digest')
  const stopped = await asked.small.show((await asked.small.press(card, 'Stop my digest', {}, asked.caller())).reply)
  expect(renderText(stopped, { now, zone: 'Europe/Berlin' })).toMatch(/Good morning Dana[^]*Stopped\nYou get no more/)
  expect(pressable(stopped).map(({ title }) => title)).toEqual(['Start my digest', 'Change my digest…'])
  const again = await asked.small.press(stopped, 'Start my digest', {}, asked.caller())
  expect(pressable(await asked.small.show(again.reply)).map(({ title }) => title)).toContain('Stop my digest')
})

test('a press that is refused says why on the digest, which stays', async () => {
  const changes = [{ proposal: proposal('PR-2041', 'Swap slots of orders') }]
  const asked = ask({ changes, may: false, records: busy.slice(0, 1) })
  const { card } = await asked.read('my digest')
  const outcome = await asked.small.press(card, 'Approve', {}, asked.caller())
  const words = renderText(await asked.small.show(outcome.reply), { now, zone: 'Europe/Berlin' })
  expect(outcome).toMatchObject({ outcome: 'refuse', fault: 'Conflict' })
  expect(words).toMatch(/Not done\nMei has rejected it already\. There is nothing left to do\./)
  expect(words).toMatch(/Good morning Dana[^]*Swap slots of orders[^]*Approve/)
})

test('a digest is drawn for its person alone, and in a channel told to them alone', async () => {
  const { small, caller, read } = ask({ records: busy })
  const view = { kind: 'Digest', id: 'dana/2026-11-23' }
  const others = { ...caller().person, objectId: 'mei' }
  for (const viewer of ['everyone', others] as const) {
    const words = await small.read(await small.hub.draw(view, viewer))
    expect(words).toMatch(/somebody’s own/)
    expect(words).not.toMatch(/INC-|Dana/)
  }
  const { outcome } = await read('my digest', caller('Europe/Berlin', 'channel'))
  expect(outcome.reply.text).toMatch(/for you alone/)
  expect(JSON.stringify(outcome.reply.private)).toMatch(/INC-130/)
})

test.each<[said: string, when: string, next: string]>([
  ['send my digest at 8:30 on weekdays', 'on weekdays at 08:30', 'Tuesday 24 November, 08:30'],
  ['digest at 7 every day Berlin time', 'every day at 07:00', 'Tuesday 24 November, 07:00'],
  [
    'digest at half past eight on Mondays and Thursdays',
    'on Mondays and Thursdays at 08:30',
    'Thursday 26 November, 08:30',
  ],
  ['send my digest at 9:00 on Mondays', 'on Mondays at 09:00', 'Monday 23 November, 09:00'],
  ['send my digest on weekends', 'at weekends at 08:30', 'Saturday 28 November, 08:30'],
  [
    'digest at 7 every day Tokyo time',
    'every day at 07:00, Tokyo time',
    'Tuesday 24 November, 07:00 Tokyo time (23:00 for you)',
  ],
  [
    'send my digest in New York',
    'on weekdays at 08:30, New York time',
    'Monday 23 November, 08:30 New York time (14:30 for you)',
  ],
  ['move my digest to noon', 'on weekdays at 12:00', 'Monday 23 November, 12:00'],
  ['/digest set half past nine', 'on weekdays at 09:30', 'Monday 23 November, 09:30'],
  ['/digest set days=mon,wed', 'on Mondays and Wednesdays at 08:30', 'Wednesday 25 November, 08:30'],
])('“%s”', async (said, when, next) => {
  const { outcome, words } = await ask().read(said)
  expect(outcome).toMatchObject({
    outcome: 'note',
    command: 'digest.set',
    reply: { text: `Your digest comes ${when}.` },
  })
  expect(words.replace(/\s+/g, ' ')).toContain(`The next three • ${next}`)
})

test.each([
  ['send my digest at 25:00', '25:00 is no time of day: say 8:30 or 17:15.'],
  ['digest at 25:00 on weekdays', '25:00 is no time of day: say 8:30 or 17:15.'],
  [
    'send my digest at 8 on every other day',
    'Every other day is no set of weekdays: say weekdays, every day or Mon-Thu.',
  ],
  [
    'send my digest in Mars/Olympus',
    'Mars/Olympus is no time zone: say a city such as Berlin or an IANA name such as Europe/Berlin.',
  ],
])('“%s” is refused, and nothing is kept', async (said, fault) => {
  const { outcome } = await ask().read(said)
  expect(outcome).toMatchObject({ outcome: 'refuse', fault: 'BadInput', reply: { text: fault } })
  expect(await readSetting(records, 'dana')).toBeUndefined()
})

test('no days at all are refused as well', async () => {
  const { small, caller } = ask()
  const outcome = await small.hub.run({ command: 'digest.set', args: { days: [] } }, caller())
  expect(outcome.reply.text).toBe('No day is chosen: say weekdays, every day or Mon-Thu.')
})

test('each answer has the way back: set, stop, start', async () => {
  const { small, caller, read } = ask()
  const settingNow = async () => {
    const { on, time, days, zone, next } = (await readSetting(records, 'dana'))!.data
    return [on, time, days.length, zone, next?.at]
  }
  await read('send my digest at 7 every day Tokyo time')
  const tokyo = await settingNow()
  expect(tokyo).toEqual([true, '07:00', 7, 'Asia/Tokyo', '2026-11-23T22:00:00.000Z'])
  const { card } = await read('send my digest at 9 on Mondays in my time')
  expect(await settingNow()).toEqual([true, '09:00', 1, undefined, '2026-11-23T08:00:00.000Z'])
  await small.press(card, 'Undo', {}, caller())
  expect(await settingNow()).toEqual(tokyo)
  const stopped = await read('stop my digest')
  expect(stopped.words).toMatch(/You get no more digests\./)
  expect(await settingNow()).toEqual([false, '07:00', 7, 'Asia/Tokyo', undefined])
  await small.press(stopped.card, 'Undo', {}, caller())
  expect(await settingNow()).toEqual(tokyo)
  await read('stop my digest')
  expect((await read('stop my digest')).words).toMatch(/You got no digests before either/)
  await read('start my digest')
  expect(await settingNow()).toEqual(tokyo)
})

test('without a chat the time is kept, and it is said what is needed', async () => {
  const { outcome, words } = await ask({ hasChat: false }).read('send my digest at 9')
  expect(words).toMatch(/It comes as soon as Nexus has a chat with you: add Nexus in Teams/)
  expect(outcome.reply).toMatchObject({ undo: { command: 'digest.off' } })
})

test('the form asks for a time, days to tick and a zone', async () => {
  const { small, caller } = ask()
  const form = (await small.hub.run({ command: 'digest.show', args: {} }, caller())).reply.buttons!.find(
    ({ form }) => form,
  )!
  const outcome = await small.hub.press(form, { time: '07:45', days: 'mon,fri', zone: 'berlin' }, caller())
  expect(outcome.reply.text).toBe('Your digest comes on Mondays and Fridays at 07:45.')
})
