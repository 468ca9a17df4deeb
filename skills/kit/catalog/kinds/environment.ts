import type { KindDeclaration } from '../kind-declaration.js'
import { countOf, described, moment, operated, text } from './common-properties.js'

export const environment: KindDeclaration = {
  kind: 'Environment',
  title: 'Environment',
  plural: 'Environments',
  summary: 'A place where services run: production, staging, or one that somebody made for a few days.',
  icon: 'environment',
  says: ['environment', 'env', 'stage'],
  properties: {
    ...described,
    ...operated,
    resources: countOf('Resources', 'resources', 'resource count'),
    protected: { type: 'boolean', title: 'Guarded', says: ['protected', 'protection rules', 'approval needed'] },
    expires: moment('Expires', 'expiry', 'expires', 'time to live', 'ttl'),
    created: moment('Created', 'creation'),
    project: text('Project'),
  },
  relations: { ownedBy: ['Team', 'Person'], partOf: ['Service', 'Repository'] },
  sentence: ['{resources} stand here.'],
  facts: ['ownedBy', 'resources', 'version', 'deployed', 'expires', 'cost', 'compliance', 'protected'],
  sections: [{ steps: ['hosts'] }, { steps: ['hasPart'] }],
  next: [{ ask: 'show', of: 'partOf' }],
}
