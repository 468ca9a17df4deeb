import { choice, entity, optional } from '../kit/arguments.js'
import { defineSkill } from '../kit/command.js'
import { listIncidents } from './list-incidents.js'

export default defineSkill({
  name: 'incident',
  summary: 'What is broken, and what was.',
  order: 20,
  uses: ['catalog'],
  commands: {
    list: {
      summary: 'Open and recent incidents',
      says: [
        'incidents',
        'open incidents',
        'list incidents',
        'show incidents',
        'what is broken',
        'what is on fire',
        'any incidents',
        'are there incidents for {scope}',
        'incidents for {scope}',
        'incidents of {scope}',
        '{which} incidents for {scope}',
        '{which} incidents of {scope}',
        '{which} incidents',
        'what broke in {scope}',
        'is anything broken in {scope}',
      ],
      args: {
        scope: optional(entity(['Team', 'Service'], 'of which team or service')),
        which: optional(choice('which', ['open', 'recent', 'all', 'past', 'resolved'])),
      },
      effect: 'read',
      role: 'developer',
      featured: true,
      run: ({ scope, which }, turn) => listIncidents(scope, which, turn),
    },
  },
  offers: ['catalog.show', 'on-call.show'],
})
