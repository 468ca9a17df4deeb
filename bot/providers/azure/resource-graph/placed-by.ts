import { serviceRef, teamRef } from '../../../../skills/kit/entity-ids.js'
import { environmentRef } from '../../../../skills/kit/environment-names.js'
import type { Claim } from '../../../../skills/kit/model.js'
import { namedBy } from './tags.js'

type Relations = NonNullable<Claim['relations']>

/** Where tags place what has them. */
export interface Placed {
  environment?: string
  ownedBy: Relations
  partOf: Relations
  runsIn: Relations
}

/** Reads the tags that organisations place their resources by: `service`, `team` or `owner`, `env` or `environment`. */
export function placedBy(tags: Readonly<Record<string, string>>): Placed {
  const environment = namedBy(tags, 'env', 'environment')
  const [service, team] = [namedBy(tags, 'service'), namedBy(tags, 'team', 'owner')]
  return {
    ...(environment !== undefined && { environment }),
    partOf: service === undefined ? [] : [{ type: 'partOf', to: serviceRef(service), why: 'tag service' }],
    ownedBy: team === undefined ? [] : [{ type: 'ownedBy', to: teamRef(team), why: 'tag team' }],
    runsIn: environment === undefined ? [] : [{ type: 'runsIn', to: environmentRef(environment), why: 'tag env' }],
  }
}
