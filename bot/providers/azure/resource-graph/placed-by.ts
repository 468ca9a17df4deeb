import { serviceRef, teamRef } from '../../../../skills/kit/entity-ids.js'
import { environmentName, environmentRef } from '../../../../skills/kit/environment-names.js'
import type { Claim } from '../../../../skills/kit/model.js'
import { namedBy } from './tags.js'

type Relations = NonNullable<Claim['relations']>

/** Where tags place what has them. */
export interface Placed {
  /** In the name that policies use: `production` for `prd`. */
  environment?: string
  ownedBy: Relations
  partOf: Relations
  runsIn: Relations
}

/** Reads the tags that organisations place their resources by: `service`, `team` or `owner`, `env` or `environment`. */
export function placedBy(tags: Readonly<Record<string, string>>): Placed {
  const named = namedBy(tags, 'env', 'environment')
  const [service, team] = [namedBy(tags, 'service'), namedBy(tags, 'team', 'owner')]
  return {
    ...(named !== undefined && { environment: environmentName(named) }),
    partOf: service === undefined ? [] : [{ type: 'partOf', to: serviceRef(service), why: 'tag service' }],
    ownedBy: team === undefined ? [] : [{ type: 'ownedBy', to: teamRef(team), why: 'tag team' }],
    runsIn: named === undefined ? [] : [{ type: 'runsIn', to: environmentRef(named), why: 'tag env' }],
  }
}
