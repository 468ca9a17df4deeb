import type { ActionManifest } from '../kit/action-manifest.js'
import { choice, entity, optional, type Args } from '../kit/arguments.js'
import type { Command, ReadCommand } from '../kit/command.js'
import { badInput } from '../kit/errors.js'
import type { Entity } from '../kit/model.js'
import type { PortName } from '../kit/ports.js'
import { compileAction, type actionPorts } from './compile-action.js'
import { listActions } from './list-actions.js'
import { saidAs } from '../kit/said-as.js'
import { plannedActions } from './planned-actions.js'
import { says } from './says.js'
import { showAction } from './show-action.js'

type Ports = (typeof actionPorts)[number]

/** The commands of the skill: one for each manifest, those that say what there is, and actions that are to come. */
export function commandsOf(manifests: readonly ActionManifest[]): Record<string, Command<Args, PortName>> {
  const said = { list: listCommand(manifests), show: showCommand(manifests) } as Record<string, Command<Args, PortName>>
  return {
    ...said,
    ...(plannedActions as Record<string, Command<Args, PortName>>),
    ...Object.fromEntries(manifests.map((manifest) => [manifest.id, compileAction(manifest)])),
  }
}

function listCommand(manifests: readonly ActionManifest[]): ReadCommand<Args, Ports> {
  return {
    summary: 'What can be done, and on what',
    says: says.list,
    args: { target: optional(entity(['Service', 'Resource'], 'on what')) },
    effect: 'read',
    role: 'developer',
    run: ({ target }, turn) => listActions(manifests, target as Entity | undefined, turn),
  }
}

/** What people call actions beside their ids. */
const saidActions: Readonly<Record<string, readonly string[]>> = {
  'web-app.restart': ['restart', 'restart web app', 'web app restart', 'app restart', 'restart app', 'restarting'],
  'scale-set.scale': ['scale', 'scale set', 'scale set scale', 'scale set scaling', 'scale out', 'scaling'],
  'vm.restart': ['vm restart', 'restart vm', 'machine restart', 'reboot', 'reboot vm'],
  'storage.rotate-key': ['rotate key', 'key rotation', 'rotate keys', 'rotate storage key', 'storage key rotation'],
  'slot.swap': ['slot swap', 'swap slots', 'swap', 'swap slot'],
}

function showCommand(manifests: readonly ActionManifest[]): ReadCommand<Args, Ports> {
  const known = new Set([...manifests.map(({ id }) => id), ...Object.keys(plannedActions)])
  const said = saidAs(Object.fromEntries([...known].map((id) => [id, [...(saidActions[id] ?? [])]])))
  return {
    summary: 'What an action would do, without doing it',
    says: says.show,
    args: {
      action: choice('which action', [...known], said),
      target: optional(entity(['Service', 'Resource'], 'on what')),
      environment: optional(entity('Environment', 'in which environment')),
    },
    effect: 'read',
    role: 'developer',
    run: async ({ action, ...args }, turn) => {
      const manifest = manifests.find(({ id }) => id === action)
      if (!manifest)
        throw badInput(`The action ${String(action)} is still to come.`, 'Say “list actions” to see what there is.')
      return showAction(manifest, args, turn)
    },
  }
}
