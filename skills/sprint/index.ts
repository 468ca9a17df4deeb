import { entity, optional } from '../kit/arguments.js'
import { defineSkill } from '../kit/command.js'
import { showSprint } from './show-sprint.js'
import * as says from './says.js'

export default defineSkill({
  name: 'sprint',
  summary: 'How far a team is in its sprint.',
  order: 44,
  uses: ['catalog'],
  commands: {
    show: {
      summary: 'How far the sprint is, of my team or another',
      says: says.show,
      args: {
        team: optional(entity('Team', 'of which team')),
        person: optional(entity('Person', 'of whose team')),
      },
      effect: 'read',
      role: 'developer',
      run: (asked, turn) => showSprint(asked, turn),
    },
  },
  offers: ['catalog.show', 'work.list'],
})
