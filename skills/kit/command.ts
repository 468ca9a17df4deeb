import type { ActionManifest, ManifestMistake } from './action-manifest.js'
import type { Args, Values } from './arguments.js'
import type { Area } from './audience.js'
import type { Effect } from './effect.js'
import type { Event, EventType } from './event.js'
import type { Entity, Json, Person, Role } from './model.js'
import type { Plan, Step } from './plan.js'
import type { PortName, StepTurn, SystemTurn, Turn, TurnFrame } from './ports.js'
import type { RecordWrite, WokenBy } from './records.js'
import type { Button, Intent, Reply } from './reply.js'
import type { SaysIn } from './tongues.js'

interface Declared<A extends Args> {
  /** One line for help, such as "Who carries the pager". */
  summary: string
  /**
   * Ten or more ways people say it, `{name}` standing for an argument; the first is help's. `(a|b)` stands for either, `[c]` for what may be
   * left out.
   */
  says: readonly string[]
  /**
   * Further ways in which something is plainly asked for: to be met word for word, in each of their spellings, and no examples from which likeness to
   * them is learnt. The many verbs of a request ("put", "move", "push", "bring", "get") are told of here, so that they weigh nothing in what questions mean.
   */
  requests?: readonly string[]
  /** The same in other languages, of the commands that people use most. */
  saysIn?: SaysIn
  args: A
  /** The least role that may use it. */
  role: Role
  /** In the Teams manifest's command list, ten at most a scope. */
  featured?: true
}

/** Declares a command that is there. */
interface Built<A extends Args> extends Declared<A> {
  planned?: never
}

/** Changes nothing. */
export interface ReadCommand<A extends Args, P extends PortName> extends Built<A> {
  effect: 'read'
  run(args: Values<A>, turn: Turn<P>): Promise<Reply>
  /**
   * Set where people may search by it from the box in which they write, and put what they pick into their message: what there is to pick for
   * the words of its one text argument, the best first. Without words it is what this person most likely wants to show.
   */
  picks?(asked: { words: string; most: number }, turn: Turn<P>): Promise<Entity[]>
}

/** Changes Nexus's own records about its asker's or an incident's affairs; the answer carries the way back. */
export interface NoteCommand<A extends Args, P extends PortName> extends Built<A> {
  effect: 'note'
  run(args: Values<A>, turn: Turn<P>): Promise<Reply & { undo: Intent }>
}

/**
 * Touches the world outside Nexus: planned, approved on a card, then run in steps. `plan` reads and sends nothing; it is made anew
 * before the start and must bind the same. `step` sends only through `turn.attempt`.
 */
export interface ChangeCommand<A extends Args, P extends PortName, S extends Json = Json> extends Built<A> {
  effect: 'change'
  plan(args: Values<A>, turn: Turn<P>): Promise<Plan>
  step(plan: Plan, state: S | undefined, turn: StepTurn<P>): Promise<Step<S>>
}

/**
 * Touches the world by a change that another command plans, such as what takes a run back. It has no steps of its own: it keeps that
 * command's proposal, by a click, which is approved like any other; words are told what to press.
 */
export interface ProposingCommand<A extends Args, P extends PortName> extends Built<A> {
  effect: 'change'
  propose(args: Values<A>, turn: Turn<P>): Promise<Reply>
}

/** What is said of a command that is not there yet. */
export interface Planned<A extends Args> {
  /** What there is instead, as a sentence: "What changed on a thing in a stretch of time is known already." */
  instead: string
  /** Questions that come near and work now, the nearest first, of what was said: of that, whatever could be read. */
  near?(said: Partial<Values<A>>, asked: Pick<TurnFrame, 'now' | 'person'>): Button[]
}

/**
 * Known and not built yet: it is understood like any other, and answers that it is not there and what there is. It has nothing to run, so it
 * can neither change nor propose anything; it is not offered, and help names it apart.
 */
export interface PlannedCommand<A extends Args> extends Declared<A> {
  effect: Effect
  planned: Planned<A>
  featured?: never
}

/** A command that is there. */
export type BuiltCommand<A extends Args, P extends PortName> =
  ReadCommand<A, P> | NoteCommand<A, P> | ChangeCommand<A, P> | ProposingCommand<A, P>

export type Command<A extends Args, P extends PortName> = BuiltCommand<A, P> | PlannedCommand<A>

/** Hears an event, at least once; what it writes is keyed so that hearing it again changes nothing. */
export type Hears<P extends PortName> = (event: Event, turn: SystemTurn<P>) => Promise<void>

/** Acts on a timer of its own that fell due; what it answers is committed in the timer's partition together with the timer's end. */
export type Wakes<P extends PortName> = (timer: WokenBy, turn: SystemTurn<P>) => Promise<RecordWrite[]>

/**
 * Draws a record of the skill as it is now. For `everyone` it shows what anybody in the place may see; a reply that names people in
 * `personal` is drawn for each of them by itself.
 */
export type View<P extends PortName> = (id: string, viewer: Person | 'everyone', turn: SystemTurn<P>) => Promise<Reply>

/** How a skill makes commands of manifests. The host reads the files and checks their shape, so that skills need no YAML. */
export interface ManifestCommands {
  /** What is wrong beside the shape; empty where the manifest is good. */
  check(manifest: ActionManifest): ManifestMistake[]
  /** The commands of the skill, by name, with those of the manifests among them. */
  compile(manifests: readonly ActionManifest[]): Record<string, Command<Args, PortName>>
}

/** What a folder under skills/ declares. */
export interface Skill {
  name: string
  summary: string
  /** Its place in help and welcome, the lowest first; 100 unless told. */
  order: number
  uses: readonly PortName[]
  /** What its answers are about, as audiences of channels are declared; absent where every channel may hear it. */
  area?: Area
  commands: Record<string, Command<Args, PortName>>
  hears: Partial<Record<EventType, Hears<PortName>>>
  wakes: Record<string, Wakes<PortName>>
  views: Record<string, View<PortName>>
  /** Commands of other skills that its buttons lead to; start-up reports the absent ones, and their buttons vanish. */
  offers: readonly string[]
  /**
   * Set where commands of it are written as manifests: YAML files below its folder `library`, and an organisation's own in the settings'
   * folder of the skill's name in the plural, `actions/`.
   */
  manifests?: ManifestCommands
  /** The manifests of its own library, as the host has read them. */
  library?: readonly ActionManifest[]
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
  area?: Area
  commands: { [K in keyof C]: Command<C[K], NoInfer<P>> }
  hears?: Partial<Record<EventType, Hears<NoInfer<P>>>>
  /** What it does when a timer falls due, by the timer's name. */
  wakes?: Record<string, Wakes<NoInfer<P>>>
  /** How its records look, by the kind that replies and messages name. */
  views?: Record<string, View<NoInfer<P>>>
  offers?: readonly string[]
  manifests?: ManifestCommands
}): Skill {
  // The compiler has checked each command against its own arguments; the registry handles them all alike.
  return { order: 100, hears: {}, wakes: {}, views: {}, offers: [], ...skill } as unknown as Skill
}
