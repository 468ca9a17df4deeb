import { setTimeout as pause } from 'node:timers/promises'
import type { Organisation } from '../organisation/model.js'
import { listStories, loadStory } from './load-story.js'
import { Player, stepsOf, type Played, type Stage } from './player.js'
import type { Story } from './story.js'

/** How a story is to be played. */
export interface StormWish {
  /** Its file's name; the first of the organisation's unless told. */
  story?: string
  /** How many times as fast as written; 1 unless told. */
  speed?: number
  /** Business time jumps from one thing to the next instead of passing. */
  fast?: boolean
}

/** How a storm stands. */
export interface StormState {
  state: 'none' | 'playing' | 'ended' | 'stopped' | 'failed'
  story?: string
  title?: string
  summary?: string
  /** Seconds it takes, as written. */
  seconds?: number
  /** Channel where the outcome is to be seen. */
  watch?: string
  /** What happened so far, in order. */
  played: Played[]
  /** Why it failed. */
  reason?: string
}

/** Thrown for a storm that cannot be: the message says why. */
export class StormRefused extends Error {
  /** @param kind whether it names what is not there, or does not fit how things stand. */
  constructor(
    readonly kind: 'absent' | 'busy',
    message: string,
  ) {
    super(message)
  }
}

/** What a storm is made of. */
export interface StormParts extends Stage {
  org: Organisation
  /** The organisation's folder. */
  folder: string
  /** Moves business time of the tenant and the hubs, and settles when what fell due is done. */
  moveClock(now: Date): Promise<void>
}

/** Plays the stories of an organisation, one at a time. */
export class Storm {
  #state: StormState = { state: 'none', played: [] }
  #stop: AbortController | undefined
  #playing: Promise<void> = Promise.resolve()

  constructor(private readonly parts: StormParts) {}

  get state(): StormState {
    return this.#state
  }

  /**
   * Begins a story and answers at once.
   * @throws StormRefused, OrganisationError where the story is wrong
   */
  async start({ story: name, speed = 1, fast = false }: StormWish): Promise<StormState> {
    if (this.#stop) throw new StormRefused('busy', `A storm is playing: ${this.#state.title ?? this.#state.story}.`)
    this.#stop = new AbortController()
    try {
      const chosen = await this.#choose(name)
      const story = await loadStory(this.parts.folder, chosen, this.parts.org)
      const { title, summary, watch } = story
      const seconds = stepsOf(story).at(-1)!.at
      this.#state = { state: 'playing', story: chosen, title, summary, watch, seconds, played: [] }
      this.#playing = this.#play(story, { speed, fast }, this.#stop.signal)
      return this.#state
    } catch (error) {
      this.#stop = undefined
      throw error
    }
  }

  /** Ends it before its end, and settles when nothing of it is under way. */
  async stop(): Promise<void> {
    this.#stop?.abort()
    await this.#playing
  }

  async #choose(name: string | undefined): Promise<string> {
    const stories = await listStories(this.parts.folder)
    if (stories.length === 0)
      throw new StormRefused(
        'absent',
        `${this.parts.org.name} has no story: a YAML file in its folder storms is one. FORMAT.md says how it is written.`,
      )
    if (name !== undefined && !stories.includes(name))
      throw new StormRefused(
        'absent',
        `${this.parts.org.name} has no story "${name}". There are: ${stories.join(', ')}.`,
      )
    return name ?? stories[0]!
  }

  async #play(story: Story, { speed, fast }: { speed: number; fast: boolean }, signal: AbortSignal): Promise<void> {
    const { services, moveClock } = this.parts
    const player = new Player(story, this.parts)
    const [began, start] = [performance.now(), services.clock.now().getTime()]
    try {
      for (const step of stepsOf(story)) {
        const wait = began + (step.at * 1_000) / speed - performance.now()
        const at = new Date(start + step.at * 1_000)
        if (fast && at > services.clock.now()) await moveClock(at)
        else if (!fast && wait > 0) await pause(wait, undefined, { signal })
        signal.throwIfAborted()
        const played = await player.play(step)
        if (played) this.#state.played.push(played)
      }
      this.#state = { ...this.#state, state: 'ended' }
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error)
      this.#state = signal.aborted ? { ...this.#state, state: 'stopped' } : { ...this.#state, state: 'failed', reason }
    } finally {
      this.#stop = undefined
    }
  }
}
