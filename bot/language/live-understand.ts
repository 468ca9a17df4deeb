import type { CommandInfo } from '../../skills/kit/ports.js'
import { createUnderstand, type Understand } from './understand.js'

/** Understanding of commands that may change: it learns them anew when they have, and somebody asks. */
export function createLiveUnderstand(commands: () => readonly CommandInfo[]): Understand {
  let learnt: { from: readonly CommandInfo[]; understand: Understand } | undefined
  return (hearing, names) => {
    const now = commands()
    if (learnt?.from !== now) learnt = { from: now, understand: createUnderstand(now) }
    return learnt.understand(hearing, names)
  }
}
