import { help } from '../../help.js'
import { minutesAgo, press, type Sample } from './sample.js'

const skills = [
  {
    name: 'On call',
    summary: 'who carries the pager',
    commands: [
      { says: 'who’s on call for auth', slash: '/on-call auth', id: 'h1' },
      { says: 'gaps in payments’ schedule', slash: '/gaps payments', id: 'h2' },
      { says: 'swap my Friday with Lee', slash: '/swap', does: 'asks Lee first' },
    ],
  },
  {
    name: 'Catalog',
    summary: 'what there is and whose it is',
    commands: [
      { says: 'show checkout', slash: '/show checkout', id: 'h3' },
      { says: 'who owns st123', slash: '/owner st123', id: 'h4' },
      { says: 'what depends on payments-db', slash: '/depends payments-db', id: 'h5' },
    ],
  },
  {
    name: 'Incidents',
    summary: 'what is broken and who has it',
    commands: [
      { says: 'open incidents for payments', slash: '/incidents payments', id: 'h6' },
      { says: 'declare a sev 2 on search', slash: '/declare', role: 'developers' },
    ],
  },
]

/** What concerns the asker: their own things, and what they can ask for. */
export const people: Sample[] = [
  {
    name: 'me',
    shows: 'My shifts, what waits for me, what is broken, my services.',
    data: {
      state: 'accent',
      icon: 'person',
      topic: 'Good morning, Dana',
      title: 'Thursday 19 November',
      status: '2 need you',
      sections: [
        {
          kind: 'rows',
          title: 'Waiting for you',
          rows: [
            {
              icon: 'waiting',
              state: 'warning',
              title: 'Approve slot swap of orders',
              detail: 'asked by Lee Park',
              end: [{ since: minutesAgo(960) }],
              select: press('Show PR-2038'),
            },
            {
              icon: 'waiting',
              state: 'accent',
              title: 'Review #482 “retry budget” in payments',
              detail: 'CI green',
              end: [{ since: minutesAgo(75) }],
              select: press('Show pull request 482'),
            },
          ],
        },
        {
          kind: 'rows',
          title: 'Broken',
          rows: [
            {
              state: 'warning',
              title: 'payments-db near its limit',
              detail: 'INC-130 · with Sam Okafor',
              end: [{ since: minutesAgo(218) }],
              select: press('Show INC-130'),
            },
          ],
        },
        {
          kind: 'facts',
          title: 'Yours',
          facts: [
            { label: 'On call', value: 'auth, until 08:00; again Friday for 3 days' },
            { label: 'Services', value: 'auth-api, token-cache, directory-sync' },
            { label: 'Work items', value: '4 active, 1 blocked' },
          ],
        },
        { kind: 'rows', title: 'Mentions', rows: [] },
      ],
      buttons: [press('Refresh'), press('Show my work items')],
      foot: {
        sources: [
          { name: 'PagerDuty', asOf: minutesAgo(1) },
          { name: 'GitHub', asOf: minutesAgo(14), silent: true },
          { name: 'Azure DevOps', asOf: minutesAgo(1) },
        ],
      },
    },
  },
  {
    name: 'help',
    shows: 'Commands by skill, as they are said, with their slash form.',
    data: help(
      'What you can ask',
      'Say it in your own words, in a channel after @Nexus, here without. Tap a line to try it.',
      skills,
      [press('Show what I may change'), press('Show my settings')],
    ),
  },
]
