import type { Json } from './json.js'
import { isJson } from './json.js'
import { ArmRefusal, invalidContent } from './refusals.js'
import { tagsIn } from './subscription-requests.js'

const shapes: Record<string, (value: unknown) => boolean> = {
  String: (value) => typeof value === 'string',
  Object: isJson,
  Array: (value) => Array.isArray(value) && value.every((each) => typeof each === 'string'),
  Integer: Number.isInteger,
}

/** What stands at the top of every resource's body, and what it is (Resource Provider Contract, "Common API details"). */
const common: [path: string, shape: keyof typeof shapes][] = [
  ['location', 'String'],
  ['kind', 'String'],
  ['managedBy', 'String'],
  ['sku', 'Object'],
  ['sku.name', 'String'],
  ['sku.tier', 'String'],
  ['sku.capacity', 'Integer'],
  ['plan', 'Object'],
  ['identity', 'Object'],
  ['properties', 'Object'],
  ['tags', 'Object'],
  ['zones', 'Array'],
]

/** Least and most instances: of a scale set without placement group, and of a plan of the larger tiers. */
const capacities: Record<string, [number, number]> = {
  'Microsoft.Compute/virtualMachineScaleSets': [0, 1000],
  'Microsoft.Web/serverFarms': [1, 30],
}

/** Refuses a body of a PUT or PATCH that has something of the wrong type, or a capacity that the type cannot have. */
export function requireShape(type: string, body: Json): void {
  for (const [path, shape] of common) {
    const [first = '', second] = path.split('.')
    const holder = second ? body[first] : body
    const value = isJson(holder) ? holder[second ?? first] : undefined
    if (value === undefined || value === null || shapes[shape]!(value)) continue
    throw invalidContent(`Error converting value ${JSON.stringify(value)} to type '${shape}'. Path '${path}'.`)
  }
  if (body['tags'] !== undefined && body['tags'] !== null) tagsIn(body['tags'])
  requireCapacity(type, isJson(body['sku']) ? body['sku']['capacity'] : undefined)
}

function requireCapacity(type: string, capacity: unknown): void {
  const [least, most] = capacities[type] ?? [0, Infinity]
  if (typeof capacity !== 'number' || (capacity >= least && capacity <= most)) return
  throw new ArmRefusal(
    400,
    'InvalidParameter',
    `The value '${capacity}' of parameter 'sku.capacity' is invalid. It must be from ${least} to ${most}.`,
    { target: 'sku.capacity' },
  )
}
