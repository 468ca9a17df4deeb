import type { Row, State } from '../../model.js'
import { minutesAgo, press, type Sample } from './sample.js'

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

/** Lists: their rows, and what a row offers. */
export const listParts: Sample[] = [
  {
    name: 'rows',
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
    name: 'row-buttons',
    shows:
      'What waits for somebody: each row has its own buttons below it, two at most; a settled one says how it went.',
    data: {
      state: 'warning',
      topic: 'Digest · Thursday 19 November',
      title: 'Good morning Dana',
      status: '2 need you',
      sentence: '2 things wait for you.',
      sections: [
        {
          kind: 'rows',
          title: 'Waiting for you',
          rows: [
            {
              state: 'warning',
              title: [{ strong: 'Swap slots of orders' }],
              detail: ['Asked by Lee Park, ', { since: minutesAgo(960) }, '. About 5 s without answers.'],
              end: 'PR-2041',
              buttons: [press('Approve'), press('Open'), press('A third that is not drawn')],
            },
            {
              icon: 'waiting',
              title: 'Review payments#482 “Retry budget”',
              detail: 'CI green',
              buttons: [press('Open 482')],
            },
            {
              icon: 'done',
              state: 'good',
              title: 'Restart web app checkout-web-stg',
              detail: 'Approved by you; it goes ahead.',
            },
          ],
        },
        {
          kind: 'tree',
          title: 'Broken now',
          nodes: [
            {
              depth: 0,
              state: 'attention',
              title: 'payments-db near its limit',
              select: press('Show INC-130'),
              buttons: [press('Acknowledge')],
            },
            { depth: 1, state: 'warning', title: 'orders', buttons: [press('Acknowledge orders')] },
          ],
        },
      ],
    },
  },
]
