import { expect, test } from '@jest/globals'
import { entity, smallHub, to } from '../../bot/hub/testing/small-hub.js'
import search from './index.js'

const records = [
  entity('Team', 'atlas'),
  entity('Service', 'orders', { summary: 'Keeps the retry policy of orders' }, [to('ownedBy', 'Team', 'atlas')]),
  ...Array.from({ length: 21 }, (_, n) => entity('Resource', `queue-${n}`, { summary: 'A queue' })),
]

test.each<[words: string, wanted: RegExp]>([
  ['search retry policy', /1 thing found for “retry policy”, the best first\. .*orders Service · atlas/],
  ['search ordres', /1 thing found for “ordres”, the best first\. .*orders/],
  ['search queue', /At least 20 things found for “queue”, the best first\. .*and 12 more/],
  ['search for nothing at all', /Nothing in the catalog has “nothing at all”/],
])('%s', async (words, wanted) => {
  const small = smallHub({ skills: [search], records })
  const { reply } = await small.ask(words)
  expect((await small.read(reply)).replace(/\s+/g, ' ')).toMatch(wanted)
})
