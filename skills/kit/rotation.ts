import type { Instant } from './model.js'
import type { Day, Weekday } from './zoned-time.js'

/** A stretch of carrying the pager by one person, by catalog id; the end is not part of it. */
export interface Duty {
  person: string
  from: Instant
  to: Instant
}

/** Hours of some days to which a layer is restricted; `to` at or before `from` is of the next day. */
export interface Hours {
  days: readonly Weekday[]
  /** `09:00` */
  from: string
  to: string
}

/** People who take turns. */
export interface Layer {
  name: string
  /** Catalog ids, in the order of their turns; the first has the one that begins on `start`. At least one. */
  people: readonly string[]
  /** Length of a turn on the wall clock, in minutes: a day is 1440 also where a clock change makes it shorter or longer. */
  turn: number
  /** The day of the first hand-over; nobody of the layer is on call before it. */
  start: Day
  /** `09:00`, when the first turn begins; the later ones follow by `turn`. */
  handOver: string
  /** The hours it is for; all of them where there are none. */
  hours: readonly Hours[]
}

/** A schedule of Nexus's own. Where several layers have somebody, the last one counts. */
export interface Rotation {
  /** IANA zone of its hand-overs and hours. */
  zone: string
  layers: readonly Layer[]
}

/** Somebody taking another's time. */
export interface Override extends Duty {
  id: string
}
