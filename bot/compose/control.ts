import type { Decision } from '../../skills/kit/plan.js'
import type { Records } from '../../skills/kit/records.js'
import { mayChange, mayNote, thrown } from '../../skills/control/switches.js'
import type { Registered } from '../hub/registry.js'

/** What an administrator allows now, by the switches as the store has them at that moment. */
export interface Control {
  /** Whether a command may change anything: asked when a change is asked for, approved and started. */
  mayChange(found: Registered): Promise<Decision>
  /** Whether a command may make a note. */
  mayNote(found: Registered): Promise<Decision>
}

/** @param records of the skill `control`, which throws the switches */
export const controlOf = (records: Pick<Records, 'find'>): Control => ({
  mayChange: async ({ info }) => mayChange(await thrown(records), info),
  mayNote: async ({ info }) => mayNote(await thrown(records), info),
})
