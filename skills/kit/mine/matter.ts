import type { Row, Text } from '../../../cards/model.js'
import { count } from '../answer.js'
import type { Belongings } from '../belongings.js'
import { Fault } from '../errors.js'
import type { Person } from '../model.js'
import type { SourceState, SystemTurn } from '../ports.js'
import type { Button, Section, ViewRef } from '../reply.js'

/** What is said of a person's own affairs is made from this, whoever says it: their digest in the morning, their state when they ask. */
export interface Matter {
  person: Person
  /** What belongs to them. */
  mine: Belongings
  /** The record that rows bring back after a press. */
  view: ViewRef
  turn: SystemTurn<'catalog' | 'onCall' | 'proposals'>
}

/** A part of what is said: its section, and how many of its rows need the person. An empty one is not there. */
export interface Part {
  section?: Section | undefined
  /** Rows of what is settled already, which stand at the end of the list. */
  settled?: Row<Button>[]
  needs: number
  /** What needs them first, for a lock screen. */
  first?: Text
  /** What cannot be told, and why. */
  troubles?: Text[]
}

/** Most rows of a part; it is read, not searched. */
export const mostRows = 6

/** What needs a person: each thing once, by what it takes of them. */
export interface Needs {
  /** Changes that they may decide. */
  changes: number
  reviews: number
  /** Open incidents that are theirs. */
  incidents: number
}

/** How many things need them, all told. */
export const allOf = ({ changes, reviews, incidents }: Needs): number => changes + reviews + incidents

/** "1 needs you", "3 need you": the one way it is counted, on a card and on a lock screen. */
export const sayNeeds = (needs: Needs): string => `${allOf(needs)} ${allOf(needs) === 1 ? 'needs' : 'need'} you`

/** What the count is made of: "2 changes to decide, 1 review, 1 open incident". */
export const sayParts = ({ changes, reviews, incidents }: Needs): string =>
  [
    changes && `${count(changes, 'change')} to decide`,
    reviews && count(reviews, 'review'),
    incidents && count(incidents, 'open incident'),
  ]
    .filter(Boolean)
    .join(', ')

/** The section of several parts' rows: what waits is one list, whatever it is; what is settled already stands at its end. */
export function joined(title: string, parts: readonly Part[]): Section[] {
  const waiting = parts.flatMap(({ section }) => (section?.kind === 'rows' ? section.rows : []))
  const rows = [...waiting, ...parts.flatMap(({ settled }) => settled ?? [])]
  return rows.length ? [{ kind: 'rows', title, rows }] : []
}

/** The section of what cannot be told. */
export const notKnown = (items: Text[]): Section[] =>
  items.length ? [{ kind: 'list', title: 'Not known', items }] : []

/** A source that does not answer, with the age of what it knows. */
export const saySilent = ({ title, down, asOf }: SourceState): Text => [
  `${title} has not answered since `,
  { time: down!.since },
  ...(asOf ? ['; what it knows is from ', { time: asOf } as const] : []),
  '.',
]

/** A part that could not be told says so in one line, and keeps no other from being told; what is nobody's fault is for the log. */
export const orTrouble = (what: string, part: Promise<Part>): Promise<Part> =>
  part.catch((error: unknown) => ({
    needs: 0,
    troubles: [`${what}: ${error instanceof Fault ? error.message : 'I can’t tell, something in Nexus failed.'}`],
  }))
