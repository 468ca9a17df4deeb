import { expect, test } from '@jest/globals'
import { entity, smallHub, to } from '../../bot/hub/testing/small-hub.js'
import dora from './index.js'

const dana = 'dana@contoso.example'
const at = (day: number, hour = 8) => new Date(Date.UTC(2026, 10, day, hour)).toISOString()
const brought = (day: number, state = 'succeeded') =>
  entity('Deployment', `d${day}`, { state, environment: 'production', started: at(day), ended: at(day, 9) }, [
    to('deploys', 'Service', 'shop'),
    to('builtFrom', 'Repository', 'web'),
  ])
const merged = (day: number) =>
  entity('PullRequest', `web#${day}`, { state: 'merged', title: 'x', opened: at(day - 1), merged: at(day) }, [
    to('partOf', 'Repository', 'web'),
  ])
const small = smallHub({
  skills: [dora],
  records: [
    entity('Person', dana, { objectId: 'dana' }, [to('memberOf', 'Team', 'core')]),
    entity('Team', 'core'),
    entity('Team', 'idle'),
    entity('Service', 'shop', {}, [to('ownedBy', 'Team', 'core'), to('builtFrom', 'Repository', 'web')]),
    entity('Repository', 'web'),
    ...[5, 8, 11, 14].map((day) => brought(day)),
    brought(17, 'failed'),
    ...[4, 7, 10].map(merged),
    ...[1, 2, 3].map((hours) =>
      entity('Incident', `INC-${hours}`, { title: 'x', state: 'resolved', opened: at(6, 0), resolved: at(6, hours) }, [
        to('affects', 'Service', 'shop'),
      ]),
    ),
  ],
})
const said = async (words: string) => (await small.read((await small.ask(words)).reply)).replace(/\s+/g, ' ')

test.each([
  [
    'the four keys of a team',
    'dora metrics of core',
    /Deployment frequency 4 in 30 days, lead time for changes 2 days, change failure rate 20 %, time to restore 2 h, between/,
  ],
  ['of my own', 'dora metrics', /Delivery · core/],
  [
    'of a service, in a stretch of time',
    'dora of shop in the last 7 days',
    /7 days Deployment frequency 1 in 7 days, between .*Too few: 2 of the 5 it takes/,
  ],
  ['of nothing that is known', 'four keys of idle', /Too little is known of idle to measure how it delivers/],
])('%s', async (_what, words, wanted) => expect(await said(words)).toMatch(wanted))
