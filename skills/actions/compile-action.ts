import type { ActionManifest, ActionParameter } from '../kit/action-manifest.js'
import { choice, entity, number, optional, text, type Args } from '../kit/arguments.js'
import type { ChangeCommand, Command } from '../kit/command.js'
import type { PortName } from '../kit/ports.js'
import { planAction, type ActionArguments } from './plan-action.js'
import { stepAction, type ActionState } from './step-action.js'

/** The ports that actions use. */
export const actionPorts = ['catalog', 'cloud', 'commands'] as const satisfies PortName[]

/** Makes the command of a manifest; what it may be told is the target, where it is, and the manifest's parameters. */
export function compileAction(manifest: ActionManifest): Command<Args, PortName> {
  const command: ChangeCommand<Args, 'catalog' | 'cloud', ActionState> = {
    summary: manifest.summary,
    says: manifest.says,
    args: argumentsOf(manifest),
    effect: 'change',
    role: manifest.role,
    plan: (args, turn) => planAction(manifest, args as unknown as ActionArguments, turn),
    step: (plan, state, turn) => stepAction(manifest, plan, state, turn),
  }
  return command as unknown as Command<Args, PortName>
}

/** The arguments of an action's command. */
export function argumentsOf({ target, parameters }: ActionManifest): Args {
  return {
    target: entity(['Service', 'Resource'], `which ${target.called}`, target.type),
    ...Object.fromEntries(Object.entries(parameters).map(([name, parameter]) => [name, argumentOf(parameter)])),
    environment: optional(entity('Environment', 'in which environment')),
  }
}

function argumentOf(parameter: ActionParameter): Args[string] {
  switch (parameter.type) {
    case 'number': {
      const { label, min, max, unit } = parameter
      return number(label, { min, max, ...(unit !== undefined && { unit }) })
    }
    case 'choice':
      return choice(parameter.label, parameter.values)
    case 'text':
      return text(parameter.label, parameter.max)
  }
}
