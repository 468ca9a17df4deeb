import type { Text } from '../../cards/model.js'
import { answer, fact } from '../kit/answer.js'
import type { Entity, Instant } from '../kit/model.js'
import type { Rota, Turn } from '../kit/ports.js'
import type { Reply } from '../kit/reply.js'
import { isKnown } from './disagreement.js'
import { lastIncident } from './last-incident.js'
import { buttonsFor } from './next-questions.js'
import { sourcesOf } from './rota-sources.js'
import { mention, sayIncident, shiftsAt } from './say-person.js'

/** Says that sources name different people, what each says, and how old that is: none of them is silently believed. */
export async function sayDisagreement(
  target: Entity,
  rotas: readonly Rota[],
  at: Instant,
  turn: Turn<'catalog' | 'onCall'>,
): Promise<Reply> {
  const incident = await lastIncident(target, turn.catalog)
  const when: Text = at === turn.now ? [] : [' at ', { time: at }]
  const says = rotas
    .filter((rota) => isKnown(rota, at))
    .map((rota) => `${rota.source.title} says ${shiftsAt(rota, at).now?.person.name ?? 'nobody'}`)
  const sentence: Text = [`${says.join(', ')}: who carries the pager for ${target.name}`, ...when, ' is not clear.']
  const escalation = rotas.flatMap((rota) => rota.escalation)
  return answer(
    {
      state: 'warning',
      topic: 'On call',
      title: target.name,
      status: 'sources disagree',
      sentence,
      facts: [
        ...rotas.flatMap((rota) => fact(rota.source.title, sayRota(rota, at))),
        ...fact('Ask', [...new Set(escalation.map(({ name }) => name))].join(', then ')),
        ...fact('Last', incident && sayIncident(incident)),
      ],
    },
    {
      buttons: buttonsFor(target),
      sources: sourcesOf(rotas, `on-call of ${target.kind} ${target.id} at ${at}`),
    },
  )
}

/** What one source says: who, until when, by which schedule, read when. */
function sayRota(rota: Rota, at: Instant): Text {
  const { schedule, source } = rota
  const { now } = shiftsAt(rota, at)
  const who: Text = now
    ? [mention(now.person), ' until ', { time: now.to }]
    : [isKnown(rota, at) ? 'nobody' : 'not known for then']
  const age: Text = source.asOf ? [', read ', { ago: source.asOf }] : []
  const trouble = source.down ? [`, ${source.down.reason.replace(/\.$/, '')}`] : []
  return [...who, ` · ${schedule.name}`, ...age, ...trouble]
}
