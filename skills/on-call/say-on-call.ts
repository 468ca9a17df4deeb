import type { Text } from '../../cards/model.js'
import { answer, dotted, fact, lasted, sourceOf, textProp } from '../kit/answer.js'
import type { Entity, Instant } from '../kit/model.js'
import type { Rota, Shift, Turn } from '../kit/ports.js'
import type { Button, CardBody, Reply } from '../kit/reply.js'
import { lastIncident } from './last-incident.js'

/** Says who carries the pager at a moment, until when, who next, how to reach them, and what happened last. */
export async function sayOnCall(
  target: Entity,
  rotas: readonly [Rota, ...Rota[]],
  at: Instant,
  turn: Turn<'catalog' | 'onCall'>,
): Promise<Reply> {
  const [rota, ...others] = rotas
  const { now, next } = shiftsAt(rota, at)
  const when: Text = at === turn.now ? [] : [' at ', { time: at }]
  const incident = await lastIncident(target, turn.catalog)
  const known = isKnown(rota, at, turn.now)
  const nobody: Text = known
    ? [`Nobody carries the pager for ${target.name}`, ...when, `: ${rota.schedule.name} has a gap.`]
    : [
        `I can't tell who carries the pager for ${target.name}`,
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
    sentence: now ? [mention(now.person), ` carries the pager for ${target.name}`, ...when, '.'] : nobody,
    facts: [
      ...fact('Next', next && [next.person.name, ' from ', { time: next.from }]),
      ...fact('Reach', now && reach(now.person)),
      ...fact('Ask', now ? undefined : rota.escalation.map(({ name }) => name).join(', then ')),
      ...fact('Last', incident && sayIncident(incident)),
      ...others.flatMap((other) => {
        const none = isKnown(other, at, turn.now) ? 'nobody' : 'not known'
        return fact(other.schedule.name, shiftsAt(other, at).now?.person.name ?? none)
      }),
    ],
  }
  const headline: Text = now
    ? [`${now.person.name} is on call for ${target.name}`, ...when, ' until ', { time: now.to }]
    : nobody
  const query = `on-call of ${target.kind} ${target.id} at ${at}`
  return answer(card, { headline, buttons: buttonsFor(target), sources: sourceOf(rota.source, query) })
}

/** The shift that covers a moment, and the first one after it that is another person's. */
function shiftsAt({ shifts }: Rota, at: Instant): { now?: Shift; next?: Shift } {
  const now = shifts.find(({ from, to }) => from <= at && at < to)
  const next = shifts.find((shift) => shift.from > at && shift.person.id !== now?.person.id)
  return { ...(now && { now }), ...(next && { next }) }
}

/** Whether a moment is said by its time of day alone; a date says by itself how far it is. */
const isNear = (to: Instant, now: Instant): boolean => Date.parse(to) - Date.parse(now) < 20 * 3_600_000

/**
 * Whether nobody's shift at a moment means a gap. A source gives shifts from now on and some weeks ahead, so before and beyond these,
 * and while it does not answer, nothing is known.
 */
const isKnown = ({ shifts, source }: Rota, at: Instant, now: Instant): boolean =>
  at >= now && (shifts.some(({ to }) => to > at) || (at === now && !source.down))

/** A person as a mention where the directory gave an account, else by name. */
const mention = (person: Entity) => {
  const id = textProp(person, 'objectId')
  return id ? { mention: person.name, id } : person.name
}

function reach(person: Entity): Text | undefined {
  const pager = person.sources.some(({ source }) => source === 'pagerduty')
  return dotted('Teams', textProp(person, 'phone'), pager ? 'PagerDuty' : undefined)
}

function sayIncident(incident: Entity): Text {
  const opened = textProp(incident, 'opened')!
  const resolved = textProp(incident, 'resolved')
  return [
    `${incident.name} “${textProp(incident, 'title') ?? 'untitled'}”, `,
    { ago: opened },
    resolved ? `, took ${lasted(opened, resolved)}` : ', still open',
  ]
}

function buttonsFor(target: Entity): Button[] {
  const ref = { kind: target.kind, id: target.id }
  return [
    { title: `Incidents of ${target.name}`, intent: { command: 'incident.list', args: { scope: ref } } },
    { title: `Show ${target.name}`, intent: { command: 'catalog.show', args: { entity: ref } } },
  ]
}
