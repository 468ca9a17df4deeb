import { createHash } from 'node:crypto'
import type { Proposals } from '../../skills/kit/ports.js'
import { createChangeBook } from '../hub/change/change-book.js'
import { createChanges } from '../hub/change/changes.js'
import { createChangeSteps } from '../hub/change/change-steps.js'
import type { Freeze } from '../hub/change/change-calendar.js'
import { createPermission } from '../hub/change/permission.js'
import { createPolicyGuards } from '../hub/change/policy-guards.js'
import { proposalsPort } from '../hub/change/proposals-port.js'
import type { MayChange } from '../hub/change/propose.js'
import { createStanding } from '../hub/change/standing.js'
import type { Access } from '../hub/access/access.js'
import { commandsPort } from '../hub/commands-port.js'
import type { Changes } from '../hub/change/keeper.js'
import type { Hub } from '../hub/hub.js'
import type { UnaskedParts } from '../hub/unasked.js'
import { approvalPolicyOf } from '../settings/read-approval-policy.js'
import { changeCalendarOf } from '../settings/read-change-calendar.js'
import type { TenantStore } from '../store/contract.js'
import { changeRecords } from '../store/records/change-records.js'
import { lockRecords } from '../store/records/lock-records.js'
import type { SkillWriting } from '../store/records/skill-records.js'
import { runTimers } from '../workers/runs/run-timers.js'
import type { HubTimer } from '../workers/hub-timer.js'

/** What the keeping of changes is put together from. */
export interface ChangeKeepingParts extends UnaskedParts {
  access: Access
  store: TenantStore
  writing: SkillWriting
  /** The turn, for changes that call other commands while they plan. */
  run: Hub['run']
  /** Whether anything may be changed now; everything may unless told. */
  mayChange?: MayChange
  /** What administrators froze; nothing unless told. */
  freezes?(): Promise<readonly Freeze[]>
  /** Told of the mistakes in a policy's file. */
  policyMistakes(mistakes: readonly string[]): void
  /** Told of a step that failed by a fault of Nexus's own. */
  failed(error: unknown, proposal: string): void
  /** Named steps at which tests end the hub. */
  reached?(step: string): Promise<void> | void
}

/** The keeping of changes, as the hub, the skills and the timers' worker get it. */
export interface ChangeKeeping {
  changes: Changes
  proposals: Proposals
  timers: Record<string, HubTimer>
}

/** Puts together what plans, keeps, decides and runs changes. */
export function keepChanges(parts: ChangeKeepingParts): ChangeKeeping {
  const { clock, registry, ports, writing, store } = parts
  const book = createChangeBook(
    changeRecords(store, writing, () => clock.now()),
    clock,
  )
  const permission = createPermission(ports)
  const shared = {
    book,
    permission,
    clock,
    people: ports.people,
    policy: approvalPolicyOf(ports.settings, (mistakes) => parts.policyMistakes(mistakes)),
    guards: createPolicyGuards({
      catalog: ports.catalog,
      calendar: changeCalendarOf(ports.settings, (mistakes) => parts.policyMistakes(mistakes)),
      freezes: parts.freezes ?? (async () => []),
      clock,
    }),
    digest: (text: string) => createHash('sha256').update(text).digest('hex'),
    mayChange: parts.mayChange ?? (async () => ({ allowed: true, reason: 'Nothing stands against it.' })),
    reaches: (to: Parameters<SkillWriting['destinationOf']>[0]) =>
      writing.destinationOf(to).then(
        () => true,
        () => false,
      ),
    steps: () => steps,
  }
  const changes = createChanges(shared)
  const steps = createChangeSteps({
    ...parts,
    commandsFor: (caller) => commandsPort(registry, caller, parts.run),
    approvalsFor: (caller, turn) => changes.approvalsFor(caller, turn),
  })
  const timers = runTimers({
    book,
    steps,
    clock,
    locks: lockRecords(store),
    standing: createStanding(shared),
    newId: () => parts.newId(),
    failed: (error, proposal) => parts.failed(error, proposal),
    ...(parts.reached && { reached: parts.reached }),
  })
  return { changes, proposals: proposalsPort(book, permission, registry), timers }
}
