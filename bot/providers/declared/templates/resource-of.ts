import { comparedOf, type DeclaredResource } from '../declared-resource.js'
import { isMap, memberOf, Unknown, type Value } from './value.js'

/** Where a template is deployed to, as far as it says so. */
export interface Place {
  resourceGroup?: string
  subscription?: string
}

/** The names that the template's own metadata gives: `metadata nexus = { resourceGroup: 'rg-shop-prd' }`. */
export function placeOfMetadata(metadata: Value | undefined): Place {
  const own = memberOf(metadata, 'nexus')
  return { ...textAt(own, 'resourceGroup'), ...textAt(own, 'subscription') }
}

/** A resource of a template: its type, its whole name, what is in it, and where it goes. */
export interface Written {
  type: string
  name: Value
  body: Value
  place: Place
  maybe: boolean
}

/** A resource as it is linked and compared; what keeps it from that, where its name is not constant. */
export function resourceOf({ type, name, body, place, maybe }: Written): DeclaredResource | Unknown {
  if (name instanceof Unknown) return name
  if (typeof name !== 'string' || name === '') return new Unknown('is no text')
  if (!/^[a-z0-9.]+(\/[a-z0-9.]+)+$/i.test(type))
    return new Unknown(`is of the type ${JSON.stringify(type)}, which is none`)
  const { resourceGroup, subscription } = place
  return {
    type: type.toLowerCase(),
    name,
    ...(resourceGroup && { resourceGroup: resourceGroup.toLowerCase() }),
    ...(subscription && { subscription: subscription.toLowerCase() }),
    ...(maybe && { maybe }),
    props: comparedOf(body),
  }
}

/** A place that an expression for a scope came to: `resourceGroup('rg-data')`, or the symbol of a group. */
export function placeOfScope(scope: Value | undefined, around: Place): Place | undefined {
  if (scope === undefined) return around
  if (!isMap(scope)) return undefined
  const place = { ...textAt(scope, 'name', 'resourceGroup'), ...textAt(scope, 'subscriptionId', 'subscription') }
  return place.resourceGroup ? { ...around, ...place } : undefined
}

function textAt(of: Value | undefined, key: string, as = key): Record<string, string> {
  const value = memberOf(of, key)
  return typeof value === 'string' && value ? { [as]: value } : {}
}
