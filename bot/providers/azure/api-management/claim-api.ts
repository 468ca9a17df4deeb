import { resourceRef, serviceRef, teamRef } from '../../../../skills/kit/entity-ids.js'
import type { Claim, Json, Ref } from '../../../../skills/kit/model.js'
import { namedBy } from '../resource-graph/tags.js'
import { present } from '../resource-graph/claim-resource.js'
import type { Host } from './backends.js'
import type { PublishedApi } from './published-api.js'
import { tagsAsPairs } from './tags-of-apis.js'

/** An API with all that is known of where it is published. */
export interface DescribedApi {
  /** The most important first; one at least. */
  publications: readonly Publication[]
  /** Of the first: how many operations, and on which paths; absent where they could not be read. */
  operations?: { count: number; paths: readonly string[] }
}

/** A publication with what was found beside it. */
export interface Publication extends PublishedApi {
  products: readonly string[]
  tags: readonly string[]
  /** What stands behind it, where that is known. */
  backend?: Host
}

type Relation = NonNullable<Claim['relations']>[number]

/**
 * What API Management says of an API. Pure. The first publication is what the card says; all of them stand in `publications`, and what
 * they hang together with is said of each.
 */
export function claimOfApi({ publications, operations }: DescribedApi): Claim {
  const [first] = publications as readonly [Publication]
  const tags = [...new Set(publications.flatMap((one) => one.tags))]
  return {
    ...first.ref,
    name: first.title,
    aliases: [...new Set(publications.map(({ name }) => name))].sort(),
    props: {
      ...present({
        summary: first.summary,
        version: first.version,
        form: first.form,
        revision: first.revision,
        license: first.license,
        gateway: first.service.name,
        address: first.address,
      }),
      ...(operations && { operations: operations.count }),
      subscriptionRequired: first.needsKey,
      ...(operations?.paths.length && { paths: [...operations.paths] }),
      ...(first.products.length && { products: [...first.products] }),
      ...(first.security.length && { security: first.security }),
      ...(tags.length && { tags }),
      publications: publications.map(publicationAsData),
    },
    relations: relationsOf(publications),
  }
}

const publicationAsData = ({ arm, service, address, version, revision, products, needsKey }: Publication): Json =>
  present({
    api: arm,
    gateway: service.name,
    environment: service.environment,
    address,
    version,
    revision,
    products: [...products],
    needsKey,
  })

/** What it needs, what it is part of, and whose it is, each once. */
function relationsOf(publications: readonly Publication[]): Relation[] {
  const found = new Map<string, Relation>()
  const add = (type: Relation['type'], to: Ref | undefined, why: string) => {
    const key = `${type} ${to?.kind} ${to?.id}`
    if (to && !found.has(key)) found.set(key, { type, to, why })
  }
  for (const { tags, backend, service } of publications) {
    const pairs = tagsAsPairs(tags)
    const [named, team] = [namedBy(pairs, 'service'), namedBy(pairs, 'team', 'owner')]
    add('partOf', named === undefined ? undefined : serviceRef(named), 'tag service')
    add('partOf', backend?.service, `backend ${backend?.name}`)
    add('ownedBy', team === undefined ? undefined : teamRef(team), 'tag team')
    add('dependsOn', backend && resourceRef(backend.id), 'its backend')
    add('dependsOn', resourceRef(service.id), 'its gateway')
  }
  return [...found.values()]
}
