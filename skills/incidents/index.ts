import { choice, entity, optional, text, time } from '../kit/arguments.js'
import { defineSkill } from '../kit/command.js'
import { lengthArg } from './buttons.js'
import { drawIncident } from './draw-incident.js'
import { hearChange } from './hear-change.js'
import { hearPage } from './follow-page.js'
import { listIncidents } from './list-incidents.js'
import { makeMove } from './make-move.js'
import { mirror } from './mirror.js'
import * as says from './says.js'
import { showIncident } from './show-incident.js'
import { snoozeEnd } from './snooze-end.js'
import { doerOfEntity } from './surroundings.js'
import { takeAlert } from './take-alert.js'
import { endCalm, endSnooze, sayGathered, speak } from './timers.js'

const incident = entity('Incident', 'which incident')
const why = optional(text('why', 500))

export default defineSkill({
  name: 'incident',
  summary: 'What is broken, and what was.',
  order: 20,
  area: 'incidents',
  uses: ['catalog', 'records', 'people', 'onCall', 'paging'],
  commands: {
    list: {
      summary: 'Open and recent incidents',
      says: says.list,
      args: {
        scope: optional(entity(['Team', 'Service'], 'of which team or service')),
        which: optional(choice('which', ['open', 'recent', 'all', 'past', 'resolved'])),
      },
      effect: 'read',
      role: 'developer',
      featured: true,
      run: ({ scope, which }, turn) => listIncidents(scope, which, turn),
    },
    show: {
      summary: 'One incident as it is now',
      says: says.show,
      args: { incident },
      effect: 'read',
      role: 'developer',
      run: ({ incident }, turn) => showIncident(incident, turn),
    },
    acknowledge: {
      summary: 'Take an incident',
      says: says.acknowledge,
      args: { incident },
      effect: 'note',
      role: 'developer',
      featured: true,
      run: ({ incident }, turn) => makeMove(incident, { kind: 'acknowledge' }, turn),
    },
    assign: {
      summary: 'Hand an incident to somebody',
      says: says.assign,
      args: { incident, person: entity('Person', 'to whom') },
      effect: 'note',
      role: 'developer',
      run: ({ incident, person }, turn) => makeMove(incident, { kind: 'assign', to: doerOfEntity(person) }, turn),
    },
    snooze: {
      summary: 'Put an incident off for a while',
      says: says.snooze,
      args: {
        incident,
        length: optional(lengthArg),
        until: optional(time('until when')),
      },
      effect: 'note',
      role: 'developer',
      run: ({ incident, ...asked }, turn) =>
        makeMove(incident, { kind: 'snooze', until: snoozeEnd(asked, turn.now) }, turn),
    },
    resolve: {
      summary: 'Say that an incident is over',
      says: says.resolve,
      args: { incident, why },
      effect: 'note',
      role: 'developer',
      run: ({ incident, why }, turn) => makeMove(incident, { kind: 'resolve', ...(why && { why }) }, turn),
    },
    reopen: {
      summary: 'Open an incident again',
      says: says.reopen,
      args: { incident, why },
      effect: 'note',
      role: 'developer',
      run: ({ incident, why }, turn) => makeMove(incident, { kind: 'reopen', ...(why && { why }) }, turn),
    },
    note: {
      summary: 'Note something on an incident',
      says: says.note,
      args: { incident, note: text('what to note', 1_000) },
      effect: 'note',
      role: 'developer',
      run: ({ incident, note }, turn) => makeMove(incident, { kind: 'note', text: note }, turn),
    },
  },
  hears: {
    'alert.fired': takeAlert,
    'alert.resolved': takeAlert,
    'page.moved': hearPage,
    'change.recorded': hearChange,
  },
  wakes: { mirror, snooze: endSnooze, calm: endCalm, news: sayGathered, speak },
  views: { Incident: (id, _viewer, turn) => drawIncident(id, turn) },
  offers: ['catalog.show', 'on-call.show'],
})
