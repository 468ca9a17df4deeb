import type { Instant, Json, Ref } from '../kit/model.js'
import type { Actor } from '../kit/proposal.js'
import type { Kept, Records } from '../kit/records.js'
import { clockIn, dayIn, dayTitle, zoneTitle } from '../kit/zoned-time.js'
import { switchboard } from './switches.js'
import { refKey } from '../kit/ref-key.js'

/** Where an administrator's freezes are kept: beside the switches. */
export const freezeKind = 'freeze'

/** What an administrator froze; where nothing is named, every change. */
export interface FrozenScope {
  what?: Ref & { name: string }
  environment?: Ref & { name: string }
}

/** A time in which an administrator lets nothing of a kind change; it ends by itself. */
export interface AdminFreeze {
  scope: FrozenScope
  from: Instant
  to: Instant
  reason: string
  by: Actor
  at: Instant
  /** IANA zone in which its times were said. */
  zone: string
}

/** The id of a freeze: one a scope, so that freezing again moves it. */
export function freezeId({ what, environment }: FrozenScope): string {
  const of = what ? refKey(what) : 'all'
  return environment ? `${of}@${environment.id}` : of
}

/** The freeze's subject, in the middle of a sentence. */
export function sayFrozen({ what, environment }: FrozenScope): string {
  const of = what ? `changes of ${what.name}` : environment ? 'changes' : 'all changes'
  return environment ? `${of} in ${environment.id}` : of
}

/** A moment of a freeze by the clocks it was said in: "Monday 23 November 08:00 Berlin time". */
export const sayMoment = (at: Instant, zone: string): string =>
  `${dayTitle(dayIn(zone, at))} ${clockIn(zone, at)} ${zoneTitle(zone)}`

/** A freeze as one line: what, until when, by whom and why. */
export const sayFreeze = ({ scope, from, to, zone, by, reason }: AdminFreeze): string =>
  `Frozen from ${sayMoment(from, zone)} until ${sayMoment(to, zone)}: ${sayFrozen(scope)}, by ${by.name}: ${reason}.`

/** Every freeze that has not ended, by its beginning, read from the store: a hub decides by what is written, never by what it remembers. */
export async function standingFreezes(
  records: Pick<Records, 'find'>,
  now: Instant,
): Promise<(Kept<AdminFreeze> & { data: AdminFreeze })[]> {
  const found = await records.find<Json>({ partition: switchboard.partition, kind: freezeKind, limit: 1000 })
  return found
    .map((kept) => ({ ...kept, data: kept.data as unknown as AdminFreeze }))
    .filter(({ data }) => now < data.to)
    .sort((a, b) => (a.data.from < b.data.from ? -1 : 1))
}
