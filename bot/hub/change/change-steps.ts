import type { Args } from '../../../skills/kit/arguments.js'
import type { ChangeCommand } from '../../../skills/kit/command.js'
import { badInput } from '../../../skills/kit/errors.js'
import type { Json } from '../../../skills/kit/model.js'
import type { Plan, Step } from '../../../skills/kit/plan.js'
import type { Approvals, Commands, PortName, StepTurn } from '../../../skills/kit/ports.js'
import type { Intent } from '../../../skills/kit/reply.js'
import type { Caller } from '../caller.js'
import type { Access } from '../access/access.js'
import { demandToSee } from '../access/demand-to-see.js'
import { demand, permit, useOf } from '../access/permit.js'
import { permissionsPort } from '../access/permissions-port.js'
import { trimmedPorts } from '../access/trimmed-ports.js'
import { narrowPorts, narrowSystemPorts } from '../narrow-ports.js'
import { parseArguments } from '../parse-arguments.js'
import type { Registered } from '../registry.js'
import type { UnaskedParts } from '../unasked.js'
import { within } from '../within.js'

/** What is needed to let a change plan and take its steps. */
export interface ChangeStepsParts extends UnaskedParts {
  /** Who sees what: a plan is made anew as its asker would make it now. */
  access: Access
  commandsFor(caller: Caller): Commands
  approvalsFor(caller: Caller, turn: string): Approvals
}

/** What a step gets beside its skill's ports. */
export type StepAttempts = Pick<StepTurn, 'attempt' | 'unanswered'>

/** The two halves of a change, as the keeper of changes calls them without a turn of a person. */
export interface ChangeSteps {
  /**
   * The command, for somebody who may ask for it; without a person nobody's leave is asked.
   * @throws Fault NotAllowed, or BadInput for one that is gone or changes nothing
   */
  find(command: string, person?: Caller['person']): Registered
  /** Plans an intent as its asker would now. @throws Fault as the change does; NotFound where what it is about is gone */
  plan(intent: Intent, caller: Caller): Promise<Plan>
  step(command: string, plan: Plan, state: Json | undefined, attempts: StepAttempts): Promise<Step<Json>>
}

/** Longest a step may take, in milliseconds; less than the lease of its timer. */
const stepPatience = 45_000

export function createChangeSteps(parts: ChangeStepsParts): ChangeSteps {
  const { registry, tenant, clock } = parts
  const frame = (signal: AbortSignal) => ({ id: parts.newId(), tenant, now: clock.now(), signal })

  function change(id: string): Registered & { command: ChangeCommand<Args, PortName> } {
    const found = registry.find(id)
    const command = found?.command
    if (command?.effect !== 'change' || !('step' in command))
      throw badInput(`There is no change ${id.slice(0, 80)} any more.`)
    return { ...found!, command }
  }

  return {
    find(command, person) {
      const found = change(command)
      if (person) demand(permit({ person, use: useOf(found) }))
      return found
    },
    async plan(intent, caller) {
      const { skill, command } = change(intent.command)
      const reader = await parts.access.of(caller.person)
      const parsed = await parseArguments(command.args, intent.args, demandToSee(reader, parts.access.whole))
      if (parsed.missing) throw badInput(`${parsed.missing.join(', ')} is missing.`)
      const framed = frame(AbortSignal.timeout(parts.patience))
      const ports = {
        ...parts.ports,
        ...trimmedPorts(parts.ports, reader),
        // What is planned anew hears no words.
        permissions: permissionsPort(
          { access: parts.access, registry, people: parts.ports.people, meant: async () => undefined },
          caller.person,
        ),
        commands: parts.commandsFor(caller),
        approvals: parts.approvalsFor(caller, framed.id),
        records: parts.recordsOf(skill.name),
      }
      const { person, place, input = 'words' } = caller
      const turn = narrowPorts({ ...framed, person, place, input }, ports, skill.uses)
      return within(framed.signal, command.plan(parsed.values as never, turn))
    },
    async step(name, plan, state, attempts) {
      const { skill, command } = change(name)
      const signal = AbortSignal.timeout(stepPatience)
      const turn = narrowSystemPorts(
        frame(signal),
        { ...parts.ports, records: parts.recordsOf(skill.name) },
        skill.uses,
      )
      return within(signal, command.step(plan, state, Object.freeze({ ...turn, ...attempts })))
    },
  }
}
