import { entity, optional } from '../kit/arguments.js'
import { defineSkill } from '../kit/command.js'
import { listWork } from './list-work.js'
import * as says from './says.js'

export default defineSkill({
  name: 'work',
  summary: 'Stories, tasks and bugs on the boards.',
  order: 43,
  uses: ['catalog'],
  commands: {
    list: {
      summary: 'Open work items of mine, or those of a person, a team or a service',
      says: says.list,
      args: {
        person: optional(entity('Person', 'whose')),
        team: optional(entity('Team', 'of which team')),
        service: optional(entity(['Service', 'Resource'], 'about what')),
      },
      effect: 'read',
      role: 'developer',
      run: (asked, turn) => listWork(asked, turn),
    },
  },
  offers: ['catalog.find', 'catalog.show'],
})
