import { entity, optional, text } from '../kit/arguments.js'
import { defineSkill } from '../kit/command.js'
import type { Button } from '../kit/reply.js'
import { says } from './says.js'
import { cancelRequests } from './says-of-requests.js'

const waiting: Button = { title: 'Open approvals', intent: { command: 'approval.list', args: {} } }
const instead = 'A change runs once, when it is approved, and at no other time; those that wait can be listed.'

export default defineSkill({
  name: 'schedule',
  summary: 'Changes that run at a time, once or again and again.',
  order: 52,
  uses: [],
  commands: {
    list: {
      summary: 'Which changes are scheduled',
      says: says.list,
      args: { target: optional(entity(['Service', 'Resource', 'Environment'], 'on what')) },
      effect: 'read',
      role: 'developer',
      planned: { instead, near: () => [waiting] },
    },
    cancel: {
      summary: 'Cancel a scheduled change',
      says: says.cancel,
      requests: cancelRequests,
      args: { schedule: text('which schedule', 80, 'name') },
      effect: 'note',
      role: 'developer',
      planned: { instead, near: () => [waiting] },
    },
  },
  offers: ['approval.list'],
})
