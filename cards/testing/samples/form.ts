import type { Input } from '../../model.js'
import { press, type Sample } from './sample.js'

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

/** Every kind of question on one card. */
export const form: Sample = {
  name: 'form',
  shows: 'Every kind of question, with labels, errors and a search.',
  data: {
    state: 'accent',
    icon: 'document',
    topic: 'Declare an incident',
    title: 'What is broken?',
    sentence: 'The team of the service is told at once.',
    sections: [{ kind: 'form', inputs }],
    buttons: [press('Declare incident', 'positive'), { ...press('Cancel'), ignoresInputs: true }],
  },
}
