import { timerWrite } from '../../bot/store/records/timer-records.js'
import type { TenantStore } from '../../bot/store/contract.js'
import { defineSkill } from '../../skills/kit/command.js'
import type { Instant, Json } from '../../skills/kit/model.js'
import type { Whereto } from '../../skills/kit/records.js'

/** A message that is to be said at a moment. */
export interface Reminder {
  /** Of its own among all. */
  id: string
  to: Whereto
  due: Instant
  text: string
}

const skill = 'reminder'
const partition = 'all'
/** The store's partition of the timers, and of what they say. */
export const remindersPartition = `${skill}/${partition}`

/** A skill of the test build: its timers each say one message, and count how often they were acted on. It notes the alerts it hears. */
export const reminderSkill = defineSkill({
  name: skill,
  summary: 'Says something at a moment.',
  uses: ['records'],
  commands: {},
  hears: {
    async 'alert.fired'({ data }, { records }) {
      const { rule } = data as { rule: string }
      await records.commit(partition, [{ op: 'put', kind: 'heard', id: rule, data: {} }])
    },
  },
  wakes: {
    async due({ id, data }, { records }) {
      const { to, text } = data as unknown as Reminder
      const kept = await records.get<{ times: number }>({ partition, kind: 'fired', id })
      return [
        {
          op: 'put',
          kind: 'fired',
          id,
          data: { times: (kept?.data.times ?? 0) + 1 },
          ...(kept ? { ifMatch: kept.etag } : { ifAbsent: true }),
        },
        { op: 'say', id, message: { op: 'post', key: id, to, content: { text } } },
      ]
    },
  },
})

/** Sets reminders in the store of running hubs, as the skill itself would. */
export async function setReminders(store: TenantStore, reminders: readonly Reminder[]): Promise<void> {
  await store.commit(
    remindersPartition,
    reminders.map((reminder) =>
      timerWrite({ skill, name: 'due', id: reminder.id }, reminder.due, reminder as unknown as Json),
    ),
  )
}

/** How often a reminder was acted on. */
export async function timesOf(store: TenantStore, id: string): Promise<number> {
  const record = await store.get({ partition: remindersPartition, kind: `${skill}.fired`, id })
  return (record?.data as { times?: number } | undefined)?.times ?? 0
}

/** How many of these alerts were heard, by their rules. */
export async function heardAlerts(store: TenantStore, rules: readonly string[]): Promise<number> {
  const records = await Promise.all(
    rules.map((id) => store.get({ partition: remindersPartition, kind: `${skill}.heard`, id })),
  )
  return records.filter((record) => record !== undefined).length
}
