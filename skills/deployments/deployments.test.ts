import { expect, test } from '@jest/globals'
import { entity, smallHub, to } from '../../bot/hub/testing/small-hub.js'
import deployment from './index.js'

const brought = (id: string, service: string, environment: string, started: string, state = 'succeeded') =>
  entity('Deployment', id, { state, environment, version: `${id}-v`, started: `2026-11-${started}:00.000Z` }, [
    to('deploys', 'Service', service),
    to('runsIn', 'Environment', environment),
    to('authoredBy', 'Person', 'lee@contoso.example'),
  ])
const small = smallHub({
  skills: [deployment],
  records: [
    entity('Team', 'core'),
    entity('Person', 'lee@contoso.example'),
    entity('Environment', 'staging'),
    entity('Environment', 'production'),
    entity('Service', 'shop', {}, [to('ownedBy', 'Team', 'core')]),
    entity('Service', 'quiet'),
    brought('d1', 'shop', 'staging', '20T10:00'),
    brought('d2', 'shop', 'production', '20T11:00', 'failed'),
    brought('d3', 'shop', 'production', '12T11:00'),
  ],
})
const said = async (words: string) => (await small.read((await small.ask(words)).reply)).replace(/\s+/g, ' ')

test.each([
  [
    'of a service',
    'deployments of shop',
    /The last deployment of shop was d2-v, 15 h 14 ago, by lee@contoso\.example; it failed\. Deployments \(3\)/,
  ],
  ['of a team’s services', 'deployments of core', /Deployments \(3\)/],
  ['to an environment', 'deployments of shop to staging', /shop to staging was d1-v.*Version d1-v Deployments \(1\)/],
  ['in a stretch of time', 'deployments of shop in the last 2 days', /Deployments \(2\) .* d2 .* d1 /],
  ['when it was last', 'when was shop last deployed', /was d2-v, 15 h 14 ago/],
  ['none', 'deployments of quiet', /none known No deployment of quiet is known\./],
])('%s', async (_what, words, wanted) => expect(await said(words)).toMatch(wanted))

test('what is not there yet says so and leads to what is', async () => {
  const { outcome, reply } = await small.ask('roll back shop in staging')
  expect(outcome).toBe('refuse')
  const listed = await small.press(await small.show(reply), 'Deployments of shop')
  expect(listed).toMatchObject({ outcome: 'answer', command: 'deployment.list' })
})
