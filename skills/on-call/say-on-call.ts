import type { CardBody } from '../../cards/model.js'
import { answer, sourceOf, textProp } from '../kit/answer.js'
import type { Entity, Instant } from '../kit/model.js'
import type { Rota, Shift, Turn } from '../kit/ports.js'
import type { Reply } from '../kit/reply.js'
import { ago, ahead, clockTime, duration } from '../kit/times.js'
import { lastIncident } from './last-incident.js'

/** Says who carries the pager at a moment, until when, who next, how to reach them, and what happened last. */
export async function sayOnCall(
  target: Entity,
  rotas: readonly Rota[],
  at: Instant,
  turn: Turn<'catalog' | 'onCall'>,
): Promise<Reply> {
  const rota = rotas[0]!
  const { now, next } = shiftsAt(rota, at)
  const { zone } = turn.person
  const future = at !== turn.now
  const when = future ? ` at ${clockTime(at, turn.now, zone)}` : ''
  const facts: CardBody['facts'] = []
  if (next) facts.push({ label: 'Next', value: `${next.person.name} from ${clockTime(next.from, turn.now, zone)}` })
  if (now) facts.push({ label: 'Reach', value: reach(now.person) })
  if (!now && rota.escalation.length)
    facts.push({ label: 'Ask', value: rota.escalation.map(({ name }) => name).join(', then ') })
  const incident = await lastIncident(target, turn.catalog)
  if (incident) facts.push({ label: 'Last', value: sayIncident(incident, turn.now) })
  for (const other of rotas.slice(1))
    facts.push({ label: other.schedule.name, value: shiftsAt(other, at).now?.person.name ?? 'nobody' })
  const card: CardBody = {
    state: now ? 'good' : 'attention',
    icon: now ? '●' : '○',
    title: `On call · ${target.name}`,
    status: now
      ? `until ${clockTime(now.to, turn.now, zone)}${future ? '' : ` (${ahead(now.to, turn.now)})`}`
      : 'nobody',
    sentence: now
      ? `${now.person.name} carries the pager for ${target.name}${when}.`
      : `Nobody carries the pager for ${target.name}${when}: ${rota.schedule.name} has a gap.`,
    facts,
  }
  const headline = now
    ? `${now.person.name} is on call for ${target.name}${when} until ${clockTime(now.to, turn.now, zone)}`
    : card.sentence
  return answer(card, {
    headline,
    buttons: buttonsFor(target),
    sources: sourceOf(rota.source, `on-call of ${target.kind} ${target.id} at ${at}`),
  })
}

/** The shift that covers a moment, and the first one after it that is another person's. */
function shiftsAt({ shifts }: Rota, at: Instant): { now?: Shift; next?: Shift } {
  const now = shifts.find(({ from, to }) => from <= at && at < to)
  const next = shifts.find((shift) => shift.from > at && shift.person.id !== now?.person.id)
  return { ...(now && { now }), ...(next && { next }) }
}

function reach(person: Entity): string {
  const ways = [
    'Teams',
    textProp(person, 'phone'),
    person.sources.some(({ source }) => source === 'pagerduty') ? 'PagerDuty' : undefined,
  ]
  return ways.filter(Boolean).join(' · ')
}

function sayIncident(incident: Entity, now: Instant): string {
  const opened = textProp(incident, 'opened')!
  const resolved = textProp(incident, 'resolved')
  const length = resolved ? `, ${duration(Date.parse(resolved) - Date.parse(opened))}` : ', still open'
  return `${incident.name} "${textProp(incident, 'title') ?? 'untitled'}", ${ago(opened, now)}${length}`
}

const buttonsFor = (target: Entity) => [
  {
    title: `Incidents of ${target.name}`,
    intent: { command: 'incident.list', args: { scope: { kind: target.kind, id: target.id } } },
  },
  {
    title: `Show ${target.name}`,
    intent: { command: 'catalog.show', args: { entity: { kind: target.kind, id: target.id } } },
  },
]
