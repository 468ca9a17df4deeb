import type { Node } from '../../model.js'
import { minutesAgo, person, press, type Sample } from './sample.js'

const foot = {
  sources: [
    { name: 'Azure', asOf: minutesAgo(3) },
    { name: 'GitHub', asOf: minutesAgo(3) },
    { name: 'PagerDuty', asOf: minutesAgo(2) },
  ],
  query: "Resources\n| where tags.service =~ 'checkout'\n| project id, name, type, location\n| order by name asc",
}

const node = (depth: number, title: string, end: string, state?: Node['state']): Node => ({ depth, title, end, state })

/** What the catalog knows: facts, a table, a tree. */
export const catalogParts: Sample[] = [
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
