import { z } from 'zod/v4'
import type { Entity, Instant, Ref } from '../../../skills/kit/model.js'
import type { OnCall, Rota, Shift, SourceState } from '../../../skills/kit/ports.js'
import type { CatalogIndex } from './catalog-index.js'

/** Shifts as a source of on-call puts them on a Schedule entity. */
const StoredShifts = z.array(z.object({ person: z.string(), from: z.string(), to: z.string() }))
const StoredPeople = z.array(z.string())

/** Who carries the pager, from the schedules that the on-call sources keep in the catalog. */
export const onCallPort = (index: CatalogIndex, sources: () => SourceState[]): OnCall => ({
  rotas: async (target, at) => schedulesOf(target, index).flatMap((schedule) => rotaOf(schedule, at, index, sources())),
})

/** A service's own schedules; where it has none, those of the team that owns it. */
function schedulesOf(target: Ref, index: CatalogIndex): Entity[] {
  const own = index.related(target, { type: 'onCallBy', direction: 'out' }).map(({ entity }) => entity)
  if (own.length) return unique(own)
  const teams =
    target.kind === 'Team'
      ? [target]
      : index.related(target, { type: 'ownedBy', direction: 'out' }).map(({ entity }) => entity)
  const owned = teams.flatMap((team) =>
    index.related(team, { type: 'ownedBy', direction: 'in' }).map(({ entity }) => entity),
  )
  return unique(owned.filter(({ kind }) => kind === 'Schedule'))
}

const unique = (entities: readonly Entity[]): Entity[] => [
  ...new Map(entities.map((entity) => [entity.id, entity])).values(),
]

function rotaOf(schedule: Entity, at: Instant, index: CatalogIndex, states: readonly SourceState[]): Rota[] {
  const stored = StoredShifts.safeParse(schedule.props.shifts)
  const source = states.find((state) => schedule.sources.some((own) => own.source === state.source))
  if (!stored.success || !source) return []
  const person = (id: string) => index.get({ kind: 'Person', id })
  const shifts = stored.data.flatMap(({ person: id, from, to }): Shift[] => {
    const known = person(id)
    return known && to > at ? [{ person: known, from, to }] : []
  })
  const escalation = StoredPeople.safeParse(schedule.props.escalation)
  return [
    { schedule, shifts: joined(shifts), escalation: (escalation.data ?? []).flatMap((id) => person(id) ?? []), source },
  ]
}

/** Shifts of one person that follow each other without a gap are one. */
function joined(shifts: readonly Shift[]): Shift[] {
  const ordered = [...shifts].sort((a, b) => (a.from < b.from ? -1 : 1))
  return ordered.reduce<Shift[]>((kept, shift) => {
    const last = kept.at(-1)
    if (last && last.person.id === shift.person.id && last.to >= shift.from)
      return [...kept.slice(0, -1), { ...last, to: last.to > shift.to ? last.to : shift.to }]
    return [...kept, shift]
  }, [])
}
