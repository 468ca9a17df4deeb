import { entity } from '../kit/arguments.js'
import { defineSkill } from '../kit/command.js'
import { saysIn } from './says-in.js'
import { showHealth } from './show-health.js'
import * as says from './says.js'

export default defineSkill({
  name: 'health',
  summary: 'Whether it works.',
  order: 22,
  area: 'incidents',
  uses: ['catalog'],
  commands: {
    show: {
      summary: 'Whether a service, a resource or an environment is healthy',
      says: says.show,
      saysIn,
      args: { entity: entity(['Service', 'Resource', 'Environment', 'Team'], 'what') },
      effect: 'read',
      role: 'developer',
      run: ({ entity }, turn) => showHealth(entity, turn),
    },
  },
  offers: ['catalog.depends', 'catalog.show', 'incident.show', 'on-call.show', 'timeline.show'],
})
