import { LineCounter, parseAllDocuments } from 'yaml'
import { z } from 'zod/v4'
import { plainName, serviceRef, teamRef } from '../../../skills/kit/entity-ids.js'
import type { Claim, Json, Ref } from '../../../skills/kit/model.js'

/** As much of Backstage's descriptor format as is read (backstage.io, "Descriptor Format of Catalog Entities"). */
const Descriptor = z.looseObject({
  kind: z.string(),
  metadata: z.looseObject({
    name: z.string().min(1),
    title: z.string().optional(),
    description: z.string().optional(),
    annotations: z.record(z.string(), z.unknown()).optional(),
    tags: z.array(z.string()).optional(),
    links: z.array(z.looseObject({ url: z.string(), title: z.string().optional() })).optional(),
  }),
  spec: z
    .looseObject({
      type: z.string().optional(),
      owner: z.string().optional(),
      lifecycle: z.string().optional(),
      system: z.string().optional(),
      dependsOn: z.array(z.string()).optional(),
    })
    .optional(),
})
type Descriptor = z.output<typeof Descriptor>

/** What a file declares, and what in it cannot be read: `line 3: …`. */
export interface Declared {
  claims: Claim[]
  mistakes: string[]
}

/**
 * Reads a catalog-info.yaml. Pure; a document that is not valid is a mistake, and the others are read.
 * @param repository where the file stands
 * @param owners what the repository's CODEOWNERS says, as further evidence of who owns what is declared
 */
export type ReadDeclarations = (text: string, repository: Ref, owners: NonNullable<Claim['relations']>) => Declared

/** The services that a repository's catalog-info.yaml declares; what it declares besides is passed over. */
export const readCatalogInfo: ReadDeclarations = (text, repository, owners) => {
  const lines = new LineCounter()
  const declared: Declared = { claims: [], mistakes: [] }
  const mistaken = (offset: number, reason: string) =>
    void declared.mistakes.push(`line ${lines.linePos(offset).line}: ${reason}`)
  const documents = parseAllDocuments(text, { strict: false, lineCounter: lines, prettyErrors: false })
  for (const document of Array.isArray(documents) ? documents : []) {
    const [error] = document.errors
    if (error) {
      mistaken(error.pos[0], error.message)
      continue
    }
    const value: unknown = document.toJS()
    if (value === null) continue // nothing between two lines of dashes
    const read = Descriptor.safeParse(value)
    if (read.success) {
      if (['Component', 'Resource'].includes(read.data.kind))
        declared.claims.push(claimOf(read.data, repository, owners))
    } else {
      const { path, message } = read.error.issues[0]!
      const begin = document.contents?.range?.[0] ?? document.range[0]
      mistaken(begin, [path.join('.'), message].filter(Boolean).join(': '))
    }
  }
  return declared
}

function claimOf(
  { metadata, spec, kind }: Descriptor,
  repository: Ref,
  owners: NonNullable<Claim['relations']>,
): Claim {
  const annotation = (name: string): string | undefined => {
    const value = metadata.annotations?.[`nexus/${name}`]
    return value === undefined || value === null || value === '' ? undefined : String(value)
  }
  const props: Record<string, Json> = {
    form: spec?.type ?? kind.toLowerCase(),
    ...(metadata.description && { summary: metadata.description }),
    ...(spec?.lifecycle && { lifecycle: spec.lifecycle }),
    ...(spec?.system && { system: spec.system }),
    ...(metadata.tags?.length && { tags: metadata.tags }),
    ...(metadata.links?.length && { links: metadata.links.map(({ url, title }) => ({ url, title: title ?? url })) }),
  }
  for (const name of ['tier', 'version', 'runbook', 'language', 'data']) {
    const value = annotation(name)
    if (value) props[name] = value
  }
  return {
    ...serviceRef(metadata.name),
    name: metadata.name,
    aliases: [
      ...(metadata.title ? [metadata.title] : []),
      ...(annotation('aliases')
        ?.split(',')
        .map((alias) => alias.trim()) ?? []),
    ].filter(Boolean),
    props,
    relations: [
      { type: 'builtFrom', to: repository },
      ...(spec?.owner ? [{ type: 'ownedBy' as const, to: teamRef(nameOf(spec.owner)), why: 'catalog-info.yaml' }] : []),
      ...owners,
      ...(spec?.dependsOn ?? []).map((target) => ({
        type: 'dependsOn' as const,
        to: serviceRef(plainName(nameOf(target))),
      })),
    ],
  }
}

/** The name in an entity reference `[kind:][namespace/]name`. */
const nameOf = (reference: string): string => reference.replace(/^[^:]+:/, '').replace(/^[^/]+\//, '')
