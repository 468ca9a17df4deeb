import { Fault } from '../kit/errors.js'
import type { Instant, Json } from '../kit/model.js'
import type { SystemTurn } from '../kit/ports.js'
import { correlate } from './correlate.js'
import type { Decision, KnownIncident, PlacedAlert, Sighting } from './correlation.js'
import { readIncident } from './change-incident.js'
import type { Incident } from './incident.js'
import { incidentKind } from './incident-writes.js'
import { createLine } from './one-by-one.js'
import { keepRecent, sightingAfter } from './remember.js'
import { graphAround } from './surroundings.js'

type Asking = Pick<SystemTurn<'records' | 'catalog'>, 'records' | 'catalog' | 'now'>

/**
 * A decision, with the incident that it came to. The two are two commits; the decision is kept by occurrence, so hearing an alert again does what a
 * dead hub left undone.
 */
export interface Decided {
  decision: Decision
  /** Absent where the alert belongs to none. */
  incident?: string
}

/** The one record by which a tenant's correlation is serial: two hubs that decide at once, of which one decides again. */
interface Ledger {
  /** The next number of an incident. */
  next: number
  alerts: Sighting[]
}

/** What was decided of one occurrence, so that a notification that comes again is not decided again. */
interface Occurrence {
  sighting: Sighting
  fired?: Decided & { at: Instant }
  resolved?: Decided & { at: Instant }
}

const partition = 'correlation'
const ledgerKey = { partition, kind: 'ledger', id: 'ledger' }
/** How often a decision is tried that others come in between. In one hub they stand in line, so the others are another hub and the pager's numbers. */
const tries = 5
/**
 * All decisions are about one record: at once, all but one of them would be for nothing. Measured with 160 alerts of one outage, 16 at a
 * time: 2,296 decisions instead of 160, some alerts given back after 40 tries, and 2.4 times as long.
 */
const inLine = createLine()

/**
 * Decides to which incident a notification belongs, once: the decision is durable before anything follows from it, and is answered again
 * where the same notification comes again.
 */
export const decide = (alert: PlacedAlert, turn: Asking): Promise<Decided> => inLine(() => decideAgain(alert, turn))

async function decideAgain(alert: PlacedAlert, turn: Asking): Promise<Decided> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await decideNow(alert, turn)
    } catch (error) {
      if (!(error instanceof Fault && error.code === 'Conflict') || attempt === tries) throw error
    }
  }
}

async function decideNow(alert: PlacedAlert, turn: Asking): Promise<Decided> {
  const { records, catalog, now } = turn
  const occurrenceKey = { partition, kind: 'occurrence', id: recordName(alert.id) }
  const [kept, known] = await Promise.all([records.get<Ledger>(ledgerKey), records.get<Occurrence>(occurrenceKey)])
  const before = known?.data[alert.status]
  const worse = alert.severity !== undefined && alert.severity < (known?.data.sighting.severity ?? 9)
  if (before && before.at >= alert.at && !worse) return before
  const ledger = kept?.data ?? { next: 1, alerts: [] }
  const alerts = [...ledger.alerts.filter(({ id }) => id !== alert.id), ...(known ? [known.data.sighting] : [])]
  const graph = await graphAround(alert.services, turn)
  const decision = correlate({ incidents: await incidentsOf(alerts, turn), alerts }, alert, graph)
  const number = decision.kind === 'new' ? Math.max(ledger.next, 1 + (await highestNumber(catalog))) : undefined
  const incident = number === undefined ? ('incident' in decision ? decision.incident : undefined) : `INC-${number}`
  const sighting = sightingAfter(known?.data.sighting, alert, incident)
  const decided: Decided = { decision, ...(incident && { incident }) }
  const occurrence: Occurrence = { ...known?.data, sighting, [alert.status]: { ...decided, at: alert.at } }
  const after: Ledger = {
    next: number === undefined ? ledger.next : number + 1,
    alerts: keepRecent([...ledger.alerts.filter(({ id }) => id !== alert.id), sighting], now),
  }
  await records.commit(partition, [
    { op: 'put', ...bare(ledgerKey), data: after as unknown as Json, ...condition(kept) },
    { op: 'put', ...bare(occurrenceKey), data: occurrence as unknown as Json, ...condition(known) },
  ])
  return decided
}

/** Keeps a number that the pager gave to an incident from being one of ours. */
export async function reserveNumber(number: number, { records }: Pick<Asking, 'records'>): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    const kept = await records.get<Ledger>(ledgerKey)
    if (!kept || kept.data.next > number) return
    const data = { ...kept.data, next: number + 1 } as unknown as Json
    try {
      return await records.commit(partition, [{ op: 'put', ...bare(ledgerKey), data, ifMatch: kept.etag }])
    } catch (error) {
      if (!(error instanceof Fault && error.code === 'Conflict') || attempt === tries) throw error
    }
  }
}

const bare = ({ kind, id }: { kind: string; id: string }) => ({ kind, id })
const condition = (kept: { etag: string } | undefined) => (kept ? { ifMatch: kept.etag } : { ifAbsent: true as const })

/** The incidents that are open, and those of the alerts at hand. One that was decided on a moment ago may have no record yet. */
async function incidentsOf(alerts: readonly Sighting[], turn: Asking): Promise<KnownIncident[]> {
  const open = await turn.records.find<Incident>({ kind: incidentKind, where: { open: 1 }, limit: 500 })
  const known = new Map<string, KnownIncident>(open.map(({ data }) => [data.id, knownOf(data)]))
  for (const { incident, fired } of alerts) {
    if (!incident || known.has(incident)) continue
    const kept = await readIncident(incident, turn)
    known.set(incident, kept ? knownOf(kept.data) : { id: incident, opened: fired ?? turn.now })
  }
  return [...known.values()]
}

const knownOf = ({ id, opened, resolved }: Incident): KnownIncident => ({
  id,
  opened,
  ...(resolved && { resolved: resolved.at }),
})

/** The highest number that the catalog knows, the pager's incidents among them. */
async function highestNumber(catalog: Asking['catalog']): Promise<number> {
  const numbers = (await catalog.all('Incident')).map(({ name }) => Number(/^INC-(\d+)$/i.exec(name)?.[1] ?? 0))
  return Math.max(0, ...numbers)
}

/** A vendor's id as the name of a record: printable, and not longer than the store takes. */
export function recordName(id: string): string {
  const name = encodeURIComponent(id.replace(/\p{Surrogate}/gu, '')) || 'empty'
  return name.length <= 500 ? name : `${name.slice(0, 240)}…${name.slice(-240)}`
}
