import { defineSkill } from '../kit/command.js'
import { showMine } from './show-mine.js'

export default defineSkill({
  name: 'me',
  summary: 'What is mine: services, pager, reviews, work.',
  order: 40,
  uses: ['catalog', 'onCall'],
  commands: {
    show: {
      summary: 'My services, on-call, pull requests, work and incidents',
      says: [
        'my stuff',
        'my state',
        'what is mine',
        'what do i own',
        'what is on my plate',
        'my things',
        'my work',
        'my services',
        'my pull requests',
        'my day',
        'where do i stand',
        'show my stuff',
      ],
      args: {},
      effect: 'read',
      role: 'developer',
      featured: true,
      run: (_args, turn) => showMine(turn),
    },
  },
  offers: ['catalog.show', 'incident.list', 'on-call.show'],
})
