import { textProp } from '../kit/answer.js'
import type { Entity } from '../kit/model.js'
import type { Catalog } from '../kit/ports.js'

/** The incident of a service, or of any service a team owns, that was opened last. */
export async function lastIncident(target: Entity, catalog: Catalog): Promise<Entity | undefined> {
  const services = target.kind === 'Team' ? await ownedServices(target, catalog) : [target]
  const found = await Promise.all(
    services.map((service) => catalog.related(service, { type: 'affects', direction: 'in' })),
  )
  const incidents = found.flat().map(({ entity }) => entity)
  return incidents
    .filter((incident) => textProp(incident, 'opened'))
    .sort((a, b) => (textProp(a, 'opened')! < textProp(b, 'opened')! ? 1 : -1))[0]
}

async function ownedServices(team: Entity, catalog: Catalog): Promise<Entity[]> {
  const owned = await catalog.related(team, { type: 'ownedBy', direction: 'in' })
  return owned.map(({ entity }) => entity).filter(({ kind }) => kind === 'Service')
}
