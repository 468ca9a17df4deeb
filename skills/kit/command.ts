import type { Args, Values } from './arguments.js'
import type { Event, EventType } from './event.js'
import type { Instant, Json, Ref, Role } from './model.js'
import type { PortName, Turn } from './ports.js'
import type { Intent, Reply } from './reply.js'

/**
 * What a command may do to the world: `read` changes nothing, `note` changes Nexus's own records, `change` touches
 * anything else and goes through a proposal and a click.
 */
export type Effect = 'read' | 'note' | 'change'

interface Declared<A extends Args> {
  /** One line for help, such as "Who carries the pager". */
  summary: string
  /** Ten or more ways people say it, `{name}` standing for an argument; the first is help's. */
  says: readonly string[]
  args: A
  /** The least role that may use it. */
  role: Role
  /** In the Teams manifest's command list, ten at most a scope. */
  featured?: true
}

/** Changes nothing. */
export interface ReadCommand<A extends Args, P extends PortName> extends Declared<A> {
  effect: 'read'
  run(args: Values<A>, turn: Turn<P>): Promise<Reply>
}

/** Changes Nexus's own records about its asker's or an incident's affairs; the answer carries the way back. */
export interface NoteCommand<A extends Args, P extends PortName> extends Declared<A> {
  effect: 'note'
  run(args: Values<A>, turn: Turn<P>): Promise<Reply & { undo: Intent }>
}

/** Touches the world outside Nexus: planned, approved on a card, then run in steps. */
export interface ChangeCommand<A extends Args, P extends PortName, S extends Json = Json> extends Declared<A> {
  effect: 'change'
  plan(args: Values<A>, turn: Turn<P>): Promise<Plan>
  step(plan: Plan, state: S | undefined, turn: Turn<P>): Promise<Step<S>>
}

export type Command<A extends Args, P extends PortName> = ReadCommand<A, P> | NoteCommand<A, P> | ChangeCommand<A, P>

/** A decision with its reason; the reason is what people see. */
export interface Decision {
  allowed: boolean
  reason: string
  /** Who can grant it, or what to do instead. */
  wayOn?: string
}

export type Risk = 'low' | 'medium' | 'high'

/** What would happen, to what, and what must not move until it does. */
export interface Plan {
  target: Ref
  args: Json
  before: Json
  after: Json
  /** Exactly the observed fields that must be the same when it starts. */
  binds: Json
  guards: Decision[]
  undo: Intent | { impossible: string }
  risk: Risk
}

/** One step of a run: how far it is, and how it goes on. */
export type Step<S extends Json> = { state: S; progress: { text: string; ratio?: number } } & (
  { next: Instant } | { done: Json } | { failed: { message: string } } | { unknown: string }
)

/** What a folder under skills/ declares. */
export interface Skill {
  name: string
  summary: string
  /** Its place in help and welcome, the lowest first; 100 unless told. */
  order: number
  uses: readonly PortName[]
  commands: Record<string, Command<Args, PortName>>
  hears: Partial<Record<EventType, (event: Event, turn: Turn<PortName>) => Promise<Reply[]>>>
  views: Partial<Record<string, (record: Json, viewer: Ref) => Reply>>
  /** Commands of other skills that its buttons lead to; start-up reports the absent ones, and their buttons vanish. */
  offers: readonly string[]
}

/**
 * Declares a skill: the one place where its commands' names, words, arguments, effects and roles are written.
 * @example
 * export default defineSkill({
 *   name: 'greeting', summary: 'Says hello.', uses: [],
 *   commands: { show: { summary: 'Say hello', says: ['hello {name}'], args: { name: text('whom') }, effect: 'read',
 *     role: 'developer', run: async ({ name }) => ({ text: `Hello ${name}` }) } },
 * })
 */
export function defineSkill<const P extends PortName, C extends Record<string, Args>>(skill: {
  name: string
  summary: string
  order?: number
  uses: readonly P[]
  commands: { [K in keyof C]: Command<C[K], NoInfer<P>> }
  hears?: Partial<Record<EventType, (event: Event, turn: Turn<NoInfer<P>>) => Promise<Reply[]>>>
  views?: Partial<Record<string, (record: Json, viewer: Ref) => Reply>>
  offers?: readonly string[]
}): Skill {
  // The compiler has checked each command against its own arguments; the registry handles them all alike.
  return { order: 100, hears: {}, views: {}, offers: [], ...skill } as unknown as Skill
}
