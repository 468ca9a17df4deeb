import type { KindDeclaration } from '../kind-declaration.js'
import { described, environment, moment, result, text } from './common-properties.js'

export const run: KindDeclaration = {
  kind: 'Run',
  title: 'Run',
  plural: 'Runs',
  summary: 'One run of a pipeline or workflow.',
  icon: 'run',
  says: ['run', 'build run', 'workflow run', { word: 'failed build', where: 'state = failed' }],
  properties: {
    ...described,
    state: result,
    number: text('Number', 'build number', 'run number'),
    branch: text('Branch'),
    commit: text('Commit', 'sha'),
    reason: text('Reason', 'trigger', 'why'),
    environment,
    queued: moment('Queued'),
    started: moment('Started', 'began', 'ran'),
    ended: moment('Ended', 'finished', 'completed'),
    duration: { type: 'number', title: 'Took', says: ['how long'], unit: 'min', minimum: 0 },
    passed: { type: 'number', title: 'Tests passed', says: ['passed tests'], integer: true, minimum: 0 },
    failed: {
      type: 'number',
      title: 'Tests failed',
      says: ['failed tests', 'failing tests'],
      integer: true,
      minimum: 0,
    },
    coverage: { type: 'number', title: 'Coverage', says: ['code coverage'], unit: '%', minimum: 0, maximum: 100 },
  },
  required: ['state'],
  relations: {
    runOf: ['Pipeline'],
    builtFrom: ['Repository'],
    authoredBy: ['Person'],
    deploys: ['Service'],
    runsIn: ['Environment'],
    causedBy: ['PullRequest'],
  },
  sentence: ['{runOf}', ' on {branch}', ', {reason}', '.'],
  facts: ['authoredBy', 'environment', 'started', 'duration', 'failed', 'passed', 'coverage', 'commit', 'builtFrom'],
  sections: [
    { title: 'Deploys', steps: ['deploys'] },
    { title: 'Incidents', steps: ['caused'] },
  ],
  next: [
    { ask: 'show', of: 'runOf' },
    { ask: 'show', of: 'deploys' },
  ],
}
