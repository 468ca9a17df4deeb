import type { CardData } from '../../model.js'
import { minutesAgo, person, press, type Sample } from './sample.js'

const many = Array.from({ length: 240 }, (_, index) => ({
  state: 'warning' as const,
  title: `aks-payments-production-westeurope-nodepool-${index}-vmss_00000${index}`,
  detail: 'Virtual machine scale set instance · rg-payments-production-westeurope-001 · not backed up in 7 days',
  end: [{ since: minutesAgo(index * 97) }],
  select: press(`Show instance ${index}`),
}))

const injection =
  '${$root.secret} **bold** [pay here](https://evil.example) <at>Dana Ortiz</at> {{TIME(2026-01-01T00:00:00Z)}} `x` <b>b</b> \u202Edlrow'

/** What is hard to draw: long names, many rows, other scripts, hostile text. */
export const hard: Sample[] = [
  {
    name: 'hard-long',
    shows: 'Long names, 240 rows, a table with six columns: cut by the rule, and said.',
    data: {
      state: 'warning',
      icon: 'resource',
      topic: 'Resources without a backup in the last seven days',
      title: 'production, all subscriptions of Contoso Retail Europe Holding, without those tagged ephemeral',
      status: '240 found, 12 more than yesterday',
      sentence:
        'Two hundred and forty production resources have no backup in the last seven days; most of them are scale set instances that should not be counted, see the rule.',
      sections: [
        { kind: 'rows', title: 'Resources', rows: many },
        {
          kind: 'table',
          title: 'By subscription',
          fold: 'closed',
          columns: ['Subscription', 'Region', 'Found', 'Yesterday', 'Owner', 'Dropped'].map((title, index) => ({
            title,
            align: index === 2 || index === 3 ? ('right' as const) : ('left' as const),
          })),
          rows: Array.from({ length: 40 }, (_, index) => [
            `contoso-retail-production-${index}`,
            'West Europe',
            String(index * 7),
            String(index * 6),
            'Platform',
            'x',
          ]),
        },
      ],
      buttons: Array.from({ length: 14 }, (_, index) => press(`Open subscription ${index + 1} of fourteen`)),
      foot: {
        sources: [{ name: 'Azure Resource Graph', asOf: minutesAgo(3) }],
        query:
          'Resources\n| where type =~ "microsoft.compute/virtualmachines"\n| join kind=leftouter (RecoveryServicesResources) on $left.id == $right.id\n| where isnull(lastBackup) or lastBackup < ago(7d)',
      },
    },
  },
  {
    name: 'hard-german',
    shows: 'German: long compound words as labels and buttons.',
    data: {
      state: 'warning',
      topic: 'Rufbereitschaft',
      title: 'Zahlungsabwicklung (Produktionsumgebung)',
      status: ['bis ', { time: minutesAgo(-342) }],
      sentence: ['Für die Zahlungsabwicklung hat ', person('Jürgen Müller-Lüdenscheidt'), ' Rufbereitschaft.'],
      facts: [
        { label: 'Verantwortlich', value: 'Zahlungsverkehrsinfrastruktur' },
        { label: 'Erreichbarkeit', value: 'Teams · Mobiltelefon · PagerDuty-Eskalationsrichtlinie' },
      ],
      buttons: [press('Jürgen benachrichtigen'), press('Bereitschaftsplan anzeigen'), press('Störungen anzeigen')],
      foot: { sources: [{ name: 'PagerDuty', asOf: minutesAgo(2) }] },
    },
  },
  {
    name: 'hard-scripts',
    shows: 'Right-to-left and East Asian names keep their neighbours in order.',
    data: {
      state: 'good',
      topic: 'On call',
      title: 'خدمة الدفع',
      status: ['until ', { time: minutesAgo(-342) }],
      sentence: [person('نور الدين'), ' carries the pager; ', { strong: 'דנה אורטיז' }, ' is next, then 田中 花子.'],
      facts: [
        { label: 'Team', value: '決済チーム (payments)' },
        { label: 'Last', value: ['INC-118 “', 'ذاكرة الرموز ممتلئة', '”, ', { ago: minutesAgo(6 * 1440) }] },
      ],
      foot: { sources: [{ name: 'PagerDuty', asOf: minutesAgo(2) }] },
    },
  },
  {
    name: 'hard-hostile',
    shows: 'Text from outside stays text.',
    data: {
      state: 'attention',
      topic: 'Alert',
      title: injection,
      status: injection,
      sentence: injection,
      facts: [
        { label: injection, value: injection },
        { label: 'Link', value: [{ link: 'javascript:alert(1)', text: 'open [me](https://x.example)' }] },
      ],
      sections: [
        {
          kind: 'text',
          title: '# Heading\n- list',
          text: '1. one\n# two\n> three\n- four\n\n```\ncode\n```\nsnake_case_name stays, _this_ too',
        },
        { kind: 'list', items: [injection, '* star', '<script>alert(1)</script>'] },
      ],
      buttons: [
        { ...press('x'), title: injection },
        { kind: 'open-url', title: 'Open', url: 'javascript:alert(1)' },
      ],
      foot: { sources: [{ name: injection, asOf: 'not a date' }], id: injection, query: injection },
    },
  },
]

/** The largest card that can be asked for: every field at or over its limit, in four-byte characters. */
export function worst(): CardData {
  const text = '𝕬*_'.repeat(2000)
  const section = {
    kind: 'rows' as const,
    title: text,
    fold: 'closed' as const,
    rows: many.map((row) => ({ ...row, title: text, detail: text })),
  }
  return {
    state: 'attention',
    topic: text,
    title: text,
    status: text,
    sentence: Array.from({ length: 40 }, (_, index) => ({
      mention: `${index}${text}`,
      id: `${index}-${'x'.repeat(100)}`,
    })),
    facts: Array.from({ length: 20 }, () => ({ label: text, value: text })),
    sections: Array.from({ length: 30 }, () => section),
    buttons: Array.from({ length: 30 }, (_, index) => ({
      kind: 'execute',
      title: text,
      id: `${'x'.repeat(120)}${index}`,
    })),
    foot: { sources: Array.from({ length: 30 }, () => ({ name: text, asOf: minutesAgo(1) })), query: text, id: text },
    refresh: { id: 'r', people: Array.from({ length: 200 }, (_, index) => `29:${'x'.repeat(60)}${index}`) },
  }
}
