import { without } from '../differences.js'
import { says, type Sample } from '../sample.js'

/** What is somebody's own. */
export const me: readonly Sample[] = [
  says('me', 'What needs me first, then what is mine.', 'sam', 'my stuff'),
  says('me-on-call', 'On call, with reviews waiting.', 'dana', 'my stuff'),
  {
    name: 'me-refreshed',
    shows: 'What came of reading anew, then the same state.',
    reply: (contoso) =>
      contoso
        .but({
          ports: {
            rereading: {
              anew: async () => [
                { source: 'github', title: 'GitHub', came: 'read' },
                { source: 'azure-devops', title: 'Azure DevOps', came: 'reading' },
                { source: 'entra', title: 'Entra ID', came: 'whole' },
              ],
            },
          },
        })
        .ask('sam', 'refresh my state'),
  },
  {
    name: 'me-calm',
    shows: 'Nothing waits.',
    reply: (contoso) =>
      contoso
        .but(without(({ kind }) => ['Incident', 'PullRequest', 'WorkItem'].includes(kind)))
        .ask('kofi', 'my stuff'),
  },
]
