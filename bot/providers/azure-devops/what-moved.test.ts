import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import { whatMoved } from './what-moved.js'
import { refKey } from '../../../skills/kit/ref-key.js'

const project = '6ce954b1-ce1f-45d1-b94d-e6bf2464ba2c'
const event = (eventType: string, resource: unknown, more: object = {}) => ({
  ...{ id: '1', eventType, publisherId: 'tfs', resource, createdDate: '2026-11-20T12:00:00Z', ...more },
  resourceContainers: { project: { id: project.toUpperCase() } },
})
const orders = { name: 'Orders', project: { id: project, name: 'Shop' } }
const moved = (type: string, resource: unknown) =>
  whatMoved(event(type, resource)).reread.map(({ kind, id }) => `${kind} ${id}`)

test('work items are named by the item, whatever of it the event is about', () => {
  expect(moved('workitem.created', { id: 5 })).toEqual(['WorkItem azure-devops/5'])
  expect(moved('workitem.updated', { id: 2, workItemId: 5, revision: { id: 5 } })).toEqual(['WorkItem azure-devops/5'])
  // A sample of the vendor's has 0 where the item's number belongs.
  expect(moved('workitem.updated', { id: 2, workItemId: 0, revision: { id: 7 } })).toEqual(['WorkItem azure-devops/7'])
  expect(moved('workitem.deleted', { id: '12' })).toEqual(['WorkItem azure-devops/12'])
  expect(moved('workitem.created', { id: '12; DROP' })).toEqual([])
})

test('code: the repository, and what was proposed to it', () => {
  expect(moved('git.push', { repository: orders })).toEqual(['Repository azure-devops/shop/orders'])
  for (const type of ['created', 'updated', 'merged'])
    expect(moved(`git.pullrequest.${type}`, { pullRequestId: 41, repository: orders })).toEqual([
      'PullRequest azure-devops/shop/orders#41',
      'Repository azure-devops/shop/orders',
    ])
  // Without the project's name its id stands in its place.
  expect(moved('git.push', { repository: { name: 'Orders' } })).toEqual([`Repository azure-devops/${project}/orders`])
  expect(moved('git.push', { repository: { name: 'a/b', project: { name: 'Shop' } } })).toEqual([])
})

test('a repository that was renamed or deleted takes more with it than the event names', () => {
  const renamed = whatMoved(event('git.repo.renamed', { oldName: 'Old', newName: 'Orders', repository: orders }))
  expect(renamed.reread.map(({ id }) => id)).toEqual(['azure-devops/shop/orders', 'azure-devops/shop/old'])
  expect(renamed.sweep).toBe('what belongs to a repository is called by its new name')
  const deleted = whatMoved(event('git.repo.deleted', { project: { name: 'Shop' }, repositoryName: 'Orders' }))
  expect(deleted.reread.map(({ id }) => id)).toEqual(['azure-devops/shop/orders'])
  expect(deleted.sweep).toBeDefined()
})

test('pipelines and releases', () => {
  expect(moved('build.complete', { id: 9, definition: { id: 3 }, project: { name: 'Shop' } })).toEqual([
    'Run azure-devops/shop/runs/9',
    'Pipeline azure-devops/shop/3',
  ])
  const run = { run: { id: 9 }, pipeline: { id: 3 } }
  const both = [`Run azure-devops/${project}/runs/9`, `Pipeline azure-devops/${project}/3`]
  expect(moved('ms.vss-pipelines.run-state-changed-event', run)).toEqual(both)
  expect(moved('ms.vss-pipelinechecks-events.approval-pending', { ...run, approval: { id: 'x' } })).toEqual(both)
  const release = { release: { id: 4 }, environment: { id: 5 }, project: { name: 'Shop' } }
  expect(moved('ms.vss-release.deployment-completed-event', release)).toEqual([
    'Deployment azure-devops/shop/releases/4/5',
  ])
  const approval = { release: { id: 4 }, releaseEnvironment: { id: 6 } }
  expect(moved('ms.vss-release.deployment-approval-pending-event', { approval, project: { name: 'Shop' } })).toEqual([
    'Deployment azure-devops/shop/releases/4/6',
  ])
})

test('an event that is not known, or of another form, moves nothing', () => {
  for (const body of [
    undefined,
    null,
    7,
    [],
    'text',
    {},
    { eventType: 7 },
    event('toString', {}),
    event('tfvc.checkin', { id: 1 }),
  ])
    expect(whatMoved(body)).toEqual({ reread: [] })
})

test('whatever a body holds, what comes of it is refs of this source, each once', () => {
  const types = ['workitem.updated', 'git.push', 'git.repo.renamed', 'build.complete', 'git.pullrequest.created']
  const names = ['id', 'workItemId', 'repository', 'name', 'project', 'definition', 'run', 'pullRequestId', 'release']
  const value = fc.letrec((tie) => ({
    leaf: fc.oneof(fc.string(), fc.integer(), fc.constant(null), fc.boolean()),
    node: fc.oneof(
      { depthSize: 'small' },
      tie('leaf'),
      fc.array(tie('node')),
      fc.dictionary(fc.constantFrom(...names), tie('node')),
    ),
  })).node
  fc.assert(
    fc.property(fc.constantFrom(...types), value, (type, resource) => {
      const { reread } = whatMoved(event(type, resource))
      expect(reread.every(({ id }) => /^azure-devops\/[^/]+/.test(id))).toBe(true)
      expect(new Set(reread.map(refKey)).size).toBe(reread.length)
    }),
  )
})
