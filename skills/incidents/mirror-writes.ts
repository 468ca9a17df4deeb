import type { Instant, Json } from '../kit/model.js'
import type { RecordWrite } from '../kit/records.js'
import type { Doer, Incident } from './incident.js'
import type { Move } from './move.js'

/** What the pager is yet to be told, in the order in which it happened. `by` is a mail address. */
export type MirrorStep =
  | { do: 'page' }
  | { do: 'acknowledge'; by?: string }
  | { do: 'snooze'; until: Instant; by?: string }
  | { do: 'resolve'; by?: string }
  | { do: 'assign'; to: string; by?: string }
  /** It got so bad that people are woken for it. */
  | { do: 'raise' }
  | { do: 'note'; text: string; by?: string }

export const mirrorStepKind = 'mirror-step'

/** What follows in the pager from a move of ours. */
export function stepsOf(before: Incident, move: Move, doer: Doer | undefined): MirrorStep[] {
  const by = doer?.id ? { by: doer.id } : {}
  switch (move.kind) {
    case 'acknowledge':
      return [{ do: 'acknowledge', ...by }]
    case 'snooze':
      return [{ do: 'snooze', until: move.until, ...by }]
    case 'resolve':
      return [{ do: 'resolve', ...by }]
    case 'assign': {
      if (!move.to.id) return []
      const hand: MirrorStep = { do: 'assign', to: move.to.id, ...by }
      return move.to.id === doer?.id ? [hand, { do: 'acknowledge', ...by }] : [hand]
    }
    case 'note':
      return [{ do: 'note', text: move.text, ...by }]
    case 'reopen':
      // A pager's incident that is resolved stays so: people are paged anew.
      return before.state === 'resolved' ? [{ do: 'page' }] : []
    case 'wake':
      return [] // the pager's own snooze ends at the same moment
  }
}

/** The writes that have the pager told, beside the incident's own: each step is a record of its own, so that none gets lost between two hubs. */
export function mirrorWrites(incident: Incident, steps: readonly MirrorStep[], now: Instant): RecordWrite[] {
  if (!steps.length) return []
  const turn = String(incident.seq + 1).padStart(8, '0')
  return [
    ...steps.map((step, index): RecordWrite => ({
      op: 'put',
      kind: mirrorStepKind,
      id: `${turn}-${index}`,
      data: step as unknown as Json,
      ifAbsent: true,
    })),
    { op: 'set-timer', name: 'mirror', id: 'mirror', due: now, data: 0 },
  ]
}
