import { expect, test } from '@jest/globals'
import { entity, smallHub, to } from '../../bot/hub/testing/small-hub.js'
import { filter } from '../kit/arguments.js'
import { printFilter } from '../kit/catalog/print-filter.js'
import { defineSkill } from '../kit/command.js'
import work from './index.js'

const dana = 'dana@contoso.example'
const item = (id: string, state: string, updated: string, ...relations: ReturnType<typeof to>[]) =>
  entity(
    'WorkItem',
    id,
    { title: `Title of ${id}`, state, updated: `2026-11-${updated}T08:00:00.000Z`, priority: '2' },
    [to('ownedBy', 'Team', 'core'), ...relations],
  )
const many = Array.from({ length: 12 }, (_, n) =>
  item(`Task ${100 + n}`, 'New', '01', to('affects', 'Service', 'shop')),
)
/** Hears what the button behind "more" asks. */
const catalog = defineSkill({
  name: 'catalog',
  summary: 'Finds.',
  uses: [],
  commands: {
    find: {
      summary: 'Find',
      says: Array.from({ length: 10 }, (_, n) => `find ${n} {filter}`),
      args: { filter: filter('what') },
      effect: 'read',
      role: 'developer',
      run: async ({ filter }) => ({ text: printFilter(filter) }),
    },
  },
})
const small = smallHub({
  skills: [work, catalog],
  records: [
    entity('Person', dana, { objectId: 'dana' }),
    entity('Team', 'core'),
    entity('Team', 'idle'),
    entity('Service', 'shop'),
    item('Bug 1', 'Active', '20', to('assignedTo', 'Person', dana)),
    item('Bug 2', 'New', '19', to('assignedTo', 'Person', dana)),
    item('Bug 3', 'Closed', '18', to('assignedTo', 'Person', dana)),
    ...many,
  ],
})
const said = async (words: string) => (await small.read((await small.ask(words)).reply)).replace(/\s+/g, ' ')

test.each([
  [
    'mine, what moved last first, nothing that is closed',
    'my tickets',
    /2 open work items of yours, 1 of them under way\. Open \(2\) .*Title of Bug 1 .*priority 2 · moved 18 h 14 ago.*Title of Bug 2(?!.*Bug 3)/,
  ],
  ['the same as a question', 'what am i working on', /2 open work items of yours/],
  ['of a team', 'backlog of core', /14 open work items of core\. Open \(14\)[^]*6 more/],
  ['about a service', 'tickets for shop', /12 open work items of shop/],
  ['of a team that has none', 'open tickets of idle', /No open work item of idle is known\./],
])('%s', async (_what, words, wanted) => expect(await said(words)).toMatch(wanted))

test('behind "more" is the question for all of them', async () => {
  const card = await small.show((await small.ask('tickets for shop')).reply)
  const all = await small.press(card, 'Find all 12')
  expect(all).toMatchObject({ outcome: 'answer', command: 'catalog.find' })
  expect(all.reply.text).toMatch(/^WorkItem where .*shop/)
})
