import type { KindDeclaration } from '../kind-declaration.js'
import { described, environment, moment, result, text } from './common-properties.js'

export const deployment: KindDeclaration = {
  kind: 'Deployment',
  title: 'Deployment',
  plural: 'Deployments',
  summary: 'A version of a service that was brought into an environment, or was to be.',
  icon: 'up',
  says: ['deployment', 'deploy', 'release', 'rollout'],
  properties: {
    ...described,
    state: {
      ...result,
      values: [...result.values!, 'waiting', 'rolled back', 'inactive'],
      looks: { ...result.looks, 'rolled back': 'warning' },
    },
    version: text('Version'),
    previous: text('Version before', 'previous version'),
    environment,
    commit: text('Commit', 'sha'),
    branch: text('Branch'),
    started: moment('Started', 'began', 'deployed'),
    ended: moment('Ended', 'finished', 'completed'),
    gate: text('Waits for', 'gate', 'approval'),
  },
  required: ['state'],
  relations: {
    deploys: ['Service'],
    runsIn: ['Environment'],
    builtFrom: ['Repository'],
    authoredBy: ['Person'],
    runOf: ['Pipeline'],
    partOf: ['Service', 'Run'],
    reviewBy: ['Person', 'Team'],
  },
  sentence: ['{deploys}', ' into {environment}', ', by {authoredBy}', '.'],
  facts: ['version', 'previous', 'environment', 'authoredBy', 'started', 'ended', 'gate', 'builtFrom', 'commit'],
  sections: [
    { title: 'Approvers', steps: ['reviewBy'] },
    { title: 'Incidents', steps: ['caused'] },
  ],
  next: [
    { ask: 'show', of: 'deploys' },
    { ask: 'on-call', of: 'deploys' },
  ],
}
