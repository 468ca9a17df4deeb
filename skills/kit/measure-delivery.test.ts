import { expect, test } from '@jest/globals'
import type { Belonging } from './belongings.js'
import type { Json } from './model.js'
import { measureDelivery } from './measure-delivery.js'

const day = (n: number, hour = 8): string => new Date(Date.UTC(2026, 10, n, hour)).toISOString()
const repository = { kind: 'Repository', id: 'auth' }
let made = 0
const thing = (kind: string, props: Record<string, Json>, beside?: Belonging['beside'], id = `${kind}-${made++}`) =>
  ({ kind, id, name: id, tenant: 'contoso', aliases: [], sources: [], from: day(1), props, beside }) as Belonging

const deployment = (n: number, state = 'succeeded', differences: Record<string, Json> = {}, id?: string) =>
  thing('Deployment', { state, environment: 'prd', started: day(n), ended: day(n, 9), ...differences }, repository, id)
const pull = (opened: number, merged: number, beside = repository) =>
  thing('PullRequest', { opened: day(opened), merged: day(merged) }, beside)
const incident = (hours: number, beside?: Belonging['beside']) =>
  thing('Incident', { opened: day(2, 0), resolved: day(2, hours) }, beside)
const none = { deployed: [], deployments: [], merged: [], incidents: [], resolved: [] }
const valuesOf = (given: Partial<Parameters<typeof measureDelivery>[0]>) =>
  measureDelivery({ ...none, ...given }).map(({ value, known }) => value ?? known)

test('nothing is said of what is not known', () => {
  expect(valuesOf({})).toEqual([0, 0, 0, 0])
  for (const { definition } of measureDelivery(none)) expect(definition).toMatch(/^(Deployments|The middle)/)
})

test('deployments count that came to run in production, whatever became of them', () => {
  const deployed = [
    deployment(1),
    deployment(2, 'inactive'),
    deployment(3, 'rolled back'),
    deployment(4, 'failed'),
    deployment(5, 'running'),
    deployment(6, 'succeeded', { environment: 'staging' }),
    deployment(7, 'succeeded', { environment: null }),
  ]
  // Four ended, which is one short of a share.
  expect(valuesOf({ deployed })).toEqual(['3 in 30 days', 0, 4, 0])
})

test('a change failed where it failed, was rolled back, or an incident was caused by it', () => {
  const deployed = [deployment(1, 'failed'), deployment(2, 'rolled back'), ...[3, 4].map((n) => deployment(n))]
  const culprit = deployment(5, 'succeeded', {}, 'culprit')
  const by = { kind: 'Deployment', id: 'culprit' }
  expect(valuesOf({ deployed: [...deployed, culprit] })[2]).toBe('40 %')
  expect(valuesOf({ deployed: [...deployed, culprit], incidents: [incident(3, by)] })[2]).toBe('60 %')
  expect(valuesOf({ deployed: [...deployed, culprit], resolved: [incident(3, by), incident(4, by)] })[2]).toBe('60 %')
})

test('lead time is from opened to the first deployment of the repository after the merge', () => {
  const deployments = [
    deployment(3, 'failed'),
    deployment(9),
    deployment(5),
    deployment(4, 'succeeded', { environment: 'test' }),
  ]
  const other = { kind: 'Repository', id: 'orders' }
  // Merged on the 2nd, 5th and 8th: live on the 5th at 9, on the 5th at 9, on the 9th at 9.
  const merged = [pull(1, 2), pull(4, 5), pull(2, 8), pull(9, 10), pull(1, 2, other)]
  expect(valuesOf({ merged, deployments })[1]).toBe('4 days')
  expect(valuesOf({ merged: merged.slice(1), deployments })[1]).toBe(2)
})

test('time to restore is the middle one, and of an even number between the two', () => {
  expect(valuesOf({ resolved: [incident(1), incident(2), incident(9)] })[3]).toBe('2 h')
  expect(valuesOf({ resolved: [incident(1), incident(2), incident(4), incident(9)] })[3]).toBe('3 h')
  // One that ended before it began is none.
  expect(valuesOf({ resolved: [incident(1), incident(2), incident(-3)] })[3]).toBe(2)
})
