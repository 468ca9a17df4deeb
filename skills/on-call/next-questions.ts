import type { Entity } from '../kit/model.js'
import type { Button } from '../kit/reply.js'

/** What one asks next of whose pager it is. */
export function buttonsFor(target: Entity): Button[] {
  const ref = { kind: target.kind, id: target.id }
  return [
    { title: `Rota of ${target.name}`, intent: { command: 'on-call.rota', args: { target: ref } } },
    { title: `Incidents of ${target.name}`, intent: { command: 'incident.list', args: { scope: ref } } },
    { title: `Show ${target.name}`, intent: { command: 'catalog.show', args: { entity: ref } } },
  ]
}
