import { choice, entity, filter, optional, range, text, time } from '../kit/arguments.js'
import type { OtherWay } from '../kit/catalog/other-way.js'
import { defineSkill } from '../kit/command.js'
import { lengthArg } from './buttons.js'
import { drawIncident } from './draw-incident.js'
import { hearChange } from './hear-change.js'
import { hearListening, hearReply } from './hear-thread.js'
import { hearPage } from './follow-page.js'
import { listIncidents } from './list-incidents.js'
import { makeMove } from './make-move.js'
import { mirror } from './mirror.js'
import { plannedCommands } from './planned-commands.js'
import * as requests from './says-of-requests.js'
import * as says from './says.js'
import { saysOfOne } from './says-of-one.js'
import * as moves from './says-of-moves.js'
import { saysIn } from './says-in.js'
import { showIncident } from './show-incident.js'
import { snoozeEnd } from './snooze-end.js'
import { doerOfEntity } from './surroundings.js'
import { takeAlert } from './take-alert.js'
import { endCalm, endSnooze, sayGathered, speak } from './timers.js'

const incident = entity('Incident', 'which incident')
const why = optional(text('why', 500))
/** What of a filter of incidents the other arguments say. */
const otherWays: readonly OtherWay[] = [
  { argument: 'scope', relation: 'affects' },
  { argument: 'scope', relation: 'ownedBy' },
  { argument: 'which', where: 'not state in (resolved, merged)', value: 'open' },
  { argument: 'range', when: 'opened' },
]

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
      saysIn: saysIn.list,
      args: {
        scope: optional(entity(['Team', 'Service'], 'of which team or service')),
        which: optional(choice('which', ['open', 'recent', 'all', 'past', 'resolved'])),
        range: optional(range('in which time')),
        filter: optional(filter('by what they are', ['Incident'], otherWays)),
        after: optional(text('of those past, after which', 40)),
      },
      effect: 'read',
      role: 'developer',
      featured: true,
      run: (question, turn) => listIncidents(question, turn),
    },
    show: {
      summary: 'One incident as it is now',
      says: saysOfOne,
      args: { incident },
      effect: 'read',
      role: 'developer',
      run: ({ incident }, turn) => showIncident(incident, turn),
    },
    acknowledge: {
      summary: 'Take an incident',
      says: moves.acknowledge,
      requests: requests.acknowledge,
      saysIn: saysIn.acknowledge,
      args: { incident },
      effect: 'note',
      role: 'developer',
      featured: true,
      run: ({ incident }, turn) => makeMove(incident, { kind: 'acknowledge' }, turn),
    },
    assign: {
      summary: 'Hand an incident to somebody',
      says: moves.assign,
      requests: requests.assign,
      args: { incident, person: entity('Person', 'to whom') },
      effect: 'note',
      role: 'developer',
      run: ({ incident, person }, turn) => makeMove(incident, { kind: 'assign', to: doerOfEntity(person) }, turn),
    },
    snooze: {
      summary: 'Put an incident off for a while',
      says: moves.snooze,
      requests: requests.snooze,
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
      says: moves.resolve,
      requests: requests.resolve,
      saysIn: saysIn.resolve,
      args: { incident, why },
      effect: 'note',
      role: 'developer',
      run: ({ incident, why }, turn) => makeMove(incident, { kind: 'resolve', ...(why && { why }) }, turn),
    },
    reopen: {
      summary: 'Open an incident again',
      says: moves.reopen,
      requests: requests.reopen,
      args: { incident, why },
      effect: 'note',
      role: 'developer',
      run: ({ incident, why }, turn) => makeMove(incident, { kind: 'reopen', ...(why && { why }) }, turn),
    },
    note: {
      summary: 'Note something on an incident',
      says: moves.note,
      requests: requests.note,
      args: { incident, note: text('what to note', 1_000, undefined, [':', 'that', 'saying']) },
      effect: 'note',
      role: 'developer',
      run: ({ incident, note }, turn) => makeMove(incident, { kind: 'note', text: note }, turn),
    },
    ...plannedCommands,
  },
  hears: {
    'alert.fired': takeAlert,
    'alert.resolved': takeAlert,
    'page.moved': hearPage,
    'listening.changed': hearListening,
    'thread.replied': hearReply,
    'change.recorded': hearChange,
  },
  wakes: { mirror, snooze: endSnooze, calm: endCalm, news: sayGathered, speak },
  views: { Incident: (id, _viewer, turn) => drawIncident(id, turn) },
  offers: ['catalog.owner', 'catalog.show', 'on-call.show'],
})
