import type { Permissions } from '../../skills/kit/permissions.js'
import type { PortName, Turn } from '../../skills/kit/ports.js'
import type { Intent } from '../../skills/kit/reply.js'
import type { Reader } from './access/access.js'
import { trimmedPorts } from './access/trimmed-ports.js'
import { recordsOfTurn } from './audited-records.js'
import type { Caller } from './caller.js'
import { commandsPort } from './commands-port.js'
import type { HubParts } from './hub-parts.js'
import { narrowPorts } from './narrow-ports.js'
import type { Outcome } from './outcome.js'
import type { Registered } from './registry.js'

/** When a turn is, and how long it may last. */
export type Moment = Pick<Turn<PortName>, 'id' | 'now' | 'signal'>

/**
 * Makes turns as the commands' skills get them, their catalog cut to who reads.
 * @param run runs an intent of another command for the same caller
 */
export const turnMaker =
  (
    parts: HubParts,
    permissionsFor: (caller: Caller) => Permissions,
    run: (intent: Intent, caller: Caller) => Promise<Outcome>,
  ) =>
  (found: Registered, intent: Intent, caller: Caller, moment: Moment, reader: Reader): Turn<PortName> => {
    const { person, place, input = 'words' } = caller
    return narrowPorts(
      { ...moment, tenant: parts.tenant, person, place, input },
      {
        ...parts.ports,
        ...trimmedPorts(parts.ports, reader),
        commands: commandsPort(parts.registry, caller, run),
        approvals: parts.changes.approvalsFor(caller, moment.id),
        permissions: permissionsFor(caller),
        records: recordsOfTurn(parts.recordsOf(found.skill.name), found.command, intent, { person, turn: moment.id }),
      },
      found.skill.uses,
    )
  }
