import { entity, optional, range, text } from '../kit/arguments.js'
import { askAbout } from '../kit/ask-about.js'
import { defineSkill } from '../kit/command.js'
import { listDeployments } from './list-deployments.js'
import { says } from './says.js'
import { saysOfChanges } from './says-of-changes.js'
import { saysOfRequests } from './says-of-requests.js'

const service = entity('Service', 'of which service')
const version = optional(text('which version', 60, 'version'))

export default defineSkill({
  name: 'deployment',
  summary: 'What was brought where, and when.',
  order: 55,
  area: 'deployments',
  uses: ['catalog'],
  commands: {
    list: {
      summary: 'What was deployed, of a service or to an environment',
      says: says.list,
      args: {
        service: optional(entity(['Service', 'Team', 'Repository'], 'of which service or team')),
        environment: optional(entity('Environment', 'to which environment')),
        range: optional(range('in which time')),
      },
      effect: 'read',
      role: 'developer',
      run: (asked, turn) => listDeployments(asked, turn),
    },
    promote: {
      summary: 'Bring a version of a service to the next environment',
      says: saysOfChanges.promote,
      requests: saysOfRequests.promote,
      args: {
        service,
        environment: optional(entity('Environment', 'to which environment')),
        from: optional(entity('Environment', 'from which environment')),
        version,
      },
      effect: 'change',
      role: 'developer',
      planned: {
        instead: 'What was deployed where can be listed.',
        near: ({ service }) => askAbout(service, 'Deployments of', 'deployment.list', 'service'),
      },
    },
    'roll-back': {
      summary: 'Bring the version before back',
      says: saysOfChanges['roll-back'],
      requests: saysOfRequests['roll-back'],
      args: { service, environment: optional(entity('Environment', 'in which environment')), version },
      effect: 'change',
      role: 'developer',
      planned: {
        instead: 'What was deployed where can be listed, and what may be done to it.',
        near: ({ service }) => [
          ...askAbout(service, 'Deployments of', 'deployment.list', 'service'),
          ...askAbout(service, 'Actions on', 'action.list', 'target'),
        ],
      },
    },
  },
  offers: ['action.list', 'catalog.find', 'catalog.show'],
})
