import { choice, entity, optional, text, time } from '../kit/arguments.js'
import { defineSkill } from '../kit/command.js'
import { badInput } from '../kit/errors.js'
import { endFreeze, freeze, unfreeze } from './freeze-changes.js'
import { showControl } from './show-control.js'
import { says } from './says.js'
import { saysOfRequests } from './says-of-requests.js'
import { listUnreached } from './unreached.js'
import { letGoOn, readTarget, sayGoesOn, sayThrown, stop } from './throw-switches.js'

export default defineSkill({
  name: 'control',
  summary: "The administrator's hand: stop switches, change freezes and read-only mode.",
  order: 90,
  uses: ['records', 'commands', 'catalog', 'chats', 'onCall'],
  offers: ['catalog.show'],
  wakes: { 'freeze-end': endFreeze },
  commands: {
    show: {
      summary: 'What an administrator has stopped',
      says: says.show,
      args: {},
      effect: 'read',
      role: 'developer',
      run: (_args, turn) => showControl(turn),
    },
    stop: {
      summary: 'Stop all changes, a skill’s, or an action’s',
      says: says.stop,
      requests: saysOfRequests.stop,
      args: {
        what: optional(text('skill or action; all changes where empty', 120)),
        reason: text('why', 300),
      },
      effect: 'note',
      role: 'admin',
      run: async ({ what, reason }, turn) => sayThrown(await stop(await readTarget(what, turn), reason, turn), turn),
    },
    resume: {
      summary: 'Let stopped changes go on',
      says: says.resume,
      requests: saysOfRequests.resume,
      args: { what: optional(text('skill or action; all changes where empty', 120)) },
      effect: 'note',
      role: 'admin',
      async run({ what }, turn) {
        const target = await readTarget(what, turn)
        return sayGoesOn(target, await letGoOn(target, turn))
      },
    },
    freeze: {
      summary: 'Freeze changes until a moment',
      says: says.freeze,
      requests: saysOfRequests.freeze,
      args: {
        what: optional(entity(['Service', 'Team'], 'of which service or team; all where empty')),
        environment: optional(entity('Environment', 'in which environment; all where empty')),
        from: optional(time('from when; now where empty')),
        until: time('until when'),
        reason: text('why', 300),
      },
      effect: 'note',
      role: 'admin',
      run: (wish, turn) => freeze(wish, turn),
    },
    unfreeze: {
      summary: 'Lift a change freeze',
      says: says.unfreeze,
      requests: saysOfRequests.unfreeze,
      args: {
        what: optional(entity(['Service', 'Team'], 'of which service or team')),
        environment: optional(entity('Environment', 'in which environment')),
      },
      effect: 'note',
      role: 'admin',
      run: (wish, turn) => unfreeze(wish, turn),
    },
    unreached: {
      summary: 'Whom Nexus cannot reach in Teams',
      says: says.unreached,
      args: {},
      effect: 'read',
      role: 'admin',
      run: (_args, turn) => listUnreached(turn),
    },
    'read-only': {
      summary: 'Turn read-only mode on or off',
      says: says['read-only'],
      requests: saysOfRequests['read-only'],
      args: { mode: choice('on or off', ['on', 'off']), reason: optional(text('why, when it is turned on', 300)) },
      effect: 'note',
      role: 'admin',
      async run({ mode, reason }, turn) {
        const what = { readOnly: true } as const
        if (mode === 'off') return sayGoesOn(what, await letGoOn(what, turn))
        if (!reason) throw badInput('Say why: “read-only mode on because …”.', 'Everybody who is refused reads it.')
        return sayThrown(await stop(what, reason, turn), turn)
      },
    },
  },
})
