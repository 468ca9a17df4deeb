import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import type { Draft, Reading } from '../skills/kit/delivery.js'
import { readDelivered } from './deliveries.js'

const arrived = '2026-11-21T09:00:00.000Z'
const resource = '/subscriptions/5b1c/resourceGroups/rg-shop/providers/Microsoft.Compute/virtualMachines/Build-1'

const read = (source: string, body: unknown, headers: Record<string, string> = {}): Reading =>
  readDelivered({ source, id: 'd-1', arrived, headers, body: typeof body === 'string' ? body : JSON.stringify(body) })

function drafts(source: string, body: unknown, headers?: Record<string, string>): Draft[] {
  const reading = read(source, body, headers)
  if (reading.state !== 'read') throw new Error(`${reading.state}: ${reading.reason}`)
  return reading.drafts
}

const gridHealth = (availabilityState: string, cloud: boolean) => ({
  id: 'e-1',
  subject: resource,
  ...(cloud
    ? { specversion: '1.0', source: '/subscriptions/5b1c', time: arrived }
    : { topic: '/subscriptions/5b1c', eventTime: arrived }),
  [cloud ? 'type' : 'eventType']: 'Microsoft.ResourceNotifications.HealthResources.AvailabilityStatusChanged',
  data: {
    resourceInfo: {
      properties: { targetResourceId: resource, availabilityState, occurredTime: '2026-11-21T08:58:00.1234567Z' },
    },
  },
})

test("a resource's health is one occurrence in both schemas of Event Grid and in Azure Monitor's alerts", () => {
  const [fired] = drafts('event-grid', gridHealth('Unavailable', false))
  const [resolved] = drafts('event-grid', gridHealth('Available', true))
  expect(fired).toMatchObject({
    type: 'alert.fired',
    at: '2026-11-21T08:58:00.123Z',
    thread: `resource-health/${resource.toLowerCase()}`,
    about: [{ resources: [resource] }],
    data: { title: 'Build-1 is unavailable', severity: 1, source: 'event-grid' },
  })
  expect([resolved!.type, resolved!.thread]).toEqual(['alert.resolved', fired!.thread])
})

test('why a resource is unwell is a health event, a written resource is a change', () => {
  const annotated = {
    ...gridHealth('', true),
    type: 'Microsoft.ResourceNotifications.HealthResources.ResourceAnnotated',
    data: {
      resourceInfo: {
        properties: {
          targetResourceId: resource,
          annotationName: 'VirtualMachineMigration',
          reason: 'Moved by the platform',
          context: 'Platform Initiated',
        },
      },
    },
  }
  expect(drafts('event-grid', annotated)).toMatchObject([
    { type: 'health.changed', data: { title: 'Moved by the platform: Build-1', context: 'Platform Initiated' } },
  ])
  const failed = {
    id: 'e-2',
    eventType: 'Microsoft.Resources.ResourceWriteFailure',
    subject: resource,
    eventTime: arrived,
    data: { operationName: 'Microsoft.Compute/virtualMachines/write', claims: { name: 'Sam' }, resourceUri: resource },
  }
  expect(drafts('event-grid', failed)).toMatchObject([
    {
      type: 'change.recorded',
      data: {
        what: 'resource',
        outcome: 'failed',
        by: { name: 'Sam' },
        title: 'Microsoft.Compute/virtualMachines/write on Build-1',
      },
    },
  ])
})

test('events of Event Grid that Nexus does not know are for a person, its own are not', () => {
  expect(read('event-grid', { eventType: 'Contoso.Made' })).toMatchObject({
    state: 'unreadable',
    reason: expect.stringContaining('Contoso.Made'),
  })
  expect(read('event-grid', { data: {} })).toMatchObject({ state: 'unreadable' })
  expect(read('event-grid', { eventType: 'Microsoft.EventGrid.SubscriptionDeletedEvent' }).state).toBe('ignored')
})

test('each alert of a group of Alertmanager is one, by its fingerprint and its beginning', () => {
  const alert = (status: string, more: object = {}) => ({
    status,
    labels: { alertname: 'HighLatency', severity: 'page', service: 'orders', instance: 'orders-7:9090' },
    annotations: { summary: 'Orders answers slowly', description: 'p99 above 2 s' },
    startsAt: '2026-11-21T08:50:00.123456789Z',
    endsAt: status === 'resolved' ? '2026-11-21T08:55:00Z' : '0001-01-01T00:00:00Z',
    generatorURL: 'http://prometheus:9090/graph',
    fingerprint: 'f1',
    ...more,
  })
  const [fired, resolved, bare] = drafts('alertmanager', {
    version: '4',
    alerts: [
      alert('firing'),
      alert('resolved'),
      alert('firing', { fingerprint: undefined, labels: { b: '2', a: '1' }, annotations: null }),
    ],
  })
  expect(fired).toMatchObject({
    type: 'alert.fired',
    at: '2026-11-21T08:50:00.123Z',
    about: [{ names: ['orders', 'orders-7'] }],
    data: {
      rule: 'HighLatency',
      severity: 0,
      title: 'Orders answers slowly',
      url: 'http://prometheus:9090/graph',
      dimensions: { service: 'orders' },
    },
  })
  expect([resolved!.type, resolved!.at, resolved!.thread]).toEqual([
    'alert.resolved',
    '2026-11-21T08:55:00.000Z',
    fired!.thread,
  ])
  expect(bare).toMatchObject({ data: { title: 'An alert', fingerprint: expect.stringMatching(/^[\w-]{24}$/) } })
  expect(read('alertmanager', { alerts: [] }).state).toBe('ignored')
  expect(read('alertmanager', { version: '3' }).state).toBe('unreadable')
})

test("Opsgenie's nanoseconds are a moment, its priority a severity, and what moves only people is ignored", () => {
  const act = (action: string, priority: unknown) =>
    `{"action":"${action}","alert":{"alertId":"a","alias":"disk-full","message":"Disk full","entity":"db-1","priority":${JSON.stringify(priority)},"createdAt":1502709956288,"updatedAt":1502709999999000110}}`
  expect(drafts('opsgenie', act('Create', 'P2'))).toMatchObject([
    {
      type: 'alert.fired',
      at: '2017-08-14T11:25:56.288Z',
      data: { severity: 1, title: 'Disk full' },
      about: [{ names: ['db-1'] }],
    },
  ])
  expect(drafts('opsgenie', act('Close', 3))).toMatchObject([
    { type: 'alert.resolved', at: '2017-08-14T11:26:39.999Z', thread: 'opsgenie/a', data: { severity: 2 } },
  ])
  expect(read('opsgenie', act('Acknowledge', null))).toMatchObject({
    state: 'ignored',
    reason: expect.stringContaining('Acknowledge'),
  })
  expect(read('opsgenie', { action: 'Create' }).state).toBe('unreadable')
})

test("PagerDuty's moves name who did it where a person did", () => {
  const move = (event_type: string, agent: object | null = { type: 'user_reference', summary: 'Dana Ortiz' }) => ({
    event: {
      id: 'E1',
      event_type,
      occurred_at: '2026-11-21T08:59:00.5Z',
      agent,
      data: { id: 'P1', status: 'acknowledged', incident_key: 'inc-7', service: { summary: 'auth' } },
    },
  })
  expect(drafts('pagerduty', move('incident.acknowledged'))).toEqual([
    {
      type: 'page.moved',
      at: '2026-11-21T08:59:00.500Z',
      thread: 'P1',
      about: [{ names: ['auth'] }],
      data: {
        pagerId: 'P1',
        key: 'inc-7',
        state: 'acknowledged',
        by: { name: 'Dana Ortiz' },
        at: '2026-11-21T08:59:00.500Z',
      },
    },
  ])
  const states = ['incident.triggered', 'incident.unacknowledged', 'incident.reopened', 'incident.resolved'].map(
    (type) => drafts('pagerduty', move(type, null))[0]!.data as { state: string; by?: unknown },
  )
  expect(states.map(({ state, by }) => [state, by])).toEqual([
    ...Array(3).fill(['triggered', undefined]),
    ['resolved', undefined],
  ])
  for (const type of ['pagey.ping', 'incident.priority_updated', 'toString'])
    expect(read('pagerduty', move(type)).state).toBe('ignored')
  expect(read('pagerduty', { messages: [{}] })).toMatchObject({
    state: 'unreadable',
    reason: expect.stringContaining('version 3'),
  })
})

test("what was changed in GitHub's and Azure DevOps' repositories is recorded, the rest ignored with its reason", () => {
  const repository = { full_name: 'Contoso/orders', default_branch: 'main' }
  const push = {
    ref: 'refs/heads/main',
    after: 'abc',
    head_commit: { message: 'Fix rounding\n\nlong', timestamp: '2026-11-21T09:58:00+01:00' },
    repository,
    sender: { login: 'sam' },
  }
  expect(drafts('github', push, { 'x-github-event': 'push' })).toMatchObject([
    {
      type: 'change.recorded',
      at: '2026-11-21T08:58:00.000Z',
      about: [{ refs: [{ kind: 'Repository', id: 'github/contoso/orders' }] }],
      data: { what: 'push', commit: 'abc', by: { gitHub: 'sam' } },
    },
  ])
  expect(read('github', { ...push, ref: 'refs/heads/try' }, { 'x-github-event': 'push' }).state).toBe('ignored')
  expect(read('github', { action: 'opened' }, { 'x-github-event': 'pull_request' })).toEqual({
    state: 'ignored',
    reason: "GitHub's event pull_request opened tells of no change.",
  })
  expect(read('github', {}).state).toBe('unreadable')
  const build = {
    id: 'b',
    eventType: 'build.complete',
    message: { text: 'Build 7 failed' },
    resource: { status: 'failed' },
    createdDate: arrived,
  }
  expect(drafts('azure-devops', build)).toMatchObject([
    { type: 'change.recorded', data: { what: 'build', title: 'Build 7 failed', outcome: 'failed' } },
  ])
  expect(read('azure-devops', { eventType: 'workitem.created' }).state).toBe('ignored')
})

test('a source that nobody reads is for a person', () => {
  for (const source of ['fabrikam', 'constructor'])
    expect(read(source, {})).toEqual({ state: 'unreadable', reason: `Nexus reads nothing from ${source}.` })
})

const sources = ['azure-monitor', 'event-grid', 'azure-devops', 'alertmanager', 'github', 'opsgenie', 'pagerduty']
const seeds: unknown[] = [
  gridHealth('Unavailable', false),
  {
    schemaId: 'azureMonitorCommonAlertSchema',
    data: {
      essentials: { monitorCondition: 'Fired', monitoringService: 'Platform', alertTargetIDs: [resource] },
      alertContext: {
        condition: { allOf: [{ metricName: 'm', dimensions: [{ name: 'a', value: 'b' }] }] },
        properties: { impactedServices: '[{}]', stage: 'x' },
        labels: { a: 'b' },
        AlertData: { BudgetName: 'b' },
      },
    },
  },
  { alerts: [{ status: 'firing', labels: { alertname: 'a' }, startsAt: arrived }] },
  { action: 'Create', alert: { alertId: 'a', priority: 3, createdAt: 1502709956288 } },
  { event: { event_type: 'incident.triggered', data: { id: 'P' } } },
  { eventType: 'build.complete', resource: { repository: { name: 'r', project: { name: 'p' } } } },
  { ref: 'refs/heads/main', repository: { default_branch: 'main', full_name: 'a/b' }, head_commit: {} },
]

/** The value with something else in one of its places, chosen by numbers. */
function mutated(value: unknown, path: readonly number[], other: unknown): unknown {
  const [step, ...rest] = path
  if (step === undefined || typeof value !== 'object' || value === null) return other
  const keys = Object.keys(value)
  const key = keys[step % Math.max(1, keys.length)] ?? 'new'
  const copy: Record<string, unknown> = Array.isArray(value) ? ([...(value as unknown[])] as never) : { ...value }
  copy[key] = mutated(copy[key], rest, other)
  return copy
}

const instant = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/

/** What every reading is, whatever was read. */
function expectReading(reading: Reading): void {
  if (reading.state !== 'read') return void expect(reading.reason).toMatch(/^\S.{10,}/)
  for (const draft of reading.drafts) {
    expect(draft.at).toMatch(instant)
    expect(draft.thread.length).toBeGreaterThan(0)
    expect(JSON.parse(JSON.stringify(draft))).toEqual(draft)
    if (draft.type.startsWith('alert.'))
      expect(draft.data).toMatchObject({ id: draft.thread, title: expect.stringMatching(/\S/) })
  }
}

test('bodies with anything in any place are read or refused, and never break the reader', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...seeds),
      fc.constantFrom(...sources),
      fc.array(fc.nat(12), { maxLength: 7 }),
      fc.oneof(
        fc.jsonValue(),
        fc.constantFrom<unknown>('', '[', '{"', -0, 1e308, '9'.repeat(400), '\ud800', [[]], { toString: 1 }),
      ),
      (seed, source, path, other) =>
        expectReading(read(source, mutated(seed, path, other) ?? null, { 'x-github-event': 'push' })),
    ),
    { numRuns: 2_000 },
  )
})

test('texts that are cut or are no JSON never break a reader', () => {
  fc.assert(
    fc.property(fc.constantFrom(...seeds), fc.constantFrom(...sources), fc.nat(600), (seed, source, length) =>
      expectReading(read(source, JSON.stringify(seed).slice(0, length))),
    ),
  )
  expectReading(read('event-grid', '['.repeat(100_000)))
  expectReading(read('azure-monitor', `${'{"data":'.repeat(50_000)}1${'}'.repeat(50_000)}`))
})
