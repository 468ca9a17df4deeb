import { entity, optional } from '../kit/arguments.js'
import { defineSkill } from '../kit/command.js'
import { listPulls } from './list-pulls.js'
import { says } from './says.js'
import { saysIn } from './says-in.js'

export default defineSkill({
  name: 'pull',
  summary: 'Pull requests that wait, and for whom.',
  order: 42,
  area: 'deployments',
  uses: ['catalog'],
  commands: {
    list: {
      summary: 'Pull requests that wait for me, or those of a person, a team or a repository',
      says,
      saysIn,
      args: {
        person: optional(entity('Person', 'whose')),
        team: optional(entity('Team', 'of which team')),
        repository: optional(entity(['Repository', 'Service'], 'in which repository or service')),
      },
      effect: 'read',
      role: 'developer',
      run: (asked, turn) => listPulls(asked, turn),
    },
  },
  offers: ['catalog.find', 'catalog.show'],
})
