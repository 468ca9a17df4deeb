import { LineCounter, parseAllDocuments } from 'yaml'
import { z } from 'zod/v4'
import { serviceRef } from '../../../skills/kit/entity-ids.js'
import type { Claim, Ref } from '../../../skills/kit/model.js'

/** As much of Backstage's descriptor format as GitHub itself has something to say of. */
const Descriptor = z.looseObject({
  kind: z.string(),
  metadata: z.looseObject({
    name: z.string().min(1),
    annotations: z.record(z.string(), z.unknown()).nullish(),
  }),
})

/** The services that a file declares, and what in it cannot be read: `line 3: …`. */
export interface Declared {
  services: Claim[]
  mistakes: string[]
}

/**
 * The services that a repository declares, as far as GitHub has a say in them: that they are built from it, and are its code owners'. What
 * the file itself says of them is read by the source of declarations, and stands before it. A document that is not valid is a mistake, and
 * the others are read.
 * @param repository where the file stands
 * @param owners what the repository's CODEOWNERS says
 */
export function readCatalogInfo(text: string, repository: Ref, owners: NonNullable<Claim['relations']>): Declared {
  const lines = new LineCounter()
  const declared: Declared = { services: [], mistakes: [] }
  const mistaken = (offset: number, reason: string) =>
    void declared.mistakes.push(`line ${lines.linePos(offset).line}: ${reason}`)
  const options = { strict: false, lineCounter: lines, prettyErrors: false, logLevel: 'silent' } as const
  const documents = parseAllDocuments(text, options)
  for (const document of Array.isArray(documents) ? documents : []) {
    const [error] = document.errors
    const value: unknown = error ? undefined : document.toJS()
    if (value === null) continue // nothing between two lines of dashes
    const { success, data, error: misfit } = Descriptor.safeParse(value)
    if (error) mistaken(error.pos[0], error.message)
    else if (success) declared.services.push(...serviceOf(data, repository, owners))
    else {
      const { path, message } = misfit.issues[0]!
      const begin = document.contents?.range?.[0] ?? document.range[0]
      mistaken(begin, [path.join('.'), message].filter(Boolean).join(': '))
    }
  }
  return declared
}

function serviceOf(
  { kind, metadata: { name, annotations } }: z.output<typeof Descriptor>,
  repository: Ref,
  owners: NonNullable<Claim['relations']>,
): Claim[] {
  if (!['Component', 'Resource'].includes(kind) || annotations?.['nexus/azure-resource-id']) return []
  return [{ ...serviceRef(name), name, props: {}, relations: [{ type: 'builtFrom', to: repository }, ...owners] }]
}
