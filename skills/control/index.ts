import { choice, entity, optional, text, time } from '../kit/arguments.js'
import { defineSkill } from '../kit/command.js'
import { badInput } from '../kit/errors.js'
import { endFreeze, freeze, unfreeze } from './freeze-changes.js'
import { showControl } from './show-control.js'
import { says } from './says.js'
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
      says: [
        'stop all changes because {reason}',
        'stop all changes because of {reason}',
        'stop all changes',
        'stop every change because {reason}',
        'stop changes because {reason}',
        'stop changes',
        'stop action {what} because {reason}',
        'stop action {what} because of {reason}',
        'stop action {what}',
        'stop the action {what} because {reason}',
        'stop skill {what} because {reason}',
        'stop skill {what}',
        'stop the skill {what} because {reason}',
        'halt all changes because {reason}',
        'halt all changes',
      ],
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
      says: [
        'resume changes',
        'resume all changes',
        'resume every change',
        'let changes go on',
        'allow changes again',
        'allow changes',
        'resume action {what}',
        'resume the action {what}',
        'resume skill {what}',
        'resume the skill {what}',
        'allow action {what} again',
      ],
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
      says: [
        'freeze changes until {until} because {reason}',
        'freeze changes until {until} because of {reason}',
        'freeze all changes until {until} because {reason}',
        'freeze changes until {until}',
        'freeze changes of {what} until {until} because {reason}',
        'freeze changes of {what} until {until} because of {reason}',
        'freeze changes of {what} in {environment} until {until} because {reason}',
        'freeze changes in {environment} until {until} because {reason}',
        'freeze changes in {environment} until {until} because of {reason}',
        'freeze changes in {environment} from {from} until {until} because {reason}',
        'freeze changes from {from} until {until} because {reason}',
        'freeze changes of {what} from {from} until {until} because {reason}',
        'freeze {what} until {until} because {reason}',
        'freeze {what} until {until} because of {reason}',
        'change freeze until {until} because {reason}',
        'change freeze of {what} until {until} because {reason}',
        'change freeze in {environment} until {until} because {reason}',
      ],
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
      says: [
        'unfreeze changes',
        'unfreeze all changes',
        'unfreeze changes of {what}',
        'unfreeze changes in {environment}',
        'unfreeze changes of {what} in {environment}',
        'unfreeze {what}',
        'lift the freeze',
        'lift the change freeze',
        'lift the freeze of {what}',
        'lift the freeze in {environment}',
        'end the freeze',
        'end the change freeze',
      ],
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
      says: [
        'read-only mode {mode}',
        'read-only mode {mode} because {reason}',
        'read-only mode {mode} because of {reason}',
        'read-only {mode}',
        'read-only {mode} because {reason}',
        'turn read-only mode {mode}',
        'turn read-only mode {mode} because {reason}',
        'turn {mode} read-only mode',
        'turn {mode} read-only mode because {reason}',
        'switch read-only mode {mode}',
        'set read-only mode {mode}',
        'set read-only mode to {mode}',
      ],
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
