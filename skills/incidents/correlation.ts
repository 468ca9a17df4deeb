import type { Alert, Severity } from '../kit/alert.js'
import type { Instant } from '../kit/model.js'

/** An alert with what the catalog found for it. */
export interface PlacedAlert extends Alert {
  /** When it arrived here; its `at` is the tool's own time. */
  arrived: Instant
  /** Catalog ids of the services that it is about, the likeliest first; empty where the catalog knows none. */
  services: readonly string[]
}

/** One occurrence of an alert as the correlator remembers it. */
export interface Sighting {
  /** The occurrence's id. */
  id: string
  fingerprint: string
  /** What it is about as the tool names it, in one text that compares. */
  target?: string
  services: readonly string[]
  severity?: Severity
  /** When it fired, where that was heard. */
  fired?: Instant
  /** When it was over, where that was heard. */
  resolved?: Instant
  /** The incident it belongs to; absent where its end was heard before its beginning. */
  incident?: string
}

/** An incident as the correlator sees it. */
export interface KnownIncident {
  id: string
  opened: Instant
  /** Absent while it is open. */
  resolved?: Instant
}

/** What is known when an alert comes. */
export interface State {
  /** Those that are open, and those that were resolved lately. */
  incidents: readonly KnownIncident[]
  /** The alerts of these incidents, and every sighting of the alert's own occurrence. */
  alerts: readonly Sighting[]
}

/** How services hang together, as far as it is known. */
export interface Graph {
  /** Services one step away: `down` what it depends on, `up` what depends on it. */
  neighbours(service: string, direction: 'up' | 'down'): readonly string[]
}

/** What an alert means, with the reason that people see. */
export type Decision = { reason: string } & (
  | { kind: 'new' }
  /** `reopens` where the incident was over and this is the same trouble back again. */
  | { kind: 'join'; incident: string; reopens?: true }
  /** The same occurrence again, with something new in it. */
  | { kind: 'update'; incident: string }
  | { kind: 'resolve'; incident: string }
  | { kind: 'ignore'; incident?: string }
)

/** What an alert is about in one text, or undefined where it names nothing. Azure compares resource ids without case. */
export function targetOf({ source, target }: Pick<Alert, 'source' | 'target'>): string | undefined {
  if (target?.resourceId) return target.resourceId.toLowerCase()
  return target?.name ? `${source} ${target.name.toLowerCase()}` : undefined
}

/** A graph of edges "a depends on b". */
export function graphOf(edges: Iterable<readonly [from: string, to: string]>): Graph {
  const steps = { up: new Map<string, Set<string>>(), down: new Map<string, Set<string>>() }
  const add = (map: Map<string, Set<string>>, from: string, to: string) =>
    map.set(from, (map.get(from) ?? new Set()).add(to))
  for (const [from, to] of edges) {
    add(steps.down, from, to)
    add(steps.up, to, from)
  }
  return { neighbours: (service, direction) => [...(steps[direction].get(service) ?? [])] }
}
