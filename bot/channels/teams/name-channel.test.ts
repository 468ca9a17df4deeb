import { expect, test } from '@jest/globals'
import { channelsNamed, fullName } from './name-channel.js'

const channels = [
  { id: '1', team: 'Identity', name: 'General' },
  { id: '2', team: 'Identity', name: 'Alerts' },
  { id: '3', team: 'Payments', name: 'Alerts' },
  { id: '4', team: 'Contoso', name: 'Incidents' },
  { id: '5', name: 'Guests & co' },
]

test.each([
  ['identity', ['1']],
  ['identity-general', ['1']],
  ['Identity / Alerts', ['2']],
  ['identity alerts', ['2']],
  ['Incidents', ['4']],
  ['alerts', ['2', '3']],
  ['general', ['1']],
  ['guests co', ['5']],
  ['nowhere', []],
  ['', []],
])('%s', (name, ids) => {
  expect(channelsNamed(name, channels).map(({ id }) => id)).toEqual(ids)
})

test('each has a name that means it alone', () => {
  for (const channel of channels) expect(channelsNamed(fullName(channel), channels)).toEqual([channel])
})
