import { editDistance } from '../../skills/kit/edit-distance.js'

/** What people type for words of time; several words where one stands for them. */
const short: Readonly<Record<string, string>> = {
  ...saidFor('yesterday', 'yday ydy yest ystrday ystd yestrday yesterdays'),
  ...saidFor('tomorrow', 'tmrw tmr tmw tmrow tomo 2moro 2morrow morrow tomorrows'),
  ...saidFor('tonight', 'tonite 2nite tnight'),
  ...saidFor('today', '2day todays'),
  ...saidFor('last', 'lst'),
  ...saidFor('next', 'nxt'),
  ...saidFor('week', 'wk'),
  ...saidFor('weeks', 'wks'),
  ...saidFor('night', 'nite nyt'),
  ...saidFor('month', 'mth mnth'),
  ...saidFor('months', 'mths mnths'),
  ...saidFor('quarter', 'qtr'),
  ...saidFor('wednesday', 'weds'),
  ...saidFor('weekend', 'wkend wknd'),
  ...saidFor('weekdays', 'wkdays'),
  ...saidFor('morning', 'morn mornin'),
  ...saidFor('afternoon', 'arvo aft'),
  ...saidFor('until', 'til untill'),
  ...saidFor('end of day', 'eod cob'),
  ...saidFor('end of week', 'eow'),
  ...saidFor('end of month', 'eom'),
  ...saidFor('this week', 'wtd'),
  ...saidFor('this month', 'mtd'),
  ...saidFor('this quarter', 'qtd'),
  ...saidFor('this year', 'ytd'),
}

function saidFor(meant: string, said: string): Record<string, string> {
  return Object.fromEntries(said.split(' ').map((one) => [one, meant]))
}

/** Words of time that are long enough to be known with a slip in them. */
const vocabulary =
  'yesterday tomorrow tonight today morning afternoon evening night weekend weekends weekday weekdays monday tuesday wednesday thursday friday saturday sunday mondays tuesdays wednesdays thursdays fridays january february september october november december minute minutes hour hours days weeks month months quarter year years fortnight midnight midday lunch lunchtime since between until during before after second third first every daily weekly monthly past half eight seven three'.split(
    ' ',
  )
/** Words of their own that are near to words of time. */
const others = 'there threw launch mouth sever'.split(' ')
const known: ReadonlySet<string> = new Set([...vocabulary, ...others])
/** Shorter words are near to too much. */
const leastMended = 5

/** Words as they were worked out before; people use few. */
const worked = new Map<string, string>()
const mostWorked = 5_000

/** The word of time that was meant, or the word itself: "yday" and "yestreday" are yesterday. */
export function timeWord(word: string): string {
  if (Object.hasOwn(short, word)) return short[word]!
  if (word.length < leastMended || known.has(word) || !/^[a-z]+$/.test(word)) return word
  const before = worked.get(word)
  if (before !== undefined) return before
  const meant = vocabulary.find(
    (one) => one.length >= leastMended && one[0] === word[0] && editDistance(word, one, 1) === 1 && !isForm(word, one),
  )
  if (worked.size >= mostWorked) worked.clear()
  worked.set(word, meant ?? word)
  return meant ?? word
}

/** Another form of a word is no slip of it: its plural, or a word of its own such as "monthly". */
const isForm = (word: string, other: string): boolean => word === `${other}s` || other === `${word}s`

/** What says nothing of when: how exact it is, and that all of it is meant. */
const fillers =
  /\b(?:exactly|precisely|sharp|approximately|approx|roughly|around|about|maybe|like|or so|max|at most|so far|all of|whole of|month of|to date|uhr)\b|~/g

/**
 * Words of time in the one form that their readers compare: lower case, abbreviations and slips mended, without endings of possession and words
 * that say nothing.
 */
export function plainTime(words: string): string {
  const said = words
    .toLowerCase()
    .replace(/[’']s\b/g, '')
    .replaceAll(',', ' ')
    .split(/\s+/)
    .map(timeWord)
    .join(' ')
    .replace(/\b(?:week|month|quarter|year) to date\b/g, (unit) => `this ${unit.split(' ')[0]!}`)
    .replace(fillers, ' ')
    .replace(/\b(last|past|previous|next|this) hr\b/g, '$1 hour')
    .replace(/\bfirst thing\b/g, 'morning')
    .replace(
      /\b(tomorrow|today|yesterday|[a-z]+day) morning\b|\bmorning (tomorrow|today|yesterday|[a-z]+day)\b/g,
      '$1$2 morning',
    )
    .replace(/\bearlier (?=(?:today|this)\b)/g, '')
    .replace(/\s+/g, ' ')
    .trim()
  return said
}
