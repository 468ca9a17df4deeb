import { faultOf } from '../../skills/kit/argument-faults.js'
import type { Arg, Args } from '../../skills/kit/arguments.js'
import { readFilter } from '../../skills/kit/catalog/read-filter.js'
import { badInput, notFound } from '../../skills/kit/errors.js'
import { takesKind, type Entity, type Json, type Kind, type Ref } from '../../skills/kit/model.js'
import type { Catalog } from '../../skills/kit/ports.js'

/** The arguments of an intent, checked: values for `run`, and the names of compulsory ones that are absent. */
export interface Parsed {
  values: Record<string, unknown>
  missing?: string[]
}

/**
 * Turns an intent's JSON into what a command's `run` takes; entities are read from the catalog, filters against its kinds.
 * @throws Fault BadInput for a value of the wrong type or an argument that is not declared, NotFound for an entity that is gone
 */
export async function parseArguments(
  args: Args,
  given: Record<string, Json>,
  catalog: Pick<Catalog, 'get' | 'kinds'>,
): Promise<Parsed> {
  const foreign = Object.keys(given).find((name) => !Object.hasOwn(args, name))
  if (foreign !== undefined)
    throw badInput(
      `There is no argument “${foreign.slice(0, 80)}”.`,
      `It takes ${Object.keys(args).join(', ') || 'no arguments'}.`,
    )
  const missing: string[] = []
  const values: Record<string, unknown> = {}
  for (const [name, arg] of Object.entries(args)) {
    const value = given[name]
    if (value !== undefined && value !== null && value !== '') values[name] = await parseOne(arg, value, catalog)
    else if (!arg.optional) missing.push(name)
  }
  return { values, ...(missing.length && { missing }) }
}

async function parseOne(arg: Arg, given: Json, catalog: Pick<Catalog, 'get' | 'kinds'>): Promise<unknown> {
  const fault = faultOf(arg, given)
  if (fault) throw badInput(`${capital(fault)}.`)
  if (arg.type === 'entity') return findEntity(arg.kinds, given as unknown as Ref, catalog)
  return arg.type === 'filter' ? readFilter(String(given), await catalog.kinds()) : given
}

async function findEntity(kinds: readonly Kind[], { kind, id }: Ref, catalog: Pick<Catalog, 'get'>): Promise<Entity> {
  if (!takesKind(kinds, kind)) throw badInput(`This takes a ${kinds.join(' or ')}, not a ${kind}.`)
  const entity = await catalog.get({ kind, id })
  if (!entity)
    throw notFound(`${kind} ${id} is not in the catalog any more.`, 'Ask for it by name to see what is there.')
  return entity
}

const capital = (sentence: string) => sentence.charAt(0).toUpperCase() + sentence.slice(1)
