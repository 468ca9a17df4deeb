import { sayFreeze, sayFrozen, standingFreezes, type AdminFreeze } from '../../skills/control/freezes.js'
import { mayChange, mayNote, saySwitch, thrown } from '../../skills/control/switches.js'
import { environmentName } from '../../skills/kit/environment-names.js'
import type { Instant } from '../../skills/kit/model.js'
import type { Decision } from '../../skills/kit/plan.js'
import type { Records } from '../../skills/kit/records.js'
import type { Freeze } from '../hub/change/change-calendar.js'
import type { Registered } from '../hub/registry.js'

/** What an administrator allows now, by the switches and freezes as the store has them at that moment. */
export interface Control {
  /** Whether a command may change anything: asked when a change is asked for, approved and started. */
  mayChange(found: Registered): Promise<Decision>
  /** Whether a command may make a note. */
  mayNote(found: Registered): Promise<Decision>
  /** The freezes that have not ended. */
  freezes(): Promise<Freeze[]>
  /** What is stopped or frozen now or later, one line each. */
  standing(): Promise<string[]>
}

/** @param records of the skill `control`, which throws the switches */
export const controlOf = (records: Pick<Records, 'find'>, clock: { now(): Instant }): Control => ({
  mayChange: async ({ info }) => mayChange(await thrown(records), info),
  mayNote: async ({ info }) => mayNote(await thrown(records), info),
  freezes: async () => (await standingFreezes(records, clock.now())).map(({ data }) => asFreeze(data)),
  async standing() {
    const [switches, freezes] = await Promise.all([thrown(records), standingFreezes(records, clock.now())])
    return [...switches.map(saySwitch), ...freezes.map(({ data }) => sayFreeze(data))]
  },
})

/** An administrator's freeze as an entry of the calendar. */
function asFreeze({ scope, from, to, reason, by, zone }: AdminFreeze): Freeze {
  const { what, environment } = scope
  return {
    name: `${reason} (${by.name} froze ${sayFrozen(scope)})`,
    scope: {
      ...(environment && { environments: [environmentName(environment.id)] }),
      ...(what?.kind === 'Service' && { services: [what.id] }),
      ...(what?.kind === 'Team' && { teams: [what.id] }),
    },
    time: { from, to },
    zone,
    wayOn: 'An Admin can lift it: “lift the freeze”.',
  }
}
