import { expect, test } from '@jest/globals'
import { entity, smallHub, to } from '../../bot/hub/testing/small-hub.js'
import me from './index.js'

const dana = 'dana@contoso.example'
const team = entity('Team', 'identity')
const service = entity('Service', 'auth', {}, [to('ownedBy', 'Team', 'identity')])
const person = entity('Person', dana, {}, [to('memberOf', 'Team', 'identity')])
const rota = (from: string, until: string) =>
  entity('Schedule', 'primary', { shifts: [{ person: dana, from, to: until }] }, [to('ownedBy', 'Team', 'identity')])

test.each<[what: string, records: (typeof team)[], wanted: RegExp]>([
  ['somebody the directory does not know', [], /The directory has no entry for you yet/],
  ['nobody’s member', [entity('Person', dana)], /nothing waits Nothing waits for you\./],
  [
    'nothing waits',
    [person, team, service],
    /nothing waits Nothing waits for you; your teams own 1 service\. Team identity/,
  ],
  [
    'what needs them comes first',
    [
      person,
      team,
      service,
      entity('Incident', 'INC-1', { severity: 'sev1' }, [to('affects', 'Service', 'auth')]),
      entity('Incident', 'INC-0', { resolved: '2026-11-20T08:00:00.000Z' }, [to('affects', 'Service', 'auth')]),
      entity('PullRequest', 'auth#1', { title: 'Rotate keys' }, [to('reviewBy', 'Person', dana)]),
      entity('WorkItem', '7', { state: 'Active' }, [to('assignedTo', 'Person', dana)]),
    ],
    /2 need you 1 incident in your services and 1 review waiting for you\.[^]*Broken now \(1\) INC-1[^]*To review \(1\) Rotate keys auth#1[^]*work items \(1\)/,
  ],
  [
    'on call now',
    [person, team, service, rota('2026-11-21T00:00:00.000Z', '2026-11-22T08:00:00.000Z')],
    /On call now, until Sun 22 Nov, 08:00/,
  ],
  [
    'on call next',
    [person, team, service, rota('2026-11-23T08:00:00.000Z', '2026-11-24T08:00:00.000Z')],
    /On call Mon 23 Nov, 08:00 to Tue 24 Nov, 08:00/,
  ],
])('%s', async (_what, records, wanted) => {
  const small = smallHub({ skills: [me], records })
  expect((await small.read((await small.ask('my stuff')).reply)).replace(/\s+/g, ' ')).toMatch(wanted)
})
