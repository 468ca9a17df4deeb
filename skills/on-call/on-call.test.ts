import { test } from '@jest/globals'
import { entity, pagerDuty, smallHub, to } from '../../bot/hub/testing/small-hub.js'
import catalog from '../catalog/index.js'
import help from '../help/index.js'
import incident from '../incident/index.js'
import me from '../me/index.js'
import onCall from './index.js'

const shift = (person: string, from: string, until: string) => ({
  person: `${person}@contoso.example`,
  from: `2026-11-${from}T08:00:00.000Z`,
  to: `2026-11-${until}T08:00:00.000Z`,
})
const person = (id: string, props = {}) => entity('Person', `${id}@contoso.example`, { objectId: id, ...props })
const records = [
  person('dana', { phone: '+49 30 1' }),
  person('lee'),
  entity('Team', 'identity'),
  entity('Team', 'core'),
  entity('Team', 'loners'),
  entity('Service', 'auth', {}, [
    to('onCallBy', 'Schedule', 'primary'),
    to('onCallBy', 'Schedule', 'secondary'),
    to('ownedBy', 'Team', 'identity'),
  ]),
  entity('Service', 'web', {}, [to('ownedBy', 'Team', 'core')]),
  entity('Service', 'orphan'),
  entity('Service', 'lonely', {}, [to('ownedBy', 'Team', 'loners')]),
  entity('Schedule', 'primary', { shifts: [shift('dana', '20', '22'), shift('lee', '22', '24')] }),
  entity('Schedule', 'secondary', { shifts: [shift('lee', '20', '22')] }),
  entity(
    'Schedule',
    'core-rota',
    {
      shifts: [shift('dana', '19', '20'), shift('lee', '22', '23')],
      escalation: ['dana@contoso.example', 'lee@contoso.example'],
    },
    [to('ownedBy', 'Team', 'core')],
  ),
  entity(
    'Incident',
    'INC-1',
    { title: 'Slow', opened: '2026-11-20T01:00:00.000Z', resolved: '2026-11-20T01:30:00.000Z', severity: 'sev2' },
    [to('affects', 'Service', 'auth')],
  ),
]
const skills = [catalog, help, incident, me, onCall]
test('x', async () => {
  const down = { ...pagerDuty, down: { since: '2026-11-21T01:00:00.000Z', reason: 'PagerDuty does not answer' } }
  const out: string[] = []
  const say = async (small: ReturnType<typeof smallHub>, q: string) => {
    const o = await small.ask(q)
    out.push(
      `### ${q} -> ${o.outcome} ${o.command}\nHEAD ${JSON.stringify(o.reply.text)}\n${await small.read(o.reply)}`,
    )
  }
  const s = smallHub({ skills, records })
  for (const q of [
    'on call auth',
    'on call web',
    'who is on call for web at 2026-11-22T09:00Z',
    'who is on call for auth at 2026-11-22T09:00Z',
    'who is on call for auth at 2030-01-01',
    'who is on call for auth at tomorrow',
    'on call orphan',
    'on call lonely',
    'on call identity',
    '/catalog depends auth depth=99',
    'what depends on auth',
    'my stuff',
    'incidents',
    'incidents of web',
    'open incidents',
  ])
    await say(s, q)
  await say(smallHub({ skills, records, sources: [down] }), 'on call auth')
  await say(smallHub({ skills, records, sources: [{ source: 'pagerduty', title: 'PagerDuty' }] }), 'on call orphan')
  await say(smallHub({ skills, records, sources: [] }), 'on call auth')
  console.log(out.join('\n\n'))
})
