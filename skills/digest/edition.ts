import type { Instant } from '../kit/model.js'
import type { Records } from '../kit/records.js'
import type { ViewRef } from '../kit/reply.js'
import type { Day } from '../kit/zoned-time.js'

/** The digest of one day, as it went out; what it shows is drawn anew whenever somebody looks. */
export interface Edition {
  day: Day
  due: Instant
  /** IANA zone of its day. */
  zone: string
  /** When the one before went out: what happened since is in this one. */
  since?: Instant
  /** Sent long after its time. */
  late?: true
  /** The day before it whose digest was not sent. */
  missed?: Day
  /** The first of somebody who never said when it is to come. */
  first?: true
}

export const editionKind = 'edition'
/** Days for which a digest can be drawn as its day's. */
export const keptEditions = 14

/** What names a digest in messages and on cards: whose it is, and of which day. */
export const editionOf = (account: string, day: Day): ViewRef => ({ kind: 'Digest', id: `${account}/${day}` })

/** The account and the day that a digest's id names. */
export function readEditionId(id: string): { account: string; day: Day } {
  const at = id.lastIndexOf('/')
  return { account: id.slice(0, at), day: id.slice(at + 1) }
}

/** The digest of a day, where one went out. */
export async function findEdition(
  records: Pick<Records, 'get'>,
  account: string,
  day: Day,
): Promise<Edition | undefined> {
  return (await records.get<Edition>({ partition: account, kind: editionKind, id: day }))?.data
}
