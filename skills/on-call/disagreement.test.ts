import { expect, test } from '@jest/globals'
import { entity, pagerDuty, smallHub, smallNow, to } from '../../bot/hub/testing/small-hub.js'
import type { CatalogRecord } from '../../bot/store/read-model/catalog-record.js'
import type { Json } from '../kit/model.js'
import type { SourceState } from '../kit/ports.js'
import onCall from './index.js'

const shifts = (name: string): Record<string, Json> => ({
  shifts: [{ person: name, from: '2026-11-20T08:00:00.000Z', to: '2026-11-23T08:00:00.000Z' }],
})
const inOpsgenie = (name: string): CatalogRecord =>
  entity('Schedule', 'opsgenie/data', shifts(name), [to('ownedBy', 'Team', 'data')], 'opsgenie')
const records = [
  entity('Person', 'dana'),
  entity('Person', 'lee'),
  entity('Team', 'data'),
  entity('Service', 'search', {}, [to('onCallBy', 'Schedule', 'primary'), to('ownedBy', 'Team', 'data')]),
  entity('Schedule', 'primary', shifts('dana'), [to('ownedBy', 'Team', 'data')]),
]
const opsgenie: SourceState = { source: 'opsgenie', title: 'Opsgenie', asOf: '2026-11-21T01:14:00.000Z' }
const down = { ...opsgenie, down: { since: smallNow, reason: 'Opsgenie does not answer.' } }

const said = async (words: string, more: CatalogRecord[], source = opsgenie) => {
  const small = smallHub({ skills: [onCall], records: [...records, ...more], sources: [pagerDuty, source] })
  return (await small.read((await small.ask(words)).reply)).replace(/\s+/g, ' ')
}

test.each([
  ['on call search', 'PagerDuty says dana, Opsgenie says lee'],
  ['on call data', 'Opsgenie says lee, PagerDuty says dana'],
])('“%s”: both sources are named, with their ages', async (words, both) => {
  const text = await said(words, [inOpsgenie('lee')])
  expect(text).toContain(`sources disagree ${both}: who carries the pager for`)
  expect(text).toContain('primary, read 4 min ago')
  expect(text).toContain('opsgenie/data, read 1 h ago')
})

test('a source that does not answer is still heard, with its age and that', async () => {
  expect(await said('on call search', [inOpsgenie('lee')], down)).toContain('read 1 h ago, Opsgenie does not answer')
})

test('one that says the same is no disagreement, nor is one that knows nothing of the moment', async () => {
  expect(await said('on call search', [inOpsgenie('dana')])).toContain('dana carries the pager for search.')
  const later = { ...opsgenie, asOf: '2026-11-23T09:00:00.000Z' }
  expect(await said('on call search', [inOpsgenie('lee')], later)).toContain('dana carries the pager for search.')
})
