import { entity, optional, range } from '../kit/arguments.js'
import { defineSkill } from '../kit/command.js'
import { showTimeline } from './show-timeline.js'
import * as says from './says.js'

export default defineSkill({
  name: 'timeline',
  summary: 'What happened to a thing, in order.',
  order: 32,
  area: 'catalog',
  uses: ['catalog'],
  commands: {
    show: {
      summary: 'What happened to a thing, in order: incidents, deployments, changes',
      says: says.show,
      args: {
        entity: entity(['Service', 'Resource', 'Environment', 'Repository', 'Team', 'Incident'], 'of what'),
        range: optional(range('in which time')),
      },
      effect: 'read',
      role: 'developer',
      run: ({ entity, range }, turn) => showTimeline(entity, range, turn),
    },
  },
  offers: ['catalog.changed', 'catalog.show', 'incident.show'],
})
