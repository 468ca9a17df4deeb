import type { Event } from '../kit/event.js'
import { personRef } from '../kit/entity-ids.js'
import type { Claim, Json } from '../kit/model.js'
import type { SystemTurn } from '../kit/ports.js'
import type { RecordedChange } from '../kit/recorded-change.js'
import { recordName } from './ledger.js'
import { servicesOf } from './surroundings.js'

/**
 * Hears of a change outside Nexus and puts it into the catalog beside the services that it touches, where an incident's card finds it. A
 * change of nothing known is passed over: no incident could name it.
 */
export async function hearChange(event: Event, turn: SystemTurn<'records' | 'catalog'>): Promise<void> {
  const change = event.data as unknown as RecordedChange
  const services = await servicesOf(event.subjects, turn)
  if (!services.length) return
  const id = recordName(event.id)
  const { source, what, title, by, outcome, url, entity = id } = change
  const publishes: Claim = {
    kind: 'Change',
    id: entity,
    name: title,
    props: {
      title,
      what,
      source,
      at: event.at,
      ...(outcome && { outcome }),
      ...(url && { url }),
      ...(by && ('gitHub' in by ? { gitHubLogin: by.gitHub } : { by: by.name })),
    },
    relations: [
      ...services.map(({ id: service }) => ({
        type: 'partOf' as const,
        to: { kind: 'Service' as const, id: service },
      })),
      ...(by && 'email' in by && by.email ? [{ type: 'authoredBy' as const, to: personRef(by.email) }] : []),
    ],
  }
  const data = { title, at: event.at } satisfies Json
  await turn.records.commit(`change/${id}`, [{ op: 'put', kind: 'change', id, data, publishes }])
}
