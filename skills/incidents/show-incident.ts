import type { Entity } from '../kit/model.js'
import type { Turn } from '../kit/ports.js'
import type { Reply } from '../kit/reply.js'
import { adopted } from './adopt.js'
import { readIncident } from './change-incident.js'
import { showIncidentCard } from './draw-incident.js'
import { pushOf } from './messages.js'

/** Shows an incident, ours or one that the pager opened by itself. */
export async function showIncident(entity: Entity, turn: Turn<'records' | 'catalog'>): Promise<Reply> {
  const id = entity.id.toUpperCase()
  const own = (await readIncident(id, turn))?.data
  if (own) return { text: pushOf(own), view: { kind: 'Incident', id } }
  return showIncidentCard({ ...(await adopted(entity, turn)), alerts: [], waiting: false }, turn)
}
