import { silent, without } from '../differences.js'
import { says, type Sample } from '../sample.js'

/** What is broken, and what was. */
export const incident: readonly Sample[] = [
  says('incidents', 'What is open, newest first; a tap opens one.', 'dana', 'incidents'),
  says('incidents-of-service', 'One service, with what it had before.', 'sam', 'incidents of payments-db'),
  says('incidents-past', 'What is over: how long it took.', 'lee', 'past incidents of auth'),
  says('incident', 'One incident.', 'sam', 'show INC-130'),
  {
    name: 'incidents-none',
    shows: 'Nothing open is an answer too.',
    reply: (contoso) => contoso.ask('lee', 'incidents of auth'),
  },
  {
    name: 'incidents-silent',
    shows: 'Nothing known while PagerDuty is silent is no calm.',
    reply: (contoso) =>
      contoso
        .but(without(({ kind }) => kind === 'Incident'))
        .but(silent('pagerduty', contoso.now))
        .ask('kofi', 'incidents of checkout-web'),
  },
]
