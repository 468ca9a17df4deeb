import type { Instant } from './model.js'

/** How bad an alert or an incident is, in Azure Monitor's terms: 0 critical, 1 error, 2 warning, 3 informational, 4 verbose. */
export type Severity = 0 | 1 | 2 | 3 | 4

/** What an alert rule saw and what it compared it with, as the monitoring tool wrote it. */
export interface Observed {
  /** "Http5xx", "% Processor Time" … */
  metric?: string
  /** "GreaterThan" … */
  operator?: string
  threshold?: string
  value?: string
}

/**
 * One notification of a monitoring tool in the form that all tools share: the data of the events `alert.fired` and `alert.resolved`.
 * Every text in it comes from outside: it is shown escaped and is never a command, a query or a template.
 */
export interface Alert {
  /** The occurrence: the same when it fires and when it is resolved. */
  id: string
  /** The same rule on the same target, whenever it fires. */
  fingerprint: string
  /** Who sent it: `azure-monitor`, `event-grid`, `alertmanager` … */
  source: string
  /** The rule's name; absent where the tool names none. */
  rule?: string
  /** Absent where the tool gives none. */
  severity?: Severity
  /** One line that says what is wrong. */
  title: string
  description?: string
  /** What it is about, as the tool names it; the event's subjects are what the catalog found for it. */
  target?: { resourceId?: string; name?: string }
  /** When it fired or was resolved, by the tool's clock. */
  at: Instant
  status: 'fired' | 'resolved'
  /** Where a person reads more, in the tool itself. */
  url?: string
  dimensions?: Record<string, string>
  observed?: Observed
}
