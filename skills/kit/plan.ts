import type { Instant, Json, Ref } from './model.js'
import type { Intent } from './reply.js'

/** A decision with its reason; the reason is what people see. */
export interface Decision {
  allowed: boolean
  reason: string
  /** Set where it is allowed although something speaks against it; the reason says what. */
  warns?: true
  /** Who can grant it, or what to do instead. */
  wayOn?: string
}

/** How much is at stake; the approval policy goes by it. */
export type Risk = 'low' | 'medium' | 'high'

/** Values by the label that people read, in the order in which they are shown: `{ Instances: 3, State: 'running' }`. */
export type Facts = Record<string, Json>

/** What would happen, to what, and what must not move until it does. */
export interface Plan {
  target: Ref
  /** The change in a few words, a verb and its object: "Restart web app checkout-web-stg". */
  title: string
  /** What people will notice, in one sentence: "About 20 s without answers." */
  consequence: string
  /** `production`, `staging`, `dev` …, where the target is known to be in one; the approval policy goes by it. */
  environment?: string
  /** Catalog id of the team that owns the target. */
  team?: string
  /**
   * Set where the change is an affair between people, such as a swap of shifts: each of these, by catalog id, has to agree, is asked in a chat
   * of their own, and nobody else is asked unless a rule of the organisation names the command. It waits until the moment told.
   */
  agreement?: { people: string[]; until: Instant }
  args: Json
  before: Facts
  /** The same labels as in `before`, those that change. */
  after: Facts
  /** Exactly the observed fields that must be the same when it starts, by the label that people read. */
  binds: Facts
  guards: Decision[]
  undo: Intent | { impossible: string }
  risk: Risk
  /** What will be sent, one line each, for those who want to see: "POST …/sites/checkout-web-stg/restart (2024-11-01)". */
  requests: string[]
}

/** How far a run is: a sentence, and a ratio from 0 to 1 where one is known. */
export interface Progress {
  text: string
  ratio?: number
}

/**
 * One step of a run: how far it is, and how it goes on: `next` the moment of the next step, `done` the result by label, `failed` why
 * in a sentence for people, `unknown` what could not be found out.
 */
export type Step<S extends Json> = { state: S; progress: Progress } & (
  { next: string } | { done: Facts } | { failed: { message: string } } | { unknown: string }
)
