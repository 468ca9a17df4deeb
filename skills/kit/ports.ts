import type { Args } from './arguments.js'
import type { Effect } from './command.js'
import type { Entity, Instant, Kind, Person, Place, Ref, Relation, RelationType, Role } from './model.js'
import type { Intent, Reply } from './reply.js'

/** How a source of the catalog stands. */
export interface SourceState {
  /** `pagerduty`, `github` … */
  source: string
  /** As people call it. */
  title: string
  /** When it was last read to the end; absent before the first time. */
  asOf?: Instant
  /** Set while it does not answer: since when, and a plain reason. */
  down?: { since: Instant; reason: string }
}

/** The organisation's software as Nexus knows it; answers from the replica's read model. */
export interface Catalog {
  get(ref: Ref): Promise<Entity | undefined>
  /** All entities of a kind, by name. */
  all(kind: Kind): Promise<Entity[]>
  /** Entities one step away; `out` follows "from … to", `in` goes against it. */
  related(ref: Ref, step: { type?: RelationType; direction: 'out' | 'in' }): Promise<Neighbour[]>
  /** Everything that depends on it (`up`) or that it depends on (`down`), nearest first, each once. */
  reach(ref: Ref, way: { direction: 'up' | 'down'; depth?: number }): Promise<Reached[]>
  sources(): Promise<SourceState[]>
}

export interface Neighbour {
  entity: Entity
  relation: Relation
}

export interface Reached {
  entity: Entity
  /** Steps from the start; 1 is direct. */
  depth: number
  /** The entity one step nearer to the start. */
  through: Ref
}

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
}

/** Who carries the pager. */
export interface OnCall {
  /** The rotas of a service (its own, else its team's) or a team; empty where it has none. */
  rotas(target: Ref, at: Instant): Promise<Rota[]>
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
  /** `/on-call`. */
  slash: string
  args: Args
  effect: Effect
  role: Role
  featured: boolean
}

/** The other commands, through the same permission as a person's own words. */
export interface Commands {
  /** Those this person may use here. */
  visible(): Promise<CommandInfo[]>
  /** Whether a command exists and may be used by this person, for buttons that lead to other skills. */
  offers(command: string): boolean
  /** Runs a read; a change comes back as a proposal. */
  call(intent: Intent): Promise<Reply>
}

/** What a skill can be given; each names what it uses and gets no other, at run time too. */
export interface Ports {
  catalog: Catalog
  onCall: OnCall
  commands: Commands
}
export type PortName = keyof Ports

/** What every turn carries, whatever ports the skill uses. */
export interface TurnFrame {
  /** Correlation id of the turn, in logs and the audit. */
  id: string
  tenant: string
  person: Person
  place: Place
  now: Instant
  /** Aborted when the turn's time is up. */
  signal: AbortSignal
}

/** A turn as a skill sees it: the frame and the ports it declared. */
export type Turn<P extends PortName = never> = TurnFrame & Pick<Ports, P>
