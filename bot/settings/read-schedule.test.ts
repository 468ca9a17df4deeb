import { expect, test } from '@jest/globals'
import { readWhole } from '../../skills/kit/catalog-source.js'
import { readSchedule } from './read-schedule.js'
import { scheduleMistakes, schedulesSource } from './schedules-source.js'

const good = `name: Desk
team: Platform Team
services: [Edge gateway]
zone: Europe/Berlin
layers:
  - people: [Dana@contoso.example, lee@contoso.example]
    turn: 1 week
    start: 2026-01-05
    hand-over: '09:00'
    hours:
      - { days: [mon, fri], from: '22:00', to: '06:00' }
escalation: [mei@contoso.example]
`

test('a schedule becomes an entity of the catalog, with its rotation, team and services', () => {
  expect(readSchedule('schedules/desk.yaml', good)).toEqual({
    claim: {
      kind: 'Schedule',
      id: 'nexus/desk',
      name: 'Desk',
      props: {
        zone: 'Europe/Berlin',
        file: 'schedules/desk.yaml',
        services: ['edge-gateway'],
        escalation: ['mei@contoso.example'],
        rotation: {
          zone: 'Europe/Berlin',
          layers: [
            {
              name: 'Layer 1',
              people: ['dana@contoso.example', 'lee@contoso.example'],
              turn: 10_080,
              start: '2026-01-05',
              handOver: '09:00',
              hours: [{ days: ['mon', 'fri'], from: '22:00', to: '06:00' }],
            },
          ],
        },
      },
      relations: [{ type: 'ownedBy', to: { kind: 'Team', id: 'platform' }, why: 'schedules/desk.yaml' }],
    },
  })
})

const broken: [what: string, from: string | RegExp, to: string, says: string][] = [
  ['a zone that does not exist', 'Europe/Berlin', 'Europe/Berln', 'line 4: zone: "Europe/Berln" is no time zone'],
  ['a rotation without people', /\[Dana.*\]/, '[]', 'line 6: layers.0.people: names nobody'],
  ['somebody without an address', 'Dana@contoso.example', 'Dana', 'line 6: layers.0.people.0: is no mail address'],
  ['a turn of no length', '1 week', 'now and then', 'line 7: layers.0.turn: "now and then" is no length of a turn'],
  ['a turn of nothing', '1 week', '0 days', 'line 7: layers.0.turn: "0 days" is no length'],
  ['a day that does not exist', '2026-01-05', '2026-02-30', 'line 8: layers.0.start: must be a day'],
  ['a time without quotes', "'09:00'", '9am', 'line 9: layers.0.hand-over: must be a time'],
  ['a day of the week that is none', 'mon,', 'moon,', 'line 11: layers.0.hours.0.days.0'],
  ['no layer', /layers:[^]*escalation/, 'layers: []\nescalation', 'line 5: layers: has no layer'],
  ['a word it does not know', 'escalation:', 'escalate:', 'Unrecognized key: "escalate"'],
  ['no YAML', 'name: Desk', 'name: [', 'line 2: '],
]
test.each(broken.map(([what, from, to, says]) => ({ what, from, to, says })))(
  'names file and line of $what',
  ({ from, to, says }) => {
    const read = readSchedule('schedules/desk.yaml', good.replace(from, to))
    if (!('mistakes' in read)) throw new Error('It was read.')
    expect(read.mistakes.join('\n')).toContain(says)
    for (const mistake of read.mistakes) expect(mistake).toMatch(/^schedules\/desk\.yaml, line \d+: /)
  },
)

test('of a file that was broken by an edit the schedule that was read last holds; one that is gone is gone', async () => {
  const files = new Map([['schedules/desk.yaml', good]])
  const settings = { list: async () => [...files.keys()], read: async (path: string) => files.get(path) }
  const source = schedulesSource(settings)
  const never = new AbortController().signal
  expect((await readWhole(source, never)).map(({ name }) => name)).toEqual(['Desk'])
  files.set('schedules/desk.yaml', 'name: Desk')
  expect((await readWhole(source, never)).map(({ name }) => name)).toEqual(['Desk'])
  expect((await scheduleMistakes(settings)).length).toBeGreaterThan(0)
  files.clear()
  expect(await readWhole(source, never)).toEqual([])
})
