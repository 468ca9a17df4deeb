import type { Entity } from '../../skills/kit/model.js'

/** What may tell namesakes apart, in the order in which people would say it. */
const tellingProps = ['environment', 'region', 'resourceGroup', 'repository', 'title'] as const

/**
 * A title for each entity by which no two are confused: the name, and where others have it too, the first property by which all
 * of them differ, else their kind or a number.
 */
export function tellApart(entities: readonly Entity[]): string[] {
  return entities.map((entity) => {
    const namesakes = entities.filter(({ name }) => name === entity.name)
    if (namesakes.length === 1) return entity.name
    const differs = (tell: (one: Entity) => unknown) => new Set(namesakes.map(tell)).size === namesakes.length
    const telling = tellingProps.find((prop) => differs(({ props }) => props[prop]) && namesakes.every(hasText(prop)))
    if (telling) return `${entity.name} · ${entity.props[telling] as string}`
    return `${entity.name} · ${differs(({ kind }) => kind) ? entity.kind : namesakes.indexOf(entity) + 1}`
  })
}

const hasText =
  (prop: string) =>
  ({ props }: Entity): boolean =>
    typeof props[prop] === 'string' && props[prop] !== ''
