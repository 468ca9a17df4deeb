import { entity, optional, range } from '../kit/arguments.js'
import { defineSkill } from '../kit/command.js'
import { showDora } from './show-dora.js'
import * as says from './says.js'

export default defineSkill({
  name: 'dora',
  summary: "DORA's four keys of delivery.",
  order: 63,
  area: 'metrics',
  uses: ['catalog'],
  commands: {
    show: {
      summary: 'How often a team delivers, how fast, how well and how soon it mends',
      says: says.show,
      args: {
        team: optional(entity(['Team', 'Service'], 'of which team or service')),
        range: optional(range('in which time')),
      },
      effect: 'read',
      role: 'developer',
      run: ({ team, range }, turn) => showDora(team, range, turn),
    },
  },
  offers: ['deployment.list', 'incident.list'],
})
