import type { KindDeclaration } from '../kind-declaration.js'
import { countOf, described, moment, text } from './common-properties.js'

export const pullRequest: KindDeclaration = {
  kind: 'PullRequest',
  title: 'Pull request',
  plural: 'Pull requests',
  summary: 'A change of code that asks to be merged, on GitHub or in Azure Repos.',
  icon: 'repository',
  says: ['pull request', 'pull', 'pr', 'merge request'],
  properties: {
    ...described,
    title: text('Title'),
    state: {
      ...text('State', 'status'),
      values: ['open', 'draft', 'merged', 'closed'],
      looks: { merged: 'good' },
    },
    checks: {
      ...text('Checks', 'ci', 'build status'),
      values: ['passing', 'failing', 'pending'],
      looks: { failing: 'warning' },
    },
    repository: text('Repository', 'repo'),
    branch: text('Branch', 'source branch'),
    target: text('Into', 'target branch', 'base'),
    opened: moment('Opened', 'opened', 'created', 'waiting'),
    updated: moment('Updated', 'changed', 'touched'),
    merged: moment('Merged', 'merged', 'completed'),
    additions: countOf('Lines added', 'lines', 'additions', 'size'),
    labels: { type: 'list', title: 'Labels', says: ['label', 'tag'] },
  },
  required: ['title', 'state'],
  relations: {
    partOf: ['Repository'],
    authoredBy: ['Person'],
    reviewBy: ['Person', 'Team'],
    affects: ['Service'],
    ownedBy: ['Team'],
  },
  sentence: ['{authoredBy} opened it', ' in {repository}', ' {opened}', '.'],
  facts: ['checks', 'opened', 'repository', 'reviewBy', 'branch', 'target', 'updated', 'additions'],
  sections: [
    { title: 'Reviewers', steps: ['reviewBy'] },
    { title: 'Affects', steps: ['affects'] },
  ],
  next: [
    { ask: 'show', of: 'partOf' },
    { ask: 'show', of: 'authoredBy' },
  ],
}
