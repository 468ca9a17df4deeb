import { entity, optional, text } from '../kit/arguments.js'
import { askAbout } from '../kit/ask-about.js'
import { defineSkill } from '../kit/command.js'
import { findPipelines } from './find-pipelines.js'
import { says } from './says.js'
import { runRequests } from './says-of-requests.js'

export default defineSkill({
  name: 'pipeline',
  summary: 'What builds, tests and deploys.',
  order: 56,
  area: 'pipelines',
  uses: ['catalog'],
  commands: {
    find: {
      summary: 'The pipelines of a service, and how their last runs ended',
      says: says.find,
      args: {
        service: optional(entity(['Service', 'Repository', 'Team'], 'of which service, repository or team')),
        pipeline: optional(entity('Pipeline', 'which pipeline')),
      },
      effect: 'read',
      role: 'developer',
      run: (asked, turn) => findPipelines(asked, turn),
    },
    run: {
      summary: 'Run a pipeline',
      says: says.run,
      requests: runRequests,
      args: {
        pipeline: entity('Pipeline', 'which pipeline'),
        environment: optional(entity('Environment', 'in which environment')),
        parameters: optional(text('with which parameters', 300)),
        branch: optional(text('on which branch', 120)),
      },
      effect: 'change',
      role: 'developer',
      planned: {
        instead: 'How its last runs ended is known; a new one is started on GitHub or in Azure DevOps.',
        near: ({ pipeline }) => [
          ...askAbout(pipeline, 'Runs of', 'pipeline.find', 'pipeline'),
          ...askAbout(pipeline, 'Show', 'catalog.show', 'entity'),
        ],
      },
    },
  },
  offers: ['catalog.find', 'catalog.show'],
})
