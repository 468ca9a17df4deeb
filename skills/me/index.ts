import { defineSkill } from '../kit/command.js'
import { refreshState, showState } from './show-state.js'
import { viewState } from './view-state.js'

export default defineSkill({
  name: 'me',
  summary: 'What is mine: what needs me, what I own, what I did.',
  order: 40,
  uses: ['catalog', 'onCall', 'proposals', 'audit', 'rereading'],
  commands: {
    show: {
      summary: 'What needs me, my services, pull requests, deployments and work',
      says: [
        'my stuff',
        'my state',
        'what is mine',
        'what do i own',
        'what is on my plate',
        'my things',
        'my work',
        'my services',
        'my pull requests',
        'my day',
        'where do i stand',
        'show my stuff',
      ],
      args: {},
      effect: 'read',
      role: 'developer',
      featured: true,
      run: (_args, turn) => showState(turn),
    },
    refresh: {
      summary: 'Read what is mine anew at its sources',
      says: [
        'refresh my state',
        'refresh my stuff',
        'reload my state',
        'reload my stuff',
        'recompute my state',
        'rebuild my state',
        'work out my state anew',
        'update my state',
        'refresh my things',
        'refresh my work',
        'refresh what is mine',
      ],
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
