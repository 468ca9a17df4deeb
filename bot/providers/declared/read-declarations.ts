import { resolvePath, type DeclaringFile } from './declaring-file.js'
import type { DeclaredResource, ReadResources } from './declared-resource.js'
import type { FoundDescriptor } from './descriptor-index.js'
import type { PlacedMistake } from './mistake.js'
import { parseDescriptors } from './parse-descriptors.js'
import { readOpenApi, type OpenApi } from './read-openapi.js'
import { readTerraformState } from './read-terraform-state.js'
import { isArmTemplate, readArmTemplate } from './templates/read-arm-template.js'
import { modulesOf, readBicep, templateOf } from './templates/read-bicep.js'
import { parametersOf, type FileKind } from './which-files.js'

/** What the files of a repository declare. */
export interface Declarations {
  descriptors: FoundDescriptor[]
  apis: { file: DeclaringFile; api: OpenApi }[]
  resources: { file: DeclaringFile; resource: DeclaredResource }[]
  mistakes: PlacedMistake[]
  /** Files that could not be read as a whole: what they declared before still holds. */
  broken: string[]
}

/** A file that was read. */
export interface FileText {
  file: DeclaringFile
  kind: FileKind
  text: string
}

/** What files of one repository declare, each read for itself and templates with their modules and parameters. Pure; throws nothing. */
export function readDeclarations(files: readonly FileText[]): Declarations {
  const read: Declarations = { descriptors: [], apis: [], resources: [], mistakes: [], broken: [] }
  const byPath = new Map(files.map((one) => [one.file.path, one]))
  const entries = entriesOf(files)
  for (const one of files) {
    if (one.kind === 'descriptors') takeDescriptors(one, read)
    else if (one.kind === 'openapi') takeApi(one, read)
    else if (one.kind === 'terraform') takeResources(one, readTerraformState(one.text), read)
    else if (one.kind === 'bicep' && entries.has(one.file.path))
      takeResources(one, readBicep(one.file.path, { text: (path) => byPath.get(path)?.text }), read)
    else if (one.kind === 'arm' && isArmTemplate(one.text)) takeTemplate(one, byPath, read)
  }
  return read
}

/** Bicep files that are deployed by themselves: no other calls them as a module, and none gives them parameters. */
function entriesOf(files: readonly FileText[]): Set<string> {
  const bicep = files.filter(({ kind }) => kind === 'bicep')
  const called = new Set(
    bicep.flatMap(({ file: { path }, text }) =>
      path.endsWith('.bicepparam') ? (templateOf(path, text) ?? []) : modulesOf(path, text),
    ),
  )
  return new Set(bicep.map(({ file }) => file.path).filter((path) => !called.has(path)))
}

function takeDescriptors({ file, text }: FileText, read: Declarations): void {
  const { descriptors, mistakes } = parseDescriptors(file.path, text)
  read.descriptors.push(...descriptors.map((one): FoundDescriptor => ({ ...one, file })))
  read.mistakes.push(...mistakes.map((one) => ({ ...one, repository: file.repository })))
  if (mistakes.length) read.broken.push(file.path)
}

function takeApi({ file, text }: FileText, read: Declarations): void {
  const found = readOpenApi(file.path, text)
  if (!found) return
  if (found.api) read.apis.push({ file, api: found.api })
  else read.broken.push(file.path)
  read.mistakes.push(...found.mistakes.map((one) => ({ ...one, repository: file.repository })))
}

/** A template once for each of its parameter files, or once with its defaults. */
function takeTemplate(one: FileText, byPath: ReadonlyMap<string, FileText>, read: Declarations): void {
  const parameters = parametersOf(one.file.path, [...byPath.keys()])
  for (const path of parameters.length ? parameters : [undefined])
    takeResources(one, readArmTemplate(one.text, path === undefined ? undefined : byPath.get(path)!.text), read)
}

function takeResources({ file }: FileText, { resources, mistakes }: ReadResources, read: Declarations): void {
  read.resources.push(...resources.map((resource) => ({ file, resource })))
  read.mistakes.push(...mistakes.map((one) => ({ ...one, file: file.path, repository: file.repository })))
  if (!resources.length && mistakes.length) read.broken.push(file.path)
}

/** The files that descriptors name: the targets of Locations, and the definitions of APIs. */
export function namedFiles(descriptors: readonly FoundDescriptor[]): NamedFile[] {
  return descriptors.flatMap((one): NamedFile[] => {
    if (one.kind === 'location')
      return [...(one.spec.target ? [one.spec.target] : []), ...one.spec.targets].map((target) => ({
        ...{ by: one, target, kind: 'descriptors' },
        ...(one.spec.presence === 'optional' && { optional: true as const }),
      }))
    const target = one.kind === 'api' ? definitionTarget(one.spec.definition) : undefined
    return target === undefined ? [] : [{ by: one, target, kind: 'openapi' }]
  })
}

/** A file that a descriptor names. */
export interface NamedFile {
  by: FoundDescriptor
  /** A path from the file on, which may be a pattern, or an address. */
  target: string
  kind: 'descriptors' | 'openapi'
  optional?: true
}

/** Where the definition of an API stands, where it is not written in the descriptor (backstage.io, "Substitutions in the Descriptor Format"). */
export function definitionTarget(definition: unknown): string | undefined {
  if (typeof definition !== 'object' || definition === null) return undefined
  const values = definition as Record<string, unknown>
  const target = ['$text', '$openapi', '$yaml', '$json']
    .map((key) => values[key])
    .find((one) => typeof one === 'string')
  return target as string | undefined
}

/** A target as a path of the repository of the file that names it; undefined where it is an address, or leads out of it. */
export const pathOfTarget = ({ by, target }: NamedFile): string | undefined =>
  /^[a-z][a-z0-9+.-]*:/i.test(target) ? undefined : resolvePath(by.file.path, target)

/**
 * What a repository declares now, where some of its files are broken: what those declared before, and do not now, stays as it was.
 * @param before what was read last; undefined the first time
 */
export function keepBroken(now: Declarations, before: Declarations | undefined): Declarations {
  if (!before || !now.broken.length) return now
  const broken = new Set(now.broken)
  const kept = <T extends { file: DeclaringFile }>(
    old: readonly T[],
    fresh: readonly T[],
    keyOf: (one: T) => string,
  ): T[] => {
    const known = new Set(fresh.map((one) => `${one.file.path} ${keyOf(one)}`))
    return old.filter((one) => broken.has(one.file.path) && !known.has(`${one.file.path} ${keyOf(one)}`))
  }
  return {
    ...now,
    descriptors: [...now.descriptors, ...kept(before.descriptors, now.descriptors, nameOf)],
    apis: [...now.apis, ...kept(before.apis, now.apis, () => '')],
    resources: [
      ...now.resources,
      ...kept(before.resources, now.resources, ({ resource }) => `${resource.type} ${resource.name}`),
    ],
  }
}

const nameOf = (one: FoundDescriptor): string => `${one.kind} ${one.namespace} ${one.name}`
