import type { Instant } from '../kit/model.js'
import type { Kept, Records, RecordWrite } from '../kit/records.js'
import { nextOccurrences, type Occurrence, type Recurrence } from '../kit/recurrence.js'
import type { Json } from '../kit/model.js'
import type { Day, Weekday } from '../kit/zoned-time.js'

/** When somebody's digest goes out. It is kept in a partition of theirs, named by their Entra object id, which no new name changes. */
export interface Setting {
  /** False where its person stopped it. */
  on: boolean
  /** `08:30` */
  time: string
  days: readonly Weekday[]
  /** IANA name, where they chose one; otherwise it is the zone they are in. */
  zone?: string
  /** True where they ever chose anything. */
  chosen: boolean
  /** The one that comes next, and the zone by which it was reckoned. */
  next?: Occurrence & { zone: string }
  /** The last day that had its turn, whether anything was sent or not. */
  last?: Day
  /** When the last digest went out. */
  sent?: Instant
  /** The day of the last one, where Nexus was away for too long to send it. */
  missed?: Day
}

/** On for everybody who has a chat with Nexus, before they say otherwise. */
export const defaultSetting: Setting = {
  on: true,
  time: '08:30',
  days: ['mon', 'tue', 'wed', 'thu', 'fri'],
  chosen: false,
}

const settingKind = 'setting'
const id = 'digest'
/** The timer that sends it. */
export const sendTimer = 'send'

/** The setting of an account, where there is one. */
export const readSetting = (records: Pick<Records, 'get'>, account: string): Promise<Kept<Setting> | undefined> =>
  records.get<Setting>({ partition: account, kind: settingKind, id })

/** When a setting's digest comes, for somebody who is in a zone. */
export const recurrenceOf = ({ time, days, zone }: Setting, ownZone: string): Recurrence => ({
  time,
  days,
  zone: zone ?? ownZone,
})

/** The setting with its next digest reckoned, or without one where it is stopped. */
export function planned(setting: Setting, ownZone: string, after: Instant): Setting {
  const { next: _, ...rest } = setting
  const recurrence = recurrenceOf(setting, ownZone)
  const [next] = setting.on ? nextOccurrences(recurrence, 1, after, setting.last) : []
  return { ...rest, ...(next && { next: { ...next, zone: recurrence.zone } }) }
}

/**
 * The writes that keep a setting, with the timer of its next digest in the same commit.
 * @param before as it was read; absent where it is new
 */
export function settingWrites(account: string, setting: Setting, before: Kept<Setting> | undefined): RecordWrite[] {
  const condition = before ? { ifMatch: before.etag } : { ifAbsent: true as const }
  const timer = { name: sendTimer, id: account }
  return [
    { op: 'put', kind: settingKind, id, data: setting as unknown as Json, ...condition },
    setting.next ? { op: 'set-timer', ...timer, due: setting.next.at, data: null } : { op: 'clear-timer', ...timer },
  ]
}
