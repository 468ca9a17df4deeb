import type { Row, Text } from '../../cards/model.js'
import { count } from '../kit/answer.js'
import type { Entity, Instant, Person } from '../kit/model.js'
import type { SystemTurn } from '../kit/ports.js'
import type { Button, Section, Source, ViewRef } from '../kit/reply.js'

/** What a part of a digest is made from. */
export interface Matter {
  person: Person
  /** The person in the catalog. */
  me: Entity
  teams: readonly Entity[]
  services: readonly Entity[]
  /** What happened before this is not told again. */
  since: Instant
  /** The digest that rows bring back after a press. */
  view: ViewRef
  turn: SystemTurn<'catalog' | 'onCall' | 'proposals'>
}

/** A part of a digest: its section, and how many of its rows need the person. An empty one is not there. */
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

/** "1 needs you", "3 need you": the one way a digest counts, on its card and on a lock screen. */
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

/** Everything a digest says below its greeting. */
export interface Contents {
  needs: Needs
  first?: Text
  onCall?: Text
  sections: Section[]
  /** How many parts could not be told. */
  troubles: number
  sources: Source[]
}

/** A moment some whole days from another. */
export const dayMoment = (at: Instant, days: number): Instant =>
  new Date(Date.parse(at) + days * 86_400_000).toISOString()
