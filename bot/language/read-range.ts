import type { Instant } from '../../skills/kit/model.js'
import { addDays, dayIn, momentOf } from '../../skills/kit/zoned-time.js'
import { readDuration } from './read-duration.js'
import { readIso, readMoment, type Spoken } from './read-moment.js'

/** A stretch of time, its beginning before its end. */
type Stretch = { from: Instant; to: Instant }

/**
 * Reads a stretch of time: "yesterday to now", "Monday 9:00..Friday 17:00", "since Monday", "in the last 24 hours", "last hour", "today",
 * "yesterday". A weekday that something was since is the one before today.
 * @param spoken when and where it is said; without it both ends are read in ISO form only
 * @returns undefined where the words are no stretch of time
 */
export function readRange(words: string, spoken: Spoken | undefined): Stretch | undefined {
  const [begin = '', end, ...more] = words.split(/\.\.|\s+(?:to|until|and)\s+/)
  if (end !== undefined)
    return more.length
      ? undefined
      : stretch(momentIn(begin.replace(/^(?:from|between)\s+/i, ''), spoken), momentIn(end, spoken))
  return spoken && readToNow(words.trim().toLowerCase(), spoken)
}

const momentIn = (words: string, spoken: Spoken | undefined) => (spoken ? readMoment(words, spoken) : readIso(words))

const stretch = (from: Instant | undefined, to: Instant | undefined): Stretch | undefined =>
  from && to && from < to ? { from, to } : undefined

/** What ends now, or is a day. */
function readToNow(said: string, spoken: Spoken): Stretch | undefined {
  const { now, zone } = spoken
  const since = /^since (.+)$/.exec(said)?.[1]
  if (since !== undefined) return stretch(readSince(since, spoken), now)
  const length = /^(?:(?:in|within|over|during) )?(?:the )?(?:last|past) (.+)$/.exec(said)?.[1]
  const minutes = length === undefined ? undefined : readDuration(length)
  if (minutes) return stretch(new Date(Date.parse(now) - minutes * 60_000).toISOString(), now)
  const today = dayIn(zone, now)
  if (said === 'today') return stretch(momentOf(zone, today, '00:00'), now)
  return said === 'yesterday'
    ? stretch(momentOf(zone, addDays(today, -1), '00:00'), momentOf(zone, today, '00:00'))
    : undefined
}

/** A moment that is past: of a day its beginning, of a weekday the last one. */
function readSince(said: string, spoken: Spoken): Instant | undefined {
  const { now, zone } = spoken
  const read = readMoment(said, spoken)
  const past = read && read < now ? read : readMoment(`last ${said}`, spoken)
  if (!past || past >= now) return undefined
  return /\d|noon|midnight| ago|hour|minute/.test(said) ? past : momentOf(zone, dayIn(zone, past), '00:00')
}
