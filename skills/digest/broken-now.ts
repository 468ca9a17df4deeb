import type { Row } from '../../cards/model.js'
import { dotted, severityOf, textProp } from '../kit/answer.js'
import { follow, unique } from '../kit/belongings.js'
import type { Entity } from '../kit/model.js'
import type { Button } from '../kit/reply.js'
import type { Matter, Part } from './contents.js'
import { mostRows } from './waiting-changes.js'

/** Open incidents of the person's services, and those that are theirs to mend wherever they are; what nobody has before the rest, the worst first. */
export async function brokenNow({ me, services, view, turn }: Matter): Promise<Part> {
  const [affecting, assigned] = await Promise.all([
    follow('affects', 'in', services, turn.catalog),
    follow('assignedTo', 'in', [me], turn.catalog),
  ])
  const open = unique([...affecting, ...assigned])
    .filter((one) => one.kind === 'Incident' && isOpen(one))
    .sort((a, b) => Number(isTaken(a)) - Number(isTaken(b)) || (rankOf(a) < rankOf(b) ? -1 : 1))
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

/** Whether an incident is not over; PagerDuty and Nexus both note when one was. */
export const isOpen = (incident: Entity): boolean =>
  textProp(incident, 'resolved') === undefined && textProp(incident, 'state') !== 'resolved'

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
