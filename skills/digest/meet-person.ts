import { Fault } from '../kit/errors.js'
import type { Event } from '../kit/event.js'
import type { RecordWrite, WokenBy } from '../kit/records.js'
import type { DigestTurn } from './send-digest.js'
import { defaultSetting, planned, readSetting, settingWrites } from './setting.js'

/** The timer by which somebody is looked for whom the directory did not know yet. */
export const meetTimer = 'meet'

/**
 * Hears that somebody's chat came or that they are in another time zone. Whoever has a chat gets a digest from then on, unless they
 * stopped it; one that goes by the zone they are in moves with them. It looks at how things are and not at what was told, so that events
 * may come twice and in any order.
 */
export async function hearChat({ data }: Event, turn: DigestTurn): Promise<void> {
  const { objectId: account } = data as { objectId: string }
  // Teams tells of one install twice, so that two of these may be under way: whoever comes second looks again.
  for (let attempt = 1; ; attempt++) {
    const writes = await meetPerson(account, 0, turn)
    try {
      if (writes.length) await turn.records.commit(account, writes)
      return
    } catch (error) {
      if (!(error instanceof Fault && error.code === 'Conflict') || attempt === tries) throw error
    }
  }
}

const tries = 3

/** Looks again for somebody whom the directory did not know. */
export const meetAgain = ({ partition: account, data }: WokenBy, turn: DigestTurn): Promise<RecordWrite[]> =>
  meetPerson(account, (data as { looks: number }).looks, turn)

/** @param looks how often they were looked for already */
async function meetPerson(account: string, looks: number, turn: DigestTurn): Promise<RecordWrite[]> {
  const [person, before] = await Promise.all([turn.chats.partner(account), readSetting(turn.records, account)])
  if (!person) return before ? [] : lookLater(account, looks, turn)
  const setting = before?.data ?? defaultSetting
  const { next } = setting
  const isOverdue = next !== undefined && next.at <= turn.now // its timer acts on it, and plans anew
  const isRight = next ? next.zone === (setting.zone ?? person.zone) : !setting.on
  if (before && (isRight || isOverdue)) return []
  return settingWrites(account, planned(setting, person.zone, turn.now), before)
}

/** Minutes after which somebody is looked for again: a chat may be there before the first reading of the directory has ended. */
const pauses = [1, 5, 15, 60, 360, ...Array.from({ length: 30 }, () => 1440)]

/** Whoever is not there after a month has gone. */
function lookLater(account: string, looks: number, { now }: DigestTurn): RecordWrite[] {
  const pause = pauses[looks]
  if (pause === undefined) return []
  const due = new Date(Date.parse(now) + pause * 60_000).toISOString()
  return [{ op: 'set-timer', name: meetTimer, id: account, due, data: { looks: looks + 1 } }]
}
