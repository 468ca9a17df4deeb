import { pressesOf } from '../../../cards/presses.js'
import type { Decision } from '../../../skills/kit/plan.js'
import type { Json, Ref } from '../../../skills/kit/model.js'
import type { Button, Reply, Section } from '../../../skills/kit/reply.js'

/** A thing that an audience may not see, by the names it is recognised by. */
export interface HiddenThing {
  ref: Ref
  names: readonly string[]
  reason: string
  /** Set where not even that there is such a thing may be told. */
  secret?: true
}

/** What may be said in a place, and what is said to whoever asked alone. */
export interface Cut {
  shown: Reply
  /** Absent where all of it is shown. */
  rest?: Reply
  /** Why there is a rest, as people read it. */
  reason?: string
}

/** What is cut, and by what. */
export interface Uncut {
  reply: Reply
  /** What the reply is where only what the audience may see is known; the same unless told. */
  forAll?: Reply | undefined
  /** Whether the audience may hear of the matter at all. */
  heard: Decision
  /** Those of the things it points at that the audience may not see. */
  hidden: readonly HiddenThing[]
  /** The things it was asked about; one of them hidden hides all. */
  asked?: readonly Ref[]
  /** Set where something may be hidden of which nothing is told, so that nothing is said of what `forAll` leaves out. */
  hushed?: boolean
}

/**
 * Cuts a reply to what an audience may see. Rows, facts and items that are about a hidden thing are left out; where what remains still names
 * one, nothing of it is shown. Of what is secret nothing is said or counted. Pure.
 */
export function cutReply({ reply, forAll, heard, hidden, asked = [], hushed = false }: Uncut): Cut {
  if (!heard.allowed) return keptBack(reply, heard.reason)
  const about = hidden.find(({ ref }) => asked.some((other) => same(ref, other)))
  if (about) return keptBack(reply, sayHidden(about))
  if (!hidden.length && !forAll) return { shown: reply }
  const told = hidden.filter(({ secret }) => !secret)
  const { shown, left: pieces } = without(forAll ?? reply, hidden, told)
  const named = hidden.find((thing) => isNamed(shown, thing))
  if (named) return keptBack(reply, sayHidden(named))
  const left = forAll ? told.length : pieces
  const rest: Reply = {
    ...reply,
    text: [`${left || 'Some of it'}${left ? ' more' : ''} only you may see. `, ...spans(reply)],
  }
  if (!told.length && (hidden.length || hushed)) return { shown, rest }
  const reason =
    [...new Set(told.map((thing) => thing.reason))].join(' ') || 'it rests on what not everyone here may see.'
  const words = `${left ? `${left} more ${left === 1 ? 'is' : 'are'}` : 'Some of it is'} not shown here: ${reason}`
  const sections: Section[] = [...(shown.card?.sections ?? []), { kind: 'text', text: words }]
  return {
    shown: {
      ...shown,
      ...(shown.card ? { card: { ...shown.card, sections } } : { text: [...spans(shown), ` ${words}`] }),
    },
    rest,
    reason,
  }
}

/** Why a thing is not shown, with nothing told of a rule that keeps its things secret. */
const sayHidden = ({ secret, reason }: HiddenThing): string => (secret ? 'The answer is for its asker alone.' : reason)

const spans = ({ text }: Reply) => (typeof text === 'string' ? [text] : text)

function keptBack({ private: aside, posted: _posted, ...reply }: Reply, reason: string): Cut {
  const title = 'Not for everyone here'
  return {
    shown: { text: `${title}: ${reason}`, card: { state: 'emphasis', topic: 'Audience', title, sentence: reason } },
    rest: aside ?? reply,
    reason,
  }
}

/** The reply without what is about a hidden thing, and how many pieces were left out that may be told of. */
function without(
  reply: Reply,
  hidden: readonly HiddenThing[],
  told: readonly HiddenThing[],
): { shown: Reply; left: number } {
  let left = 0
  const isFree = (piece: unknown): boolean => {
    if (told.some((thing) => isNamed(piece, thing))) left += 1
    return !hidden.some((thing) => isNamed(piece, thing))
  }
  const { card, buttons } = reply
  const sections = card?.sections?.map((section) => shorter(section, isFree)).filter((section) => !isEmpty(section))
  const shown: Reply = {
    ...reply,
    ...(card && {
      card: { ...card, ...(card.facts && { facts: card.facts.filter(isFree) }), ...(sections && { sections }) },
    }),
    ...(buttons && { buttons: buttons.filter((button) => !hidden.some((thing) => isNamed(button, thing))) }),
  }
  return { shown, left }
}

function shorter(section: Section, isFree: (piece: unknown) => boolean): Section {
  const counted = <P>(pieces: P[]): { kept: P[]; total?: number } => {
    const kept = pieces.filter(isFree)
    return { kept, ...(section.total !== undefined && { total: section.total - (pieces.length - kept.length) }) }
  }
  switch (section.kind) {
    case 'rows': {
      const { kept, ...total } = counted(section.rows)
      return { ...section, rows: kept, ...total }
    }
    case 'tree': {
      const { kept, ...total } = counted(section.nodes)
      return { ...section, nodes: kept, ...total }
    }
    case 'list': {
      const { kept, ...total } = counted(section.items)
      return { ...section, items: kept, ...total }
    }
    case 'facts': {
      const { kept, ...total } = counted(section.facts)
      return { ...section, facts: kept, ...total }
    }
    case 'table': {
      const { kept, ...total } = counted(section.rows)
      return { ...section, rows: kept, ...total }
    }
    default:
      return section
  }
}

const isEmpty = (section: Section): boolean =>
  ('rows' in section && !section.rows.length) ||
  ('nodes' in section && !section.nodes.length) ||
  ('items' in section && !section.items.length) ||
  (section.kind === 'facts' && !section.facts.length)

/** Names shorter than this would be found in every other word. */
const shortestName = 3

/** Whether a piece of a reply points at a thing, or names it anywhere. */
function isNamed(piece: unknown, { ref, names }: HiddenThing): boolean {
  const said = JSON.stringify(piece).toLowerCase()
  return [ref.id, ...names].some((name) => name.length >= shortestName && said.includes(inJson(name)))
}

/** A name as it stands within a JSON text. */
const inJson = (name: string): string => JSON.stringify(name.toLowerCase()).slice(1, -1)

/** The things that a reply's buttons and rows point at. */
export function thingsIn({ card, buttons = [] }: Reply): Ref[] {
  const presses: Button[] = [...buttons, ...(card?.sections ?? []).flatMap((section) => pressesOf(section))]
  return presses.flatMap(({ intent }) => thingsOf(intent.args))
}

/** The things among the arguments of an intent, each once. */
export const thingsOf = (args: Record<string, Json>): Ref[] => Object.values(args).flatMap((arg) => refOf(arg) ?? [])

function refOf(value: Json): Ref | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined
  const { kind, id } = value
  return typeof id === 'string' && typeof kind === 'string' ? { kind, id } : undefined
}

const same = (a: Ref, b: Ref): boolean => a.kind === b.kind && a.id === b.id
