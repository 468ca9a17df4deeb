import type { Commands } from '../../skills/kit/ports.js'
import type { Intent } from '../../skills/kit/reply.js'
import { permit, useOf } from './access/permit.js'
import type { Caller } from './caller.js'
import type { Outcome } from './outcome.js'
import type { Registry } from './registry.js'

/** The commands as one caller may use them. */
export function commandsPort(
  registry: Registry,
  caller: Caller,
  run: (intent: Intent, caller: Caller) => Promise<Outcome>,
): Commands {
  const offers = (command: string): boolean => {
    const found = registry.find(command)
    return found !== undefined && permit({ person: caller.person, use: useOf(found) }).allowed
  }
  return {
    visible: async () => registry.commands.filter(({ id }) => offers(id)),
    offers,
    call: async (intent) => (await run(intent, caller)).reply,
  }
}
