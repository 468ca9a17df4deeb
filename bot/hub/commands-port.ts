import type { Commands } from '../../skills/kit/ports.js'
import type { Intent } from '../../skills/kit/reply.js'
import type { Caller } from './caller.js'
import type { Outcome } from './outcome.js'
import { permit } from './permit.js'
import type { Registry } from './registry.js'

/** The commands as one caller may use them. */
export function commandsPort(
  registry: Registry,
  caller: Caller,
  run: (intent: Intent, caller: Caller) => Promise<Outcome>,
): Commands {
  const allowed = (role: Parameters<typeof permit>[1]) => permit(caller.person, role, '').allowed
  return {
    visible: async () => registry.commands.filter(({ role }) => allowed(role)),
    offers: (command) => {
      const found = registry.find(command)
      return found !== undefined && allowed(found.info.role)
    },
    call: async (intent) => (await run(intent, caller)).reply,
  }
}
