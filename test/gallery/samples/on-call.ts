import { gapUntilMorning, silent, unread, without } from '../differences.js'
import { says, type Sample } from '../sample.js'

/** Who carries the pager: somebody, nobody, and what is known while PagerDuty is silent. */
export const onCall: readonly Sample[] = [
  says('on-call', 'Who, until when, who next, how to reach them, the last incident.', 'dana', "who's on call for auth"),
  says('on-call-team', 'A team’s pager.', 'noor', 'on call platform'),
  says('on-call-disagreement', 'Two sources name two people: both, with their ages.', 'elif', 'on call search-api'),
  says('on-call-rota', 'The coming week, with its hand-overs at the reader’s own time.', 'dana', 'rota of identity'),
  says(
    'on-call-rota-hours',
    'A schedule of Nexus’s own, for some hours: the gaps stand between.',
    'kofi',
    'rota of gift cards by day',
  ),
  says('on-call-shifts', 'When I carry a pager, by every schedule.', 'dana', 'my shifts'),
  says('on-call-gaps', 'When nobody is on call in the coming week.', 'clara', 'on-call gaps'),
  says('on-call-covered', 'No gap: what was looked at.', 'nadia', 'gaps of payments'),
  {
    name: 'on-call-later',
    shows: 'A moment to come, in another year: the year is said.',
    reply: (contoso) => contoso.ask('dana', `who is on call for payments-api at ${nextYear(contoso.now)}-01-02T08:00Z`),
  },
  {
    name: 'on-call-silent',
    shows: 'PagerDuty does not answer: what is known, and how old it is.',
    reply: (contoso) => contoso.but(silent('pagerduty', contoso.now)).ask('sam', 'on call payments-api'),
  },
  {
    name: 'on-call-gap',
    shows: 'A gap: who comes next, and whom to ask meanwhile.',
    reply: (contoso) => contoso.but(gapUntilMorning(contoso.now)).ask('dana', 'on call auth'),
  },
  {
    name: 'on-call-none',
    shows: 'No schedule, which is not a gap: whose it is instead.',
    reply: (contoso) => contoso.but(without(({ kind }) => kind === 'Schedule')).ask('kofi', 'on call checkout-web'),
  },
  {
    name: 'on-call-unread',
    shows: 'PagerDuty was never read: unknown is said.',
    reply: (contoso) =>
      contoso
        .but(without(({ kind }) => kind === 'Schedule'))
        .but(unread('pagerduty'))
        .ask('kofi', 'on call checkout-web'),
  },
]

const nextYear = (now: string): number => Number(now.slice(0, 4)) + 1
