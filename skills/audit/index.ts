import { choice, entity, optional, range, time } from '../kit/arguments.js'
import { defineSkill } from '../kit/command.js'
import { doings, findDeeds, saidDoings } from './find-deeds.js'
import { periods } from './period.js'
import * as says from './says.js'

export default defineSkill({
  name: 'audit',
  summary: 'Who did what, to what, and how it went.',
  order: 80,
  area: 'audit',
  uses: ['audit', 'catalog'],
  commands: {
    find: {
      summary: 'What somebody did, or what was done to something',
      says: says.find,
      args: {
        person: optional(entity('Person', 'who did it')),
        entity: optional(
          entity(['Service', 'Resource', 'Environment', 'Incident', 'Pipeline', 'Repository'], 'to what'),
        ),
        environment: optional(choice('environment', ['production', 'staging', 'dev', 'test'])),
        did: optional(choice('what was done', doings, saidDoings)),
        range: optional(range('from when to when')),
        when: optional(choice('when', periods)),
        since: optional(time('since when')),
      },
      effect: 'read',
      role: 'developer',
      run: (question, turn) => findDeeds(question, turn),
    },
  },
  offers: ['catalog.show'],
})
