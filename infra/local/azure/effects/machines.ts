import { objectAt } from '../json.js'
import { powerOf, restorePower, setPower, stoppedHealth } from '../power.js'
import { ArmRefusal } from '../refusals.js'
import { scaleSetInstance } from '../seed-defaults.js'
import type { StoredResource } from '../state.js'
import { forEach } from './effect.js'
import type { Effect, EffectContext, Effects } from './effect.js'

const machine = 'microsoft.compute/virtualmachines'
const set = 'microsoft.compute/virtualmachinescalesets'
const instance = `${set}/virtualmachines`

function available({ store, stored }: EffectContext): void {
  const summary = 'There are no known Azure platform problems affecting this resource.'
  store.setHealth(stored, { availabilityState: 'Available', summary, reasonType: '' })
}

const fail: Effect['fail'] = ({ stored }) => restorePower(stored)

const start: Effect = {
  fail,
  begin: ({ stored, now }) => {
    if (powerOf(stored).code !== 'running') setPower(stored, 'starting', now)
  },
  finish: (context) => {
    if (powerOf(context.stored).code !== 'running') setPower(context.stored, 'running', context.now)
    available(context)
  },
}

const restart: Effect = {
  fail,
  begin: ({ stored, now }) => {
    if (['deallocated', 'stopped'].includes(powerOf(stored).code))
      throw new ArmRefusal(
        409,
        'OperationNotAllowed',
        `Cannot restart VM '${stored.resource.name}': it is not running. Start it instead.`,
      )
    setPower(stored, 'starting', now)
  },
  finish: (context) => {
    setPower(context.stored, 'running', context.now)
    available(context)
  },
}

const stop = (during: 'stopping' | 'deallocating', after: 'stopped' | 'deallocated'): Effect => ({
  begin: ({ stored, now }) => setPower(stored, during, now),
  fail,
  finish: (context) => {
    setPower(context.stored, after, context.now)
    context.store.setHealth(context.stored, stoppedHealth)
  },
})

/** What a command prints on a machine: a few that are asked for in trouble; others end without output. */
function outputOf(script: string, stored: StoredResource, now: Date): string {
  const { since } = powerOf(stored)
  if (/uptime -s/.test(script)) return since.replace('T', ' ').slice(0, 19)
  if (/hostname/.test(script)) return stored.resource.name
  if (/^date/.test(script)) return now.toUTCString()
  const unit = /systemctl (?:status|restart) (\S+)/.exec(script)?.[1]
  return unit ? `● ${unit} - active (running) since ${since}` : ''
}

const runCommand: Effect = {
  begin: ({ stored }) => {
    if (powerOf(stored).code !== 'running')
      throw new ArmRefusal(
        409,
        'OperationNotAllowed',
        `Cannot run a command: VM '${stored.resource.name}' is not running.`,
      )
  },
  finish: ({ body, stored, now }) => {
    const script = Array.isArray(body['script']) ? body['script'].map(String) : []
    const output = script.map((line) => outputOf(line, stored, now)).join('\n')
    const message = `Enable succeeded: \n[stdout]\n${output}\n[stderr]\n`
    return {
      value: [{ code: 'ProvisioningState/succeeded', level: 'Info', displayStatus: 'Provisioning succeeded', message }],
    }
  },
}

/** A changed size means another host: the machine is booted anew. */
const resized: Effect = {
  finish: ({ stored, now }) => {
    const size = objectAt(stored.resource.properties, 'hardwareProfile')['vmSize']
    if (stored.hidden['size'] !== undefined && stored.hidden['size'] !== size && powerOf(stored).code === 'running')
      setPower(stored, 'running', now)
    stored.hidden['size'] = size
  },
}

const instancesOf = ({ store, stored }: EffectContext): StoredResource[] =>
  store.below(stored.resource.id).filter(({ resource }) => resource.type.toLowerCase() === instance)

/** Adds and removes instances until there are as many as the capacity says; the youngest go first. */
const scaled: Effect = {
  finish: (context) => {
    const { stored, store, now, caller, operation } = context
    const capacity = Number(stored.resource.sku?.['capacity'] ?? 0)
    const instances = instancesOf(context).sort((a, b) => Number(a.resource.name) - Number(b.resource.name))
    for (const surplus of instances.slice(capacity)) store.remove(surplus, caller, operation)
    for (let missing = capacity - instances.length; missing > 0; missing--) {
      const number = Number(stored.hidden['nextInstance'] ?? instances.length)
      stored.hidden['nextInstance'] = number + 1
      store.add(scaleSetInstance(stored, number, now.toISOString()), caller, operation)
    }
  },
}

/** Applies an effect to the instances that the body names, or to all. */
const onInstances = (effect: Effect): Effect => {
  const each = (context: EffectContext, work: (context: EffectContext) => unknown) => {
    const wanted = Array.isArray(context.body['instanceIds']) ? context.body['instanceIds'].map(String) : undefined
    for (const stored of instancesOf(context)) {
      if (wanted && !wanted.includes('*') && !wanted.includes(stored.resource.name)) continue
      context.store.write(stored, context.caller, context.operation, () => work({ ...context, stored }))
    }
  }
  return {
    begin: (context) => each(context, (inner) => effect.begin?.(inner)),
    finish: (context) => each(context, (inner) => effect.finish?.(inner)),
    fail: (context) => each(context, (inner) => effect.fail?.(inner)),
  }
}

const upgrade: Effect = {
  fail: ({ stored, now }) => {
    const state = objectAt(stored.hidden, 'rollingUpgrade')
    stored.hidden['rollingUpgrade'] = { ...state, status: 'Faulted', ended: now.toISOString() }
  },
  begin: ({ stored, now }) => {
    stored.hidden['rollingUpgrade'] = { status: 'RollingForward', started: now.toISOString() }
  },
  finish: (context) => {
    const { stored, now } = context
    const state = objectAt(stored.hidden, 'rollingUpgrade')
    if (state['status'] === 'Cancelled') return
    stored.hidden['rollingUpgrade'] = { ...state, status: 'Completed', ended: now.toISOString() }
    onInstances(restart).finish?.({ ...context, body: {} })
  },
}

const cancelUpgrade: Effect = {
  begin: ({ stored, now }) => {
    const state = objectAt(stored.hidden, 'rollingUpgrade')
    if (state['status'] !== 'RollingForward')
      throw new ArmRefusal(409, 'OperationNotAllowed', 'There is no ongoing Rolling Upgrade to cancel.')
    stored.hidden['rollingUpgrade'] = { ...state, status: 'Cancelled', ended: now.toISOString() }
  },
}

const patched: Effect = {
  finish: ({ stored, now }) => {
    stored.hidden['patchedAt'] = now.toISOString()
    return { status: 'Succeeded', rebootStatus: 'NotNeeded', installedPatchCount: 4, startDateTime: now.toISOString() }
  },
}

const one = [`${machine}/`, `${instance}/`]

/** Virtual machines, scale sets and their instances. */
export const machineEffects: Effects = {
  ...forEach(one, 'start', start),
  ...forEach([...one], 'restart', restart),
  ...forEach([...one], 'redeploy', restart),
  ...forEach([...one], 'reimage', restart),
  ...forEach(one, 'poweroff', stop('stopping', 'stopped')),
  ...forEach(one, 'deallocate', stop('deallocating', 'deallocated')),
  [`${machine}/runcommand`]: runCommand,
  [`${machine}/installpatches`]: patched,
  [`${machine}#put`]: resized,
  [`${machine}#patch`]: resized,
  [`${set}#put`]: scaled,
  [`${set}#patch`]: scaled,
  [`${set}/start`]: onInstances(start),
  [`${set}/restart`]: onInstances(restart),
  [`${set}/reimage`]: onInstances(restart),
  [`${set}/redeploy`]: onInstances(restart),
  [`${set}/poweroff`]: onInstances(stop('stopping', 'stopped')),
  [`${set}/deallocate`]: onInstances(stop('deallocating', 'deallocated')),
  [`${set}/osrollingupgrade`]: upgrade,
  [`${set}/rollingupgrades/cancel`]: cancelUpgrade,
}
