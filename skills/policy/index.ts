import { entity, optional } from '../kit/arguments.js'
import { askAbout } from '../kit/ask-about.js'
import { defineSkill } from '../kit/command.js'
import * as says from './says.js'

export default defineSkill({
  name: 'policy',
  summary: 'Rules that stand in the way of a deployment or a resource.',
  order: 61,
  area: 'deployments',
  uses: [],
  commands: {
    explain: {
      summary: 'Which policy stands in the way, and of what',
      says: says.explain,
      args: {
        deployment: optional(entity('Deployment', 'which deployment')),
        resource: optional(entity(['Resource', 'Service'], 'which resource or service')),
      },
      effect: 'read',
      role: 'developer',
      planned: {
        instead: 'Whether changes are frozen, and how compliant a thing is where a source says so, is known.',
        near: ({ deployment, resource }) => [
          { title: 'Show what is stopped or frozen', intent: { command: 'control.show', args: {} } },
          ...askAbout(deployment ?? resource, 'Show', 'catalog.show', 'entity'),
        ],
      },
    },
  },
  offers: ['catalog.show', 'control.show'],
})
