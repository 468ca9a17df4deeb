import { optional, ownZone, timeOfDay, weekdays as daysArg, zone as zoneArg } from '../kit/arguments.js'
import { answer } from '../kit/answer.js'
import { Fault } from '../kit/errors.js'
import type { Person } from '../kit/model.js'
import type { Turn } from '../kit/ports.js'
import type { Button, Intent, Reply } from '../kit/reply.js'
import type { Weekday } from '../kit/zoned-time.js'
import { sayNextTimes, sayWhen } from './say-times.js'
import { defaultSetting, planned, readSetting, recurrenceOf, settingWrites, type Setting } from './setting.js'

/** What is said of a digest's time; what is not stays as it is. */
export interface Wish {
  time?: string | undefined
  days?: Weekday[] | undefined
  /** IANA name, or `own`. */
  zone?: string | undefined
}

export type SettingTurn = Turn<'records' | 'chats'>

/** Sets when a digest comes and starts it where it was stopped; says the next three times. */
export async function setDigest(wish: Wish, turn: SettingTurn): Promise<Reply & { undo: Intent }> {
  const { before, after } = await changeSetting(turn, (setting) => wished(setting, wish))
  const { person } = turn
  const recurrence = recurrenceOf(after, person.zone)
  const when = sayWhen(recurrence, person.zone)
  const isReached = (await turn.chats.partner(person.objectId)) !== undefined
  const undo = undoOf(before)
  return {
    undo,
    ...answer(
      {
        state: isReached ? 'good' : 'warning',
        topic: 'My digest',
        title: capital(when),
        ...(!isReached && { sentence: 'It comes as soon as Nexus has a chat with you: add Nexus in Teams.' }),
        sections: [{ kind: 'list', title: 'The next three', items: sayNextTimes(recurrence, after.last, turn) }],
      },
      { headline: `Your digest comes ${when}.`, buttons: [{ title: 'Undo', intent: undo }, changeButton, stopButton] },
    ),
  }
}

const capital = (words: string) => words.charAt(0).toUpperCase() + words.slice(1)

/** Asks for a new time in a form. */
export const changeButton: Button = {
  title: 'Change my digest…',
  intent: { command: 'digest.set', args: {} },
  form: {
    time: optional(timeOfDay('time of day')),
    days: optional(daysArg('days')),
    zone: optional(zoneArg('time zone')),
  },
  dialog: true,
}

export const startButton: Button = { title: 'Start my digest', intent: { command: 'digest.set', args: {} } }
export const stopButton: Button = { title: 'Stop my digest', intent: { command: 'digest.off', args: {} } }

function wished(setting: Setting, { time, days, zone }: Wish): Setting {
  const { zone: former, ...rest } = setting
  const chosen = zone === undefined ? former : zone === ownZone ? undefined : zone
  return {
    ...rest,
    on: true,
    chosen: true,
    ...(time !== undefined && { time }),
    ...(days && { days }),
    ...(chosen !== undefined && { zone: chosen }),
  }
}

/** The way back to a setting. */
export const undoOf = ({ on, time, days, zone }: Setting): Intent =>
  on
    ? { command: 'digest.set', args: { time, days: [...days], zone: zone ?? ownZone } }
    : { command: 'digest.off', args: {} }

/** How often a change is tried, where the digest goes out at the same moment. */
const tries = 3

/**
 * Changes the setting of whoever asks, and plans its next digest.
 * @throws Fault Conflict where others were faster each time
 */
export async function changeSetting(
  turn: SettingTurn,
  change: (setting: Setting) => Setting,
): Promise<{ before: Setting; after: Setting }> {
  const account = turn.person.objectId
  for (let attempt = 1; ; attempt++) {
    const kept = await readSetting(turn.records, account)
    const before = kept?.data ?? (await unsaid(turn.person, turn))
    const after = planned(change(before), turn.person.zone, turn.now)
    try {
      await turn.records.commit(account, settingWrites(account, after, kept))
      return { before, after }
    } catch (error) {
      if (!(error instanceof Fault && error.code === 'Conflict') || attempt === tries) throw error
    }
  }
}

/** Somebody of whom nothing is kept gets digests where there is a chat to send them to. */
const unsaid = async ({ objectId }: Person, { chats }: SettingTurn): Promise<Setting> => ({
  ...defaultSetting,
  on: (await chats.partner(objectId)) !== undefined,
})
