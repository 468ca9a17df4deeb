import { expect, test } from '@jest/globals'
import { entity, pagerDuty, smallHub, smallNow, to } from '../../bot/hub/testing/small-hub.js'
import type { CatalogRecord } from '../../bot/store/read-model/catalog-record.js'
import { conflict } from '../kit/errors.js'
import type { Entity, Instant, Json, Person } from '../kit/model.js'
import type { Plan } from '../kit/plan.js'
import type { Ports, StepTurn } from '../kit/ports.js'
import type { Kept, Records } from '../kit/records.js'
import type { Duty, Override } from '../kit/rotation.js'
import { enterHandOver, type HandOverPorts } from './hand-over.js'
import onCall from './index.js'

const mail = (name: string) => `${name}@contoso.example`
const shift = (name: string, from: string, until: string): Duty & Record<string, Json> => ({
  person: mail(name),
  from: `2026-11-${from}T08:00:00.000Z`,
  to: `2026-11-${until}T08:00:00.000Z`,
})
const rotation = {
  zone: 'UTC',
  layers: [
    {
      name: 'Days',
      people: [mail('dana'), mail('lee')],
      turn: 1440,
      start: '2026-11-02',
      handOver: '08:00',
      hours: [],
    },
  ],
}
const own: CatalogRecord = {
  kind: 'Schedule',
  id: 'nexus/desk',
  claims: {
    schedules: {
      name: 'Desk',
      aliases: [],
      props: { rotation, zone: 'UTC' },
      relations: [to('ownedBy', 'Team', 'core')],
      at: smallNow,
    },
  },
}
const named = (id: string, name: string, props: Record<string, Json> = { pagerDutyId: id }): CatalogRecord => ({
  kind: 'Person',
  id: mail(id),
  claims: { pagerduty: { name, aliases: [], props: { objectId: id, ...props }, relations: [], at: smallNow } },
})
const records = [
  named('dana', 'Dana Ortiz'),
  named('lee', 'Lee Park'),
  named('mei', 'Mei Lin'),
  named('sam', 'Sam Whitfield', {}),
  entity('Team', 'identity'),
  entity('Team', 'core'),
  // The 21st of November 2026 is a Saturday.
  entity(
    'Schedule',
    'primary',
    { zone: 'UTC', shifts: [shift('dana', '20', '23'), shift('lee', '23', '25'), shift('mei', '25', '30')] },
    [to('ownedBy', 'Team', 'identity')],
  ),
]
const sources = [pagerDuty, { source: 'schedules', title: 'Nexus schedules', asOf: smallNow }]
const chats = { partner: async (id: string) => (id === 'mei' ? undefined : ({ objectId: id } as Person)) }
const people = {
  get: async (id: string) =>
    ({ id, name: id, objectId: id.split('@')[0], zone: id.startsWith('lee') ? 'Europe/London' : 'UTC' }) as Person,
}

/** What words come to: the plan that is proposed, or what is said instead. */
async function hear(
  words: string,
  more: readonly CatalogRecord[] = [],
  only?: string,
): Promise<{ plan?: Plan; said: string }> {
  let plan: Plan | undefined
  const small = smallHub({
    skills: [onCall],
    records: [...records, ...more].filter(({ kind, id }) => !only || kind !== 'Schedule' || id.endsWith(only)),
    sources,
    recordsOf: () => ({}) as Records,
    ports: { chats, people, schedules: { keeps: () => false } } as unknown as Partial<Ports>,
    changes: {
      admit: async () => undefined,
      propose: async (change) => ((plan = change.plan), { text: 'Proposed.' }),
    },
  })
  const said = (await small.read((await small.ask(words)).reply)).replace(/\s+/g, ' ')
  return { said, ...(plan && { plan }) }
}

test('a day is swapped for the same hours of the first day that has them, and the other has to agree before it begins', async () => {
  const { plan } = await hear('swap my Sunday with Lee')
  expect(plan).toMatchObject({
    target: { kind: 'Schedule', id: 'primary' },
    agreement: { people: [mail('lee')], until: '2026-11-22T00:00:00.000Z' },
    after: {
      'Sun 22 Nov 00:00 to Mon 23 Nov 00:00': 'Lee Park',
      'Tue 24 Nov 00:00 to Wed 25 Nov 00:00': 'Dana Ortiz',
    },
    guards: [{ allowed: true }],
  })
  expect(plan!.undo).toMatchObject({
    command: 'on-call.swap',
    args: { from: '2026-11-24T00:00:00.000Z', to: '2026-11-22T00:00:00.000Z' },
  })
})

test('which day is taken in return can be said; nobody is asked where there is no chat, and that is said', async () => {
  const { plan } = await hear("swap my Sunday with Mei's Thursday")
  expect(plan!.after).toEqual({
    'Sun 22 Nov 00:00 to Mon 23 Nov 00:00': 'Mei Lin',
    'Thu 26 Nov 00:00 to Fri 27 Nov 00:00': 'Dana Ortiz',
  })
  expect(plan!.guards).toEqual([
    { allowed: true, warns: true, reason: expect.stringContaining('has no chat with Nexus and was not asked') },
  ])
})

test('a short shift that begins on the day is meant whole, in a schedule of Nexus’s own', async () => {
  const { plan } = await hear('swap my Sunday with Lee', [own], 'desk')
  expect(plan).toMatchObject({
    target: { kind: 'Schedule', id: 'nexus/desk' },
    args: {
      covers: [
        { person: mail('lee'), from: '2026-11-22T08:00:00.000Z', to: '2026-11-23T08:00:00.000Z' },
        { person: mail('dana'), from: '2026-11-23T08:00:00.000Z', to: '2026-11-24T08:00:00.000Z' },
      ],
    },
  })
})

test('hours are handed over by the clocks of both', async () => {
  const { plan } = await hear('have Lee cover for me tomorrow 9 to 17')
  expect(plan).toMatchObject({
    args: {
      covers: [{ person: mail('lee'), from: '2026-11-22T09:00:00.000Z', to: '2026-11-22T17:00:00.000Z' }],
      by: mail('dana'),
    },
    undo: { command: 'on-call.cover', args: { person: { kind: 'Person', id: mail('lee') } } },
  })
  expect(plan!.consequence).toContain('Sun 22 Nov 09:00 to 17:00, UTC; Sun 22 Nov 09:00 to 17:00, London time.')
})

test('who covers for another asks them', async () => {
  const { plan } = await hear('cover for Lee on Monday 9 to 17')
  expect(plan).toMatchObject({
    agreement: { people: [mail('lee')] },
    title: 'Cover for Lee Park Mon 23 Nov 09:00 to 17:00',
  })
})

const refusals: [what: string, words: string, wanted: string][] = [
  ['oneself', 'swap my Sunday with Dana', 'You cannot swap with yourself.'],
  ['covering oneself', 'cover for Dana tomorrow 9 to 17', 'Nobody covers for themselves.'],
  ['nobody', 'swap my Sunday with zaphod', 'No person in the catalog is called “zaphod”.'],
  [
    'somebody whom the pager does not know',
    'have Sam cover for me tomorrow 9 to 17',
    'is not in PagerDuty, which keeps primary.',
  ],
  ['a day that is past', 'swap yesterday with Lee', 'is past. Say a time to come.'],
  [
    'a day that is not theirs',
    'swap my Wednesday with Lee',
    'You carry no pager Wed 25 Nov 00:00 to Thu 26 Nov 00:00, UTC. Your next shift is',
  ],
  [
    'hours of which some are not theirs',
    'have Mei cover for me on Monday 6:00 to 10:00',
    'Not all of it is yours: Mon 23 Nov 08:00 to 10:00, UTC is Lee Park’s',
  ],
  [
    'a day that is not the other’s',
    "swap my Sunday with Lee's Friday",
    'does not carry the pager of primary on that day',
  ],
  ['who covers', 'cover for me tomorrow 9 to 17', 'To answer I need: who covers.'],
]
test.each(refusals.map(([what, words, wanted]) => ({ what, words, wanted })))(
  'asks or refuses: $what',
  async ({ words, wanted }) => {
    const { plan, said } = await hear(words)
    expect(plan).toBeUndefined()
    expect(said).toContain(wanted)
  },
)

test('where two schedules have the shift, it is asked which', async () => {
  const second = entity('Schedule', 'secondary', { shifts: [shift('dana', '20', '23')] }, [
    to('ownedBy', 'Team', 'identity'),
  ])
  expect((await hear('have Lee cover for me tomorrow 9 to 17', [second])).said).toContain(
    'by 2 schedules then. Which one?',
  )
})

/** A turn of a step, over a system of schedules in memory. */
function stepTurn(kept: boolean, system: { duties: Duty[]; refuses?: string }, store: Map<string, Kept<Json>>) {
  const schedule = {
    kind: 'Schedule',
    id: 'primary',
    name: 'primary',
    sources: [],
    from: '2026-01-01T00:00:00.000Z',
    aliases: [],
    props: {},
    tenant: '',
  } as Entity
  const sent: Duty[] = []
  const turn = {
    now: smallNow,
    catalog: { get: async () => schedule },
    schedules: {
      keeps: () => kept,
      shifts: async () => system.duties,
      override: async (_: Entity, duty: Duty) => {
        if (system.refuses) throw conflict(system.refuses)
        sent.push(duty)
        system.duties.push(duty)
      },
    },
    records: {
      get: async ({ id }: { id: string }) => store.get(id),
      commit: async (_: string, [write]: [{ id: string; data: Json }]) =>
        void store.set(write.id, { data: write.data, etag: 'e' } as Kept<Json>),
    },
    attempt: <T>(send: (id: string) => Promise<T>) => send('attempt'),
  } as unknown as StepTurn<HandOverPorts>
  return { turn, sent }
}
const cover = (person: string, from: Instant, until: Instant): Duty => ({ person, from, to: until })
const planOf = (...covers: Duty[]) =>
  ({ args: { schedule: 'primary', covers, by: mail('dana') }, after: { Sunday: 'Lee' } }) as unknown as Plan
const sunday = cover('lee', '2026-11-22T00:00:00.000Z', '2026-11-23T00:00:00.000Z')
const tuesday = cover('dana', '2026-11-24T00:00:00.000Z', '2026-11-25T00:00:00.000Z')

test('each stretch is a step; what stands there already is not sent again', async () => {
  const { turn, sent } = stepTurn(true, { duties: [sunday] }, new Map())
  const first = await enterHandOver(planOf(sunday, tuesday), undefined, turn)
  expect(first).toMatchObject({ state: { done: 1 }, next: smallNow })
  expect(await enterHandOver(planOf(sunday, tuesday), first.state, turn)).toMatchObject({ done: { Sunday: 'Lee' } })
  expect(sent).toEqual([tuesday])
})

test('a refusal in the middle says what stands; a stretch that has begun is entered from now on; one that is over is not', async () => {
  const refused = stepTurn(true, { duties: [], refuses: 'PagerDuty refuses it.' }, new Map())
  expect(await enterHandOver(planOf(sunday, tuesday), { done: 1 }, refused.turn)).toMatchObject({
    failed: { message: 'PagerDuty refuses it. 1 of 2 stretches stand already: agree anew on what is left.' },
  })
  const begun = stepTurn(true, { duties: [] }, new Map())
  await enterHandOver(
    planOf(cover('lee', '2026-11-20T00:00:00.000Z', '2026-11-22T00:00:00.000Z')),
    undefined,
    begun.turn,
  )
  expect(begun.sent).toMatchObject([{ from: smallNow }])
  const over = planOf(cover('lee', '2026-11-19T00:00:00.000Z', '2026-11-20T00:00:00.000Z'))
  expect(await enterHandOver(over, undefined, begun.turn)).toMatchObject({ failed: { message: 'It is over by now.' } })
})

test('overrides of a schedule of Nexus’s own are kept once, and a later one takes its part of an earlier', async () => {
  const store = new Map<string, Kept<Json>>()
  const { turn } = stepTurn(false, { duties: [] }, store)
  for (let twice = 0; twice < 2; twice++)
    expect(await enterHandOver(planOf(sunday), undefined, turn)).toMatchObject({ done: { Sunday: 'Lee' } })
  const noon = '2026-11-22T12:00:00.000Z'
  await enterHandOver(planOf(cover('mei', noon, sunday.to)), undefined, turn)
  expect(
    (store.get('primary')!.data as unknown as Override[]).map(({ person, from, to: until }) => [person, from, until]),
  ).toEqual([
    ['lee', sunday.from, noon],
    ['mei', noon, sunday.to],
  ])
})
