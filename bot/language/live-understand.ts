import type { CommandInfo } from '../../skills/kit/ports.js'
import { Gradual, type Steps } from './steps.js'
import { compileUnderstand, type Understand } from './understand.js'

/** Understanding of commands that may change: it learns them anew when they have. */
export interface LiveUnderstand {
  understand: Understand
  /** Learns the commands there are now before anybody asks, in short steps; without it whoever asks first waits for all of it. */
  learnAhead(): Steps<void>
}

/** Understanding of commands that may change. */
export function createLiveUnderstand(commands: () => readonly CommandInfo[]): LiveUnderstand {
  let learnt: { from: readonly CommandInfo[]; compiled: Gradual<Compiled> } | undefined
  const compiled = (): Gradual<Compiled> => {
    const now = commands()
    if (learnt?.from !== now) learnt = { from: now, compiled: new Gradual(compileUnderstand(now)) }
    return learnt.compiled
  }
  return {
    understand: (hearing, names) => compiled().get().understand(hearing, names),
    *learnAhead() {
      const { training } = yield* compiled().steps()
      yield* training.steps()
    },
  }
}

type Compiled = ReturnType<typeof compileUnderstand> extends Steps<infer Result> ? Result : never
