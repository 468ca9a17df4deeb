import { personRef, plainName, resourceRef, serviceRef, teamRef } from '../../../skills/kit/entity-ids.js'
import type { KindDeclaration } from '../../../skills/kit/catalog/kind-declaration.js'
import type { Ref } from '../../../skills/kit/model.js'
import type { DeclaringFile } from './declaring-file.js'
import { defaultNamespace, parseReference, printReference, type EntityReference } from './entity-reference.js'
import type { Descriptor, DescriptorFrame, OwnDescriptor } from './parse-descriptors.js'
import { refKey } from '../../../skills/kit/ref-key.js'

/** A descriptor and the file in which it stands. */
export type FoundDescriptor = (Descriptor | OwnDescriptor) & { file: DeclaringFile }

/** What is known beside the files. */
export interface DescriptorSurroundings {
  /** A person by the name that files use: a GitHub login, or what stands before the @ of their mail address. */
  personNamed(name: string): { mail: string; name: string } | undefined
  /** Kinds of the organisation's own, of which descriptors may be. */
  ownKinds: readonly KindDeclaration[]
}

/** Says which Azure resource a Resource is: its ARM id. */
export const azureId = 'nexus/azure-resource-id'

/** All descriptors by reference, and what each is in the catalog. */
export class DescriptorIndex {
  readonly #byReference = new Map<string, FoundDescriptor>()
  readonly #byRef = new Map<string, FoundDescriptor>()

  constructor(
    found: readonly FoundDescriptor[],
    private readonly around: DescriptorSurroundings,
  ) {
    for (const one of found) {
      const name = printReference(referenceTo(one))
      if (!this.#byReference.has(name)) this.#byReference.set(name, one)
    }
    for (const one of this.#byReference.values()) this.#byRef.set(refKey(this.refOf(one)), one)
  }

  /** The descriptor that counts where several declare the same entity: the first. */
  first(one: FoundDescriptor): FoundDescriptor {
    return this.#byReference.get(printReference(referenceTo(one)))!
  }

  /** The descriptor that a reference means; undefined where nothing declares it. */
  find(text: string, kind: string, by: Pick<DescriptorFrame, 'namespace'>): FoundDescriptor | undefined {
    const reference = parseReference(text, { kind, namespace: by.namespace })
    return reference && this.#byReference.get(printReference(reference))
  }

  /** The descriptor of an entity of the catalog. */
  of(ref: Ref): FoundDescriptor | undefined {
    return this.#byRef.get(refKey(ref))
  }

  /** What a reference points at in the catalog, whether or not it is declared; undefined where it can be nothing there. */
  target(reference: EntityReference): Ref | undefined {
    const found = this.#byReference.get(printReference(reference))
    return found ? this.refOf(found) : this.#undeclared(reference)
  }

  /** What a descriptor is in the catalog. */
  refOf(one: FoundDescriptor): Ref {
    const reference = referenceTo(one)
    const id = one.kind === 'resource' ? one.annotations[azureId] : undefined
    if (id) return resourceRef(id)
    const mail = one.kind === 'user' ? one.spec.profile?.email : undefined
    if (mail) return personRef(mail)
    const kind = this.ownKind(one)?.kind
    return (
      (kind === undefined ? this.#undeclared(reference) : undefined) ?? {
        kind: kind ?? one.kind,
        id: plainName(qualified(reference)),
      }
    )
  }

  /** The organisation's own kind that a descriptor is of. */
  ownKind(one: FoundDescriptor): KindDeclaration | undefined {
    if (one.kind !== 'own' && one.kind !== 'system' && one.kind !== 'domain') return undefined
    const written = one.kind === 'own' ? one.written : one.kind
    return this.around.ownKinds.find(({ kind }) => kind.toLowerCase() === written.toLowerCase())
  }

  #undeclared(reference: EntityReference): Ref | undefined {
    const name = qualified(reference)
    if (reference.kind === 'group') return teamRef(name)
    if (reference.kind === 'api') return { kind: 'Api', id: plainName(name) }
    if (reference.kind === 'component' || reference.kind === 'resource') return serviceRef(name)
    const person = reference.kind === 'user' ? this.around.personNamed(reference.name) : undefined
    return person && personRef(person.mail)
  }
}

const referenceTo = (one: FoundDescriptor): EntityReference => ({
  kind: one.kind === 'own' ? one.written.toLowerCase() : one.kind,
  namespace: one.namespace.toLowerCase(),
  name: one.name,
})

/** A name with its namespace, where that is another than the usual one. */
const qualified = ({ namespace, name }: EntityReference): string =>
  namespace === defaultNamespace ? name : `${namespace} ${name}`
