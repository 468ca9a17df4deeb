import { z } from 'zod/v4'
import { defaultNamespace } from './entity-reference.js'
import type { Mistake } from './mistake.js'
import { readYaml } from './yaml-documents.js'

/** A value that YAML reads as something else than the text it was meant to be: `version: 1.2`, `enabled: true`. */
const scalar = z.union([z.string(), z.number(), z.boolean()]).transform(String)
/** A list of texts; `null`, which is how an empty one is often left in a file, is none. */
const texts = z
  .array(scalar)
  .nullish()
  .transform((list) => list ?? [])
const byName = z
  .record(z.string(), z.union([scalar, z.null()]))
  .nullish()
  .transform(
    (map) => Object.fromEntries(Object.entries(map ?? {}).filter(([, value]) => value)) as Record<string, string>,
  )

/** A name as Backstage takes it: up to 63 letters, digits, `-`, `_` and `.`, the first and last a letter or digit. */
const name = scalar.refine((text) => /^[a-z0-9]([a-z0-9._-]{0,61}[a-z0-9])?$/i.test(text), {
  message: 'a name has up to 63 letters, digits, hyphens, underscores and dots, the first and last a letter or digit',
})
const namespace = scalar.refine((text) => /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/i.test(text), {
  message: 'a namespace has up to 63 letters, digits and hyphens, the first and last a letter or digit',
})

/** Backstage's envelope of every entity (backstage.io, "Descriptor Format of Catalog Entities"). */
const Envelope = z.looseObject({
  apiVersion: z.string({ error: 'is missing: backstage.io/v1alpha1' }).min(1),
  kind: z.string({ error: 'is missing: Component, API, Resource, System, Domain, Group, User or Location' }).min(1),
  metadata: z.looseObject(
    {
      name,
      namespace: namespace.optional(),
      title: scalar.nullish(),
      description: scalar.nullish(),
      labels: byName,
      annotations: byName,
      tags: texts,
      links: z
        .array(z.looseObject({ url: z.string(), title: scalar.nullish(), type: scalar.nullish() }))
        .nullish()
        .transform((links) => links ?? []),
    },
    { error: 'is missing, and with it the name' },
  ),
  spec: z.looseObject({}).nullish(),
})

const owned = { owner: scalar.nullish(), system: scalar.nullish(), type: scalar.nullish(), lifecycle: scalar.nullish() }
const linked = { dependsOn: texts, dependencyOf: texts }
const profile = z
  .looseObject({ displayName: scalar.nullish(), email: scalar.nullish(), picture: scalar.nullish() })
  .nullish()

/** What each kind's `spec` may hold of what is read; what else it holds is passed over. */
const specs = {
  component: z.looseObject({
    ...owned,
    ...linked,
    subcomponentOf: scalar.nullish(),
    providesApis: texts,
    consumesApis: texts,
  }),
  api: z.looseObject({
    ...owned,
    definition: z.union([z.string(), z.looseObject({})]).nullish(),
  }),
  resource: z.looseObject({ ...owned, ...linked }),
  system: z.looseObject({ ...owned, domain: scalar.nullish() }),
  domain: z.looseObject({ ...owned, subdomainOf: scalar.nullish() }),
  group: z.looseObject({ type: scalar.nullish(), profile, parent: scalar.nullish(), children: texts, members: texts }),
  user: z.looseObject({ profile, memberOf: texts }),
  location: z.looseObject({
    type: scalar.nullish(),
    target: scalar.nullish(),
    targets: texts,
    presence: scalar.nullish(),
  }),
}
export type DescriptorKind = keyof typeof specs
type Envelope = z.output<typeof Envelope>

/** What stands in every descriptor. */
export interface DescriptorFrame extends Pick<Envelope['metadata'], 'labels' | 'annotations' | 'tags' | 'links'> {
  name: string
  namespace: string
  title?: string
  description?: string
  /** Where its `metadata.name` stands. */
  line: number
  column: number
}

/** An entity that a file declares; `kind` is in lower case, and `spec` what is read of that kind. */
export type Descriptor = {
  [K in DescriptorKind]: DescriptorFrame & { kind: K; spec: z.output<(typeof specs)[K]> }
}[DescriptorKind]

/** An entity of a kind that Backstage does not have: it counts where the organisation has a blueprint for it. */
export interface OwnDescriptor extends DescriptorFrame {
  kind: 'own'
  /** As it is written. */
  written: string
  spec: Record<string, unknown>
}

/** What a file of descriptors holds. */
export interface ReadDescriptors {
  descriptors: (Descriptor | OwnDescriptor)[]
  mistakes: Mistake[]
}

/** Kinds that are no entity of the catalog: scaffolding, which Nexus does by itself. */
const passedOver = new Set(['template'])

/**
 * Reads a catalog-info.yaml: any number of documents, each an entity. What is wrong with one is said with its line and column, and the
 * others are read. Throws nothing, whatever the text.
 * @param file as mistakes name it
 */
export function parseDescriptors(file: string, text: string): ReadDescriptors {
  const { documents, mistakes } = readYaml(file, text)
  const read: ReadDescriptors = { descriptors: [], mistakes: [...mistakes] }
  for (const { value, placeOf } of documents) {
    const complain = (issues: readonly z.core.$ZodIssue[], base: readonly PropertyKey[] = []) =>
      read.mistakes.push(
        ...issues.slice(0, mostIssues).map(({ path, message }): Mistake => {
          const way = [...base, ...path]
          return { file, ...placeOf(way), message: [way.map(String).join('.'), message].filter(Boolean).join(': ') }
        }),
      )
    const envelope = Envelope.safeParse(value, { error: sayIssue })
    if (!envelope.success) complain(envelope.error.issues)
    else if (!passedOver.has(envelope.data.kind.toLowerCase())) {
      const { kind, spec } = envelope.data
      const frame = { ...frameOf(envelope.data), ...placeOf(['metadata', 'name']) }
      const known = kind.toLowerCase() as DescriptorKind
      if (!Object.hasOwn(specs, known))
        read.descriptors.push({ ...frame, kind: 'own', written: kind, spec: spec ?? {} })
      else {
        const checked = specs[known].safeParse(spec ?? {}, { error: sayIssue })
        if (checked.success) read.descriptors.push({ ...frame, kind: known, spec: checked.data } as Descriptor)
        else complain(checked.error.issues, ['spec'])
      }
    }
  }
  return read
}

/** Mistakes of one document that are told. */
const mostIssues = 5

const frameOf = ({ metadata }: Envelope): Omit<DescriptorFrame, 'line' | 'column'> => {
  const { name, namespace = defaultNamespace, title, description, labels, annotations, tags, links } = metadata
  return {
    ...{ name, namespace, labels, annotations, tags, links },
    ...(title && { title }),
    ...(description && { description }),
  }
}

/** What is wrong with a value, in words of our own. */
const sayIssue: z.core.$ZodErrorMap = (issue) => {
  if (issue.code !== 'invalid_type' && issue.code !== 'invalid_union') return undefined
  if (issue.input === undefined) return 'is missing'
  if (issue.code === 'invalid_union') return 'must be text'
  return issue.expected === 'array' ? 'must be a list' : issue.expected === 'string' ? 'must be text' : 'must be a map'
}
