import { expect, test } from '@jest/globals'
import { entity, smallHub, to } from '../../bot/hub/testing/small-hub.js'
import timeline from './index.js'

const at = (day: string, hour = '08') => `2026-11-${day}T${hour}:00:00.000Z`
const small = smallHub({
  skills: [timeline],
  records: [
    entity('Team', 'core'),
    entity('Service', 'shop', {}, [to('ownedBy', 'Team', 'core'), to('builtFrom', 'Repository', 'web')]),
    entity('Service', 'quiet'),
    entity('Environment', 'staging'),
    entity('Repository', 'web'),
    entity('Resource', 'shop-vm', {}, [to('partOf', 'Service', 'shop')]),
    entity(
      'Incident',
      'INC-1',
      { title: 'Slow', state: 'resolved', severity: 'sev2', opened: at('19'), resolved: at('19', '10') },
      [to('affects', 'Service', 'shop'), to('causedBy', 'Deployment', 'd1')],
    ),
    entity('Deployment', 'd1', { state: 'succeeded', environment: 'staging', version: '4.2', started: at('18') }, [
      to('deploys', 'Service', 'shop'),
    ]),
    entity('Deployment', 'd0', { state: 'failed', started: at('01') }, [to('deploys', 'Service', 'shop')]),
    entity('Change', 'c1', { title: 'Restart', at: at('17'), by: 'lee' }, [to('affects', 'Resource', 'shop-vm')]),
    entity('PullRequest', 'web#1', { title: 'Retry budget', state: 'merged', merged: at('16') }, [
      to('partOf', 'Repository', 'web'),
    ]),
  ],
})
const said = async (words: string) => (await small.read((await small.ask(words)).reply)).replace(/\s+/g, ' ')

test.each([
  [
    'all that happened in a week, the newest first',
    'timeline of shop',
    /5 events 1 incident, 1 deployment, 1 change and 1 merged pull request between .* INC-1 Slow .*10:00 Resolved · SEV 2 .*INC-1 Slow .*08:00 Incident .* d1 .*Deployment · 4\.2 · staging · succeeded .*Restart .*Change · lee .*Retry budget .*Merged/,
  ],
  ['in the time that is said', 'change log of shop in the last 30 days', /6 events .*2 deployments.* d0 /],
  ['of a team', 'history of core', /5 events/],
  ['of an environment', 'what happened on staging', /1 event 1 deployment/],
  ['of an incident, with what caused it', 'timeline of INC-1', /3 events .* d1 /],
  ['nothing', 'timeline of quiet', /nothing Nothing of quiet is known to have happened between/],
])('%s', async (_what, words, wanted) => expect(await said(words)).toMatch(wanted))
