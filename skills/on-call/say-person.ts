import type { Span, Text } from '../../cards/model.js'
import { dotted, lasted, textProp } from '../kit/answer.js'
import type { Entity, Instant } from '../kit/model.js'
import type { Rota, Shift } from '../kit/ports.js'

/** The shift that covers a moment, and the first one after it that is another person's. */
export function shiftsAt({ shifts }: Pick<Rota, 'shifts'>, at: Instant): { now?: Shift; next?: Shift } {
  const now = shifts.find(({ from, to }) => from <= at && at < to)
  const next = shifts.find((shift) => shift.from > at && shift.person.id !== now?.person.id)
  return { ...(now && { now }), ...(next && { next }) }
}

/** A person as a mention where the directory gave an account, else by name. */
export const mention = (person: Entity): Span => {
  const id = textProp(person, 'objectId')
  return id ? { mention: person.name, id } : person.name
}

/** How somebody on call is reached: a schedule of Nexus's own has no phone that rings, and that is said. */
export function reach(person: Entity, { source }: Pick<Rota, 'source'>): Text | undefined {
  const pager = person.sources.some((own) => own.source === source.source)
  const rings = source.source === 'schedules' ? 'this rota does not wake' : pager ? source.title : undefined
  return dotted('Teams', textProp(person, 'phone'), rings)
}

/** An incident in a few words: name, title, how long ago, how long it took. */
export function sayIncident(incident: Entity): Text {
  const opened = textProp(incident, 'opened')!
  const resolved = textProp(incident, 'resolved')
  return [
    `${incident.name} “${textProp(incident, 'title') ?? 'untitled'}”, `,
    { ago: opened },
    resolved ? `, took ${lasted(opened, resolved)}` : ', still open',
  ]
}
