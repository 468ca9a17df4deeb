import type { Json, Kind } from '../../skills/kit/model.js'
import type { Catalog } from '../../skills/kit/ports.js'

/** Arguments as people and scripts read them: an entity has its name beside its kind and id. */
export async function nameArguments(
  args: Record<string, Json>,
  catalog: Pick<Catalog, 'get'>,
): Promise<Record<string, Json>> {
  const named = Object.entries(args).map(async ([name, value]): Promise<[string, Json]> => {
    if (!isRef(value)) return [name, value]
    const entity = await catalog.get(value)
    return [name, { kind: value.kind, id: value.id, name: entity?.name ?? value.id }]
  })
  return Object.fromEntries(await Promise.all(named))
}

const isRef = (value: Json): value is { kind: Kind; id: string } =>
  typeof value === 'object' &&
  value !== null &&
  !Array.isArray(value) &&
  typeof value.kind === 'string' &&
  typeof value.id === 'string'
