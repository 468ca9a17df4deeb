import { instantProp, textProp } from '../kit/answer.js'
import type { Severity } from '../kit/alert.js'
import { notFound } from '../kit/errors.js'
import type { Entity } from '../kit/model.js'
import type { SystemTurn } from '../kit/ports.js'
import type { Incident } from './incident.js'
import type { PagerRecord } from './pager-record.js'
import { doerOfEntity, named } from './surroundings.js'

/** An incident that the pager opened by itself, as ours would be; it has no thread. */
export interface Adopted {
  incident: Incident
  pager: PagerRecord
}

const states = ['triggered', 'acknowledged', 'resolved'] as const

/** Makes of the pager's incident in the catalog one of ours, so that it can be acted on in the same way. @throws Fault NotFound */
export async function adopted(entity: Entity, { catalog }: Pick<SystemTurn<'catalog'>, 'catalog'>): Promise<Adopted> {
  const id = entity.id.toUpperCase()
  const pagerId = textProp(entity, 'pagerDutyId')
  const state = states.find((one) => one === textProp(entity, 'state'))
  const opened = instantProp(entity, 'opened')
  if (!pagerId || !state || !opened) throw notFound(`Nexus has no incident ${entity.name}.`)
  const [services, people, sources] = await Promise.all([
    catalog.related(entity, { type: 'affects', direction: 'out' }),
    catalog.related(entity, { type: 'assignedTo', direction: 'out' }),
    catalog.sources(),
  ])
  const service = services[0] && named(services[0].entity)
  const assigned = people[0] && doerOfEntity(people[0].entity)
  const severity = severityIn(entity)
  const resolved = instantProp(entity, 'resolved')
  const pager = sources.find(({ source }) => entity.sources.some((one) => one.source === source))?.title ?? 'the pager'
  const url = textProp(entity, 'pagerUrl')
  return {
    incident: {
      ...{ id, title: textProp(entity, 'title') ?? 'untitled', state, opened, since: resolved ?? opened },
      ...(severity !== undefined && { severity }),
      ...(service && { service }),
      ...(assigned && { assigned }),
      ...(state === 'acknowledged' && { acknowledged: { at: opened, ...(assigned && { by: assigned }) } }),
      ...(resolved && { resolved: { at: resolved } }),
      ...{
        services: service ? [service] : [],
        onCall: [],
        alerts: { total: 0, firing: 0 },
        grouped: [],
        posted: false,
      },
      story: [{ at: opened, text: `Opened in ${pager}` }],
      ...{ reopened: 0, seq: 0, news: [], replies: 0 },
    },
    pager: {
      page: { id: pagerId, number: Number(/\d+$/.exec(id)?.[0] ?? 0), pager, state, ...(url && { url }) },
    },
  }
}

function severityIn(entity: Entity): Severity | undefined {
  const level = /^sev([0-4])$/.exec(textProp(entity, 'severity') ?? '')?.[1]
  return level === undefined ? undefined : (Number(level) as Severity)
}
