import { textProp } from '../../skills/kit/answer.js'
import { faultOf } from '../../skills/kit/argument-faults.js'
import type { Arg } from '../../skills/kit/arguments.js'
import type { Filter } from '../../skills/kit/catalog/filter.js'
import { badInput, notFound } from '../../skills/kit/errors.js'
import type { Entity, Json, Kind } from '../../skills/kit/model.js'
import type { Catalog } from '../../skills/kit/ports.js'
import type { Spoken } from '../language/read-moment.js'
import { readValue } from '../language/read-value.js'
import { eachOnce, refKey } from '../../skills/kit/ref-key.js'

/** More entities than this are typed by name, not picked from a list: a card stays under its size. */
export const mostChoices = 60

/** The entities a form's picker lists, or undefined where there are too many to list. */
export async function choicesOf(kinds: readonly Kind[], catalog: Pick<Catalog, 'find'>): Promise<Entity[] | undefined> {
  const pages = await Promise.all(
    kinds.map((kind) => catalog.find({ filter: { kinds: [kind] }, limit: mostChoices + 1 })),
  )
  const all = pages.flatMap(({ entities }) => entities)
  return all.length <= mostChoices ? all.sort(newestFirst) : undefined
}

/** Of what happened, such as incidents, the newest is meant most; what only is stays in the order of its names. */
const newestFirst = (a: Entity, b: Entity): number => {
  const [at, than] = [textProp(a, 'opened') ?? '', textProp(b, 'opened') ?? '']
  return at < than ? 1 : at > than ? -1 : 0
}

/**
 * Turns what a form sent, all of it strings, into an intent's arguments.
 * @param spoken when and where it was sent, for moments in words such as "tomorrow 9:00"
 * @throws Fault BadInput naming every wrong input, NotFound for a name nothing has
 */
export async function readForm(
  form: Record<string, Arg>,
  inputs: Record<string, Json>,
  catalog: Pick<Catalog, 'find' | 'search'>,
  spoken: Spoken,
): Promise<Record<string, Json>> {
  const args: Record<string, Json> = {}
  const faults: string[] = []
  for (const [name, arg] of Object.entries(form)) {
    const typed = inputs[name]
    if (typed === undefined || typed === null || typed === '') {
      if (!arg.optional) faults.push(`“${capital(arg.label)}” is empty`)
      continue
    }
    const value =
      arg.type === 'entity' ? await readEntity(arg.kinds, String(typed), catalog) : readPlain(arg, typed, spoken)
    const fault = faultOf(arg, value)
    if (fault) faults.push(fault)
    else args[name] = value
  }
  const [first = '', ...rest] = faults
  if (first) throw badInput(`${[capital(first), ...rest].join('; ')}.`, 'Correct the form and send it again.')
  return args
}

const capital = (label: string) => label.charAt(0).toUpperCase() + label.slice(1)

/** A plain value as it was typed, in the form that an intent carries; what is not one stays as it is, for `faultOf` to say so. */
function readPlain(arg: Exclude<Arg, { type: 'entity' }>, typed: Json, spoken: Spoken): Json {
  if (typeof typed !== 'string' || arg.type === 'text') return typed
  return readValue(arg, typed.trim(), spoken) ?? typed
}

async function readEntity(
  kinds: readonly Kind[],
  typed: string,
  catalog: Pick<Catalog, 'find' | 'search'>,
): Promise<Json> {
  const found = await calledSo(kinds, typed.trim().toLowerCase(), catalog)
  if (found.length === 1) return { kind: found[0]!.kind, id: found[0]!.id }
  if (found.length === 0)
    throw notFound(
      `There is no ${kinds.join(' or ').toLowerCase()} called “${typed.slice(0, 80)}”.`,
      'Check the name, or ask for it in words: near names are found there.',
    )
  throw badInput(`“${typed.slice(0, 80)}” could be ${found.map(refKey).join(' or ')}.`, 'Write one of these in full.')
}

/** Most of one name that are told apart. */
const mostAlike = 20

/** What has exactly this name, in lower case: its id, its name, one of its other names, or `Kind/id`. */
async function calledSo(
  kinds: readonly Kind[],
  wanted: string,
  catalog: Pick<Catalog, 'find' | 'search'>,
): Promise<Entity[]> {
  const ids = [wanted, ...kinds.flatMap((kind) => (isOfKind(wanted, kind) ? [wanted.slice(kind.length + 1)] : []))]
  const named: Filter = {
    any: [
      { property: 'id', in: ids },
      { property: 'name', is: '=', value: wanted },
    ],
  }
  const [page, hits] = await Promise.all([
    catalog.find({ filter: { all: [{ kinds }, named] }, limit: mostAlike }),
    // Other names are found by their words, the best first.
    catalog.search(wanted, { kinds, limit: mostAlike }),
  ])
  const isCalledSo = (entity: Entity) =>
    [refKey(entity), entity.id, entity.name, ...entity.aliases].some((name) => name.toLowerCase() === wanted)
  const found = [...page.entities, ...hits.map(({ entity }) => entity)].filter(isCalledSo)
  return eachOnce(found)
}

const isOfKind = (choice: string, kind: Kind): boolean => choice.startsWith(`${kind.toLowerCase()}/`)
