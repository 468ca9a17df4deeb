import type { Entity, Kind } from '../../../../skills/kit/model.js'
import { fieldsOf } from '../../../fields.js'
import type { PublishedApi } from './published-api.js'

/** A publication as the catalog has it. */
export interface KnownPublication {
  /** Id of the API in the catalog. */
  id: string
  /** Its ARM id, and that of its service, in lower case. */
  arm: string
  service: string
}

/** Every publication that the catalog knows of. */
export function* publishedIn(live: { all(kind: Kind): Iterable<Entity> }): Generator<KnownPublication> {
  for (const { id, props } of live.all('Api'))
    for (const publication of fieldsOf(props).objects('publications')) {
      const arm = publication.text('api', 2_049)
      if (arm) yield { id, arm, service: serviceOf(arm) }
    }
}

/**
 * The APIs of the catalog that some ARM ids are about: as they are published now, and as they were known. Pure.
 * @param touched ids in lower case: of APIs, and of services, of which all may be different; or ids of the catalog
 * @returns ids of the catalog, in their order
 */
export function apisOf(
  touched: readonly string[],
  apis: ReadonlyMap<string, readonly Pick<PublishedApi, 'arm'>[]>,
  live: { all(kind: Kind): Iterable<Entity> },
): string[] {
  const wanted = new Set(touched)
  const isMeant = (arm: string) => wanted.has(arm) || wanted.has(serviceOf(arm))
  const published = [...apis].flatMap(([id, some]) => (some.some(({ arm }) => isMeant(arm)) ? [id] : []))
  const known = [...publishedIn(live)].flatMap(({ id, arm }) => (isMeant(arm) ? [id] : []))
  const named = touched.filter((id) => !id.startsWith('/'))
  return [...new Set([...published, ...known, ...named])].sort()
}

/** The service that an API stands in. */
const serviceOf = (arm: string): string => arm.split('/apis/')[0]!
