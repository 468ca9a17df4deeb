import type { Instant, Json, Person, Place, Ref, Role } from './model.js'
import type { Facts, Plan, Progress } from './plan.js'
import type { Intent } from './reply.js'

/** Who did something, as records keep it. */
export type Actor = Pick<Person, 'id' | 'objectId' | 'name'>

/** Who may decide a stage: whoever has the role (or a greater one), of a team where one is named; or one of a few people. */
export type Rule = { role: Role; team?: string } | { people: string[] }

/** A stage of an approval: so many different people under its rule. Stages are passed in order. */
export interface Stage {
  who: Rule
  need: number
}

/** One person's verdict; each has one a proposal. */
export interface Vote {
  by: Actor
  at: Instant
  stage: number
  verdict: 'approve' | 'reject'
  /** Compulsory for a rejection. */
  reason?: string
}

/** A field that was not, when the change should have started, what the approval was given for. */
export interface Moved {
  what: string
  from: Json
  to: Json
}

export type ProposalState = 'waiting' | 'approved' | 'rejected' | 'void' | 'expired' | 'withdrawn' | 'started'

/** A change that waits for people, bound to its plan. */
export interface Proposal {
  /** As people call it: `PR-2041`. */
  id: string
  by: Actor
  at: Instant
  place: Place
  /** Id of the turn it was asked in, for the audit. */
  turn?: string
  intent: Intent
  plan: Plan
  /** Digest of what the approval is bound to: command, arguments, target, binds and policy version. */
  hash: string
  /** The rule of the approval policy that set the stages, and the version of the policy it stands in. */
  policy: { rule: string; version: string }
  stages: Stage[]
  votes: Vote[]
  expires: Instant
  state: ProposalState
  /** When it came to its state and, where a person did it, who and why. */
  decided?: { at: Instant; by?: Actor; reason?: string }
  /** With `void`: what moved. */
  moved?: Moved[]
  /** The proposal whose change this one takes back. */
  undoes?: string
  /** The proposal that took this one's change back, or is to. */
  undoneBy?: string
}

/** One request to the world. It is recorded before it is sent; without an answer its outcome is found out by reading. */
export interface Attempt {
  /** Sent along as the request's correlation id, so that the vendor's own log names it. */
  id: string
  sent: Instant
  answered?: Instant
}

export type RunState = 'queued' | 'running' | 'cancelling' | 'succeeded' | 'failed' | 'cancelled' | 'unknown'

/** The doing of an approved change; it has its proposal's id. */
export interface Run {
  proposal: string
  /** The target; one run at a time has it. */
  lock: Ref
  /** What the change's `step` answered last. */
  step?: Json
  progress: Progress
  attempts: Attempt[]
  state: RunState
  queued: Instant
  started?: Instant
  ended?: Instant
  /** With `succeeded`: what is now, by label. */
  result?: Facts
  /** With `failed` and `unknown`: why, in a sentence for people. */
  reason?: string
  /** Its last lines, oldest first, at most 20. */
  log: { at: Instant; text: string }[]
}
