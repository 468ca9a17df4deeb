import { ask } from '../../ask.js'
import { choose, suggest } from '../../choose.js'
import type { Input } from '../../model.js'
import { notice } from '../../notice.js'
import { minutesAgo, person, press, type Sample } from './sample.js'

const inputs: Input[] = [
  {
    type: 'choice',
    id: 'service',
    label: 'Service',
    required: true,
    error: 'Choose the service that hurts.',
    search: 'services',
    choices: [
      { title: 'auth-api', value: 'service/auth-api' },
      { title: 'checkout', value: 'service/checkout' },
    ],
    placeholder: 'Type a name',
  },
  {
    type: 'choice',
    id: 'severity',
    label: 'Severity',
    required: true,
    error: 'Choose a severity.',
    value: '2',
    choices: [
      { title: 'Sev 1: customers cannot work', value: '1' },
      { title: 'Sev 2: part of it fails', value: '2' },
      { title: 'Sev 3: a nuisance', value: '3' },
    ],
  },
  {
    type: 'text',
    id: 'title',
    label: 'What is wrong',
    required: true,
    error: 'Say in a few words what is wrong.',
    placeholder: 'Sign-in fails for some',
    maxLength: 120,
  },
  { type: 'date', id: 'day', label: 'Since (day)', value: '2026-11-19' },
  { type: 'time', id: 'hour', label: 'Since (time)', value: '02:14' },
  { type: 'number', id: 'users', label: 'Affected users, about', min: 0, max: 1_000_000 },
  { type: 'toggle', id: 'page', label: 'Page who is on call', value: true },
]

/** Answers that are not the thing asked for: a question back, a suggestion, a form, the five ways to fail. */
export const answers: Sample[] = [
  {
    name: 'choose',
    shows: 'An ambiguous name: tap the one that is meant.',
    data: choose('Which “payments” do you mean?', [
      { title: 'payments', differs: 'Service · tier 1 · team Payments · 4 regions', id: 'c1', icon: 'service' },
      {
        title: 'payments-api',
        differs: 'Repository · contoso/payments-api · last push 2 h ago',
        id: 'c2',
        icon: 'repository',
      },
      { title: 'Payments', differs: 'Team · 5 people · lead Sam Okafor', id: 'c3', icon: 'team' },
    ]),
  },
  {
    name: 'suggest',
    shows: 'Words that no command reads.',
    data: suggest('reboot teh checkuot thing', [
      press('Restart checkout in staging'),
      press('Show checkout'),
      press('What can I do on checkout'),
    ]),
  },
  {
    name: 'form',
    shows: 'Arguments with labels, errors and a search.',
    data: ask({
      topic: 'Declare an incident',
      title: 'What is broken?',
      sentence: 'The team of the service is told at once.',
      inputs,
      submit: press('Declare incident'),
      cancel: 'cancel',
    }),
  },
  {
    name: 'notice-not-found',
    shows: 'What was asked for is not there.',
    data: notice('NotFound', 'chekout', 'There is no service, resource or team called “chekout”.', {
      buttons: [press('Show checkout'), press('Show checkout-web-stg'), press('Search “chekout”')],
      foot: { sources: [{ name: 'Catalog', asOf: minutesAgo(3) }] },
    }),
  },
  {
    name: 'notice-not-allowed',
    shows: 'A refusal names the rule and the way on.',
    data: notice(
      'NotAllowed',
      'Restart checkout in production',
      [
        'Only Platform Engineers may restart production. Ask for it for 30 min, or hand it to ',
        person('Lee Park'),
        '.',
      ],
      {
        facts: [
          { label: 'Rule', value: 'production-restarts, policy 7c1e9d2' },
          { label: 'You are', value: 'developer in Storefront' },
        ],
        buttons: [press('Ask for 30 min', 'positive'), press('Hand it to Lee'), press('Explain the rule')],
      },
    ),
  },
  {
    name: 'notice-bad-input',
    shows: 'What was wrong, and how to say it.',
    data: notice(
      'BadInput',
      'Snooze for “a while”',
      '“a while” is no length of time. Say 30 min, 2 h or until Friday 8:00.',
      { buttons: [press('Snooze 30 min'), press('Snooze 2 h')] },
    ),
  },
  {
    name: 'notice-conflict',
    shows: 'Somebody was quicker.',
    data: notice(
      'Conflict',
      'Assign INC-131',
      ['Lee Park took INC-131 ', { ago: minutesAgo(1) }, '. Nothing was changed.'],
      { buttons: [press('Show INC-131'), press('Assign to me anyway')] },
    ),
  },
  {
    name: 'notice-unavailable',
    shows: 'A vendor is silent: what is known, from when.',
    data: notice(
      'Unavailable',
      'Pull requests of payments',
      [
        'I can’t tell: GitHub has not answered for ',
        { since: minutesAgo(14) },
        '; this is from ',
        { time: minutesAgo(14) },
        '.',
      ],
      { buttons: [press('Try again')], foot: { sources: [{ name: 'GitHub', asOf: minutesAgo(14), silent: true }] } },
    ),
  },
]
