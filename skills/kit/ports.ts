import type { Args, Range } from './arguments.js'
import type { Effect } from './effect.js'
import type { Audit } from './audit.js'
import type { Catalog, SourceState } from './catalog/catalog.js'
import type { Declarations } from './declarations.js'
import type { Entity, Instant, Json, Person, Place, Ref, Role } from './model.js'
import type { Paging } from './paging.js'
import type { Permissions } from './permissions.js'
import type { Decision } from './plan.js'
import type { Attempt, Proposal, ProposalState, Rule, Run } from './proposal.js'
import type { Records } from './records.js'
import type { Intent, Reply } from './reply.js'
import type { Rereading } from './rereading.js'
import type { Schedules } from './schedules.js'
import type { SaysIn } from './tongues.js'

export type { Catalog, Neighbour, Reached, Skipped, SourceState } from './catalog/catalog.js'

/** One stretch of carrying the pager. */
export interface Shift {
  person: Entity
  from: Instant
  to: Instant
}

/** A schedule and its shifts, as one source gives them. */
export interface Rota {
  schedule: Entity
  /** Shifts that end after the moment asked for, in order; the first may cover it. */
  shifts: Shift[]
  /** Who is asked when the one on call does not answer. */
  escalation: Entity[]
  source: SourceState
  /** The stretch for which its shifts are known: a time of it that has none is a gap, of another time nothing can be said. */
  known: Range
}

/** Who carries the pager, by every source that says so: where two sources disagree there is a rota of each. */
export interface OnCall {
  /**
   * The rotas of a service (its own, and of other sources its team's) or a team; empty where it has none. For a moment that is past, or
   * beyond what was read, the schedule's own system is asked; where it does not answer the rota is not `known` for then.
   */
  rotas(target: Ref, at: Instant): Promise<Rota[]>
  /** The rotas of a service, a team or a schedule, or all there are, with the shifts that lie between two moments or reach into them. */
  between(range: Range, target?: Ref): Promise<Rota[]>
}

/** A command as help and faces list it. */
export interface CommandInfo {
  id: string
  skill: string
  skillSummary: string
  summary: string
  /** The first phrase it answers to. */
  example: string
  says: readonly string[]
  /** Further ways in which it is plainly asked for, where it is declared. */
  requests?: readonly string[]
  /** The same in other languages, where it is declared. */
  saysIn?: SaysIn
  /** `/on-call`. */
  slash: string
  args: Args
  effect: Effect
  role: Role
  featured: boolean
  /** Set where it is known and not built yet. */
  planned?: true
  /** Set where people pick from what it finds while they write: the name of its text argument. */
  picks?: string
}

/** The other commands, through the same permission as a person's own words. */
export interface Commands {
  /** Those this person may use here. */
  visible(): Promise<CommandInfo[]>
  /** Those that are known and not there yet, and that this person may use when they are. */
  coming(): Promise<CommandInfo[]>
  /** Whether a command exists and may be used by this person, for buttons that lead to other skills. */
  offers(command: string): boolean
  /** Runs a read; a change comes back as a proposal. */
  call(intent: Intent): Promise<Reply>
}

/** The people of the tenant, as the directory knows them. */
export interface People {
  /** By catalog id. */
  get(id: string): Promise<Person | undefined>
  /** Everybody who fits a rule, by name. */
  fitting(rule: Rule): Promise<Person[]>
}

/** Whom Nexus reaches in Teams: people in chats of their own, teams in a channel. */
export interface Chats {
  /**
   * The person whom Nexus reaches in a chat of their own, by Entra object id, in the time zone their Teams named last; undefined where
   * there is no such chat, Nexus was taken out of it, or the directory has no such account (any more).
   */
  partner(objectId: string): Promise<Person | undefined>
  /** Entra object ids of everybody who has such a chat. */
  partners(): Promise<ReadonlySet<string>>
  /** Whether Nexus can speak in a channel of a team of the catalog; false too while Teams does not say which channels it has. */
  reachesTeam(team: string): Promise<boolean>
}

/** The changes of all skills that wait, run or have ended; the hub owns them. */
export interface Proposals {
  get(id: string): Promise<{ proposal: Proposal; run?: Run } | undefined>
  /** The newest first, at most 100. */
  list(filter?: { states?: ProposalState[]; by?: string }): Promise<{ proposal: Proposal; run?: Run }[]>
  /** Whether a person may decide the proposal's present stage, with the reason; not whether it still waits. */
  mayDecide(proposal: Proposal, person: Person): Promise<Decision>
  /** Whether the command that would take a run back exists and may be asked for by this person. */
  mayUndo(proposal: Proposal, person: Person): Promise<Decision>
}

/**
 * What the person of the turn may do with a proposal; each is permitted anew and throws a Fault that says why not. Deciding and undoing
 * want a click: said in words they are refused, because words alone change nothing outside Nexus.
 */
export interface Approvals {
  approve(id: string): Promise<void>
  reject(id: string, reason: string): Promise<void>
  /** The asker takes it back. */
  withdraw(id: string, reason?: string): Promise<void>
  /** Asks a run to end at its next step; what was sent is not called back. */
  cancel(id: string): Promise<void>
  /** Proposes what takes the run back, and answers the new proposal's id. */
  undo(id: string): Promise<string>
}

/** A request to the cloud's control plane: Azure Resource Manager. */
export interface CloudRequest {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE' | 'HEAD'
  /** From `/subscriptions/…` on. */
  path: string
  apiVersion: string
  body?: Json
}

/**
 * How a request to the cloud went on: it is done, or it is a long-running operation that is asked about again. What failed says why in a
 * sentence for people; `again` is set where it was surely not taken, and may be sent again from that moment on.
 */
export type CloudAnswer =
  | { state: 'done'; body: Json }
  | { state: 'working'; operation: Json; askAgain: Instant; progress?: number }
  | { state: 'failed'; code: string; message: string; again?: Instant }

/** What the cloud's own log says of a request. */
export interface CloudActivity {
  operation: string
  status: 'started' | 'succeeded' | 'failed'
  at: Instant
}

/** Azure's control plane, for reading and for changes. */
export interface Cloud {
  /** Reads a resource as it is now, or a list with all of its pages. @throws Fault NotFound, NotAllowed or Unavailable */
  read(request: Pick<CloudRequest, 'path' | 'apiVersion'>): Promise<Json>
  /**
   * Sends a change once and does not repeat it: only in a step, within `turn.attempt`.
   * @param correlation sent as `x-ms-client-request-id`
   * @throws Fault Unavailable where nobody knows whether it was taken; what was surely refused is `failed`
   */
  send(request: CloudRequest, correlation: string): Promise<CloudAnswer>
  /** Asks about a long-running operation, of any of the three styles. @throws Fault Unavailable */
  poll(operation: Json): Promise<CloudAnswer>
  /** What the activity log says of the requests that were sent to a resource with a correlation id, oldest first. */
  activity(resource: string, correlation: string, since: Instant): Promise<CloudActivity[]>
}

/** What the organisation has decided, from one Git tree. */
export interface Settings {
  /** A file's text, or undefined where there is none. */
  read(path: string): Promise<string | undefined>
  /** The files below a folder, by path. */
  list(folder: string): Promise<string[]>
  /** The commit that is read; the policy version. */
  version(): Promise<string>
}

/** What a skill can be given; each names what it uses and gets no other, at run time too. */
export interface Ports {
  catalog: Catalog
  onCall: OnCall
  commands: Commands
  people: People
  chats: Chats
  records: Records
  proposals: Proposals
  approvals: Approvals
  cloud: Cloud
  settings: Settings
  paging: Paging
  audit: Audit
  schedules: Schedules
  rereading: Rereading
  declarations: Declarations
  permissions: Permissions
}
export type PortName = keyof Ports

/** What Nexus does without being asked has no person behind it, so it has no port that acts for one. */
export const personalPorts = ['commands', 'approvals', 'permissions'] as const satisfies PortName[]
type PersonalPort = (typeof personalPorts)[number]

/** What every turn carries, whatever ports the skill uses. */
export interface TurnFrame {
  /** Correlation id of the turn, in logs and the audit. */
  id: string
  tenant: string
  person: Person
  place: Place
  /** How it was asked. Words alone decide nothing that changes the world. */
  input: 'words' | 'click'
  now: Instant
  /** Aborted when the turn's time is up. */
  signal: AbortSignal
}

/** A turn as a skill sees it: the frame and the ports it declared. */
export type Turn<P extends PortName = never> = TurnFrame & Pick<Ports, P>

/** A turn that nobody asked for: an event, a timer, a view that is drawn. */
export type SystemTurn<P extends PortName = never> = Pick<TurnFrame, 'id' | 'tenant' | 'now' | 'signal'> &
  Pick<Ports, Exclude<P, PersonalPort>>

/** A turn in which a run takes a step; it has no person, the approval stands for them. */
export type StepTurn<P extends PortName = never> = SystemTurn<P> & {
  /** Records an attempt durably, then sends, once a step; its answer is recorded with what the step answers, in one commit. `send` gets its id. */
  attempt<T>(send: (id: string) => Promise<T>): Promise<T>
  /** An attempt of an earlier step that was recorded and whose answer was not: find out by reading, never send blindly again. */
  unanswered?: Attempt
}
