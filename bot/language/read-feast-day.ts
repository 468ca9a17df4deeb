import { addDays, weekdayOf, type Day } from '../../skills/kit/zoned-time.js'

/** Days of the year that people call by a name, as month and day. */
const fixed: Readonly<Record<string, readonly [month: number, day: number]>> = {
  'new year': [1, 1],
  'new year day': [1, 1],
  'new years day': [1, 1],
  'labour day': [5, 1],
  halloween: [10, 31],
  'christmas eve': [12, 24],
  'xmas eve': [12, 24],
  christmas: [12, 25],
  xmas: [12, 25],
  'christmas day': [12, 25],
  'boxing day': [12, 26],
  'new year eve': [12, 31],
  'new years eve': [12, 31],
}

/** Days that are counted from Easter Sunday. */
const fromEaster: Readonly<Record<string, number>> = {
  'good friday': -2,
  easter: 0,
  'easter sunday': 0,
  'easter monday': 1,
  'ascension day': 39,
  'whit monday': 50,
}

/** Days that are counted from the fourth Thursday of November. */
const fromThanksgiving: Readonly<Record<string, number>> = { thanksgiving: 0, 'black friday': 1, 'cyber monday': 4 }

/** The day of a year that is called by a name, in lower case and without endings of possession: "christmas eve", "black friday". */
export function readFeastDay(words: string, year: number): Day | undefined {
  if (Object.hasOwn(fixed, words)) return dayOf(year, ...fixed[words]!)
  if (Object.hasOwn(fromEaster, words)) return addDays(easterOf(year), fromEaster[words]!)
  if (Object.hasOwn(fromThanksgiving, words)) return addDays(thanksgivingOf(year), fromThanksgiving[words]!)
  return undefined
}

const dayOf = (year: number, month: number, day: number): Day =>
  `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`

/** Easter Sunday of the Gregorian calendar, by the algorithm of Meeus, Jones and Butcher. */
function easterOf(year: number): Day {
  const golden = year % 19
  const [century, ofCentury] = [Math.floor(year / 100), year % 100]
  const correction = Math.floor((century - Math.floor((century + 8) / 25) + 1) / 3)
  const epact = (19 * golden + century - Math.floor(century / 4) - correction + 15) % 30
  const weekday = (32 + 2 * (century % 4) + 2 * Math.floor(ofCentury / 4) - epact - (ofCentury % 4)) % 7
  const later = Math.floor((golden + 11 * epact + 22 * weekday) / 451)
  const days = epact + weekday - 7 * later + 114
  return dayOf(year, Math.floor(days / 31), (days % 31) + 1)
}

function thanksgivingOf(year: number): Day {
  const first = dayOf(year, 11, 1)
  const toThursday = [0, 1, 2, 3, 4, 5, 6].find((days) => weekdayOf(addDays(first, days)) === 'thu')!
  return addDays(first, toThursday + 21)
}
