import { minutesAgo, person, press, type Sample } from './sample.js'

const buttons = [press('Page Dana'), press('Show schedule'), press('Show incidents of auth')]

/** Who carries the pager: agreed, disputed by two sources, nobody, and seen while the source is silent. */
export const onCall: Sample[] = [
  {
    name: 'on-call',
    shows: 'Who, until when, who next, how to reach, the last incident, source and age.',
    data: {
      state: 'good',
      topic: 'On call',
      title: 'auth',
      status: ['until ', { time: minutesAgo(-342) }, ' (', { until: minutesAgo(-342) }, ')'],
      sentence: [person('Dana Ortiz'), ' carries the pager for ', { strong: 'auth-api' }, '.'],
      facts: [
        { label: 'Next', value: [person('Lee Park'), ' from ', { time: minutesAgo(-342) }] },
        { label: 'Reach', value: ['Teams · +49 30 5550 117 · PagerDuty'] },
        { label: 'Last', value: ['INC-118 “token cache full”, ', { ago: minutesAgo(6 * 1440) }, ', 41 min'] },
        { label: 'Team', value: 'Identity' },
      ],
      buttons,
      foot: {
        sources: [{ name: 'PagerDuty', asOf: minutesAgo(2) }],
        query: "oncalls(schedule: 'auth-primary', at: now)",
      },
    },
  },
  {
    name: 'on-call-disputed',
    shows: 'Two sources disagree; both are shown, neither silently wins.',
    data: {
      state: 'warning',
      topic: 'On call',
      title: 'payments',
      status: 'sources disagree',
      sentence: 'PagerDuty says Mei Tan, the schedule in settings says Sam Okafor. Alerts go to PagerDuty’s choice.',
      sections: [
        {
          kind: 'rows',
          rows: [
            { title: [person('Mei Tan')], detail: ['PagerDuty, until ', { time: minutesAgo(-342) }], state: 'good' },
            {
              title: [person('Sam Okafor')],
              detail: 'Settings, schedule payments.yaml, until Friday',
              state: 'warning',
            },
          ],
        },
      ],
      buttons: [press('Page Mei'), press('Page Sam'), press('Show both schedules')],
      foot: {
        sources: [
          { name: 'PagerDuty', asOf: minutesAgo(2) },
          { name: 'Settings', asOf: minutesAgo(41) },
        ],
      },
    },
  },
  {
    name: 'on-call-nobody',
    shows: 'A gap in the schedule, and a source that does not answer.',
    data: {
      state: 'attention',
      topic: 'On call',
      title: 'mobile-bff',
      status: ['nobody for ', { since: minutesAgo(18) }],
      sentence:
        'Nobody carries the pager for mobile-bff. The next shift starts at the time below; until then alerts go to the team’s channel.',
      facts: [
        { label: 'Next', value: [person('Lee Park'), ' from ', { time: minutesAgo(-342) }] },
        { label: 'Escalates', value: 'Mobile, then Platform Engineers' },
      ],
      buttons: [press('Take the shift', 'positive'), press('Page Platform Engineers')],
      foot: { sources: [{ name: 'PagerDuty', asOf: minutesAgo(14), silent: true }] },
    },
  },
]
