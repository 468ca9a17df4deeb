import type { Row } from '../../../cards/model.js'
import { dotted, severityOf, textProp } from '../answer.js'
import type { Entity } from '../model.js'
import type { Button } from '../reply.js'
import { mostRows, type Matter, type Part } from './matter.js'

/** Open incidents of the person's services, and those that are theirs to mend wherever they are; what nobody has before the rest, the worst first. */
export async function brokenNow({ mine, view }: Matter): Promise<Part> {
  const open = [...mine.incidents].sort(
    (a, b) => Number(isTaken(a)) - Number(isTaken(b)) || (rankOf(a) < rankOf(b) ? -1 : 1),
  )
  const [first] = open
  if (!first) return { needs: 0 }
  return {
    needs: open.length,
    first: [`${first.name} ${textProp(first, 'title') ?? 'is open'}.`],
    section: {
      kind: 'rows',
      title: 'Broken now',
      rows: open.slice(0, mostRows).map((incident) => incidentRow(incident, view)),
      ...(open.length > mostRows && { total: open.length }),
    },
  }
}

const rankOf = (incident: Entity): string =>
  `${textProp(incident, 'severity') ?? 'sev9'} ${textProp(incident, 'opened') ?? ''}`

const isTaken = (incident: Entity): boolean =>
  ['acknowledged', 'snoozed', 'recovering'].includes(textProp(incident, 'state') ?? '')

function incidentRow(incident: Entity, view: Matter['view']): Row<Button> {
  const { id, name } = incident
  const state = textProp(incident, 'state')
  const opened = textProp(incident, 'opened')
  const taken = isTaken(incident)
  const args = { incident: { kind: 'Incident', id } }
  return {
    state: taken ? 'warning' : 'attention',
    title: [{ strong: name }, ` ${textProp(incident, 'title') ?? ''}`],
    detail: dotted(severityOf(incident), textProp(incident, 'service'), state),
    ...(opened && { end: [{ since: opened }] }),
    select: { title: `Show ${name}`, intent: { command: 'incident.show', args }, dialog: true },
    ...(!taken && {
      buttons: [{ title: 'Acknowledge', intent: { command: 'incident.acknowledge', args }, then: view }],
    }),
  }
}
