import type { Alert, Severity } from '../../../../skills/kit/alert.js'
import type { Instant } from '../../../../skills/kit/model.js'
import { severityOf, webAddress } from '../../../draft-alert.js'
import type { Fields } from '../../../fields.js'

/** The part of the common alert schema that all alerts share (learn.microsoft.com/azure/azure-monitor/alerts/alerts-common-schema). */
export interface Essentials {
  /** The alert's ARM id; the same from fired to resolved. */
  alertId?: string
  rule?: string
  severity?: Severity
  status: 'fired' | 'resolved'
  /** In small letters and without spaces: "Resource Health" and "ResourceHealth" are one. */
  service: string
  /** ARM ids, in any case; none for a budget. */
  targets: string[]
  /** Names of what it is about; none for service health. */
  items: string[]
  fired?: Instant
  resolved?: Instant
  description?: string
  url?: string
}

/** The essentials; undefined where they do not say whether it fired or was resolved, without which there is no alert. */
export function readEssentials(fields: Fields): Essentials | undefined {
  const status = statusOf(fields.text('monitorCondition'))
  if (!status) return undefined
  const [alertId, rule] = [
    fields.text('alertId', 600) ?? fields.text('originAlertId', 600),
    fields.text('alertRule', 600),
  ]
  const severity = severityOf(Number(/^sev([0-4])$/i.exec(fields.text('severity') ?? '')?.[1] ?? NaN))
  const [fired, resolved] = [fields.instant('firedDateTime'), fields.instant('resolvedDateTime')]
  const description = fields.text('description', 1_000)
  const url = webAddress(fields.text('investigationLink', 2_000))
  return {
    status,
    service: plain(fields.text('monitoringService')),
    targets: fields.texts('alertTargetIDs'),
    items: fields.texts('configurationItems'),
    ...(alertId && { alertId }),
    ...(rule && { rule: rule.split('/').at(-1) || rule }),
    ...(severity !== undefined && { severity }),
    ...(fired && { fired }),
    ...(resolved && { resolved }),
    ...(description && { description }),
    ...(url && { url }),
  }
}

/** Names that vendors write with and without spaces, hyphens and capitals. */
export const plain = (text: string | undefined): string => (text ?? '').toLowerCase().replace(/[\s-]/g, '')

function statusOf(condition: string | undefined): Alert['status'] | undefined {
  const said = condition?.toLowerCase()
  return said === 'fired' || said === 'activated'
    ? 'fired'
    : said === 'resolved' || said === 'deactivated'
      ? 'resolved'
      : undefined
}
