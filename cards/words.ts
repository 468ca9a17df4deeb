/** The five ways in which something does not work out. */
export type Fault = 'NotFound' | 'NotAllowed' | 'BadInput' | 'Conflict' | 'Unavailable'

/** The few words the frame itself says, in one language. */
export type Words = {
  /** For dates in text, a BCP 47 tag. Cards name no language: each reader’s client then writes dates in its own way. */
  language: string
  now: string
  minutes(n: number): string
  hours(h: number, minutes: number): string
  days(n: number): string
  ago(duration: string): string
  until(duration: string): string
  more(n: number): string
  leftOut(titles: string): string
  firstOf(shown: number, total: number): string
  silent: string
  showQuery: string
  show(title: string): string
  faults: Record<Fault, string>
}

/** English, the first language. */
export const english: Words = {
  language: 'en',
  now: 'just now',
  minutes: (n) => `${n} min`,
  hours: (h, minutes) => (minutes > 0 ? `${h} h ${String(minutes).padStart(2, '0')}` : `${h} h`),
  days: (n) => (n === 1 ? '1 day' : `${n} days`),
  ago: (duration) => `${duration} ago`,
  until: (duration) => `in ${duration}`,
  more: (n) => `and ${n.toLocaleString('en')} more`,
  leftOut: (titles) => `Left out, too long for a card: ${titles}`,
  firstOf: (shown, total) => `first ${shown} of ${total}`,
  silent: 'not answering',
  showQuery: 'Show query',
  show: (title) => `Show or hide ${title}`,
  faults: {
    NotFound: 'Not found',
    NotAllowed: 'Not allowed',
    BadInput: 'Not understood',
    Conflict: 'Changed meanwhile',
    Unavailable: 'No answer',
  },
}
