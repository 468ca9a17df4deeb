import { defineSkill } from '../kit/command.js'
import { beginListening, endListening, showListening } from './consent.js'
import { says } from './says.js'

export default defineSkill({
  name: 'listening',
  summary: 'Whether Nexus hears replies in a team’s threads without being mentioned.',
  order: 95,
  uses: ['catalog', 'records'],
  commands: {
    show: {
      summary: 'Whether I hear replies here without a mention',
      says: says.show,
      args: {},
      effect: 'read',
      role: 'developer',
      run: (_args, turn) => showListening(turn),
    },
    start: {
      summary: 'Let me hear replies in this team’s incident and approval threads without a mention',
      says: [
        "listen in this team's threads",
        'listen in our threads',
        'listen in these threads',
        'listen to our threads',
        'listen here',
        'start listening',
        'start listening here',
        'start listening in this team',
        'hear our replies',
        'hear our replies without a mention',
        'read along in our threads',
      ],
      args: {},
      effect: 'note',
      role: 'developer',
      run: (_args, turn) => beginListening(turn),
    },
    stop: {
      summary: 'Hear this team’s replies only where I am mentioned',
      says: [
        'stop listening',
        'stop listening here',
        'stop listening in this team',
        "stop listening in this team's threads",
        'stop listening in our threads',
        'stop listening to our threads',
        'listen no more',
        'stop reading along',
        'stop hearing our replies',
        'end listening here',
      ],
      args: {},
      effect: 'note',
      role: 'developer',
      run: (_args, turn) => endListening(turn),
    },
  },
})
