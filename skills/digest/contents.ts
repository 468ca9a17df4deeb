import type { Text } from '../../cards/model.js'
import type { Entity, Instant, Person } from '../kit/model.js'
import type { SystemTurn } from '../kit/ports.js'
import type { Section, Source, ViewRef } from '../kit/reply.js'

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
  needs: number
  /** What needs them first, for a lock screen. */
  first?: Text
  /** What cannot be told, and why. */
  troubles?: Text[]
}

/** Everything a digest says below its greeting. */
export interface Contents {
  /** What waits for them and what is broken, together. */
  needs: number
  waiting: number
  broken: number
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
