import { says, type Sample } from '../sample.js'

/** Questions about what is under way, and commands that are to come. */
export const delivery: readonly Sample[] = [
  says('pulls', 'What waits for my review, and what I opened.', 'dana', 'pull requests waiting for me'),
  says('pulls-team', 'Open pull requests of a team.', 'dana', 'open pull requests of identity'),
  says('work', 'Open work items of mine.', 'dana', 'my tickets'),
  says('sprint', 'How far a team is in its sprint.', 'dana', 'sprint of identity'),
  says('deployments', 'What was brought where, of a service.', 'dana', 'deployments of checkout-web'),
  says('pipelines', 'The pipelines of a service, with their last runs.', 'dana', 'pipelines of orders-api'),
  says('health', 'Whether a service is healthy, and what speaks against it.', 'dana', 'is payments-api healthy'),
  says('timeline', 'What happened to a service, the newest first.', 'dana', 'timeline of auth-api'),
  says('runbooks', 'Runbooks for some trouble.', 'dana', 'runbook for token cache'),
  says('environments', 'The environments of a service.', 'dana', 'environments of checkout-web'),
  says('dora', 'The four keys of a team, and where too little is known.', 'dana', 'dora metrics of identity'),
  says(
    'coming',
    'A command that is not there yet: what there is instead.',
    'dana',
    'roll back checkout-web in staging',
  ),
]
