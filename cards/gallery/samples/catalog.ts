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

/** Things of the catalog: an entity, its owner, what depends on it. */
export const catalog: Sample[] = [
  {
    name: 'entity',
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
    name: 'owner',
    shows: 'Who owns it, why we think so, and who disagrees.',
    data: {
      state: 'warning',
      icon: 'resource',
      topic: 'Owner of storage account',
      title: 'st123',
      status: 'two claims',
      sentence: [{ strong: 'Payments' }, ' owns st123, most likely. CODEOWNERS names another team.'],
      facts: [
        { label: 'Lead', value: [person('Sam Okafor')] },
        { label: 'Sure', value: 'likely: 2 of 3 sources agree' },
      ],
      sections: [
        {
          kind: 'rows',
          title: 'Why',
          rows: [
            {
              icon: 'done',
              state: 'good',
              title: 'Tag owner = payments',
              detail: 'Azure, on the resource group rg-payments-prd',
            },
            {
              icon: 'done',
              state: 'good',
              title: 'payments-api writes to it',
              detail: 'Azure, managed identity with Blob Data Contributor',
            },
            {
              icon: 'failed',
              state: 'warning',
              title: 'CODEOWNERS says @contoso/ledger',
              detail: 'GitHub, contoso/infra, storage/st123.bicep',
            },
          ],
        },
      ],
      buttons: [press('Settle on Payments', 'positive'), press('Settle on Ledger'), press('Ask Sam')],
      foot: { ...foot, id: 'st123' },
    },
  },
  {
    name: 'depends',
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
