import type { Entity, Ref } from '../../../skills/kit/model.js'
import type { CatalogIndex } from './catalog-index.js'

/** The source that keeps a schedule; what skills publish of one, such as overrides, stands beside it. */
export const keeperOf = ({ sources }: Entity): string | undefined =>
  sources.find(({ source }) => source !== 'nexus')?.source

/**
 * The schedules of a service or a team, or all there are. A service's own come first; its team's count where they are of another source, so
 * that a disagreement of two sources is seen.
 */
export function schedulesOf(index: CatalogIndex, target?: Ref): Entity[] {
  if (!target) return index.all('Schedule')
  if (target.kind === 'Schedule') return [index.get(target)].filter((one) => one !== undefined)
  if (target.kind === 'Team') return unique(ofTeam(index, target))
  const own = [
    ...index.related(target, { type: 'onCallBy', direction: 'out' }).map(({ entity }) => entity),
    ...index.having('Schedule', 'services', target.id).filter((schedule) => servicesOf(schedule)?.includes(target.id)),
  ]
  const taken = new Set(own.map(keeperOf))
  const teams = index.related(target, { type: 'ownedBy', direction: 'out' }).map(({ entity }) => entity)
  const common = teams
    .flatMap((team) => ofTeam(index, team))
    .filter((schedule) => !servicesOf(schedule) && !taken.has(keeperOf(schedule)))
  return unique([...own, ...common])
}

/** Schedules are few; what a team owns may be twenty thousand resources. */
const ofTeam = (index: CatalogIndex, team: Ref): Entity[] => index.all('Schedule').filter(isOf(index, team))

const isOf =
  (index: CatalogIndex, team: Ref) =>
  (schedule: Entity): boolean =>
    index
      .related(schedule, { type: 'ownedBy', direction: 'out' })
      .some(({ entity: { kind, id } }) => kind === team.kind && id === team.id)

/** The services that a schedule of Nexus's own is for; undefined where it is for all of its team's. */
const servicesOf = ({ props }: Entity): readonly unknown[] | undefined =>
  Array.isArray(props.services) ? props.services : undefined

const unique = (entities: readonly Entity[]): Entity[] => [
  ...new Map(entities.map((entity) => [entity.id, entity])).values(),
]
