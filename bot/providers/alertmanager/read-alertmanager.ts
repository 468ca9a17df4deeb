import type { Alert, Severity } from '../../../skills/kit/alert.js'
import type { Draft, ReadDelivery } from '../../../skills/kit/delivery.js'
import type { Instant } from '../../../skills/kit/model.js'
import { aboutDimensions, dimensionsOf, draftAlert, fingerprintOf, webAddress } from '../../draft-alert.js'
import { parseFields, type Fields } from '../../fields.js'

/** What organisations write into the label `severity`; Prometheus itself knows none. */
const severities: Record<string, Severity> = {
  critical: 0,
  page: 0,
  error: 1,
  high: 1,
  major: 1,
  warning: 2,
  medium: 2,
  minor: 3,
  info: 3,
  low: 3,
  none: 4,
  debug: 4,
}

/** Labels that name what an alert is about, where no dimension does better. */
const targets = ['instance', 'pod', 'node', 'host', 'service', 'job']

/** Reads a notification of Alertmanager (version 4): each alert of the group is one, firing or resolved by itself. */
export const readAlertmanager: ReadDelivery = ({ body, arrived }) => {
  const fields = parseFields(body)
  if (!fields) return { state: 'unreadable', reason: 'Its body is not JSON, or no object.' }
  if (!fields.has('alerts'))
    return {
      state: 'unreadable',
      reason: "It is no notification of Alertmanager's webhook (version 4): it has no `alerts`.",
    }
  const alerts = fields.objects('alerts')
  if (!alerts.length) return { state: 'ignored', reason: 'The group has no alerts.' }
  return { state: 'read', drafts: alerts.map((alert) => draft(alert, arrived)) }
}

function draft(fields: Fields, arrived: Instant): Draft {
  const labels = fields.object('labels').entries()
  const label = new Map(labels.map(([name, value]) => [name.toLowerCase(), value]))
  const annotations = fields.object('annotations')
  const rule = label.get('alertname')
  const fingerprint =
    fields.text('fingerprint') ?? fingerprintOf('alertmanager', ...labels.map((pair) => pair.join('=')).sort())
  const began = fields.instant('startsAt') ?? arrived
  const status = fields.text('status')?.toLowerCase() === 'resolved' ? 'resolved' : 'fired'
  const severity = severities[label.get('severity')?.toLowerCase() ?? '']
  const description = annotations.text('description', 1_000) ?? annotations.text('message', 1_000)
  const target = targets.flatMap((name) => label.get(name) ?? [])[0]
  const url = webAddress(fields.text('generatorURL', 2_000))
  const alert: Alert = {
    id: `alertmanager/${fingerprint}/${began}`,
    fingerprint,
    source: 'alertmanager',
    title: annotations.text('summary') ?? [rule ?? 'An alert', target].filter(Boolean).join(' on '),
    at: status === 'resolved' ? (fields.instant('endsAt') ?? arrived) : began,
    status,
    ...(rule && { rule }),
    ...(severity !== undefined && { severity }),
    ...(description && { description }),
    ...(target && { target: { name: target } }),
    ...(url && { url }),
    ...dimensionsOf(labels.filter(([name]) => name !== 'alertname' && name !== 'severity')),
  }
  return draftAlert(alert, [aboutDimensions(alert)])
}
