/** As much of an incident of PagerDuty as its name goes by. */
export interface Numbered {
  id: string
  incident_number: number
  incident_key?: string | null
}

/**
 * The id that people know each incident by: that of Nexus's incident which opened it, else PagerDuty's own number. Both count by themselves, so
 * PagerDuty may give a number to an incident of its own that Nexus gave to another one before: that one is `PD-131`, because `INC-131` has a
 * thread. Of several that have a name, one that was opened again paged anew, and the newest counts.
 * @param isTaken whether the catalog has an incident of Nexus's own by a name, other than the one with this id in PagerDuty
 */
export function nameIncidents<I extends Numbered>(
  incidents: readonly I[],
  isTaken: (name: string, pagerDutyId: string) => boolean,
): Map<string, I> {
  const keyed = new Set(incidents.flatMap((incident) => keyOf(incident) ?? []))
  const nameOf = (incident: I): string => {
    const key = keyOf(incident)
    if (key !== undefined) return key
    const own = `INC-${incident.incident_number}`
    return keyed.has(own) || isTaken(own, incident.id) ? `PD-${incident.incident_number}` : own
  }
  const ordered = [...incidents].sort((a, b) => a.incident_number - b.incident_number)
  return new Map(ordered.map((incident) => [nameOf(incident), incident]))
}

/** The name of Nexus's incident that opened one. */
const keyOf = ({ incident_key: key }: Numbered): string | undefined => (key && /^INC-\d+$/.test(key) ? key : undefined)
