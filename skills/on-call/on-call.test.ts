import { expect, test } from '@jest/globals'
import { entity, pagerDuty, smallHub, to } from '../../bot/hub/testing/small-hub.js'
import type { SourceState } from '../kit/ports.js'
import onCall from './index.js'

const mail = (name: string) => `${name}@contoso.example`
const shift = (name: string, from: string, until: string) => ({
  person: mail(name),
  from: `2026-11-${from}T08:00:00.000Z`,
  to: `2026-11-${until}T08:00:00.000Z`,
})
const incident = (id: string, opened: string, resolved?: string) =>
  entity('Incident', id, { title: 'Slow', opened, ...(resolved && { resolved }) }, [to('affects', 'Service', 'auth')])

const records = [
  entity('Person', mail('dana'), { objectId: 'dana', phone: '+49 30 1' }),
  entity('Person', mail('lee')),
  ...['identity', 'core', 'loners'].map((team) => entity('Team', team)),
  entity('Service', 'auth', {}, [
    to('onCallBy', 'Schedule', 'primary'),
    to('onCallBy', 'Schedule', 'secondary'),
    to('ownedBy', 'Team', 'identity'),
  ]),
  entity('Service', 'web', {}, [to('ownedBy', 'Team', 'core')]),
  entity('Service', 'orphan'),
  entity('Service', 'lonely', {}, [to('ownedBy', 'Team', 'loners')]),
  entity('Service', 'bare', {}, [to('onCallBy', 'Schedule', 'empty')]),
  entity('Schedule', 'primary', { shifts: [shift('dana', '20', '22'), shift('lee', '22', '24')] }),
  entity('Schedule', 'secondary', { shifts: [shift('lee', '20', '22')] }),
  entity('Schedule', 'empty', { shifts: [] }),
  entity('Schedule', 'core-rota', { shifts: [shift('lee', '22', '23')], escalation: [mail('dana'), mail('lee')] }, [
    to('ownedBy', 'Team', 'core'),
  ]),
  incident('INC-1', '2026-11-20T01:00:00.000Z', '2026-11-20T01:30:00.000Z'),
  incident('INC-2', '2026-11-19T01:00:00.000Z'),
]
const down: SourceState = { ...pagerDuty, down: { since: '2026-11-21T01:00:00.000Z', reason: 'time-out' } }
const unread: SourceState = { source: 'pagerduty', title: 'PagerDuty' }

const said = async (words: string, source: SourceState) => {
  const small = smallHub({ skills: [onCall], records, sources: [source] })
  return (await small.read((await small.ask(words)).reply)).replace(/\s+/g, ' ')
}

const rows: [what: string, words: string, wanted: string[], source?: SourceState][] = [
  [
    'who, until when, who next, how to reach them, what happened last, the second rota, from where',
    'on call auth',
    [
      'until Sun 22 Nov, 08:00 dana@contoso.example carries the pager for auth.',
      'Next lee@contoso.example from Sun 22 Nov, 08:00',
      'Reach Teams · +49 30 1 · PagerDuty',
      'Last INC-1 “Slow”, 25 h ago, took 30 min',
      'secondary lee@contoso.example',
      'PagerDuty · 4 min ago',
    ],
  ],
  [
    'a gap, who comes after it, and whom to ask meanwhile',
    'on call web',
    [
      'Nobody carries the pager for web: core-rota has a gap.',
      'Next lee@contoso.example',
      'Ask dana@contoso.example, then lee@',
    ],
  ],
  [
    'the team’s rota where the service has none',
    'on call core',
    ['Nobody carries the pager for core: core-rota has a gap.'],
  ],
  [
    'a later moment',
    'who is on call for web at 2026-11-22T09:00Z',
    ['lee@contoso.example carries the pager for web at Sun 22 Nov, 09:00.', 'until Mon 23 Nov, 08:00'],
  ],
  [
    'tomorrow, in words',
    'on call for web tomorrow at 9',
    ['lee@contoso.example carries the pager for web at Sun 22 Nov, 09:00.', 'until Mon 23 Nov, 08:00'],
  ],
  [
    'a moment beyond what the schedule gives is not a gap',
    'who is on call for auth at 2026-12-24T09:00Z',
    ["I can't tell who carries the pager for auth at", 'I do not have primary for then.', 'secondary not known'],
  ],
  ['neither is one in the past', 'who is on call for web at 2026-11-01', ["I can't tell who", 'not known']],
  ['a schedule without a single shift', 'on call bare', ['Nobody carries the pager for bare: empty has a gap.']],
  ['the same while PagerDuty is down', 'on call bare', ["I can't tell who carries the pager for bare"], down],
  ['a moment that is none', 'who is on call for auth at teatime', ['Teatime is no moment: say tomorrow 9:00']],
  ['no schedule at all', 'on call orphan', ['no schedule orphan has no on-call schedule.', 'PagerDuty · 4 min ago']],
  [
    'no schedule of the team either',
    'on call lonely',
    ['lonely has no on-call schedule, and neither has its team loners.'],
  ],
  [
    'PagerDuty down: what is known, and how old it is',
    'on call auth',
    ['carries the pager', '4 min ago, not answering'],
    down,
  ],
  [
    'PagerDuty never read',
    'on call orphan',
    ["I can't tell who is on call for orphan: PagerDuty was not read yet."],
    unread,
  ],
]

test.each(rows.map(([what, words, wanted, source = pagerDuty]) => ({ what, words, wanted, source })))(
  '$what',
  async ({ words, wanted, source }) => {
    const text = await said(words, source)
    for (const one of wanted) expect(text).toContain(one)
  },
)
