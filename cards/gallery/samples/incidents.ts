import type { Row, State } from '../../model.js'
import { sparkline } from '../../sparkline.js'
import { minutesAgo, person, press, type Sample } from './sample.js'

const row = (id: string, severity: string, title: string, state: State, detail: string, minutes: number): Row => ({
  state,
  title: [{ strong: `${severity} ${id}` }, ` ${title}`],
  detail,
  end: [{ since: minutesAgo(minutes) }],
  select: press(`Show ${id}`),
})

const open = [
  row('INC-131', 'Sev 1', 'auth-api failing', 'attention', 'Dana Ortiz · paged, not yet acknowledged', 4),
  row('INC-130', 'Sev 2', 'payments-db near its limit', 'warning', 'Sam Okafor · working on it', 218),
  row('INC-127', 'Sev 3', 'search answers slowly in North Europe', 'warning', 'nobody · snoozed until Friday', 2900),
]

/** Incidents: the list, one of them, and one that is over. */
export const incidents: Sample[] = [
  {
    name: 'incidents',
    shows: 'The list: severity, state, age; each row opens its incident.',
    data: {
      state: 'attention',
      topic: 'Incidents',
      title: 'Open in production',
      status: '3 open, 1 new',
      sections: [{ kind: 'rows', rows: open }],
      buttons: [press('Show only mine'), press('Show last 7 days'), press('Declare an incident…')],
      foot: { sources: [{ name: 'PagerDuty', asOf: minutesAgo(1) }] },
    },
  },
  {
    name: 'incidents-none',
    shows: 'Nothing open is an answer too.',
    data: {
      state: 'good',
      icon: 'done',
      topic: 'Incidents',
      title: 'payments',
      status: 'none open',
      sentence: [
        'No open incident for payments. The last one, INC-124, was resolved ',
        { ago: minutesAgo(3 * 1440) },
        '.',
      ],
      buttons: [press('Show INC-124')],
      foot: { sources: [{ name: 'PagerDuty', asOf: minutesAgo(1) }] },
    },
  },
  {
    name: 'incident',
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
    name: 'incident-resolved',
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
