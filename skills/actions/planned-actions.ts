import { choice, entity, optional, type Args } from '../kit/arguments.js'
import { askAbout } from '../kit/ask-about.js'
import type { PlannedCommand } from '../kit/command.js'
import type { Entity } from '../kit/model.js'
import { saidAs } from '../kit/said-as.js'
import { saysOfActions } from './says-of-actions.js'
import { requestsOfActions } from './says-of-requests.js'

const target = (what: string, type: string) => entity(['Service', 'Resource'], `which ${what}`, type)
const environment = optional(entity('Environment', 'in which environment'))

const planned = {
  instead: 'What can be done on it now can be listed.',
  near: ({ target }: { target?: Entity | undefined }) => askAbout(target, 'Actions on', 'action.list', 'target'),
}

const declare = <A extends Args>(command: PlannedCommand<A>): PlannedCommand<A> => command

/** Actions whose manifests are still to be written; an organisation's own manifest of the same id takes their place. */
export const plannedActions = {
  'vm.restart': declare({
    summary: 'Restart a virtual machine',
    says: saysOfActions.restartMachine,
    args: { target: target('virtual machine', 'Microsoft.Compute/virtualMachines'), environment },
    effect: 'change',
    role: 'developer',
    planned,
  }),
  'storage.rotate-key': declare({
    summary: 'Rotate an access key of a storage account',
    says: saysOfActions.rotateKey,
    requests: requestsOfActions.rotateKey,
    args: {
      target: target('storage account', 'Microsoft.Storage/storageAccounts'),
      key: optional(
        choice(
          'which key',
          ['key1', 'key2'],
          saidAs({ key1: ['key 1', 'primary key', 'first key'], key2: ['key 2', 'secondary key', 'second key'] }),
        ),
      ),
      environment,
    },
    effect: 'change',
    role: 'platform-engineer',
    planned,
  }),
  'slot.swap': declare({
    summary: 'Swap a deployment slot with production',
    says: saysOfActions.swapSlots,
    requests: requestsOfActions.swapSlots,
    args: {
      target: target('web app', 'Microsoft.Web/sites'),
      slot: optional(
        choice(
          'which slot',
          ['staging', 'next', 'preview', 'canary', 'blue', 'green'],
          saidAs({ staging: ['stage', 'stg'], next: [], preview: ['pre'], canary: [], blue: [], green: [] }),
        ),
      ),
      environment,
    },
    effect: 'change',
    role: 'developer',
    planned,
  }),
}
