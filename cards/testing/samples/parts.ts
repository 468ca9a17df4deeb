import type { Node, Row, State } from '../../model.js'
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

const foot = {
  sources: [
    { name: 'Azure', asOf: minutesAgo(3) },
    { name: 'GitHub', asOf: minutesAgo(3) },
    { name: 'PagerDuty', asOf: minutesAgo(2) },
  ],
  query: "Resources\n| where tags.service =~ 'checkout'\n| project id, name, type, location\n| order by name asc",
}

const node = (depth: number, title: string, end: string, state?: Node['state']): Node => ({ depth, title, end, state })

/** Each part that a card can have, on a card made by hand: what the frame can draw, whether or not Nexus says it yet. */
export const parts: Sample[] = [
  {
    name: 'facts',
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
      buttons: [press('Page Dana'), press('Show schedule'), press('Show incidents of auth')],
      foot: {
        sources: [{ name: 'PagerDuty', asOf: minutesAgo(2) }],
        query: "oncalls(schedule: 'auth-primary', at: now)",
      },
    },
  },
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
  {
    name: 'table',
    shows: 'A service: state, facts, relations, resources behind toggles.',
    data: {
      state: 'good',
      icon: 'service',
      topic: 'Service · tier 1',
      title: 'checkout',
      status: ['healthy for ', { since: minutesAgo(12 * 1440) }],
      sentence: 'Takes the basket to a paid order. Web and mobile call it; it calls payments, orders and auth.',
      facts: [
        { label: 'Team', value: [{ strong: 'Storefront' }, ' · on call ', person('Lee Park')] },
        { label: 'Version', value: ['4.7.1 in production ', { ago: minutesAgo(310) }, ', by Mei Tan'] },
        { label: 'Code', value: [{ link: 'https://github.com/contoso/checkout', text: 'contoso/checkout' }] },
        { label: 'Cost', value: '€ 1,284 this month  ▂▂▃▃▅ +9 %' },
        { label: 'Readiness', value: '11 of 13 checks' },
        { label: 'Work', value: '3 items open, 1 blocked' },
      ],
      sections: [
        {
          kind: 'rows',
          title: 'Relations (6)',
          fold: 'closed',
          rows: [
            { icon: 'down', title: 'payments', detail: 'depends on', select: press('Show payments') },
            { icon: 'down', title: 'orders', detail: 'depends on', select: press('Show orders') },
            { icon: 'up', title: 'web', detail: 'is called by', select: press('Show web') },
          ],
          total: 6,
        },
        {
          kind: 'table',
          title: 'Resources (4)',
          fold: 'open',
          columns: [
            { title: 'Name', width: 3 },
            { title: 'Kind', width: 2 },
            { title: 'Region', width: 2 },
            { title: 'State', width: 2 },
          ],
          rows: [
            ['checkout-web-prd', 'Web app', 'West Europe', 'running'],
            ['checkout-web-stg', 'Web app', 'West Europe', 'running'],
            ['sqldb-checkout-prd', 'SQL database', 'West Europe', 'online'],
            ['kv-checkout-prd', 'Key vault', 'North Europe', '–'],
          ],
        },
      ],
      buttons: [
        press('Show incidents'),
        press('Show what changed'),
        press('Show dependencies'),
        { kind: 'open-url', title: 'Open in Azure', url: 'https://portal.azure.com/#@contoso/resource/checkout' },
        { kind: 'open-url', title: 'Open repository', url: 'https://github.com/contoso/checkout' },
        press('Watch checkout'),
      ],
      foot,
    },
  },
  {
    name: 'tree',
    shows: 'What would feel it, by distance.',
    data: {
      state: 'accent',
      icon: 'up',
      topic: 'Depends on',
      title: 'payments-db',
      status: '9 services, 4 levels',
      sentence: 'If payments-db fails, payments feels it at once; checkout and web follow.',
      facts: [
        { label: 'Direct', value: '2 services' },
        { label: 'Tier 1', value: '3 of 9: payments, checkout, web' },
      ],
      sections: [
        {
          kind: 'tree',
          title: 'Upwards',
          nodes: [
            node(0, 'payments', 'tier 1 · Payments', 'warning'),
            node(1, 'checkout', 'tier 1 · Storefront', 'good'),
            node(2, 'web', 'tier 1 · Storefront', 'good'),
            node(2, 'mobile-bff', 'tier 2 · Mobile', 'good'),
            node(3, 'mobile-app', 'tier 2 · Mobile', 'emphasis'),
            node(1, 'refunds', 'tier 2 · Payments', 'good'),
            node(0, 'ledger-export', 'tier 3 · Ledger', 'good'),
          ],
          total: 9,
          more: press('Show all 9'),
        },
      ],
      buttons: [press('Show downwards'), press('Show payments-db')],
      foot,
    },
  },
]
