import { Fault, type FaultCode } from '../../skills/kit/errors.js'
import type { Person } from '../../skills/kit/model.js'
import type { Actor } from '../../skills/kit/proposal.js'
import type { Outcome } from './outcome.js'

/** What is known of a turn when it ended. */
export interface TurnRecord {
  id: string
  tenant: string
  by: Actor
  command?: string
  outcome: Outcome['outcome']
  /** With `refuse`: which way it failed, and what the asker was told. */
  fault?: FaultCode
  reason?: string
  /** The cause of a refusal that was not the asker's doing. */
  error?: unknown
}

/** @param thrown what ended it, where it was refused */
export function recordOf(id: string, person: Person, outcome: Outcome, thrown?: unknown): TurnRecord {
  const { command, fault } = outcome
  const error = thrown instanceof Fault ? thrown.cause : thrown
  return {
    id,
    tenant: person.tenant,
    by: { id: person.id, objectId: person.objectId, name: person.name },
    outcome: outcome.outcome,
    ...(command && { command }),
    ...(fault && { fault }),
    ...(thrown instanceof Fault && { reason: thrown.message }),
    ...(error !== undefined && { error }),
  }
}
