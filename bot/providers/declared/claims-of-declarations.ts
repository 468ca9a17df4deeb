import { plainName } from '../../../skills/kit/entity-ids.js'
import type { Claim, Ref } from '../../../skills/kit/model.js'
import { ClaimBook } from './claim-book.js'
import { addDescriptors } from './claims-of-descriptors.js'
import { resolvePath } from './declaring-file.js'
import type { DescriptorIndex, DescriptorSurroundings, FoundDescriptor } from './descriptor-index.js'
import { driftOf, sayDifference } from './drift.js'
import type { LiveResources } from './link-resource.js'
import { sayMistake, type PlacedMistake } from './mistake.js'
import { definitionTarget, type Declarations } from './read-declarations.js'
import { readOpenApi, type OpenApi } from './read-openapi.js'

/** What a repository declares, and what it is called. */
export interface DeclaringRepository extends Declarations {
  ref: Ref
  fullName: string
}

/** What is known beside the files. */
export interface Surroundings extends DescriptorSurroundings {
  /** Azure's resources, as sources other than the files know them. */
  resources: LiveResources
}

/** Entries of a list on a repository's card; more say no more. */
const mostListed = 20

/**
 * What all repositories together declare: services, APIs, teams, people, and of Azure's resources where they are declared and how they differ.
 * Pure. What nobody but a file knows to stand in Azure is no resource: its repository says that it is not there.
 * @param repositories in the order in which they count
 */
export function claimsOfDeclarations(
  repositories: readonly DeclaringRepository[],
  around: Surroundings,
): { claims: Claim[]; mistakes: PlacedMistake[] } {
  const book = new ClaimBook()
  const descriptors = repositories.flatMap((one) => one.descriptors)
  const { index, mistakes } = addDescriptors(descriptors, around, book)
  const found = [...repositories.flatMap((one) => one.mistakes), ...mistakes]
  addApis(repositories, descriptors, index, book, found)
  const absent = addResources(repositories, around.resources, book, found)
  for (const { ref, fullName } of repositories) {
    const own = found.filter(({ repository }) => repository.id === ref.id).map(sayMistake)
    const gone = absent.get(ref.id) ?? []
    if (own.length || gone.length)
      book.add({
        ...ref,
        name: fullName.split('/').at(-1)!,
        props: {
          ...(own.length && { declarationMistakes: own.slice(0, mostListed) }),
          ...(gone.length && { undeployed: gone.slice(0, mostListed) }),
        },
      })
  }
  return { claims: book.all(), mistakes: found }
}

/** APIs of OpenAPI files: the one whose descriptor names the file, else one by its title; and the service that provides it. */
function addApis(
  repositories: readonly DeclaringRepository[],
  descriptors: readonly FoundDescriptor[],
  index: DescriptorIndex,
  book: ClaimBook,
  mistakes: PlacedMistake[],
): void {
  const named = new Map<string, Ref>()
  for (const one of descriptors) {
    if (one.kind !== 'api') continue
    const target = definitionTarget(one.spec.definition)
    const path = target === undefined ? undefined : resolvePath(one.file.path, target)
    if (path !== undefined) named.set(`${one.file.repository.id} ${path}`, index.refOf(one))
    if (typeof one.spec.definition === 'string') addInline(one, one.spec.definition, index, book, mistakes)
  }
  for (const { ref, fullName, apis, descriptors: own } of repositories)
    for (const { file, api } of apis) {
      const told = named.get(`${ref.id} ${file.path}`)
      const titled = { kind: 'Api', id: plainName(api.title) }
      const taken = !told && book.has(titled)
      const id =
        told ?? (taken ? { kind: 'Api', id: plainName(`${fullName.split('/').at(-1)!} ${api.title}`) } : titled)
      book.add(claimOfApi(id, api, file))
      if (!told) addProvider(id, file.path, own, index, book)
    }
}

/** A definition that is written in the descriptor. */
function addInline(
  one: FoundDescriptor,
  text: string,
  index: DescriptorIndex,
  book: ClaimBook,
  mistakes: PlacedMistake[],
): void {
  const read = readOpenApi(one.file.path, text)
  if (read?.api) book.add(claimOfApi(index.refOf(one), read.api, one.file))
  const { repository, path: file } = one.file
  const at = { repository, file, line: one.line, column: one.column }
  for (const { message } of read?.mistakes ?? []) mistakes.push({ ...at, message: `spec.definition: ${message}` })
}

const claimOfApi = (ref: Ref, api: OpenApi, file: FoundDescriptor['file']): Claim => ({
  ...ref,
  name: api.title,
  props: { ...api.props, file: file.path, url: file.url },
  relations: [{ type: 'declaredBy', to: file.repository, why: file.path }],
})

/** The component that stands nearest above the file, where it is the only one there, provides what nobody else says to provide. */
function addProvider(
  api: Ref,
  path: string,
  descriptors: readonly FoundDescriptor[],
  index: DescriptorIndex,
  book: ClaimBook,
): void {
  const folderOf = (file: string) => file.split('/').slice(0, -1).join('/')
  const isAbove = (folder: string) => folder === '' || `${folderOf(path)}/`.startsWith(`${folder}/`)
  const above = descriptors.filter((one) => one.kind === 'component' && isAbove(folderOf(one.file.path)))
  const deepest = Math.max(...above.map(({ file }) => folderOf(file.path).length))
  const nearest = above.filter(({ file }) => folderOf(file.path).length === deepest)
  const [service] = nearest
  if (!service || nearest.length > 1) return
  book.add({
    ...index.refOf(service),
    name: service.name,
    props: {},
    relations: [{ type: 'provides', to: api, why: path }],
  })
}

/** Where resources are declared, and how they differ. @returns by repository, what is declared and does not stand */
function addResources(
  repositories: readonly DeclaringRepository[],
  live: LiveResources,
  book: ClaimBook,
  mistakes: PlacedMistake[],
): Map<string, string[]> {
  const absent = new Map<string, string[]>()
  const drift = new Map<string, string[]>()
  for (const { ref, resources } of repositories)
    for (const { file, resource } of resources) {
      const found = live.find(resource)
      const said = `${resource.type} ${resource.name}`
      if (found === 'several')
        mistakes.push({
          ...{ repository: ref, file: file.path },
          message: `several resources are called ${said}; metadata nexus = { resourceGroup: '…' } says which is meant`,
        })
      else if (found) {
        const differences = driftOf(resource, found).map(sayDifference)
        const why = differences.length ? `${file.path}, differs: ${differences.join(', ')}` : file.path
        drift.set(found.id, [...(drift.get(found.id) ?? []), ...differences.map((one) => `${one} in ${file.path}`)])
        book.add({
          kind: found.kind,
          id: found.id,
          name: found.name,
          props: {},
          relations: [{ type: 'declaredBy', to: ref, why }],
        })
      } else if (!resource.maybe && live.lists(resource.type))
        absent.set(ref.id, [...(absent.get(ref.id) ?? []), `${said} (${file.path})`])
    }
  for (const claim of book.all()) {
    const found = drift.get(claim.id)
    if (claim.kind === 'Resource' && found?.length) claim.props['drift'] = [...new Set(found)]
  }
  return absent
}
