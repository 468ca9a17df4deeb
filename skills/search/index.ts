import { text } from '../kit/arguments.js'
import { defineSkill } from '../kit/command.js'
import { pickThings } from './pick-things.js'
import { showHits } from './show-hits.js'
import * as says from './says.js'

export default defineSkill({
  name: 'search',
  summary: 'Finds what the catalog knows by words, also with typos.',
  order: 35,
  area: 'catalog',
  uses: ['catalog'],
  commands: {
    find: {
      summary: 'Search the catalog by words',
      says: says.find,
      args: { text: text('which words', 200, 'terms') },
      effect: 'read',
      role: 'developer',
      run: ({ text }, turn) => showHits(text, turn),
      picks: (asked, turn) => pickThings(asked, turn),
    },
  },
  offers: ['catalog.show', 'catalog.find'],
})
