import type { Json, Person } from '../kit/model.js'
import type { SystemTurn } from '../kit/ports.js'
import type { RecordWrite, WokenBy } from '../kit/records.js'
import { addDays } from '../kit/zoned-time.js'
import { decideWake, latest } from './decide-wake.js'
import { editionKind, editionOf, keptEditions, type Edition } from './edition.js'
import { planned, readSetting, settingWrites, type Setting } from './setting.js'

export type DigestTurn = SystemTurn<'records' | 'chats'>

/** Guests may ask for help and nothing else, so there is nothing to tell them. */
const mayRead = (person: Person | undefined): person is Person =>
  person !== undefined && person.roles.some((role) => role !== 'guest')

/**
 * Acts on the timer of somebody's digest: the message, the record of it and the timer of the next one are one commit, so that each of
 * their days has one turn, whichever hub acts and however often it was stopped.
 */
export async function wakeDigest({ partition: account }: WokenBy, turn: DigestTurn): Promise<RecordWrite[]> {
  const before = await readSetting(turn.records, account)
  if (!before?.data.next) return []
  const person = await turn.chats.partner(account)
  const setting = inTheirZone(before.data, person, turn)
  const { next: due } = setting
  if (!due || due.at > turn.now) return settingWrites(account, setting, before)
  const decision = decideWake(due, turn.now, mayRead(person))
  const after = turn.now > due.at ? turn.now : due.at
  const ended = endOf(setting, decision.do, turn)
  const writes = settingWrites(account, planned(ended, person?.zone ?? due.zone, after), before)
  if (decision.do !== 'send') return writes
  const edition: Edition = {
    day: due.day,
    due: due.at,
    zone: due.zone,
    ...(setting.sent && { since: setting.sent }),
    ...(decision.late && { late: true }),
    ...(setting.missed && { missed: setting.missed }),
    ...(!setting.sent && !setting.chosen && { first: true }),
  }
  return [
    ...writes,
    { op: 'put', kind: editionKind, id: due.day, data: edition as unknown as Json },
    ...(await outdated(account, due.day, turn)),
    {
      op: 'say',
      id: `digest/${due.day}`,
      message: {
        op: 'post',
        key: `digest/${due.day}`,
        to: { person: person!.id },
        content: editionOf(account, due.day),
      },
    },
  ]
}

/** Where a person is elsewhere than their digest was reckoned for, as when the directory learns their zone, it is reckoned anew. */
function inTheirZone(setting: Setting, person: Person | undefined, { now }: DigestTurn): Setting {
  if (!person || (setting.zone ?? person.zone) === setting.next!.zone) return setting
  return planned(setting, person.zone, new Date(Date.parse(now) - latest).toISOString())
}

/** The setting after a day had its turn. */
function endOf(setting: Setting, what: 'send' | 'skip' | 'leave', { now }: DigestTurn): Setting {
  const { missed, ...rest } = setting
  const last = setting.next!.day
  if (what === 'send') return { ...rest, last, sent: now }
  return { ...rest, last, ...(what === 'skip' ? { missed: last } : missed && { missed }) }
}

/** Deletes what is kept of digests that nobody presses any more. */
async function outdated(account: string, today: string, { records }: DigestTurn): Promise<RecordWrite[]> {
  const before = addDays(today, -keptEditions)
  const kept = await records.find<Edition>({ kind: editionKind, partition: account })
  return kept.filter(({ id }) => id < before).map(({ id }) => ({ op: 'delete', kind: editionKind, id }))
}
