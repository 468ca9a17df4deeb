import { answer, fact, sourceOf } from '../kit/answer.js'
import type { Entity } from '../kit/model.js'
import type { Turn } from '../kit/ports.js'
import type { Reply } from '../kit/reply.js'

/** Says that a service or team has no schedule, which is not the same as a gap in one, and whom to ask instead. */
export async function sayNobody(target: Entity, { catalog }: Turn<'catalog'>): Promise<Reply> {
  const owner = (await catalog.related(target, { type: 'ownedBy', direction: 'out' }))[0]?.entity
  const pager = (await catalog.sources()).find(({ source }) => source === 'pagerduty')
  const unread = pager && !pager.asOf
  const sentence = unread
    ? `I can't tell who is on call for ${target.name}: PagerDuty was not read yet.`
    : `${target.name} has no on-call schedule${owner ? `, and neither has its team ${owner.name}` : ''}.`
  const ref = { kind: target.kind, id: target.id }
  return answer(
    {
      state: unread ? 'warning' : 'attention',
      topic: 'On call',
      title: target.name,
      status: unread ? 'unknown' : 'no schedule',
      sentence,
      facts: fact('Owner', owner?.name),
    },
    {
      buttons: [{ title: `Who owns ${target.name}`, intent: { command: 'catalog.owner', args: { entity: ref } } }],
      sources: pager ? sourceOf(pager) : [],
    },
  )
}
