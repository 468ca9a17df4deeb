import { defineSkill } from '../kit/command.js'
import { saysIn } from './says-in.js'
import { refreshState, showState } from './show-state.js'
import { viewState } from './view-state.js'
import { says } from './says.js'
import { refreshRequests } from './says-of-requests.js'

export default defineSkill({
  name: 'me',
  summary: 'What is mine: what needs me, what I own, what I did.',
  order: 40,
  uses: ['catalog', 'onCall', 'proposals', 'audit', 'rereading'],
  commands: {
    show: {
      summary: 'What needs me, my services, pull requests, deployments and work',
      says: says.show,
      saysIn,
      args: {},
      effect: 'read',
      role: 'developer',
      featured: true,
      run: (_args, turn) => showState(turn),
    },
    refresh: {
      summary: 'Read what is mine anew at its sources',
      says: says.refresh,
      requests: refreshRequests,
      args: {},
      effect: 'note',
      role: 'developer',
      run: (_args, turn) => refreshState(turn),
    },
  },
  views: { MyState: viewState },
  offers: [
    'approval.approve',
    'approval.show',
    'catalog.show',
    'incident.acknowledge',
    'incident.list',
    'incident.show',
    'on-call.show',
  ],
})
