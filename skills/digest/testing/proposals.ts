import type { Proposals } from '../../kit/ports.js'
import type { Proposal, Run } from '../../kit/proposal.js'

/** A change that waits since yesterday evening, unless told otherwise. */
export const proposal = (id: string, title: string, differences: Partial<Proposal> = {}): Proposal => ({
  id,
  by: { id: 'lee@contoso.example', objectId: 'lee', name: 'Lee Park' },
  at: '2026-11-22T15:30:00.000Z',
  place: { kind: 'channel', id: 'incidents' },
  intent: { command: 'action.slot.swap', args: {} },
  plan: {
    target: { kind: 'Resource', id: 'orders' },
    title,
    consequence: 'About 5 s without answers.',
    args: {},
    before: {},
    after: {},
    binds: {},
    guards: [],
    undo: { impossible: 'A swap is undone by another.' },
    risk: 'medium',
    requests: [],
  },
  hash: id,
  policy: { rule: 'default', version: '1' },
  stages: [{ who: { role: 'developer' }, need: 1 }],
  votes: [],
  expires: '2026-11-23T15:30:00.000Z',
  state: 'waiting',
  ...differences,
})

/** A run of a change that has ended. */
export const run = (id: string, state: Run['state'], ended: string, reason?: string): Run => ({
  proposal: id,
  lock: { kind: 'Resource', id: 'orders' },
  progress: { text: state },
  attempts: [],
  state,
  queued: ended,
  ended,
  log: [],
  ...(reason !== undefined && { reason }),
})

/** A list of changes, of which each may be decided by anybody who did not ask for it. */
export const proposalsOf = (listed: { proposal: Proposal; run?: Run }[]): Proposals => ({
  get: async (id) => listed.find((one) => one.proposal.id === id),
  list: async ({ states, by } = {}) =>
    listed.filter(
      ({ proposal: one }) => (!states || states.includes(one.state)) && (by === undefined || one.by.id === by),
    ),
  mayDecide: async (one, person) => ({ allowed: one.by.objectId !== person.objectId, reason: 'Not one’s own.' }),
  mayUndo: async () => ({ allowed: false, reason: 'Not here.' }),
})
