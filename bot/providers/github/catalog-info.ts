import { parseAllDocuments } from 'yaml'
import { z } from 'zod/v4'
import { serviceRef } from '../../../skills/kit/entity-ids.js'
import type { Claim, Ref } from '../../../skills/kit/model.js'

/** As much of Backstage's descriptor format as GitHub itself has something to say of. */
const Named = z.looseObject({
  kind: z.enum(['Component', 'Resource']),
  metadata: z.looseObject({
    name: z.string().min(1),
    annotations: z.record(z.string(), z.unknown()).nullish(),
  }),
})

/**
 * The services that a repository declares, as far as GitHub has a say in them: that they are built from it, and are its code owners'. What
 * the file itself says of them is read by the source of declarations, and stands before it.
 * @param repository where the file stands
 * @param owners what the repository's CODEOWNERS says
 */
export function readCatalogInfo(text: string, repository: Ref, owners: NonNullable<Claim['relations']>): Claim[] {
  const documents = parseAllDocuments(text, { strict: false, logLevel: 'silent' })
  const values = Array.isArray(documents)
    ? documents.filter(({ errors }) => !errors.length).map((document) => document.toJS() as unknown)
    : []
  return values.flatMap((value): Claim[] => {
    const { success, data } = Named.safeParse(value)
    if (!success || data.metadata.annotations?.['nexus/azure-resource-id']) return []
    const { name } = data.metadata
    return [{ ...serviceRef(name), name, props: {}, relations: [{ type: 'builtFrom', to: repository }, ...owners] }]
  })
}
