import { folded, instantOf, isFilledMap, searchWords, textsOf } from '../../../../skills/kit/catalog/meets-filter.js'
import type { Entity, Json } from '../../../../skills/kit/model.js'

/** A row of the fact table: a property and one of its values as it is compared. */
export type FactRow = [property: string, value: string | number | Buffer]

/** Booleans as they are stored, so that true is not 1. */
export const storedBoolean = (value: boolean): Buffer => Buffer.from([value ? 1 : 0])

/** The properties that every entity has beside its own; an own one of such a name is shown, but not asked for. */
export const commonProperties: readonly string[] = ['name', 'id', 'kind', 'source']

/** Other names of an entity, by which it is found when it is called exactly so; no filter can name the property. */
export const aliasProperty = ' alias'

/** An entity as rows: what filters ask for, each value once. */
export function factsOf(entity: Entity): FactRow[] {
  const rows = new Map<string, FactRow>()
  const add = (property: string, value: FactRow[1]): void => {
    rows.set(`${property}\u0000${typeof value}\u0000${value.toString()}`, [property, value])
  }
  const addJson = (property: string, value: Json | undefined): void => {
    if (Array.isArray(value)) value.filter((item) => !Array.isArray(item)).forEach((item) => addJson(property, item))
    else if (typeof value === 'string' && value !== '') {
      add(property, folded(value))
      const at = instantOf(value)
      if (at !== undefined) add(`${property}@`, at)
    } else if (typeof value === 'number') add(property, value)
    else if (typeof value === 'boolean') add(property, storedBoolean(value))
  }
  add('name', folded(entity.name))
  add('id', folded(entity.id))
  add('kind', folded(entity.kind))
  for (const alias of entity.aliases) add(aliasProperty, folded(alias))
  for (const { source } of entity.sources) add('source', folded(source))
  for (const [property, value] of Object.entries(entity.props)) {
    if (!commonProperties.includes(property)) addJson(property, value)
    if (!isFilledMap(value)) continue
    if (!commonProperties.includes(property)) add(property, storedBoolean(true))
    for (const [key, item] of Object.entries(value)) addJson(`${property}.${key.toLowerCase()}`, item)
  }
  return [...rows.values()]
}

/** The words of an entity, as full text finds them: of its name, its aliases, its texts, and names written as one word. */
export type Words = readonly [name: string, alias: string, text: string, whole: string]

/** The words of an entity. */
export function wordsOf({ name, aliases, props }: Entity): Words {
  const words = (texts: readonly string[]): string => [...new Set(texts.flatMap(searchWords))].join(' ')
  const whole = [name, ...aliases].map(searchWords).filter(({ length }) => length > 1)
  return [
    words([name]),
    words(aliases),
    words(textsOf(props)),
    [...new Set(whole.map((parts) => parts.join('')))].join(' '),
  ]
}
