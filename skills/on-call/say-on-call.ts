import type { Text } from '../../cards/model.js'
import { answer, fact } from '../kit/answer.js'
import type { Entity, Instant } from '../kit/model.js'
import type { Rota, Turn } from '../kit/ports.js'
import type { CardBody, Reply } from '../kit/reply.js'
import { disagreementOf, isKnown } from './disagreement.js'
import { buttonsFor } from './next-questions.js'
import { lastIncident } from './last-incident.js'
import { sourcesOf } from './rota-sources.js'
import { reach, sayIncident, shiftsAt, mention } from './say-person.js'
import { sayDisagreement } from './say-disagreement.js'

/** Says who carries the pager at a moment, until when, who next, how to reach them, and what happened last. */
export async function sayOnCall(
  target: Entity,
  rotas: readonly [Rota, ...Rota[]],
  at: Instant,
  turn: Turn<'catalog' | 'onCall'>,
): Promise<Reply> {
  const disagreeing = disagreementOf(target, rotas, at)
  if (disagreeing) return sayDisagreement(target, disagreeing, at, turn)
  const [rota, ...others] = rotas
  const { now, next } = shiftsAt(rota, at)
  const when: Text = at === turn.now ? [] : [' at ', { time: at }]
  const incident = await lastIncident(target, turn.catalog)
  const known = isKnown(rota, at)
  const past = at < turn.now
  const nobody: Text = known
    ? [
        `Nobody ${past ? 'carried' : 'carries'} the pager for ${target.name}`,
        ...when,
        `: ${rota.schedule.name} has a gap.`,
      ]
    : [
        `I can't tell who ${past ? 'carried' : 'carries'} the pager for ${target.name}`,
        ...when,
        `: I do not have ${rota.schedule.name} for then.`,
      ]
  const card: CardBody = {
    state: now ? 'good' : known ? 'attention' : 'warning',
    topic: 'On call',
    title: target.name,
    status: now
      ? [
          'until ',
          { time: now.to },
          ...(at === turn.now && isNear(now.to, at) ? [' (', { until: now.to } as const, ')'] : []),
        ]
      : known
        ? 'nobody'
        : 'not known',
    sentence: now
      ? [mention(now.person), ` ${past ? 'carried' : 'carries'} the pager for ${target.name}`, ...when, '.']
      : nobody,
    facts: [
      ...fact('Next', next && [next.person.name, ' from ', { time: next.from }]),
      ...fact('Reach', now && !past ? reach(now.person, rota) : undefined),
      ...fact('Ask', now ? undefined : rota.escalation.map(({ name }) => name).join(', then ')),
      ...fact('Last', incident && sayIncident(incident)),
      ...others.flatMap((other) => {
        const none = isKnown(other, at) ? 'nobody' : 'not known'
        return fact(other.schedule.name, shiftsAt(other, at).now?.person.name ?? none)
      }),
    ],
  }
  const headline: Text = now
    ? [
        `${now.person.name} ${past ? 'was' : 'is'} on call for ${target.name}`,
        ...when,
        when.length ? ', until ' : ' until ',
        { time: now.to },
      ]
    : nobody
  const query = `on-call of ${target.kind} ${target.id} at ${at}`
  return answer(card, { headline, buttons: buttonsFor(target), sources: sourcesOf(rotas, query) })
}

/** Whether a moment is said by its time of day alone; a date says by itself how far it is. */
const isNear = (to: Instant, now: Instant): boolean => Date.parse(to) - Date.parse(now) < 20 * 3_600_000
