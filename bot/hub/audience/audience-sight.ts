import { areas, type Area } from '../../../skills/kit/audience.js'
import type { Filter, FilterValue } from '../../../skills/kit/catalog/filter.js'
import { dataClassesIn, dataProperties } from '../../../skills/kit/data-classes.js'
import type { Kind } from '../../../skills/kit/model.js'
import type { AccessPolicy } from '../access/access-policy.js'
import { closingsOf, sayUnnamedRule, wholeSight, type Closing, type Sight } from '../access/sight.js'
import { titleOfArea, type Audience } from './audience.js'

/** Kinds of things that belong to an area of their own, wherever they are shown. */
const kindsOfArea: Partial<Record<Area, readonly Kind[]>> = {
  incidents: ['Incident'],
  'on-call': ['Schedule'],
  pipelines: ['Pipeline'],
  deployments: ['Deployment'],
}

/**
 * What everyone in a place may see: what its declaration is for, no restricted data that it is not cleared for, and nothing that the policy
 * hides from people of its role. Pure.
 * @param held the values that `dataProperties` have in the catalog, each one or several classes
 */
export function sightOfAudience(audience: Audience, held: readonly FilterValue[], policy: AccessPolicy): Sight {
  const { role, teams = [] } = audience
  const byPolicy = closingsOf({ roles: [role], customRoles: [], teams }, policy, sayUnnamedRule)
  return { opens: wholeSight.opens, closes: [...closedAreas(audience), ...closedData(audience, held), ...byPolicy] }
}

const closedAreas = ({ name, see }: Audience): Closing[] =>
  areas.flatMap((area) => {
    const kinds = kindsOfArea[area]
    return kinds && !see.includes(area) ? [closing({ kinds }, `${name} is not for ${titleOfArea[area]}.`)] : []
  })

function closedData({ name, data }: Audience, held: readonly FilterValue[]): Closing[] {
  const byClass = new Map<string, FilterValue[]>()
  for (const value of held) {
    const restricted = dataClassesIn(value).find((one) => !data.includes(one))
    if (restricted !== undefined) byClass.set(restricted, [...(byClass.get(restricted) ?? []), value])
  }
  return [...byClass].map(([restricted, values]) =>
    closing(holding(values), `${name} is not cleared for ${restricted} data.`),
  )
}

/** What holds one of the values, itself or by what it is part of. */
function holding(values: readonly FilterValue[]): Filter {
  const own: Filter = { any: dataProperties.map((property) => ({ property, in: values })) }
  return { any: [own, { step: { type: 'partOf', direction: 'out' }, of: own }] }
}

const closing = (hides: Filter, reason: string): Closing => ({
  hides,
  reason,
  wayOn: 'Whoever keeps the settings can declare another audience in audiences.yaml.',
  secret: false,
})
