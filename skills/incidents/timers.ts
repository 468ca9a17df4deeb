import type { SystemTurn } from '../kit/ports.js'
import type { RecordWrite, WokenBy } from '../kit/records.js'
import { changeIncident } from './change-incident.js'
import type { Incident } from './incident.js'
import { sayNews } from './messages.js'
import { mirrorWrites } from './mirror-writes.js'
import { mayMove, moved } from './move.js'
import { calmed } from './receive.js'
import { isOver } from './take-alert.js'

type TimerTurn = SystemTurn<'records'>
type Wake = (timer: WokenBy, turn: TimerTurn) => Promise<RecordWrite[]>

/**
 * Timers of an incident change it as everybody does, by a commit of their own that gives way to others and comes again: what they did is
 * seen in the record, so a timer that rings twice finds nothing left to do.
 */
const changing =
  (change: (incident: Incident, turn: TimerTurn) => { incident: Incident; writes?: RecordWrite[] } | undefined): Wake =>
  async ({ partition: id }, turn) => {
    await changeIncident(id, turn, async (kept) => kept && change(kept.data, turn))
    return []
  }

/** The snooze is over: it waits for somebody again. */
export const endSnooze = changing((incident, { now }) => {
  const over = incident.snoozedUntil !== undefined && incident.snoozedUntil <= now
  const move = { kind: 'wake' } as const
  return over && mayMove(incident, move, now).allowed ? { incident: moved(incident, move, undefined, now) } : undefined
})

/** It was opened again before, and stayed quiet since: now it is over. */
export const endCalm = changing((incident, { now }) =>
  isOver(incident)
    ? {
        incident: calmed(incident, now),
        writes: mirrorWrites(incident, incident.service ? [{ do: 'resolve' }] : [], now),
      }
    : undefined,
)

/** Says the news that gathered, as one reply. */
export const sayGathered = changing((incident, { now }) => {
  const { news, to, posted } = incident
  if (!news.length) return undefined
  const content = sayNews(incident, news)
  const said: Incident = { ...incident, news: [] }
  if (!content || !to || !posted) return { incident: said }
  const key = `news-${incident.seq + 1}`
  return {
    incident: { ...said, replies: said.replies + 1, lastReply: now },
    writes: [{ op: 'say', id: key, message: { op: 'reply', key, root: 'root', to, content } }],
  }
})

/** Its channel was not there when it began: it is told as soon as there is one. */
export const speak = changing((incident) => (incident.posted || !incident.to ? undefined : { incident }))
