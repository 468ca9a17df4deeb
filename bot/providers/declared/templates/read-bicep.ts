import { placeIn, type DeclaredResource, type ReadResources } from '../declared-resource.js'
import { resolvePath } from '../declaring-file.js'
import { callOf } from './deployment-functions.js'
import { evaluate, type Expression, type Scope } from './expression.js'
import { parseBicep, type BicepBlock, type BicepFile } from './parse-bicep.js'
import { placeOfMetadata, placeOfScope, resourceOf, type Place } from './resource-of.js'
import { mapOf, memberOf, Unknown, type Value } from './value.js'

/** Files by path, as a template names its modules. */
export interface BicepFiles {
  /** The text of a file of the repository; undefined where there is none. */
  text(path: string): string | undefined
}

/** How deep modules may call each other, how many times a resource may stand in a loop, and how much a template may work out. */
const mostModules = 10
const mostRounds = 200
const mostSteps = 100_000
/** A module that is no file: in a registry, or a template spec. */
const inRegistry = /^(br|ts)[:/]/

/**
 * What a Bicep file, with all modules it calls, says that stands in Azure. What hangs on something that only Azure knows is left out and
 * said. Throws nothing.
 * @param path of the template, or of a parameter file, whose values then count
 */
export function readBicep(path: string, files: BicepFiles): ReadResources {
  const reader = new BicepReader(files)
  const source = files.text(path) ?? ''
  const file = parseBicep(source)
  if (file.using === undefined) reader.template(path, source, file, new Map(), {}, 0)
  else reader.parameters(path, source, file)
  return { resources: reader.resources, mistakes: reader.mistakes }
}

/** The paths of the modules that a file calls, from the repository's root on. */
export function modulesOf(path: string, source: string): string[] {
  const called = parseBicep(source).blocks.flatMap(({ is, names }) =>
    is === 'module' && names.is === 'value' ? [String(names.value)] : [],
  )
  return called.filter((target) => !inRegistry.test(target)).flatMap((target) => resolvePath(path, target) ?? [])
}

/** The template that a parameter file is for, from the repository's root on. */
export function templateOf(path: string, source: string): string | undefined {
  const { using } = parseBicep(source)
  return using ? resolvePath(path, using) : undefined
}

class BicepReader {
  readonly resources: DeclaredResource[] = []
  readonly mistakes: ReadResources['mistakes'] = []
  readonly #budget = { steps: mostSteps }
  /** The file that is being read, where it is not the one that was asked for. */
  #within = ''

  constructor(private readonly files: BicepFiles) {}

  parameters(path: string, source: string, file: BicepFile): void {
    for (const fault of file.faults) this.#say(source, fault.at, fault.message)
    const target = resolvePath(path, file.using!)
    const text = target === undefined ? undefined : this.files.text(target)
    if (target === undefined || text === undefined)
      return this.#say(source, 0, `the template ${file.using!} is not in this repository`)
    const scope = this.#scope(file, new Map(), {})
    const given = new Map(
      [...file.parameters].map(([name, value]) => [name, value ? evaluate(value, scope) : new Unknown('has no value')]),
    )
    const place = this.#place(file, scope, {})
    this.#in(target, () => this.template(target, text, parseBicep(text), given, place, 1))
  }

  template(
    path: string,
    source: string,
    file: BicepFile,
    given: Map<string, Value>,
    around: Place,
    depth: number,
  ): void {
    for (const fault of file.faults) this.#say(source, fault.at, fault.message)
    const scope = this.#scope(file, given, around)
    const place = this.#place(file, scope, around)
    for (const block of file.blocks) {
      if (block.is === 'resource') this.#resource(block, undefined, source, this.#scope(file, given, place), place)
      else this.#module(block, path, source, this.#scope(file, given, place), place, depth)
    }
  }

  #place(file: BicepFile, scope: Scope, around: Place): Place {
    const said = file.metadata.get('nexus')
    return said ? { ...around, ...placeOfMetadata(mapOf([['nexus', evaluate(said, scope)]])) } : around
  }

  /** One resource, or one for each round of its loop, and those that are written in its body. */
  #resource(
    block: BicepBlock,
    parent: { type: string; name: Value } | undefined,
    source: string,
    scope: Scope,
    place: Place,
  ): void {
    const [written = '', version] = this.#nameOf(block, scope).split('@')
    if (parent ? false : version === undefined)
      return this.#say(source, block.at, `${block.symbol} has no type with a version`)
    const type = parent && !written.includes('.') ? `${parent.type}/${written}` : written
    for (const { body, condition } of this.#rounds(block, scope)) {
      if (condition === false) continue
      const above = memberOf(body, 'parent')
      const name = joinNames(
        parent?.name ?? memberOf(above, fullName),
        memberOf(body, 'name') ?? new Unknown('is missing'),
      )
      const to = placeOfScope(memberOf(body, 'scope'), place)
      // A resource whose scope is another resource, such as a lock, is no row of the catalog.
      if (!block.existing && to) this.#add({ type, name, body, place: to, maybe: condition !== true }, block, source)
      for (const inner of block.inside) this.#resource(inner, { type, name }, source, scope, place)
    }
  }

  #add(written: Parameters<typeof resourceOf>[0], block: BicepBlock, source: string): void {
    const resource = resourceOf(written)
    if (resource instanceof Unknown) this.#say(source, block.at, `the name of ${block.symbol} ${resource.why}`)
    else this.resources.push(resource)
  }

  #module(block: BicepBlock, path: string, source: string, scope: Scope, place: Place, depth: number): void {
    const target = this.#nameOf(block, scope)
    if (inRegistry.test(target))
      return this.#say(source, block.at, `the module ${target} is in a registry, which is not read`)
    const file = resolvePath(path, target)
    const text = file === undefined ? undefined : this.files.text(file)
    if (file === undefined || text === undefined)
      return this.#say(source, block.at, `the module ${target} is not in this repository`)
    if (depth >= mostModules)
      return this.#say(source, block.at, `the modules call each other deeper than ${mostModules}`)
    const read = parseBicep(text)
    for (const { body, condition } of this.#rounds(block, scope)) {
      if (condition === false) continue
      const params = memberOf(body, 'params')
      const given = new Map(
        [...read.parameters.keys()].flatMap((name): [string, Value][] => {
          const value = params instanceof Unknown ? params : memberOf(params, name)
          return value === undefined ? [] : [[name, value]]
        }),
      )
      const to = placeOfScope(memberOf(body, 'scope'), place) ?? {}
      const before = this.resources.length
      this.#in(file, () => this.template(file, text, read, given, to, depth + 1))
      if (condition !== true) for (const one of this.resources.slice(before)) one.maybe = true
    }
  }

  /** The body of a block, once, or for each item of its loop. */
  #rounds(block: BicepBlock, scope: Scope): { body: Value; condition: Value }[] {
    const once = (inner: Scope) => ({
      body: evaluate(block.body, inner),
      condition: block.condition ? evaluate(block.condition, inner) : true,
    })
    if (!block.loop) return [once(scope)]
    const { item, index, of } = block.loop
    const items = evaluate(of, scope)
    if (!Array.isArray(items))
      return [{ body: items instanceof Unknown ? items : new Unknown('goes over no list'), condition: true }]
    return items
      .slice(0, mostRounds)
      .map((one, at) =>
        once({ ...scope, name: (name) => (name === item ? one : name === index ? at : scope.name(name)) }),
      )
  }

  #nameOf({ names }: BicepBlock, scope: Scope): string {
    const value = evaluate(names, scope)
    return typeof value === 'string' ? value : ''
  }

  /** The names of a file: its parameters as they were given, its variables, and of its resources what is known before they stand. */
  #scope(file: BicepFile, given: ReadonlyMap<string, Value>, place: Place): Scope {
    const known = new Map<string, Value>()
    const scope: Scope = {
      budget: this.#budget,
      call: (name, args) => callOf(name, args, place),
      name: (name) => {
        const before = known.get(name)
        if (before !== undefined) return before
        known.set(name, new Unknown('hangs on itself'))
        const value = this.#named(name, file, given, scope)
        known.set(name, value)
        return value
      },
    }
    return scope
  }

  #named(name: string, file: BicepFile, given: ReadonlyMap<string, Value>, scope: Scope): Value {
    const argument = given.get(name)
    if (argument !== undefined) return argument
    const written: Expression | undefined = file.variables.get(name) ?? file.parameters.get(name)
    if (written) return evaluate(written, scope)
    if (file.parameters.has(name))
      return new Unknown(`hangs on the parameter ${name}, which has no value in this repository`)
    const block = file.blocks.find(({ symbol }) => symbol === name)
    return block?.is === 'resource' && !block.loop ? this.#symbol(block, scope) : new Unknown(`hangs on ${name}`)
  }

  #symbol(block: BicepBlock, scope: Scope): Value {
    const entries = block.body.is === 'map' ? block.body.entries : []
    const named = (key: string) => entries.find(([one]) => one.is === 'value' && one.value === key)?.[1]
    const own = (key: string): Value | undefined => {
      const written = named(key)
      return written && evaluate(written, scope)
    }
    const [name, location] = [own('name'), own('location')]
    const full = joinNames(memberOf(own('parent'), fullName), name ?? new Unknown('is missing'))
    return mapOf([
      ...(name === undefined ? [] : [['name', name] as const]),
      ...(location === undefined ? [] : [['location', location] as const]),
      [fullName, full],
    ])
  }

  #in(file: string, read: () => void): void {
    const outer = this.#within
    this.#within = file
    read()
    this.#within = outer
  }

  #say(source: string, at: number, message: string): void {
    const place = placeIn(source, at)
    this.mistakes.push(
      this.#within ? { message: `${message} (${this.#within}, line ${place.line})` } : { ...place, message },
    )
  }
}

/** Under which a symbol keeps its name with those above it; no property of ARM is called so. */
const fullName = '#fullName'

function joinNames(above: Value | undefined, name: Value): Value {
  if (above instanceof Unknown) return above
  return typeof above === 'string' && typeof name === 'string' ? `${above}/${name}` : name
}
