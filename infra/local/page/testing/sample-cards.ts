type Json = Record<string, unknown>

const text = (words: string, more: Json = {}): Json => ({ type: 'TextBlock', text: words, wrap: true, ...more })
const card = (body: Json[], actions: Json[] = [], more: Json = {}): Json => ({
  type: 'AdaptiveCard',
  version: '1.5',
  body,
  ...(actions.length ? { actions } : {}),
  ...more,
})

/** A full-bleed head in the colour of its state: icon and title, and at the right the state in words. */
const head = (style: string, title: string, state: string): Json => ({
  type: 'Container',
  style,
  bleed: true,
  items: [
    {
      type: 'ColumnSet',
      columns: [
        { type: 'Column', width: 'stretch', items: [text(title, { weight: 'Bolder' })] },
        { type: 'Column', width: 'auto', items: [text(state, { isSubtle: true, size: 'Small' })] },
      ],
    },
  ],
})

const facts = (pairs: [string, string][]): Json => ({
  type: 'FactSet',
  facts: pairs.map(([title, value]) => ({ title, value })),
})

/** Who carries the pager, until a moment that each reader sees in their own zone. */
export const onCallCard = (until: string): Json =>
  card(
    [
      head('accent', '● ON CALL · auth', `until {{TIME(${until})}}`),
      text('<at>Dana Ortiz</at> carries the pager for **auth-api**.'),
      facts([
        ['Next', `Lee Park from {{DATE(${until}, SHORT)}} {{TIME(${until})}}`],
        ['Reach', 'Teams · [+49 30 901820](tel:+4930901820) · PagerDuty'],
        ['Last', 'INC-118 "token cache full", 6 days ago, 41 min'],
      ]),
      text('PagerDuty · 2 min ago', { isSubtle: true, size: 'Small' }),
    ],
    [
      { type: 'Action.Execute', title: 'Page Dana', verb: 'page', style: 'positive' },
      { type: 'Action.Execute', title: 'Show schedule', verb: 'schedule' },
      { type: 'Action.OpenUrl', title: 'Incidents of auth', url: 'https://portal.example/auth' },
      { type: 'Action.Execute', title: 'Swap with Lee', verb: 'swap', mode: 'secondary' },
    ],
    {
      msteams: {
        entities: [{ type: 'mention', text: '<at>Dana Ortiz</at>', mentioned: { id: 'dana', name: 'Dana Ortiz' } }],
      },
    },
  )

/** A change that waits for an approver. */
export const approvalCard = (): Json =>
  card(
    [
      head('warning', '◐ WAITS FOR APPROVAL · Restart web app checkout-web-stg', 'expires in 28 min'),
      text("Dana asks to restart checkout in staging. About 20 s without answers; can't be undone."),
      facts([
        ['Target', 'checkout-web-stg · West Europe'],
        ['Now', 'running, 3 instances, up 12 days'],
        ['Guards', '✓ working hours  ✓ no open incident'],
        ['Needs', '1 of Platform Engineers'],
      ]),
      {
        type: 'ActionSet',
        actions: [{ type: 'Action.ToggleVisibility', title: 'Plan', targetElements: ['plan'] }],
      },
      {
        type: 'Container',
        id: 'plan',
        isVisible: false,
        style: 'emphasis',
        items: [text('POST …/sites/checkout-web-stg/restart', { fontType: 'Monospace' })],
      },
      text('PR-2041', { isSubtle: true, size: 'Small' }),
    ],
    [
      { type: 'Action.Execute', title: 'Approve restart', verb: 'approve', style: 'positive' },
      { type: 'Action.Submit', title: 'Reject…', style: 'destructive', data: { msteams: { type: 'task/fetch' } } },
      { type: 'Action.Execute', title: 'Fail', verb: 'fail' },
    ],
  )

/** The same card once somebody has decided: by whom, in place of its buttons. */
export const decidedCard = (by: string, how: 'Approved' | 'Rejected'): Json => {
  const [, ...rest] = approvalCard()['body'] as Json[]
  const state = how === 'Approved' ? '✓ APPROVED' : '✕ REJECTED'
  const first = head(how === 'Approved' ? 'good' : 'emphasis', `${state} · Restart web app checkout-web-stg`, 'now')
  return card([first, ...rest, text(`${how} by ${by}.`)])
}

/** An incident's root card. */
export const incidentCard = (): Json =>
  card(
    [
      head('attention', '▲ SEV 1 · INC-131 · auth-api failing', 'open 4 min · 37 alerts'),
      text('Sign-in fails for 38 % since 02:14, two minutes after deployment 4.7.1.'),
      facts([
        ['Hurts', 'checkout, payments, mobile-bff'],
        ['On call', '<at>Dana Ortiz</at> (paged, not yet acknowledged)'],
        ['Suspect', 'deployment 4.7.1 by Mei, 02:12'],
        ['Errors', '▁▁▁▂▇▇▇ 0.1 → 38 %'],
      ]),
      {
        type: 'Table',
        firstRowAsHeaders: true,
        columns: [{ width: 2 }, { width: 1 }, { width: 1 }],
        rows: [
          ['Service', 'Errors', 'p95'],
          ['auth-api', '38 %', '4.1 s'],
          ['checkout', '12 %', '2.2 s'],
        ].map((cells) => ({
          type: 'TableRow',
          cells: cells.map((cell) => ({ type: 'TableCell', items: [text(cell)] })),
        })),
      },
    ],
    [
      { type: 'Action.Execute', title: 'Acknowledge', verb: 'ack', style: 'positive' },
      { type: 'Action.Execute', title: 'Roll back 4.7.1', verb: 'roll-back', style: 'destructive' },
      {
        type: 'Action.ShowCard',
        title: 'Assign…',
        card: card(
          [
            {
              type: 'Input.ChoiceSet',
              id: 'who',
              label: 'To whom',
              isRequired: true,
              errorMessage: 'Choose somebody.',
              choices: [
                { title: 'Lee Park', value: 'lee' },
                { title: 'Sam Osei', value: 'sam' },
              ],
            },
          ],
          [{ type: 'Action.Execute', title: 'Assign', verb: 'assign' }],
        ),
      },
      { type: 'Action.Execute', title: 'Why grouped', verb: 'why', mode: 'secondary' },
    ],
    {
      msteams: {
        width: 'Full',
        entities: [{ type: 'mention', text: '<at>Dana Ortiz</at>', mentioned: { id: 'dana', name: 'Dana Ortiz' } }],
      },
    },
  )

/** A form, as a dialog shows it. */
export const rejectForm = (): Json =>
  card(
    [
      text('Dana will read it.'),
      {
        type: 'Input.Text',
        id: 'reason',
        label: 'Reason',
        isMultiline: true,
        isRequired: true,
        errorMessage: 'Say why.',
      },
      { type: 'Input.Toggle', id: 'again', title: 'Dana may ask again today', value: 'true' },
    ],
    [{ type: 'Action.Submit', title: 'Reject restart', style: 'destructive' }],
  )

/** A question that follows a form. */
export const confirmForm = (reason: string): Json =>
  card([text(`Reject with “${reason}”?`)], [{ type: 'Action.Submit', title: 'Yes, reject' }])

/** Cards that no client can draw. */
export const brokenCard: Json = { type: 'HeroCard', title: 'no Adaptive Card' }
