import type { Span, Text } from '../../cards/model.js'
import { conflict } from '../kit/errors.js'
import type { Entity, Json } from '../kit/model.js'
import type { Turn } from '../kit/ports.js'
import type { RecordWrite } from '../kit/records.js'
import type { Intent, Reply } from '../kit/reply.js'
import { adopted } from './adopt.js'
import { changeIncident } from './change-incident.js'
import { doerOf, type Incident } from './incident.js'
import { claimRef } from './incident-writes.js'
import { colourOf, topicOf } from './messages.js'
import { mirrorWrites, stepsOf } from './mirror-writes.js'
import { mayMove, moved, type Move } from './move.js'
import { pagerKind } from './pager-record.js'

export type MoveTurn = Turn<'records' | 'catalog' | 'people'>

const done: Record<Move['kind'], string> = {
  acknowledge: 'acknowledged',
  assign: 'assigned',
  snooze: 'snoozed',
  resolve: 'resolved',
  reopen: 'reopened',
  wake: 'woken',
  note: 'noted',
}

/**
 * Makes a person's move with an incident, ours or one that the pager opened; the pager is told by a timer of its own.
 * @returns the incident's card where a button was pressed, else a short answer, with the way back
 * @throws Fault Conflict with the reason where the move is not legal now
 */
export async function makeMove(entity: Entity, move: Move, turn: MoveTurn): Promise<Reply & { undo: Intent }> {
  const id = entity.id.toUpperCase()
  const by = doerOf(turn.person)
  let before: Incident | undefined
  const incident = await changeIncident(id, turn, async (kept) => {
    const adoption = kept ? undefined : await adopted(entity, turn)
    before = kept?.data ?? adoption!.incident
    const decision = mayMove(before, move, turn.now)
    if (!decision.allowed) throw conflict(decision.reason, decision.wayOn)
    const after = moved(before, move, by, turn.now)
    const pager: RecordWrite[] = adoption
      ? [
          {
            op: 'put',
            kind: pagerKind,
            id: 'pager',
            data: adoption.pager as unknown as Json,
            index: { pagerId: adoption.pager.page!.id },
            ifAbsent: true,
          },
        ]
      : []
    return {
      incident: after,
      writes: [
        ...pager,
        ...mirrorWrites(before, before.service ? stepsOf(before, move, by) : [], turn.now),
        {
          op: 'audit',
          entry: {
            action: `incident.${done[move.kind]}`,
            by: doerAsActor(turn),
            target: claimRef(id),
            detail: detailOf(move),
            turn: turn.id,
          },
        },
      ],
    }
  })
  return sayMoved(incident, move, undoOf(before!, move, turn), turn)
}

const doerAsActor = ({ person: { id, objectId, name } }: MoveTurn) => ({ id, objectId, name })

function detailOf(move: Move): Record<string, Json> {
  switch (move.kind) {
    case 'assign':
      return { to: move.to.id ?? move.to.name }
    case 'snooze':
      return { until: move.until }
    case 'note':
      return { note: move.text }
    case 'resolve':
    case 'reopen':
      return move.why ? { why: move.why } : {}
    default:
      return {}
  }
}

function sayMoved(incident: Incident, move: Move, undo: Intent, turn: MoveTurn): Reply & { undo: Intent } {
  const text = sentenceOf(incident, move)
  if (turn.input === 'click') return { text, view: { kind: 'Incident', id: incident.id }, undo }
  const show: Intent = { command: 'incident.show', args: { incident: claimRef(incident.id) } }
  return {
    text,
    card: {
      state: colourOf(incident),
      topic: topicOf(incident),
      title: incident.service?.name ?? incident.title,
      sentence: text,
    },
    buttons: [
      { title: `Show ${incident.id}`, intent: show },
      { title: 'Undo', intent: undo },
    ],
    undo,
  }
}

function sentenceOf({ id }: Incident, move: Move): Text {
  const said: Span[] = (() => {
    switch (move.kind) {
      case 'acknowledge':
        return [`${id} is yours.`]
      case 'assign':
        return [`${id} is with ${move.to.name}, who is told in its thread.`]
      case 'snooze':
        return [`${id} is put off until `, { time: move.until }, '.']
      case 'resolve':
        return [`${id} is resolved.`]
      case 'reopen':
      case 'wake':
        return [`${id} is open again.`]
      case 'note':
        return [`Noted on ${id}.`]
    }
  })()
  return said
}

/** What takes a move back, as far as anything can. */
function undoOf(before: Incident, move: Move, turn: MoveTurn): Intent {
  const incident = claimRef(before.id)
  const intent = (command: string, args: Record<string, Json> = {}): Intent => ({
    command: `incident.${command}`,
    args: { incident, ...args },
  })
  switch (move.kind) {
    case 'assign': {
      const hand = before.assigned?.id ?? before.onCall[0]?.id ?? turn.person.id
      return intent('assign', { person: { kind: 'Person', id: hand } })
    }
    case 'reopen':
      if (before.state === 'snoozed' && before.snoozedUntil) return intent('snooze', { until: before.snoozedUntil })
      return intent(before.state === 'resolved' ? 'resolve' : 'acknowledge')
    case 'snooze':
      return intent(before.state === 'acknowledged' ? 'acknowledge' : 'reopen')
    case 'note':
      return intent('note', { note: `Taken back: ${move.text}`.slice(0, 1_000) })
    default:
      return intent('reopen')
  }
}
