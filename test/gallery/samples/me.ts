import { proposal, proposalsOf } from '../../../skills/digest/testing/proposals.js'
import type { Ports } from '../../../skills/kit/ports.js'
import type { Contoso } from '../contoso.js'
import { without } from '../differences.js'
import type { Sample } from '../sample.js'

const hoursFrom = (now: string, hours: number) => new Date(Date.parse(now) + hours * 3_600_000).toISOString()

/** Contoso in which a change waits, or none, and nobody did anything yet. */
const mine = (contoso: Contoso, waits: boolean, ports: Partial<Ports> = {}): Contoso =>
  contoso.but({
    ports: {
      proposals: proposalsOf(
        waits
          ? [
              {
                proposal: proposal('PR-2041', 'Swap slots of orders', {
                  at: hoursFrom(contoso.now, -16),
                  expires: hoursFrom(contoso.now, 8),
                }),
              },
            ]
          : [],
      ),
      audit: { find: () => Promise.reject(new Error('More than their own is asked for.')), ownLatest: async () => [] },
      ...ports,
    },
  })

/** What is somebody's own. */
export const me: readonly Sample[] = [
  {
    name: 'me',
    shows: 'What needs me first, then what is mine.',
    reply: (contoso) => mine(contoso, true).ask('sam', 'my stuff'),
  },
  {
    name: 'me-on-call',
    shows: 'On call, with reviews waiting.',
    reply: (contoso) => mine(contoso, false).ask('dana', 'my stuff'),
  },
  {
    name: 'me-refreshed',
    shows: 'What came of reading anew, then the same state.',
    reply: (contoso) =>
      mine(contoso, true, {
        rereading: {
          anew: async () => [
            { source: 'github', title: 'GitHub', came: 'read' },
            { source: 'azure-devops', title: 'Azure DevOps', came: 'reading' },
            { source: 'entra', title: 'Entra ID', came: 'whole' },
          ],
        },
      }).ask('sam', 'refresh my state'),
  },
  {
    name: 'me-calm',
    shows: 'Nothing waits.',
    reply: (contoso) =>
      mine(contoso, false)
        .but(without(({ kind }) => ['Incident', 'PullRequest', 'WorkItem'].includes(kind)))
        .ask('kofi', 'my stuff'),
  },
]
