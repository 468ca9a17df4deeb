import type { DeclaredResource, ReadResources } from '../declared-resource.js'
import { evaluate, type Scope } from './expression.js'
import { parseArmText } from './parse-arm-expression.js'
import { parseJson } from './parse-json.js'
import { placeOfMetadata, resourceOf, type Place } from './resource-of.js'
import { isMap, mapOf, memberOf, Unknown, valueAt, type Value } from './value.js'

const mostCopies = 200
const mostNested = 10
const mostSteps = 100_000
const mostDeep = 60

/** Whether a text is an ARM template by its `$schema`. */
export const isArmTemplate = (text: string): boolean =>
  /"\$schema"\s*:\s*"https?:\/\/schema\.management\.azure\.com\/[^"]*deploymentTemplate\.json/i.test(text)

/**
 * What an ARM template says that stands in Azure, as far as its expressions are constant. Throws nothing.
 * @param parameters the text of a parameter file; defaults count where it says nothing
 */
export function readArmTemplate(text: string, parameters?: string): ReadResources {
  const [template, given] = [parseJson(text), parameters === undefined ? undefined : parseJson(parameters)]
  if ('mistake' in template) return { resources: [], mistakes: [template.mistake] }
  const reader = new ArmReader()
  const values = given && 'value' in given ? valueAt(given.value as Value, 'parameters') : undefined
  reader.template(template.value as Value, valuesOf(values), {}, 0)
  return {
    resources: reader.resources,
    mistakes: [
      ...(given && 'mistake' in given ? [{ message: `the parameter file: ${given.mistake.message}` }] : []),
      ...[...reader.said].map((message) => ({ message })),
    ],
  }
}

/** `{ "sku": { "value": "P1v3" } }` as values; one that is kept in a vault is unknown. */
function valuesOf(parameters: Value | undefined): Map<string, Value> {
  if (!isMap(parameters)) return new Map()
  return new Map(
    Object.entries(parameters).map(([name, one]) => [
      name.toLowerCase(),
      memberOf(one, 'value') ?? new Unknown(`hangs on the parameter ${name}, which is a secret`),
    ]),
  )
}

class ArmReader {
  readonly resources: DeclaredResource[] = []
  readonly said = new Set<string>()
  readonly #budget = { steps: mostSteps }

  template(template: Value, given: ReadonlyMap<string, Value>, around: Place, depth: number): void {
    const place = { ...around, ...placeOfMetadata(memberOf(template, 'metadata')) }
    const scope = this.#scope(template, given, place)
    for (const one of listOf(memberOf(template, 'resources'))) this.#resource(one, undefined, scope, place, depth)
  }

  #resource(
    written: Value,
    parent: { type: string; name: Value } | undefined,
    scope: Scope,
    place: Place,
    depth: number,
  ): void {
    if (!isMap(written) || memberOf(written, 'existing') === true) return
    for (const round of this.#rounds(written, scope)) {
      const condition = work(memberOf(written, 'condition') ?? true, round)
      if (condition === false) continue
      const ownType = work(memberOf(written, 'type') ?? '', round)
      const type = [parent?.type, typeof ownType === 'string' ? ownType : ''].filter(Boolean).join('/')
      const name = joined(parent?.name, work(memberOf(written, 'name') ?? new Unknown('is missing'), round))
      const to = placeAt(written, round, place)
      if (type.toLowerCase() === 'microsoft.resources/deployments') this.#deployment(written, round, to, depth)
      else this.#add({ type, name, body: bodyOf(written, round), place: to, maybe: condition !== true }, written)
      for (const inner of listOf(memberOf(written, 'resources')))
        this.#resource(inner, { type, name }, round, to, depth)
    }
  }

  #add(made: Parameters<typeof resourceOf>[0], written: Value): void {
    const resource = resourceOf(made)
    if (!(resource instanceof Unknown)) this.resources.push(resource)
    else this.said.add(`the name of ${made.type || 'a resource'} ${say(memberOf(written, 'name'))} ${resource.why}`)
  }

  /** A deployment in a deployment: its template stands in it, or is linked, which is not read. */
  #deployment(written: Value, scope: Scope, place: Place, depth: number): void {
    const inner = valueAt(written, 'properties', 'template')
    if (!isMap(inner)) return void this.said.add('a linked template is not read: it stands at an address')
    if (depth >= mostNested) return void this.said.add(`its templates stand deeper in each other than ${mostNested}`)
    // Unless it is told to be inner, the template in it has the parameters of the one around it.
    const own = valueAt(written, 'properties', 'expressionEvaluationOptions', 'scope')
    if (String(own).toLowerCase() === 'inner')
      return this.template(
        inner,
        valuesOf(work(valueAt(written, 'properties', 'parameters') ?? {}, scope)),
        place,
        depth + 1,
      )
    for (const one of listOf(memberOf(inner, 'resources'))) this.#resource(one, undefined, scope, place, depth + 1)
  }

  /** Once, or once for each copy. */
  #rounds(written: Value, scope: Scope): Scope[] {
    const copy = memberOf(written, 'copy')
    if (!isMap(copy)) return [scope]
    const count = work(memberOf(copy, 'count') ?? 0, scope)
    const called = memberOf(copy, 'name')
    if (typeof count !== 'number') return [scope]
    return Array.from({ length: Math.min(Math.max(0, count), mostCopies) }, (_, at): Scope => ({
      ...scope,
      call: (name, args) => {
        if (name.toLowerCase() !== 'copyindex') return scope.call?.(name, args)
        const [first, second] = args
        if (typeof first === 'string' && first !== called) return scope.call?.(name, args)
        const offset = typeof first === 'string' ? second : first
        return at + (typeof offset === 'number' ? offset : 0)
      },
    }))
  }

  #scope(template: Value, given: ReadonlyMap<string, Value>, place: Place): Scope {
    const known = new Map<string, Value>()
    const once = (key: string, find: () => Value): Value => {
      const before = known.get(key)
      if (before !== undefined) return before
      known.set(key, new Unknown('hangs on itself'))
      const value = find()
      known.set(key, value)
      return value
    }
    const scope: Scope = {
      budget: this.#budget,
      name: (name) => new Unknown(`hangs on ${name}`),
      call: (name, args) => {
        const [first] = args
        const key = typeof first === 'string' ? first : ''
        switch (name.toLowerCase()) {
          case 'parameters':
            return once(`p ${key.toLowerCase()}`, () => this.#parameter(key, template, given, scope))
          case 'variables':
            return once(`v ${key.toLowerCase()}`, () => {
              const written = valueAt(template, 'variables', key)
              return written === undefined
                ? new Unknown(`hangs on the variable ${key}, which is not there`)
                : work(written, scope)
            })
          case 'resourcegroup':
            return mapOf([
              ['name', place.resourceGroup ?? azures("the resource group's name")],
              ['location', azures("the resource group's location")],
            ])
          case 'subscription':
            return mapOf([['subscriptionId', place.subscription ?? azures("the subscription's id")]])
          default:
            return undefined
        }
      },
    }
    return scope
  }

  #parameter(key: string, template: Value, given: ReadonlyMap<string, Value>, scope: Scope): Value {
    const value = given.get(key.toLowerCase())
    if (value !== undefined) return value
    const fallback = valueAt(template, 'parameters', key, 'defaultValue')
    return fallback === undefined
      ? new Unknown(`hangs on the parameter ${key}, which has no value in this repository`)
      : work(fallback, scope)
  }
}

const azures = (what: string) => new Unknown(`hangs on ${what}, which Azure works out`)

/** A value of a template with its expressions worked out. */
function work(value: Value, scope: Scope, depth = 0): Value {
  if (depth > mostDeep || --scope.budget.steps < 0) return new Unknown('is worked out in too many steps')
  if (typeof value === 'string') return evaluate(parseArmText(value), scope)
  if (Array.isArray(value)) return value.map((one) => work(one, scope, depth + 1))
  return isMap(value) ? mapOf(Object.entries(value).map(([key, one]) => [key, work(one, scope, depth + 1)])) : value
}

/** What of a resource is compared, worked out; the rest of it may be long. */
function bodyOf(written: Value, scope: Scope): Value {
  const names = ['location', 'sku', 'kind', 'zones', 'tags', 'properties']
  return mapOf(
    names.flatMap((name): [string, Value][] => {
      const value = memberOf(written, name)
      return value === undefined ? [] : [[name, work(value, scope)]]
    }),
  )
}

function placeAt(written: Value, scope: Scope, around: Place): Place {
  const [resourceGroup, subscription] = ['resourceGroup', 'subscriptionId'].map((key) => {
    const value = memberOf(written, key)
    return value === undefined ? undefined : work(value, scope)
  })
  return {
    ...around,
    ...(typeof resourceGroup === 'string' && { resourceGroup }),
    ...(typeof subscription === 'string' && { subscription }),
  }
}

/** Resources are a list, or since version 2.0 of the language a map by symbol. */
const listOf = (value: Value | undefined): Value[] =>
  Array.isArray(value) ? value : isMap(value) ? Object.values(value) : []

function joined(above: Value | undefined, name: Value): Value {
  if (above === undefined || name instanceof Unknown) return name
  if (above instanceof Unknown) return above
  return typeof above === 'string' && typeof name === 'string' ? `${above}/${name}` : name
}

const say = (name: Value | undefined): string => (typeof name === 'string' ? name.slice(0, 80) : '')
