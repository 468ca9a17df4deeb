import type { KindDeclaration } from '../kind-declaration.js'
import { described, environment, moment, text } from './common-properties.js'

export const proposal: KindDeclaration = {
  kind: 'Proposal',
  title: 'Proposal',
  plural: 'Proposals',
  summary: 'A change that somebody asked Nexus for: it waits, runs or is done.',
  icon: 'proposal',
  says: ['proposal', 'change request', 'approval'],
  properties: {
    ...described,
    title: text('Title'),
    state: {
      ...text('State', 'status'),
      values: [
        'waiting',
        'approved',
        'rejected',
        'void',
        'expired',
        'withdrawn',
        'started',
        'queued',
        'running',
        'cancelling',
        'succeeded',
        'failed',
        'cancelled',
        'unknown',
      ],
      looks: { waiting: 'warning', failed: 'attention', unknown: 'attention', succeeded: 'good' },
    },
    environment,
    asked: moment('Asked', 'asked', 'proposed', 'requested'),
  },
  required: ['title', 'state'],
  relations: { authoredBy: ['Person'], affects: ['Service', 'Resource'], reviewBy: ['Person', 'Team'] },
  sentence: ['{authoredBy} asked for it', ' {asked}', '.'],
  facts: ['environment', 'asked', 'authoredBy'],
  sections: [{ title: 'Affects', steps: ['affects'] }],
  next: [{ ask: 'show', of: 'authoredBy' }],
}
