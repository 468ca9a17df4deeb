import { personRef } from '../../../skills/kit/entity-ids.js'
import type { Claim, Json, Ref, RelationType } from '../../../skills/kit/model.js'
import type { ClaimBook } from './claim-book.js'
import { DescriptorIndex, type DescriptorSurroundings, type FoundDescriptor } from './descriptor-index.js'
import { annotated, dataOf, described, linksOf, namesOf, repositoriesOf, runbookOf } from './descriptor-props.js'
import { parseReference } from './entity-reference.js'
import type { PlacedMistake } from './mistake.js'

type Relations = NonNullable<Claim['relations']>
type Declared<K extends FoundDescriptor['kind']> = K extends unknown ? Extract<FoundDescriptor, { kind: K }> : never

/** What an owner stands on, in the words of the precedence of owners. */
const why = 'catalog-info.yaml'

/**
 * What descriptors say of the catalog's entities. A Component and a Resource are services, but a Resource that names what it is in Azure
 * is that resource; an API is one, a Group a team, a User a person. A System and a Domain are words of the services in them, unless the
 * organisation has a blueprint for them.
 * @param found in the order in which they count: of two that declare the same the first stands, and the other is a mistake
 * @param book where the claims are added
 */
export function addDescriptors(
  found: readonly FoundDescriptor[],
  around: DescriptorSurroundings,
  book: ClaimBook,
): { index: DescriptorIndex; mistakes: PlacedMistake[] } {
  const index = new DescriptorIndex(found, around)
  const reader = new DescriptorReader(index, around, book)
  for (const one of found) reader.take(one)
  return { index, mistakes: reader.mistakes }
}

class DescriptorReader {
  readonly mistakes: PlacedMistake[] = []

  constructor(
    private readonly index: DescriptorIndex,
    private readonly around: DescriptorSurroundings,
    private readonly book: ClaimBook,
  ) {}

  take(one: FoundDescriptor): void {
    const first = this.index.first(one)
    if (first !== one) return this.#complain(one, `${one.name} is declared already, in ${placeOf(first, one)}`)
    if (one.kind === 'component' || one.kind === 'resource') this.#takeService(one)
    else if (one.kind === 'api') this.#takeApi(one)
    else if (one.kind === 'group') this.#takeGroup(one)
    else if (one.kind === 'user') this.#takeUser(one)
    else if (one.kind === 'own' || one.kind === 'system' || one.kind === 'domain') this.#takeOwn(one)
  }

  #takeService(one: Declared<'component' | 'resource'>): void {
    const ref = this.index.refOf(one)
    const system = one.spec.system ? this.index.find(one.spec.system, 'system', one) : undefined
    const isAzure = ref.kind === 'Resource'
    const { repository, path } = one.file
    this.book.add({
      ...ref,
      ...namesOf(one),
      props: { ...described(one), ...(isAzure ? dataOf(one) : this.#serviceProps(one, system)) },
      relations: [
        ...(isAzure
          ? [{ type: 'declaredBy' as const, to: repository, why: path }]
          : repositoriesOf(one).map((to) => ({ type: 'builtFrom' as const, to }))),
        ...this.#owner(one.spec.owner, one, system),
        ...one.spec.dependsOn.flatMap((text) => this.#dependency(text, one)),
        ...(one.kind === 'component' ? this.#componentRelations(one) : []),
      ],
    })
    for (const text of one.spec.dependencyOf)
      for (const { to } of this.#dependency(text, one)) this.#relate(to, 'dependsOn', ref)
  }

  #serviceProps(one: Declared<'component' | 'resource'>, system: FoundDescriptor | undefined): Claim['props'] {
    const { type, lifecycle, system: written } = one.spec
    const domain = system?.kind === 'system' ? system.spec.domain : undefined
    return {
      ...annotated(one),
      form: type ?? one.kind,
      ...(lifecycle && { lifecycle }),
      ...(written && { system: titleOf(system) ?? lastName(written) }),
      ...(domain && { domain: titleOf(this.index.find(domain, 'domain', system!)) ?? lastName(domain) }),
      ...(one.tags.length && { tags: one.tags }),
      ...(Object.keys(one.labels).length && { labels: one.labels }),
      ...linksOf(one),
      ...runbookOf(one),
    }
  }

  #componentRelations(one: Declared<'component'>): Relations {
    const { subcomponentOf, providesApis, consumesApis } = one.spec
    return [
      ...this.#relations('partOf', subcomponentOf ? [subcomponentOf] : [], 'component', one),
      ...this.#relations('provides', providesApis, 'api', one),
      ...this.#relations('consumes', consumesApis, 'api', one),
    ]
  }

  #takeApi(one: Declared<'api'>): void {
    const { spec } = one
    const system = spec.system ? this.index.find(spec.system, 'system', one) : undefined
    this.book.add({
      ...this.index.refOf(one),
      ...namesOf(one),
      props: {
        ...described(one),
        ...(spec.type && { form: spec.type }),
        ...(spec.lifecycle && { lifecycle: spec.lifecycle }),
        ...(one.tags.length && { tags: one.tags }),
        ...linksOf(one),
      },
      relations: [
        ...this.#owner(spec.owner, one, system),
        { type: 'declaredBy', to: one.file.repository, why: one.file.path },
      ],
    })
  }

  #takeGroup(one: Declared<'group'>): void {
    const { profile, parent, children, members } = one.spec
    const ref = this.index.refOf(one)
    this.book.add({
      ...ref,
      name: profile?.displayName ?? one.title ?? one.name,
      aliases: [one.name],
      props: { ...described(one), ...(profile?.email && { mail: profile.email }) },
      relations: this.#relations('partOf', parent ? [parent] : [], 'group', one),
    })
    for (const text of children)
      for (const { to } of this.#relations('partOf', [text], 'group', one)) this.#relate(to, 'partOf', ref)
    for (const text of members) this.#addMember(text, ref, one)
  }

  #takeUser(one: Declared<'user'>): void {
    const { profile, memberOf } = one.spec
    const mail = profile?.email ?? this.around.personNamed(one.name)?.mail
    if (!mail)
      return this.#complain(one, `spec.profile.email: is missing, and nobody in the catalog is called ${one.name}`)
    this.book.add({
      ...personRef(mail),
      name: profile?.displayName ?? one.title ?? one.name,
      props: described(one),
      relations: this.#relations('memberOf', memberOf, 'group', one),
    })
  }

  /** An entity of a kind that the organisation declared by a blueprint; nothing where it did not. */
  #takeOwn(one: Declared<'own'> | Declared<'system'> | Declared<'domain'>): void {
    const declared = this.index.ownKind(one)
    if (!declared) return
    const values: Record<string, unknown> = { ...one.spec, ...described(one), tags: one.tags, labels: one.labels }
    const has = (name: string) => values[name] !== undefined && values[name] !== null
    const parent = one.kind === 'system' ? one.spec.domain : one.kind === 'domain' ? one.spec.subdomainOf : undefined
    const relations = [
      ...this.#owner(textOf(one.spec.owner), one),
      ...this.#relations('partOf', parent ? [parent] : [], 'domain', one),
    ]
    this.book.add({
      ...this.index.refOf(one),
      ...namesOf(one),
      props: Object.fromEntries(
        Object.keys(declared.properties)
          .filter(has)
          .map((name) => [name, values[name] as Json]),
      ),
      relations: relations.filter(({ type, to }) => declared.relations[type]?.includes(to.kind)),
    })
  }

  #addMember(text: string, team: Ref, by: FoundDescriptor): void {
    const person = this.#target(text, 'user', by)
    if (!person) return
    const name = this.around.personNamed(lastName(text))?.name ?? lastName(text)
    this.book.add({ ...person, name, props: {}, relations: [{ type: 'memberOf', to: team }] })
  }

  /** Whose it is: what it says itself, else what its system says. */
  #owner(text: string | null | undefined, one: FoundDescriptor, system?: FoundDescriptor): Relations {
    const said = text ?? (system?.kind === 'system' ? system.spec.owner : undefined)
    const to = said ? this.#target(said, 'group', text ? one : system!) : undefined
    return to && (to.kind === 'Team' || to.kind === 'Person') ? [{ type: 'ownedBy', to, why }] : []
  }

  #dependency(text: string, one: FoundDescriptor): Relations {
    const to = this.#target(text, 'component', one)
    return to && ['Service', 'Resource', 'Api'].includes(to.kind) ? [{ type: 'dependsOn', to }] : []
  }

  #relations(type: RelationType, written: readonly string[], kind: string, one: FoundDescriptor): Relations {
    return written.flatMap((text) => {
      const to = this.#target(text, kind, one)
      return to ? [{ type, to }] : []
    })
  }

  /** What a reference points at; undefined where it is none, which is a mistake, or can be nothing in the catalog. */
  #target(text: string, kind: string, one: FoundDescriptor): Ref | undefined {
    const reference = parseReference(text, { kind, namespace: one.namespace })
    if (reference) return this.index.target(reference)
    return this.#complain(one, `${JSON.stringify(text)} is no reference: [kind:][namespace/]name`)
  }

  /** Adds a relation to what another document declares; what nobody declares is not claimed for it. */
  #relate(from: Ref, type: RelationType, to: Ref): void {
    const found = this.index.of(from)
    if (found) this.book.add({ ...from, ...namesOf(found), props: {}, relations: [{ type, to }] })
  }

  #complain({ file, line, column }: FoundDescriptor, message: string): undefined {
    this.mistakes.push({ repository: file.repository, file: file.path, line, column, message })
  }
}

const titleOf = (one: FoundDescriptor | undefined): string | undefined => one?.title ?? one?.name
const lastName = (reference: string): string => reference.replace(/^.*[:/]/, '')
const textOf = (value: unknown): string | undefined => (typeof value === 'string' && value ? value : undefined)
const placeOf = (first: FoundDescriptor, { file }: FoundDescriptor): string =>
  first.file.fullName === file.fullName
    ? `${first.file.path}, line ${first.line}`
    : `${first.file.fullName}/${first.file.path}`
