import type { Skill } from '../../skills/kit/command.js'
import type { Event } from '../../skills/kit/event.js'
import type { Instant, Person } from '../../skills/kit/model.js'
import type { Ports } from '../../skills/kit/ports.js'
import type { RecordWrite, Records, WokenBy } from '../../skills/kit/records.js'
import type { Reply, ViewRef } from '../../skills/kit/reply.js'
import { narrowSystemPorts } from './narrow-ports.js'
import type { Registry } from './registry.js'
import { within } from './within.js'

/** The ports that are the same whoever asks, and whichever skill. */
export type SharedPorts = Omit<Ports, 'commands' | 'approvals' | 'permissions' | 'records'>

/** What is needed to let skills do what nobody asked for. */
export interface UnaskedParts {
  registry: Registry
  tenant: string
  ports: SharedPorts
  /** What a skill remembers. */
  recordsOf(skill: string): Records
  clock: { now(): Instant }
  newId(): string
  /** How long a skill may take, in milliseconds. */
  patience: number
}

/** What skills do without a person who asks: draw their records, hear events, act on their timers. */
export interface Unasked {
  /**
   * Draws a record as its skill shows it to somebody, or to everyone in a place.
   * @param seen what is there for who looks; all of it unless told
   * @throws Error where no skill draws the kind
   */
  draw(view: ViewRef, viewer: Person | 'everyone', seen?: Partial<SharedPorts>): Promise<Reply>
  /** Lets every skill hear an event that wants to; resolves when all have written what follows from it. */
  notice(event: Event): Promise<void>
  /** Wakes a skill whose timer fell due; answers what is to be committed with the timer's end. */
  wake(skill: string, name: string, timer: WokenBy): Promise<RecordWrite[]>
}

export function createUnasked(parts: UnaskedParts): Unasked {
  const { registry } = parts
  /** Runs a part of a skill with the ports it declared, those that act for a person left out. */
  const give = <T>(
    skill: Skill,
    act: (turn: ReturnType<typeof turnOf>) => Promise<T>,
    seen: Partial<SharedPorts> = {},
  ): Promise<T> => {
    const signal = AbortSignal.timeout(parts.patience)
    return within(signal, act(turnOf(skill, signal, seen)))
  }
  const turnOf = (skill: Skill, signal: AbortSignal, seen: Partial<SharedPorts>) =>
    narrowSystemPorts(
      { id: parts.newId(), tenant: parts.tenant, now: parts.clock.now(), signal },
      { ...parts.ports, ...seen, records: parts.recordsOf(skill.name) },
      skill.uses,
    )

  return {
    async draw(view, viewer, seen) {
      const skill = registry.skills.find(({ views }) => Object.hasOwn(views, view.kind))
      if (!skill) throw new Error(`No skill draws a ${view.kind}`)
      return { ...(await give(skill, (turn) => skill.views[view.kind]!(view.id, viewer, turn), seen)), view }
    },
    async notice(event) {
      for (const skill of registry.skills) {
        const hears = skill.hears[event.type]
        if (hears) await give(skill, (turn) => hears(event, turn))
      }
    },
    async wake(name, timer, woken) {
      const skill = registry.skills.find((one) => one.name === name)
      const wakes = skill && Object.hasOwn(skill.wakes, timer) ? skill.wakes[timer] : undefined
      // A skill that is gone, or that has no such timer any more, has nothing to say: the timer ends.
      return skill && wakes ? give(skill, (turn) => wakes(woken, turn)) : []
    },
  }
}
