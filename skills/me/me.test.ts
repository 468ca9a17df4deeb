import { describe, expect, test } from '@jest/globals'
import { entity, smallHub, to, type SmallHub, type SmallHubOptions } from '../../bot/hub/testing/small-hub.js'
import type { CatalogRecord } from '../../bot/store/read-model/catalog-record.js'
import type { AuditRecord } from '../kit/audit.js'
import { entity as entityArg } from '../kit/arguments.js'
import { defineSkill } from '../kit/command.js'
import { unavailable } from '../kit/errors.js'
import type { Proposals } from '../kit/ports.js'
import type { Proposal, Rule } from '../kit/proposal.js'
import type { Rereading } from '../kit/rereading.js'
import me from './index.js'
import { refKey } from '../kit/ref-key.js'

const dana = 'dana@contoso.example'
const mine = to('authoredBy', 'Person', dana)
const team = entity('Team', 'identity')
const service = entity('Service', 'auth', {}, [
  to('ownedBy', 'Team', 'identity'),
  to('builtFrom', 'Repository', 'auth'),
])
const person = entity('Person', dana, {}, [to('memberOf', 'Team', 'identity'), to('memberOf', 'Team', 'everybody')])
const rota = (from: string, until: string) =>
  entity('Schedule', 'primary', { shifts: [{ person: dana, from, to: until }] }, [to('ownedBy', 'Team', 'identity')])

/** A change that waits for somebody, asked for by Lee. */
const waiting: Proposal = {
  id: 'PR-7',
  by: { id: 'lee@contoso.example', objectId: 'lee', name: 'Lee Park' },
  at: '2026-11-21T01:14:00.000Z',
  place: { kind: 'channel', id: 'incidents' },
  intent: { command: 'action.slot.swap', args: {} },
  plan: {
    ...{ target: { kind: 'Resource', id: 'orders' }, title: 'Swap slots of orders', consequence: 'About 5 s.' },
    ...{ args: {}, before: {}, after: {}, binds: {}, guards: [], requests: [], risk: 'medium' },
    undo: { impossible: 'A swap is undone by another.' },
  },
  ...{ hash: 'h', policy: { rule: 'default', version: '1' }, votes: [], expires: '2026-11-21T08:00:00.000Z' },
  stages: [{ who: { role: 'developer' } satisfies Rule, need: 1 }],
  state: 'waiting',
}

function proposalsOf(listed: readonly Proposal[]): Proposals {
  return {
    get: async () => undefined,
    list: async ({ states } = {}) =>
      listed.flatMap((proposal) => (!states || states.includes(proposal.state) ? [{ proposal }] : [])),
    mayDecide: async ({ by }, { objectId }) => ({ allowed: by.objectId !== objectId, reason: 'Not one’s own.' }),
    mayUndo: async () => ({ allowed: false, reason: 'Not here.' }),
  }
}

const deed = (seq: number, action: string, at: string, detail: AuditRecord['detail'] = {}): AuditRecord => ({
  ...{ action, at, detail, seq },
  by: { id: dana, objectId: 'dana', name: 'Dana Ortiz' },
})

interface World extends Partial<SmallHubOptions> {
  listed?: readonly Proposal[]
  deeds?: AuditRecord[]
}

function hubOf({ listed = [], deeds = [], ports = {}, ...options }: World) {
  const approval = defineSkill({
    name: 'approval',
    summary: 'Approves.',
    uses: [],
    commands: {
      approve: {
        ...{ summary: 'Approve', says: Array.from({ length: 10 }, (_, n) => `approve ${n} {proposal}`) },
        ...{ args: { proposal: entityArg('Proposal', 'which') }, effect: 'read', role: 'developer' },
        async run({ proposal: { id } }) {
          listed = listed.filter((one) => one.id !== id)
          return { text: `You approved ${id}.` }
        },
      },
    },
  })
  return smallHub({
    skills: [me, approval],
    ports: {
      proposals: {
        ...proposalsOf([]),
        mayDecide: proposalsOf([]).mayDecide,
        list: (filter) => proposalsOf(listed).list(filter),
      },
      audit: { find: () => Promise.reject(new Error('asked for more than one’s own')), ownLatest: async () => deeds },
      ...ports,
    },
    ...options,
  })
}

const read = async (world: World, words = 'my stuff') => {
  const small = hubOf(world)
  return (await small.read((await small.ask(words)).reply)).replace(/\s+/g, ' ')
}

test.each<[what: string, records: CatalogRecord[], wanted: RegExp]>([
  ['somebody the directory does not know', [], /The directory has no entry for you yet/],
  ['nobody’s member', [entity('Person', dana)], /nothing needs you Nothing waits for you\./],
  [
    'nothing waits; a team that owns nothing is none of theirs',
    [person, team, entity('Team', 'everybody'), service],
    /nothing needs you Nothing waits for you; your teams own 1 service\. Team identity .*My services \(1\) auth/,
  ],
  [
    'what needs them comes first',
    [
      ...[person, team, service],
      entity('Incident', 'INC-1', { severity: 'sev1', title: 'Sign-in fails' }, [to('affects', 'Service', 'auth')]),
      entity('Incident', 'INC-0', { resolved: '2026-11-20T08:00:00.000Z' }, [to('affects', 'Service', 'auth')]),
      entity('PullRequest', 'auth#1', { title: 'Rotate keys' }, [to('reviewBy', 'Person', dana)]),
      entity('PullRequest', 'auth#2', { title: 'Mine', state: 'open' }, [mine]),
      entity('PullRequest', 'auth#3', { title: 'Gone', state: 'closed' }, [mine]),
      entity('WorkItem', '7', { state: 'Active' }, [to('assignedTo', 'Person', dana)]),
      entity('WorkItem', '8', { state: 'Closed' }, [to('assignedTo', 'Person', dana)]),
      entity('AlertRule', 'slow', { state: 'firing', severity: 'sev2' }, [to('watches', 'Resource', 'db')]),
      entity('Resource', 'db', {}, [to('partOf', 'Service', 'auth')]),
    ],
    /2 need you 1 review, 1 open incident, 1 alert firing\.[^]*Waiting for you .* Review auth#1 “Rotate keys”[^]*Broken now .* INC-1 Sign-in fails[^]*Alerts firing \(1\) ▲ slow SEV 2[^]*My pull requests .* auth#2 “Mine” [^]*My work items \(1\) 7 Active/,
  ],
  [
    'on call now',
    [person, team, service, rota('2026-11-21T00:00:00.000Z', '2026-11-22T08:00:00.000Z')],
    /On call you, until Sun 22 Nov, 08:00/,
  ],
  [
    'cost is said of those services of which a source says it',
    [...[person, team, service], entity('Service', 'cache', { cost: 1240.4 }, [to('ownedBy', 'Team', 'identity')])],
    /Cost this month 1,240 EUR, of 1 of 2 services/,
  ],
  [
    'deployments into what is theirs, those of this week',
    [
      ...[person, team, service, entity('Repository', 'auth')],
      entity('Deployment', 'd1', { state: 'failed', environment: 'production', started: '2026-11-20T08:00:00.000Z' }, [
        to('builtFrom', 'Repository', 'auth'),
      ]),
      entity('Deployment', 'd0', { state: 'succeeded', started: '2026-11-10T08:00:00.000Z' }, [
        to('deploys', 'Service', 'auth'),
      ]),
    ],
    /Deployments this week \(1\) ▲ d1 18 h 14 ago failed · production/,
  ],
])('%s', async (_what, records, wanted) => {
  expect(await read({ records })).toMatch(wanted)
})

test('a change that waits is approved in its row, and the state is shown again without it', async () => {
  const small = hubOf({
    records: [person, team, service, entity('Proposal', 'PR-7')],
    listed: [waiting, { ...waiting, id: 'PR-8', by: self }],
  })
  const card = await small.show((await small.ask('my stuff')).reply)
  expect(card.status).toBe('1 needs you')
  const { reply } = await small.press(card, 'Approve')
  const words = (await small.read(reply)).replace(/\s+/g, ' ')
  expect(reply.text).toBe('You approved PR-7.')
  expect(words).toMatch(/My state · Dana Ortiz · nothing needs you/)
})
const self = { id: dana, objectId: 'dana', name: 'Dana Ortiz' }

test('what they did last is theirs to see, without that they looked', async () => {
  const deeds = [
    deed(2, 'audit.read', '2026-11-21T02:00:00.000Z'),
    deed(1, 'note.made', '2026-11-21T01:14:00.000Z', { command: 'digest.set' }),
  ]
  const words = await read({ records: [person], deeds })
  expect(words).toMatch(/What I did last .*Made the note digest\.set 1 h ago/)
  expect(words).not.toMatch(/audit log/)
  expect(await read({ records: [person], deeds: deeds.slice(0, 1) })).not.toMatch(/What I did/)
})

test('what cannot be told is said in a line, and the rest is told', async () => {
  const ownLatest = () => Promise.reject(unavailable('The audit log does not answer.'))
  const words = await read({
    records: [person, team, service],
    ports: { audit: { find: () => Promise.reject(new Error('unasked')), ownLatest } },
  })
  expect(words).toMatch(/not all is known Nothing that I can see waits for you\./)
  expect(words).toMatch(/Not known • What you did last: The audit log does not answer\./)
  expect(words).toMatch(/My services \(1\)/)
})

test('in a channel it is said to its asker alone', async () => {
  const small = hubOf({ records: [person, team, service] })
  const { reply } = await small.ask('my stuff', small.caller('developer', 'channel'))
  expect(reply.card).toBeUndefined()
  expect(reply.text).toBe('Your state is for you alone: nobody else here sees it.')
  expect(await small.read(reply.private!)).toMatch(/My services/)
})

test('drawn for anybody else it says nothing', async () => {
  const small = hubOf({ records: [person, team, service] })
  const lee = { ...small.caller().person, objectId: 'lee', id: 'lee@contoso.example' }
  for (const viewer of ['everyone', lee] as const)
    expect((await small.hub.draw({ kind: 'MyState', id: 'dana' }, viewer)).card?.sections).toBeUndefined()
})

describe('refreshed', () => {
  const said = async (small: SmallHub, words: string) =>
    (await small.read((await small.ask(words)).reply)).replace(/\s+/g, ' ')

  test('it is read anew at its sources, what waits first, and is the same where nothing moved', async () => {
    const asked: string[] = []
    const rereading: Rereading = {
      anew: async (things, patience) => {
        asked.push(...things.map(refKey))
        expect(patience).toBeLessThan(10_000)
        return [
          { source: 'github', title: 'GitHub', came: 'read' },
          { source: 'pagerduty', title: 'PagerDuty', came: 'read' },
          { source: 'azure-devops', title: 'Azure DevOps', came: 'reading' },
          { source: 'azure', title: 'Azure', came: 'down' },
          { source: 'entra', title: 'Entra ID', came: 'whole' },
        ]
      },
    }
    const pull = entity('PullRequest', 'auth#2', { title: 'Mine', state: 'open' }, [mine])
    const small = hubOf({ records: [person, team, service, pull], ports: { rereading } })
    const before = await said(small, 'my stuff')
    expect(await said(small, 'refresh my state')).toBe(
      before.replace(
        'Nothing waits',
        'Worked out anew. Read anew from GitHub, PagerDuty. Still being read: Azure DevOps. No answer, so as it was: Azure. ' +
          'Read as a whole only, in its turn: Entra ID. Nothing waits',
      ),
    )
    expect(asked).toEqual(['PullRequest/auth#2', 'Service/auth', 'Team/identity', `Person/${dana}`])
  })

  test('it shows what the sources say by now', async () => {
    const small = hubOf({
      records: [person, team],
      ports: {
        rereading: {
          async anew() {
            small.index.put(service)
            return [{ source: 'github', title: 'GitHub', came: 'read' }]
          },
        },
      },
    })
    expect(await said(small, 'refresh my state')).toMatch(/Read anew from GitHub\..*My services \(1\) auth/)
  })
})

test('what becomes theirs later is there the next time they ask', async () => {
  const small = hubOf({ records: [person, team] })
  const said = async () => (await small.read((await small.ask('my stuff')).reply)).replace(/\s+/g, ' ')
  expect(await said()).not.toMatch(/auth/)
  small.index.put(service)
  expect(await said()).toMatch(/My services \(1\) auth/)
})
