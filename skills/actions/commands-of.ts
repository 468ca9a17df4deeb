import type { ActionManifest } from '../kit/action-manifest.js'
import { choice, entity, optional, type Args } from '../kit/arguments.js'
import type { Command, ReadCommand } from '../kit/command.js'
import { badInput } from '../kit/errors.js'
import type { Entity } from '../kit/model.js'
import type { PortName } from '../kit/ports.js'
import { compileAction, type actionPorts } from './compile-action.js'
import { listActions } from './list-actions.js'
import { showAction } from './show-action.js'

type Ports = (typeof actionPorts)[number]

/** The commands of the skill: one for each manifest, and those that say what there is. */
export function commandsOf(manifests: readonly ActionManifest[]): Record<string, Command<Args, PortName>> {
  const said = { list: listCommand(manifests), show: showCommand(manifests) } as Record<string, Command<Args, PortName>>
  return { ...said, ...Object.fromEntries(manifests.map((manifest) => [manifest.id, compileAction(manifest)])) }
}

function listCommand(manifests: readonly ActionManifest[]): ReadCommand<Args, Ports> {
  return {
    summary: 'What can be done, and on what',
    says: [
      'what can I do on {target}',
      'what can I do with {target}',
      'what can I do to {target}',
      'what can you do on {target}',
      'what can you do with {target}',
      'actions on {target}',
      'actions for {target}',
      'list actions for {target}',
      'which actions are there for {target}',
      'show actions of {target}',
      'list actions',
      'what actions are there',
      'show all actions',
    ],
    args: { target: optional(entity(['Service', 'Resource'], 'on what')) },
    effect: 'read',
    role: 'developer',
    run: ({ target }, turn) => listActions(manifests, target as Entity | undefined, turn),
  }
}

function showCommand(manifests: readonly ActionManifest[]): ReadCommand<Args, Ports> {
  return {
    summary: 'What an action would do, without doing it',
    says: [
      'explain action {action}',
      'show action {action}',
      'describe action {action}',
      'what does action {action} do',
      'details of action {action}',
      'how does action {action} work',
      'preview {action} on {target}',
      'preview {action} on {target} in {environment}',
      'dry run {action} on {target}',
      'dry run {action} on {target} in {environment}',
      'what would {action} do on {target}',
      'what would {action} do to {target}',
    ],
    args: {
      action: choice(
        'which action',
        manifests.map(({ id }) => id),
      ),
      target: optional(entity(['Service', 'Resource'], 'on what')),
      environment: optional(entity('Environment', 'in which environment')),
    },
    effect: 'read',
    role: 'developer',
    run: async ({ action, ...args }, turn) => {
      const manifest = manifests.find(({ id }) => id === action)
      if (!manifest) throw badInput(`There is no action ${String(action)}.`, 'Say “list actions” to see what there is.')
      return showAction(manifest, args, turn)
    },
  }
}
