import { expect, test } from '@jest/globals'
import { entity, pagerDuty, smallHub, to } from '../../bot/hub/testing/small-hub.js'
import type { Json } from '../kit/model.js'
import type { SourceState } from '../kit/ports.js'
import type { Reply } from '../kit/reply.js'
import incident from './index.js'

const broken = (id: string, service: string, props: Record<string, Json>) =>
  entity('Incident', id, { title: `${id} title`, opened: '2026-11-20T08:00:00.000Z', ...props }, [
    to('affects', 'Service', service),
  ])
const resolved = '2026-11-20T08:30:00.000Z'
const services = [
  entity('Team', 'core'),
  entity('Service', 'web', {}, [to('ownedBy', 'Team', 'core')]),
  entity('Service', 'auth'),
]
const some = [
  ...services,
  broken('INC-1', 'web', { severity: 'sev3', state: 'acknowledged' }),
  broken('INC-2', 'web', { severity: 'sev1', opened: '2026-11-21T02:00:00.000Z' }),
  broken('INC-3', 'web', {}),
  broken('INC-4', 'auth', { resolved }),
]
const many = [...services, ...Array.from({ length: 30 }, (_, n) => broken(`INC-${n}`, 'auth', { resolved }))]
const down: SourceState = { ...pagerDuty, down: { since: '2026-11-21T01:00:00.000Z', reason: 'time-out' } }
const unread: SourceState = { source: 'pagerduty', title: 'PagerDuty' }

test.each<[what: string, words: string, records: typeof some, source: SourceState, wanted: RegExp]>([
  [
    'the worst is named, although one has no severity',
    'incidents',
    some,
    pagerDuty,
    /3 incidents are open, the worst SEV 1\./,
  ],
  [
    'the newest stands first',
    'incidents',
    some,
    pagerDuty,
    /Open \(3\) \[1\] ▲ INC-2[^]*INC-1[^]*Before \(1\) \[4\] ✓ INC-4 .* took 30 min/,
  ],
  ['of a service', 'incidents of auth', some, pagerDuty, /No incident of auth is open; the last was 18 h 14 ago\./],
  ['of a team’s services', 'incidents of core', some, pagerDuty, /3 incidents of core are open/],
  [
    'by a filter',
    'incidents of core where severity = sev1',
    some,
    pagerDuty,
    /One incident of core is open, SEV 1\.[^]*Open \(1\) \[1\] ▲ INC-2/,
  ],
  ['past ones only', 'past incidents', some, pagerDuty, /Before \(1\) \[1\] ✓ INC-4/],
  ['many: ten, and how many there are', 'incidents', many, pagerDuty, /Before \(30\) [^]*20 more/],
  ['none ever', 'incidents', services, pagerDuty, /none open No incident is known\. PagerDuty · 4 min ago/],
  [
    'none known while PagerDuty is down is no calm',
    'incidents',
    many,
    down,
    /none known I know of no open incident, but PagerDuty has not answered since 01:00\./,
  ],
  [
    'nor before it was read',
    'incidents of web',
    services,
    unread,
    /none known I know of no open incident of web, but PagerDuty was not read yet\./,
  ],
])('%s', async (_what, words, records, source, wanted) => {
  const small = smallHub({ skills: [incident], records, sources: [source] })
  expect((await small.read((await small.ask(words)).reply)).replace(/\s+/g, ' ')).toMatch(wanted)
})

test('those past are shown page by page until there are no more', async () => {
  const small = smallHub({ skills: [incident], records: many })
  const titles: string[] = []
  let reply: Reply = (await small.ask('incidents of auth')).reply
  for (let pages = 1; ; pages += 1) {
    const section = reply.card?.sections?.[0]
    if (section?.kind !== 'rows') throw new Error('A page without rows')
    expect([section.title, section.rows.length]).toEqual(['Before (30)', 10])
    titles.push(...section.rows.map(({ title }) => String(title)))
    if (!section.more) break
    expect(pages).toBeLessThan(3)
    reply = (await small.press(await small.show(reply), section.more.title)).reply
    expect(reply.text).toMatch(/^30 incidents of auth are over; these are from number [12]1 on\.$/)
  }
  expect(new Set(titles).size).toBe(30)
})
