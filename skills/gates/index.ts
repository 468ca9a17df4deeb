import { entity, optional } from '../kit/arguments.js'
import { askAbout } from '../kit/ask-about.js'
import { defineSkill } from '../kit/command.js'
import * as says from './says.js'
import { approveRequests } from './says-of-requests.js'

export default defineSkill({
  name: 'gate',
  summary: 'Stages of pipelines that wait for somebody.',
  order: 57,
  area: 'pipelines',
  uses: [],
  commands: {
    approve: {
      summary: 'Let a pipeline go on at a gate where it waits',
      says: says.approve,
      requests: approveRequests,
      args: {
        pipeline: entity(['Pipeline', 'Run', 'Deployment', 'Service'], 'of which pipeline, run or deployment'),
        environment: optional(entity('Environment', 'to which environment')),
      },
      effect: 'change',
      role: 'developer',
      planned: {
        instead:
          'Where it waits is shown on the card of its run; whom it waits for can decide there, on GitHub or in Azure DevOps.',
        near: ({ pipeline }) => askAbout(pipeline, 'Show', 'catalog.show', 'entity'),
      },
    },
  },
  offers: ['catalog.show'],
})
