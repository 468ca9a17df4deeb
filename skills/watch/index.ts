import { choice, entity, optional } from '../kit/arguments.js'
import { askAbout, lastHours, ofKind } from '../kit/ask-about.js'
import { defineSkill } from '../kit/command.js'
import { saidAs } from '../kit/said-as.js'
import { says } from './says.js'
import { addRequests } from './says-of-requests.js'

const events = ['deployment', 'failure', 'incident', 'change', 'recovery'] as const
const saidEvents = saidAs({
  deployment: ['deploys', 'is deployed', 'gets deployed', 'releases', 'ships', 'deployments', 'is released'],
  failure: ['fails', 'breaks', 'goes down', 'is down', 'failures'],
  incident: ['has an incident', 'incidents', 'pages', 'alerts'],
  change: ['changes', 'is changed', 'changes owner'],
  recovery: ['recovers', 'is back', 'comes back', 'is healthy again'],
})

const watched = entity(['Service', 'Resource', 'Pipeline', 'Repository', 'Environment', 'Team'], 'what')

export default defineSkill({
  name: 'watch',
  summary: 'Channels and people that are told when something happens.',
  order: 55,
  uses: [],
  commands: {
    add: {
      summary: 'Tell me or this channel when something happens to a thing',
      says: says.add,
      requests: addRequests,
      args: { service: watched, event: optional(choice('when', events, saidEvents)) },
      effect: 'note',
      role: 'developer',
      planned: {
        instead: 'Incidents are told in the channel of the team that owns the service; what changed can be asked for.',
        near: ({ service }, { now }) => [
          ...askAbout(service, 'What changed on', 'catalog.changed', 'scope', { range: lastHours(now, 24) }),
          ...askAbout(ofKind(service, 'Service', 'Team'), 'Incidents of', 'incident.list', 'scope'),
        ],
      },
    },
    list: {
      summary: 'What I or this channel are told of',
      says: says.list,
      args: {},
      effect: 'read',
      role: 'developer',
      planned: {
        instead: 'Nothing is watched by hand yet; what is yours is told in your digest.',
        near: () => [{ title: 'Show my digest', intent: { command: 'digest.show', args: {} } }],
      },
    },
  },
  offers: ['catalog.changed', 'digest.show', 'incident.list'],
})
