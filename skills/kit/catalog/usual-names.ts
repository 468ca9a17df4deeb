import { environmentName, usualEnvironment } from '../environment-names.js'
import type { Claim, Json } from '../model.js'
import type { KindDeclaration, PropertyDeclaration } from './kind-declaration.js'

/** A text as a property holds it: by its usual name, where its values have some. */
export const usualValue = (text: string, { usually }: Pick<PropertyDeclaration, 'usually'>): string =>
  usually === 'environment' && text.trim() !== '' ? environmentName(text) || text : text

/**
 * A claim by usual names: its properties' values, and the environments it points at, so that a filter meets what two sources write
 * differently. Pure; the claim itself where nothing is to be changed.
 * @param declared of the claim's kind; undefined where there is no such kind
 */
export function byUsualNames(claim: Claim, declared: KindDeclaration | undefined): Claim {
  const changed = Object.entries(claim.props).flatMap(([property, value]): [string, Json][] => {
    const own = declared && Object.hasOwn(declared.properties, property) ? declared.properties[property] : undefined
    const usual = own?.usually ? usualJson(value, own) : value
    return usual === value ? [] : [[property, usual]]
  })
  const relations = claim.relations?.map((relation) => {
    const id = relation.to.kind === 'Environment' ? usualEnvironment(relation.to.id) : undefined
    return id === undefined || id === relation.to.id ? relation : { ...relation, to: { kind: 'Environment', id } }
  })
  const isSame = !changed.length && (relations ?? []).every((one, at) => one === claim.relations![at])
  return isSame
    ? claim
    : { ...claim, props: { ...claim.props, ...Object.fromEntries(changed) }, ...(relations && { relations }) }
}

const usualJson = (value: Json, declared: PropertyDeclaration): Json =>
  typeof value === 'string'
    ? usualValue(value, declared)
    : Array.isArray(value) && value.some((one) => usualJson(one, declared) !== one)
      ? [...new Set(value.map((one) => usualJson(one, declared)))]
      : value
