import type { KindDeclaration } from '../kind-declaration.js'
import { countOf, described, moment, pagerDutyId, severity, text } from './common-properties.js'

export const incident: KindDeclaration = {
  kind: 'Incident',
  title: 'Incident',
  plural: 'Incidents',
  summary: 'Something that is broken or was, and who has it.',
  says: ['incident', 'outage', 'page'],
  properties: {
    ...described,
    title: text('Title'),
    state: {
      ...text('State', 'status'),
      values: ['triggered', 'acknowledged', 'resolved', 'merged'],
      looks: { triggered: 'attention', acknowledged: 'warning', resolved: 'good' },
    },
    severity,
    service: text('Service'),
    opened: moment('Opened', 'opened', 'started', 'began', 'since'),
    resolved: moment('Resolved', 'resolved', 'ended', 'fixed'),
    alerts: countOf('Alerts', 'alerts'),
    pagerUrl: { type: 'text', title: 'In PagerDuty', shown: 'link' },
    pagerDutyId,
  },
  required: ['title', 'state', 'opened'],
  relations: {
    affects: ['Service', 'Resource'],
    assignedTo: ['Person', 'Team'],
    ownedBy: ['Team'],
    causedBy: ['Change', 'Deployment', 'Incident'],
    runsIn: ['Environment'],
    partOf: ['Incident'],
  },
  sentence: ['{affects} is affected', '; {assignedTo} has it', '.'],
  facts: ['severity', 'ownedBy', 'opened', 'resolved', 'alerts', 'causedBy', 'runsIn'],
  sections: [
    { title: 'Part of it', steps: ['hasPart'] },
    { title: 'Work items', steps: ['caused'] },
  ],
  next: [
    { ask: 'on-call', of: 'affects' },
    { ask: 'show', of: 'affects' },
  ],
}
