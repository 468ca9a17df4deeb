import type { KindDeclaration } from '../kind-declaration.js'
import { described, pagerDutyId, text } from './common-properties.js'

export const schedule: KindDeclaration = {
  kind: 'Schedule',
  title: 'On-call schedule',
  plural: 'On-call schedules',
  summary: 'Who carries the pager when: from PagerDuty, Opsgenie or the settings.',
  icon: 'schedule',
  says: ['schedule', 'rota', 'rotation', 'on-call schedule'],
  properties: {
    ...described,
    zone: text('Time zone', 'time zone'),
    file: text('File'),
    escalation: { type: 'list', title: 'Escalates to', says: ['escalation'] },
    services: { type: 'list', title: 'Services' },
    shifts: { type: 'data', title: 'Shifts' },
    rotation: { type: 'data', title: 'Rotation' },
    overrides: { type: 'data', title: 'Overrides' },
    pagerDutyId,
    opsgenieId: text('Opsgenie id'),
  },
  relations: { ownedBy: ['Team'], onCallBy: ['Person'] },
  sentence: ['{ownedBy} carries it', ', in {zone}', '.'],
  facts: ['ownedBy', 'zone', 'file'],
  sections: [{ title: 'On call for', steps: ['onCallFor'] }],
  next: [
    { ask: 'on-call', of: 'ownedBy' },
    { ask: 'show', of: 'ownedBy' },
  ],
}
