import { optional, timeOfDay, weekdays, zone } from '../kit/arguments.js'
import { defineSkill } from '../kit/command.js'
import { hearChat, meetAgain, meetTimer } from './meet-person.js'
import * as says from './says.js'
import { offRequests, setRequests } from './says-of-requests.js'
import { wakeDigest } from './send-digest.js'
import { sendTimer } from './setting.js'
import { setDigest } from './set-digest.js'
import { showDigest } from './show-digest.js'
import { stopDigest } from './stop-digest.js'
import { viewDigest } from './view-digest.js'

export default defineSkill({
  name: 'digest',
  summary: 'Good morning: what needs me, at my own time.',
  order: 50,
  uses: ['catalog', 'onCall', 'proposals', 'records', 'chats'],
  commands: {
    show: {
      summary: 'My digest, as it is now',
      says: says.show,
      args: {},
      effect: 'read',
      role: 'developer',
      run: (_args, turn) => showDigest(turn),
    },
    set: {
      summary: 'When my digest comes',
      says: says.set,
      requests: setRequests,
      args: {
        time: optional(timeOfDay('time of day')),
        days: optional(weekdays('on which days')),
        zone: optional(zone('in which time zone')),
      },
      effect: 'note',
      role: 'developer',
      run: (args, turn) => setDigest(args, turn),
    },
    off: {
      summary: 'Stop my digest',
      says: says.off,
      requests: offRequests,
      args: {},
      effect: 'note',
      role: 'developer',
      run: (_args, turn) => stopDigest(turn),
    },
  },
  hears: { 'chat.changed': hearChat },
  wakes: { [sendTimer]: wakeDigest, [meetTimer]: meetAgain },
  views: { Digest: viewDigest },
  offers: [
    'approval.approve',
    'approval.show',
    'incident.acknowledge',
    'incident.show',
    'catalog.show',
    'on-call.show',
  ],
})
