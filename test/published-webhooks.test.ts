import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'
import { pagerDuty } from '../bot/channels/http/webhooks/pagerduty.js'
import { readDelivered } from '../bot/deliveries.js'

// Bodies that vendors publish are not part of the project; where they stand beside it, they are read.
const folder = process.env.NEXUS_TEST_PAYLOADS ?? join(import.meta.dirname, '..', '..', 'shared', 'payloads')
const there = existsSync(folder)
const open = (source: string, file: string): unknown => JSON.parse(readFileSync(join(folder, source, file), 'utf8'))

/** What is neither an event of its own nor one that Nexus hears. */
const expected: Record<string, string> = {
  'workitem.created.json': 'ignored',
  'git.pullrequest.created.json': 'ignored',
  'subscription-validation.json': 'ignored',
}

/** Contexts of alerts that are published without the rest, and the service of each. */
const services: Record<string, string> = {
  'context-activitylog-administrative.json': 'Activity Log - Administrative',
  'context-log-v1-loganalytics.json': 'Log Analytics',
  'context-metric-dynamic.json': 'Platform',
  'context-prometheus.json': 'Prometheus',
}

const whole = (file: string, body: unknown): unknown => {
  const monitoringService = services[file]
  if (!monitoringService) return Array.isArray(body) ? body[0] : body
  const essentials = {
    monitoringService,
    monitorCondition: 'Fired',
    alertId: file,
    alertTargetIDs: ['/subscriptions/s'],
  }
  return { schemaId: 'azureMonitorCommonAlertSchema', data: { essentials, ...(body as object) } }
}

if (there) {
  const sources = readdirSync(folder, { withFileTypes: true }).filter((one) => one.isDirectory())
  const files = sources.flatMap(({ name }) => readdirSync(join(folder, name)).map((file) => [name, file] as const))
  test.each(files.filter(([, file]) => !/response|vector/.test(file)))(
    '%s: the published %s is read',
    (source, file) => {
      const body = JSON.stringify(whole(file, open(source, file)))
      const reading = readDelivered({ source, id: 'd', arrived: '2026-11-21T09:00:00.000Z', headers: {}, body })
      expect(reading).toMatchObject({ state: expected[file] ?? 'read' })
      if (reading.state === 'read') expect(reading.drafts.length).toBeGreaterThan(0)
    },
  )

  test("PagerDuty's published signature fits its body and no other", () => {
    const vector = open('pagerduty', 'v3-signature-vector.json') as Record<string, string>
    const prove = (body: string) =>
      pagerDuty(vector.secret!).prove({
        bytes: Buffer.from(body),
        headers: { 'x-pagerduty-signature': vector['X-PagerDuty-Signature']! },
        authorization: undefined,
        query: new URLSearchParams(),
      })
    expect([prove(vector.raw_body!), prove(`${vector.raw_body!} `)]).toEqual(['good', 'wrong'])
  })
} else test('the published bodies are not beside the project', () => expect(there).toBe(false))
