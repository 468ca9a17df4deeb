import { sparkline } from '../../sparkline.js'
import { minutesAgo, person, press, type Sample } from './sample.js'

/** An incident while it burns and when it is over: folds, a trend, who decided. */
export const incidentParts: Sample[] = [
  {
    name: 'folds',
    shows: 'A severe incident: what hurts, who has it, what is suspected, the trend.',
    data: {
      state: 'attention',
      topic: 'Sev 1 · INC-131',
      title: 'auth-api failing',
      status: ['open ', { since: minutesAgo(4) }, ' · 37 alerts'],
      sentence: ['Sign-in fails for 38 % since ', { time: minutesAgo(4) }, ', two minutes after deployment 4.7.1.'],
      facts: [
        { label: 'Hurts', value: 'checkout, payments, mobile-bff' },
        { label: 'On call', value: [person('Dana Ortiz'), ' (paged, not yet acknowledged)'] },
        { label: 'Suspect', value: ['deployment 4.7.1 by Mei Tan, ', { time: minutesAgo(6) }] },
        {
          label: 'Runbook',
          value: [
            { link: 'https://github.com/contoso/runbooks/blob/main/auth-token-cache.md', text: 'Auth token cache' },
          ],
        },
        { label: 'Errors', value: sparkline([0.1, 0.1, 0.1, 8, 31, 36, 38], '%') },
      ],
      sections: [
        {
          kind: 'rows',
          title: 'Timeline',
          fold: 'closed',
          rows: [
            { title: 'Dana Ortiz paged', end: [{ time: minutesAgo(3) }], state: 'accent' },
            { title: '37 alerts grouped', end: [{ time: minutesAgo(4) }], state: 'attention' },
            {
              title: 'Deployment 4.7.1 finished',
              detail: 'contoso/auth, by Mei Tan',
              end: [{ time: minutesAgo(6) }],
              state: 'emphasis',
            },
          ],
        },
      ],
      buttons: [
        press('Acknowledge', 'positive'),
        press('Roll back 4.7.1', 'destructive'),
        press('Assign…'),
        press('Why grouped'),
      ],
      foot: {
        sources: [
          { name: 'Azure Monitor', asOf: minutesAgo(1) },
          { name: 'PagerDuty', asOf: minutesAgo(1) },
        ],
        id: 'INC-131',
      },
      refresh: { id: 'view-inc-131', people: ['29:dana', '29:lee'] },
    },
  },
  {
    name: 'decided',
    shows: 'The same body when it is over: head and sentence moved, the buttons gave way to who settled it.',
    data: {
      state: 'good',
      icon: 'done',
      topic: 'Sev 1 · INC-131',
      title: 'auth-api failing',
      status: 'resolved after 26 min',
      sentence: 'Sign-in works again since the rollback to 4.7.0.',
      facts: [
        { label: 'Hurt', value: 'checkout, payments, mobile-bff' },
        { label: 'Cause', value: 'deployment 4.7.1: token cache without eviction' },
        { label: 'Errors', value: sparkline([0.1, 8, 31, 38, 38, 12, 0.1], '%') },
      ],
      decided: ['Resolved by ', person('Dana Ortiz'), ', ', { ago: minutesAgo(2) }],
      foot: { sources: [{ name: 'PagerDuty', asOf: minutesAgo(1) }], id: 'INC-131' },
    },
  },
]
