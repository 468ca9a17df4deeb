import type { KindDeclaration } from '../kind-declaration.js'
import { described, moment } from './common-properties.js'

export const runbook: KindDeclaration = {
  kind: 'Runbook',
  title: 'Runbook',
  plural: 'Runbooks',
  summary: 'What to do when something is broken, written down before.',
  icon: 'document',
  says: ['runbook', 'playbook', 'instructions'],
  properties: {
    ...described,
    symptoms: { type: 'list', title: 'For', says: ['symptom'] },
    updated: moment('Updated', 'changed', 'reviewed'),
  },
  relations: { documents: ['Service', 'Resource'], ownedBy: ['Team', 'Person'], authoredBy: ['Person'] },
  facts: ['documents', 'ownedBy', 'symptoms', 'updated', 'url'],
  sections: [{ title: 'Runbook for', steps: ['documents'] }],
  next: [
    { ask: 'show', of: 'documents' },
    { ask: 'on-call', of: 'documents' },
  ],
}
