import type { KindDeclaration } from '../kind-declaration.js'
import { described, environment, moment, text } from './common-properties.js'

export const change: KindDeclaration = {
  kind: 'Change',
  title: 'Change',
  plural: 'Changes',
  summary: 'Something that was changed outside Nexus: a push, a merge, a build, a release, a resource.',
  icon: 'change',
  says: ['change', 'commit', 'push'],
  properties: {
    ...described,
    title: text('Title'),
    what: {
      ...text('What', 'kind of change'),
      values: ['push', 'merge', 'build', 'release', 'deployment', 'resource'],
    },
    source: text('Told by'),
    at: moment('When', 'changed', 'happened', 'at'),
    outcome: {
      ...text('Outcome', 'result'),
      values: ['succeeded', 'failed', 'cancelled'],
      looks: { failed: 'attention' },
    },
    by: text('By', 'who'),
    gitHubLogin: text('GitHub login'),
    commit: text('Commit', 'sha'),
    environment,
    operation: text('Operation'),
  },
  required: ['title', 'at'],
  relations: {
    partOf: ['Service', 'Resource', 'Repository'],
    affects: ['Service', 'Resource'],
    authoredBy: ['Person'],
  },
  sentence: ['{authoredBy} made it', ' {at}', '.'],
  facts: ['what', 'at', 'outcome', 'authoredBy', 'by', 'environment', 'commit', 'operation'],
  sections: [
    { title: 'Touches', steps: ['partOf', 'affects'] },
    { title: 'Caused', steps: ['caused'] },
  ],
  next: [
    { ask: 'show', of: 'partOf' },
    { ask: 'incidents', of: 'partOf' },
  ],
}
