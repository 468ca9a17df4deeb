import { choice, entity, optional, range } from '../kit/arguments.js'
import { defineSkill } from '../kit/command.js'
import { doings, findDeeds } from './find-deeds.js'
import { periods } from './period.js'

export default defineSkill({
  name: 'audit',
  summary: 'Who did what, to what, and how it went.',
  order: 80,
  area: 'audit',
  uses: ['audit', 'catalog'],
  commands: {
    find: {
      summary: 'What somebody did, or what was done to something',
      says: [
        'audit of {entity}',
        'audit {entity}',
        'audit log',
        'audit log of {entity}',
        'audit of {entity} {when}',
        'who {did} {entity}',
        'who {did} {entity} {when}',
        'what did {person} run',
        'what did {person} run {when}',
        'what did {person} run on {environment}',
        'what did {person} run on {environment} {when}',
        'what did {person} run in {environment} {when}',
        'what did {person} do',
        'what did {person} do {when}',
        'what did {person} do to {entity}',
        'what did {person} change {when}',
        'what was done to {entity}',
        'what was done to {entity} {when}',
        'what ran on {environment} {when}',
        'who did what to {entity}',
        'who did what {when}',
        'audit of {person}',
      ],
      args: {
        person: optional(entity('Person', 'who did it')),
        entity: optional(
          entity(['Service', 'Resource', 'Environment', 'Incident', 'Pipeline', 'Repository'], 'to what'),
        ),
        environment: optional(choice('environment', ['production', 'staging', 'dev', 'test'])),
        did: optional(choice('what was done', doings)),
        range: optional(range('from when to when')),
        when: optional(choice('when', periods)),
      },
      effect: 'read',
      role: 'developer',
      run: (question, turn) => findDeeds(question, turn),
    },
  },
  offers: ['catalog.show'],
})
