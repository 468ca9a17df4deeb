import { without } from '../differences.js'
import { says, type Sample } from '../sample.js'

/** What is somebody's own. */
export const me: readonly Sample[] = [
  says('me', 'What needs me first, then what is mine.', 'sam', 'my stuff'),
  says('me-on-call', 'On call, with reviews waiting.', 'dana', 'my stuff'),
  says('me-refreshed', 'Worked out anew, and the same.', 'sam', 'refresh my state'),
  {
    name: 'me-calm',
    shows: 'Nothing waits.',
    reply: (contoso) =>
      contoso
        .but(without(({ kind }) => ['Incident', 'PullRequest', 'WorkItem'].includes(kind)))
        .ask('kofi', 'my stuff'),
  },
]
