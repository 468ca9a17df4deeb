import { isJson, objectAt, valueAt } from './json.js'
import type { Json } from './json.js'
import type { ArmResource, HealthState, StoredResource } from './state.js'

const codes = ['running', 'starting', 'stopping', 'stopped', 'deallocating', 'deallocated'] as const

/** Power of a virtual machine or a scale set's instance, and since when: its boot time while it runs. */
export interface Power {
  code: (typeof codes)[number]
  since: string
}

const types = ['microsoft.compute/virtualmachines', 'microsoft.compute/virtualmachinescalesets/virtualmachines']

/** Whether resources of this type have power. */
export const hasPower = (type: string): boolean => types.includes(type.toLowerCase())

/** The power of a stored machine; running since it was made, unless something was done to it. */
export function powerOf(stored: StoredResource): Power {
  const power = stored.hidden['power']
  return isJson(power) ? (power as unknown as Power) : { code: 'running', since: stored.created }
}

/** Sets the power; while it changes, what it was is kept. */
export function setPower(stored: StoredResource, code: Power['code'], now: Date): void {
  const { before: _, ...before } = powerOf(stored) as Power & { before?: Power }
  stored.hidden['power'] = {
    code,
    since: now.toISOString(),
    ...(code.endsWith('ing') && code !== 'running' ? { before } : {}),
  }
}

/** Goes back to the power from before a change that failed. */
export function restorePower(stored: StoredResource): void {
  const before = objectAt(stored.hidden['power'], 'before')
  if (before['code']) stored.hidden['power'] = before
}

/** The power that properties in Resource Graph's form give a machine (`extended`); running where they give none. */
export function powerCodeIn(properties: Json): Power['code'] {
  const said = valueAt(properties, 'extended.instanceView.powerState.code')
  return codes.find((code) => said === `PowerState/${code}`) ?? 'running'
}

/** Health follows power: a machine that somebody stopped is unavailable at their wish. */
export const stoppedHealth: Omit<HealthState, 'occurredTime'> = {
  availabilityState: 'Unavailable',
  summary: 'The virtual machine is stopped or deallocated by an authorised user or process.',
  reasonType: 'Customer Initiated',
}

const statusOf = ({ code, since }: Power) => ({
  code: `PowerState/${code}`,
  level: 'Info',
  displayStatus: `VM ${code}`,
  time: since,
})

/** The answer of `instanceView`; the power status's `time` is the boot time of a running machine. */
export function instanceView(stored: StoredResource): Json {
  const power = powerOf(stored)
  const provisioning = {
    code: 'ProvisioningState/succeeded',
    level: 'Info',
    displayStatus: 'Provisioning succeeded',
    time: stored.changed,
  }
  const os = objectAt(objectAt(stored.resource.properties, 'storageProfile'), 'osDisk')['osType']
  return {
    computerName: stored.resource.name,
    osName: os === 'Windows' ? 'Windows Server 2022 Datacenter' : 'ubuntu',
    hyperVGeneration: 'V2',
    ...(power.code === 'running'
      ? {
          vmAgent: {
            vmAgentVersion: '2.11.1.12',
            statuses: [
              { code: 'ProvisioningState/succeeded', level: 'Info', displayStatus: 'Ready', time: power.since },
            ],
          },
        }
      : {}),
    statuses: [provisioning, statusOf(power)],
  }
}

/** A resource as Resource Graph shows it: a machine has its power in `properties.extended`. */
export function extendedView(stored: StoredResource): ArmResource {
  const { resource } = stored
  if (!hasPower(resource.type)) return resource
  const { computerName, osName, hyperVGeneration } = instanceView(stored)
  const powerState = statusOf(powerOf(stored))
  return {
    ...resource,
    properties: {
      ...resource.properties,
      extended: { instanceView: { computerName, osName, hyperVGeneration, powerState } },
    },
  }
}
