import { ago, between, since, until } from './ages.js'
import { beside, clean, markdown, mentionName, safeUrl } from './escape.js'
import { limits } from './limits.js'
import type { Instant, Span, Text } from './model.js'
import type { Words } from './words.js'

/** When and in which language a card is drawn. `zone` (IANA) is the reader's, where the reader is known; text needs it for times. */
export type Context = { now: Instant; words: Words; zone?: string | undefined }

/** A person named in a card, as the activity's entities must name them. */
export type Mention = { type: 'mention'; text: string; mentioned: { id: string; name: string } }

/** Turns a text into what one channel shows. */
export type Writer = (text: Text | undefined, limit: number, lines?: boolean) => string

/** What may stand as a person's id: an Entra object id, a user principal name or a channel's id such as `29:…`. */
export const personId = /^[\w:@.+/=~-]{1,120}$/

const near = 20 * 3_600_000
const rightToLeft = /[\u0590-\u08FF\uFB1D-\uFDFF\uFE70-\uFEFC]/

/** A date as Adaptive Cards' functions read it: whole seconds, UTC. Undefined for what is no date. */
function utc(at: Instant): string | undefined {
  const time = Date.parse(at)
  return Number.isNaN(time) ? undefined : `${new Date(time).toISOString().slice(0, 19)}Z`
}

/** Keeps the neighbours of a right-to-left word in their order (Unicode's first strong isolate). */
const isolate = (text: string): string => (rightToLeft.test(text) ? `\u2068${text}\u2069` : text)

function spansOf(text: Text | undefined): Span[] {
  if (text === undefined) return []
  return typeof text === 'string' ? [text] : text
}

/** The first spans of a text that fit into a limit, each already cleaned by `say`, joined; spaces at the seams are kept. */
function join(
  text: Text | undefined,
  limit: number,
  say: (span: Span, left: number) => string,
  put = (first: string, second: string): string => first + second,
): string {
  let left = limit
  let result = ''
  for (const span of spansOf(text)) {
    if (left < 2) return `${result.trimEnd()}…`
    const words = say(span, left)
    result = put(result, words)
    left -= seenLength(words)
  }
  return result.trim()
}

/** How long words are for whoever reads them: Teams puts a date or a time in place of its function, and a name for a mention. */
function seenLength(words: string): number {
  if (!/\{\{|</.test(words)) return words.length
  return words
    .replace(/\{\{DATE\([^)]*\)\}\}/g, 'Sun, 22 Nov 2026')
    .replace(/\{\{TIME\([^)]*\)\}\}/g, '08:00')
    .replace(/<\/?at>/g, '').length
}

/** Cleans a string inside a text, keeping the space that parts it from its neighbours. */
function piece(text: string, limit: number, lines: boolean): string {
  const head = /^\s/.test(text) ? ' ' : ''
  const tail = /\s$/.test(text) ? ' ' : ''
  return `${head}${clean(text, limit, lines)}${tail}`
}

function relative(span: Span, { now, words }: Context): string | undefined {
  if (typeof span === 'string') return undefined
  if ('ago' in span) return ago(span.ago, now, words)
  if ('since' in span) return since(span.since, now, words)
  if ('until' in span) return until(span.until, now, words)
  return undefined
}

/**
 * Writes for a card: markdown, with times in each reader's own zone. People mentioned are added to `mentions`. A `scale` below 1
 * shortens every text alike.
 */
export function cardWriter(context: Context, mentions: Mention[], scale = 1): Writer {
  return (text, limit, lines = false) =>
    join(
      text,
      Math.ceil(limit * scale),
      (span, left) => {
        if (typeof span === 'string') return isolate(markdownPiece(span, left, lines))
        if ('mention' in span) return mention(span.mention, span.id, mentions)
        if ('time' in span) return cardTime(span.time, context.now)
        if ('date' in span) return cardDate(span.date)
        if ('strong' in span) return `**${isolate(markdown(clean(span.strong, left)))}**`
        if ('link' in span) return link(span.link, span.text, left)
        return relative(span, context) ?? ''
      },
      beside,
    )
}

function markdownPiece(text: string, limit: number, lines: boolean): string {
  const tidy = piece(text, limit, lines)
  return tidy.startsWith(' ') ? ` ${markdown(tidy.slice(1))}` : markdown(tidy)
}

function cardDate(at: Instant): string {
  const date = utc(at)
  return date ? `{{DATE(${date}, SHORT)}}` : ''
}

function cardTime(at: Instant, now: Instant): string {
  const time = utc(at)
  if (!time) return ''
  return Math.abs(between(now, at)) < near ? `{{TIME(${time})}}` : `{{DATE(${time}, SHORT)}} {{TIME(${time})}}`
}

function link(url: string, text: string, limit: number): string {
  const address = safeUrl(url)
  const title = markdown(clean(text, limit))
  return address ? `[${title}](${address.replaceAll('(', '%28').replaceAll(')', '%29')})` : title
}

/** One mention a person and card; two people of one name are told apart, since Teams finds the entity by its text. */
function mention(name: string, id: string, mentions: Mention[]): string {
  const known = mentions.find(({ mentioned }) => mentioned.id === id)
  if (known) return known.text
  const plainName = mentionName(name)
  if (!personId.test(id) || mentions.length >= limits.mentions) return plainName
  const same = mentions.filter(({ mentioned }) => mentioned.name === plainName).length
  const text = `<at>${same > 0 ? `${plainName} (${same + 1})` : plainName}</at>`
  mentions.push({ type: 'mention', text, mentioned: { id, name: plainName } })
  return text
}

/** Writes for a terminal, a lock screen and `fallbackText`: letters only, times in the reader's zone, else in UTC and saying so. */
export function plainWriter(context: Context): Writer {
  return (text, limit, lines = false) =>
    join(text, limit, (span, left) => {
      if (typeof span === 'string') return piece(span, left, lines)
      if ('mention' in span) return mentionName(span.mention)
      if ('time' in span) return plainTime(span.time, context, false)
      if ('date' in span) return plainTime(span.date, context, true)
      if ('strong' in span) return clean(span.strong, left)
      if ('link' in span) return clean(span.text, left)
      return relative(span, context) ?? ''
    })
}

const formats = new Map<string, Intl.DateTimeFormat>()

/** What is said of a moment. */
type Shape = 'year' | 'time' | 'day' | 'day and time' | 'day of year' | 'day of year and time'

/** A formatter for a language, zone and shape, made once: making one costs as much as a whole card. */
function formatter(words: Words, zone: string, shape: Shape): Intl.DateTimeFormat {
  const key = `${words.language} ${zone} ${shape}`
  const known = formats.get(key)
  if (known) return known
  const made = new Intl.DateTimeFormat(words.language === 'en' ? 'en-GB' : words.language, {
    timeZone: zone,
    ...(shape.includes('time') && { hour: '2-digit', minute: '2-digit' }),
    ...(shape.includes('day') && { weekday: 'short', day: 'numeric', month: 'short' }),
    ...(shape.includes('year') && { year: 'numeric' }),
  })
  formats.set(key, made)
  return made
}

/** A moment in words; the day where it is not near, and its year where that is not the reader's present one. */
function plainTime(at: Instant, { now, words, zone: given }: Context, dayOnly: boolean): string {
  const time = Date.parse(at)
  if (Number.isNaN(time)) return ''
  const zone = given ?? 'UTC'
  const said = (shape: Shape, moment = time) => formatter(words, zone, shape).format(moment)
  const isNear = !dayOnly && Math.abs(between(now, at)) < near
  const day = isNear || said('year') === said('year', Date.parse(now)) ? 'day' : 'day of year'
  if (dayOnly) return said(day)
  const full = isNear ? said('time') : said(`${day} and time`)
  return given === undefined ? `${full} UTC` : full
}
