import type { Place } from './resource-of.js'
import { mapOf, Unknown, type Value } from './value.js'

/** The functions of Bicep that hang on where the template is deployed to; undefined for any other. */
export function callOf(name: string, args: Value[], place: Place): Value | undefined {
  const azures = (what: string) => new Unknown(`hangs on ${what}, which Azure works out`)
  switch (name) {
    case 'resourceGroup': {
      const [first, second] = args
      const group = second ?? first ?? place.resourceGroup ?? azures("the resource group's name")
      const subscription = second === undefined ? place.subscription : first
      return mapOf([
        ['name', group],
        ['location', azures("the resource group's location")],
        ...(subscription === undefined ? [] : [['subscriptionId', subscription] as const]),
      ])
    }
    case 'subscription':
      return mapOf([['subscriptionId', args[0] ?? place.subscription ?? azures("the subscription's id")]])
    default:
      return undefined
  }
}
