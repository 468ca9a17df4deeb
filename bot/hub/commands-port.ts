import type { CommandInfo, Commands } from '../../skills/kit/ports.js'
import type { Intent } from '../../skills/kit/reply.js'
import { permit, useOf } from './access/permit.js'
import type { Caller } from './caller.js'
import type { Outcome } from './outcome.js'
import type { Registered, Registry } from './registry.js'

/** The commands as one caller may use them. */
export function commandsPort(
  registry: Registry,
  caller: Caller,
  run: (intent: Intent, caller: Caller) => Promise<Outcome>,
): Commands {
  const mayUse = (found: Registered): boolean => permit({ person: caller.person, use: useOf(found) }).allowed
  const those = (planned: boolean): CommandInfo[] =>
    registry.commands.filter((info) => (info.planned === true) === planned && mayUse(registry.find(info.id)!))
  return {
    visible: async () => those(false),
    coming: async () => those(true),
    offers(command) {
      const found = registry.find(command)
      return found !== undefined && !found.command.planned && mayUse(found)
    },
    call: async (intent) => (await run(intent, caller)).reply,
  }
}
