import { choice, optional } from '../kit/arguments.js'
import { defineSkill } from '../kit/command.js'
import { saidAs } from '../kit/said-as.js'
import { severityArg } from '../kit/severity-argument.js'
import * as says from './says.js'
import { setRequests } from './says-of-requests.js'

const kinds = ['incidents', 'approvals', 'deployments', 'reviews', 'runs', 'everything'] as const
const saidKinds = saidAs({
  incidents: ['incident', 'outages', 'alerts'],
  approvals: ['approval'],
  deployments: ['deployment', 'deploys', 'releases'],
  reviews: ['review', 'pull requests', 'prs'],
  runs: ['builds', 'pipelines'],
  everything: ['all'],
})
const hours = ['working hours', 'off hours', 'nights', 'weekends', 'always'] as const
const saidHours = saidAs({
  'working hours': ['in working hours', 'during working hours', 'at work'],
  'off hours': ['outside working hours', 'after work', 'after hours'],
  nights: ['at night', 'at nights', 'overnight', 'during the night'],
  weekends: ['at the weekend', 'on weekends', 'at weekends', 'on the weekend'],
  always: ['at any time', 'any time', 'day and night', 'around the clock'],
})

export default defineSkill({
  name: 'notify',
  summary: 'What reaches me, and when.',
  order: 54,
  uses: [],
  commands: {
    set: {
      summary: 'Say what I am told of, from which severity on, and in which hours',
      says: says.set,
      requests: setRequests,
      args: {
        kind: optional(choice('of what', kinds, saidKinds)),
        severity: optional(severityArg),
        hours: optional(choice('in which hours', hours, saidHours)),
      },
      effect: 'note',
      role: 'developer',
      planned: {
        instead: 'The morning digest gathers what needs you, at a time of your own.',
        near: () => [{ title: 'Show my digest', intent: { command: 'digest.show', args: {} } }],
      },
    },
  },
  offers: ['digest.show'],
})
