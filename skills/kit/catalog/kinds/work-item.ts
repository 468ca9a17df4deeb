import type { KindDeclaration } from '../kind-declaration.js'
import { described, moment, text } from './common-properties.js'

export const workItem: KindDeclaration = {
  kind: 'WorkItem',
  title: 'Work item',
  plural: 'Work items',
  summary: 'A story, task or bug on a board: Azure Boards or GitHub issues.',
  icon: 'document',
  says: [
    'work item',
    'ticket',
    'issue',
    'task',
    { word: 'bug', where: 'type = Bug' },
    { word: 'user story', where: 'type = "User Story"' },
    { word: 'story', where: 'type = "User Story"' },
    { word: 'epic', where: 'type = Epic' },
    { word: 'feature', where: 'type = Feature' },
  ],
  properties: {
    ...described,
    title: text('Title'),
    type: text('Type'),
    // Each process of Azure Boards has states of its own.
    state: { ...text('State', 'status'), looks: { closed: 'good', done: 'good', resolved: 'good' } },
    // 1 is the most urgent (Azure Boards, "Query by priority").
    priority: { type: 'ordered', title: 'Priority', says: ['prio'], values: ['4', '3', '2', '1'] },
    severity: text('Severity'),
    project: text('Project'),
    area: text('Area', 'area path'),
    sprint: text('Sprint', 'iteration', 'iteration path'),
    points: { type: 'number', title: 'Points', says: ['story points', 'effort', 'size'], minimum: 0 },
    remaining: { type: 'number', title: 'Remaining', says: ['remaining work'], unit: 'hours', minimum: 0 },
    tags: { type: 'list', title: 'Tags', says: ['tag', 'label'] },
    created: moment('Created', 'opened', 'raised'),
    updated: moment('Updated', 'changed', 'touched'),
    closed: moment('Closed', 'done', 'finished'),
    due: moment('Due', 'due date', 'deadline'),
  },
  required: ['title', 'state'],
  relations: {
    assignedTo: ['Person'],
    authoredBy: ['Person'],
    ownedBy: ['Team'],
    partOf: ['WorkItem', 'Service'],
    affects: ['Service', 'Resource'],
    dependsOn: ['WorkItem'],
    causedBy: ['Incident'],
  },
  sentence: ['{assignedTo} has it', ', in {sprint}', '.'],
  facts: ['assignedTo', 'ownedBy', 'priority', 'type', 'sprint', 'points', 'due', 'updated', 'project'],
  sections: [
    { title: 'Affects', steps: ['affects'] },
    { title: 'Waits for', steps: ['dependsOn'] },
    { title: 'Made of', steps: ['hasPart'] },
  ],
  next: [
    { ask: 'show', of: 'partOf' },
    { ask: 'show', of: 'ownedBy' },
  ],
}
