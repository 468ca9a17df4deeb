import { entity, optional, text, time } from '../kit/arguments.js'
import { askAbout, ofKind } from '../kit/ask-about.js'
import { severityArg } from '../kit/severity-argument.js'
import type { Args } from '../kit/arguments.js'
import type { PlannedCommand } from '../kit/command.js'
import type { Entity } from '../kit/model.js'
import type { Button } from '../kit/reply.js'
import { lengthArg } from './buttons.js'
import * as requests from './says-of-planned-requests.js'
import * as says from './says-of-planned.js'
import { saysOfRoutes } from './says-of-routes.js'

/** What is to be done with incidents and is not built yet. */

const incident = entity('Incident', 'which incident')
const broken = entity(['Service', 'Resource'], 'of which service or resource')

const declare = <A extends Args>(command: PlannedCommand<A>): PlannedCommand<A> => command

const show = (which: Entity | undefined): Button[] => askAbout(which, 'Show', 'incident.show', 'incident')
const handOver = (which: Entity | undefined, to: Entity | undefined): Button[] => {
  if (!which || !to) return []
  const args = { incident: { kind: which.kind, id: which.id }, person: { kind: to.kind, id: to.id } }
  return [{ title: `Assign ${which.name} to ${to.name}`, intent: { command: 'incident.assign', args } }]
}
const openOf = (service: Entity | undefined): Button[] =>
  service
    ? askAbout(service, 'Incidents of', 'incident.list', 'scope')
    : [{ title: 'Open incidents', intent: { command: 'incident.list', args: { which: 'open' } } }]

export const plannedCommands = {
  declare: declare({
    summary: 'Declare an incident by hand',
    says: says.declare,
    requests: requests.declare,
    args: { service: optional(broken), severity: optional(severityArg), title: optional(text('what is broken', 200)) },
    effect: 'note',
    role: 'developer',
    planned: {
      instead:
        'An incident opens by itself when an alert fires or somebody is paged; who is on call can be told meanwhile.',
      near: ({ service }) => [
        ...askAbout(ofKind(service, 'Service'), "Who's on call for", 'on-call.show', 'target'),
        ...openOf(ofKind(service, 'Service')),
      ],
    },
  }),
  mute: declare({
    summary: 'Say nothing more of an incident for a while',
    says: says.mute,
    requests: requests.mute,
    args: {
      incident,
      service: optional(broken),
      length: optional(lengthArg),
      until: optional(time('until when')),
    },
    effect: 'note',
    role: 'developer',
    planned: {
      instead: 'An incident can be put off for a while: then nobody is reminded of it until it rings again.',
      near: ({ incident }) => [...askAbout(incident, 'Snooze', 'incident.snooze', 'incident'), ...show(incident)],
    },
  }),
  escalate: declare({
    summary: 'Bring in the next people, or somebody by name',
    says: says.escalate,
    requests: requests.escalate,
    args: { incident, to: optional(entity(['Person', 'Team'], 'to whom')) },
    effect: 'note',
    role: 'developer',
    planned: {
      instead: 'An incident can be handed to somebody, who is told of it.',
      near: ({ incident, to }) => [
        ...handOver(incident, ofKind(to, 'Person')),
        ...askAbout(ofKind(to, 'Team'), "Who's on call for", 'on-call.show', 'target'),
        ...show(incident),
      ],
    },
  }),
  merge: declare({
    summary: 'Make one incident of two',
    says: says.merge,
    requests: requests.merge,
    args: { incident, into: entity('Incident', 'into which incident') },
    effect: 'note',
    role: 'developer',
    planned: {
      instead: 'Alerts are grouped into incidents by what depends on what; a note can say that two belong together.',
      near: ({ incident, into }) => [...show(into), ...show(incident)],
    },
  }),
  split: declare({
    summary: 'Make two incidents of one',
    says: says.split,
    requests: requests.split,
    args: { incident, service: optional(broken) },
    effect: 'note',
    role: 'developer',
    planned: {
      instead: 'The card of an incident says what was grouped and why.',
      near: ({ incident }) => show(incident),
    },
  }),
  route: declare({
    summary: 'Where an incident would go, and whom it would wake',
    says: saysOfRoutes,
    args: {
      service: optional(broken),
      alert: optional(entity('AlertRule', 'of which alert')),
      severity: optional(severityArg),
    },
    effect: 'read',
    role: 'developer',
    planned: {
      instead: 'Who carries the pager, and who comes after them, is known.',
      near: ({ service }) => [
        ...askAbout(ofKind(service, 'Service'), "Who's on call for", 'on-call.show', 'target'),
        ...askAbout(service, 'Who owns', 'catalog.owner', 'entity'),
      ],
    },
  }),
}
