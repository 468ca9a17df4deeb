import { text } from '../kit/arguments.js'
import { defineSkill } from '../kit/command.js'
import { showHits } from './show-hits.js'

export default defineSkill({
  name: 'search',
  summary: 'Finds what the catalog knows by words, also with typos.',
  order: 35,
  area: 'catalog',
  uses: ['catalog'],
  commands: {
    find: {
      summary: 'Search the catalog by words',
      says: [
        'search {text}',
        'search for {text}',
        'search the catalog for {text}',
        'search everything for {text}',
        'look for {text}',
        'look up the words {text}',
        'full text {text}',
        'where is something about {text}',
        'what mentions {text}',
        'what is there about {text}',
        'anything about {text}',
        'is there anything about {text}',
        'google {text}',
      ],
      args: { text: text('which words', 200) },
      effect: 'read',
      role: 'developer',
      run: ({ text }, turn) => showHits(text, turn),
    },
  },
  offers: ['catalog.show', 'catalog.find'],
})
