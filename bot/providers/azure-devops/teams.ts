import { teamRef } from '../../../skills/kit/entity-ids.js'
import type { Claim, Ref } from '../../../skills/kit/model.js'
import type { Fields } from '../../fields.js'
import { personOf, teamOfProjectRef, type TeamOfProject } from './read-teams.js'
import { given } from './reading.js'

/**
 * The teams of all projects, as the catalog has them. A team of one name in several projects is one that works in several, where somebody
 * is in all of them or one has nobody; other people make it another team, and each of these has its project in its name. A project's
 * default team counts only where the project has no other.
 */
export class Teams {
  readonly claims: Claim[]
  readonly #refs = new Map<TeamOfProject, Ref>()

  /** @param teams those of every project that could be read */
  constructor(private readonly teams: readonly TeamOfProject[]) {
    const counted = teams.filter(
      ({ isDefault, project }) => !isDefault || !teams.some((other) => other.project === project && !other.isDefault),
    )
    const groups = new Map<string, TeamOfProject[]>()
    for (const team of counted) groups.set(teamRef(team.name).id, [...(groups.get(teamRef(team.name).id) ?? []), team])
    const named = [...groups]
      .filter(([id]) => id !== '')
      .flatMap(([, group]) => (areOne(group) ? [group] : group.map((team) => [team])))
    for (const group of named)
      for (const team of group)
        this.#refs.set(team, isShared(groups, group) ? teamOfProjectRef(team.project, team.name) : teamRef(team.name))
    this.claims = [...named.map((group) => this.#teamClaim(group)), ...this.#people()]
  }

  #teamClaim(group: readonly TeamOfProject[]): Claim {
    const [first] = group as [TeamOfProject]
    const ref = this.#refs.get(first)!
    const members = new Map(group.flatMap((team) => team.members).map((member) => [member.ref.id, member]))
    const planned = group.find(({ hours }) => hours.size) ?? group.find(({ sprint }) => sprint) ?? first
    const hours = group.flatMap((team) => [...team.hours.values()])
    const projects = [...new Set(group.map(({ project }) => project))].sort()
    return {
      ...ref,
      name: ref.id === teamRef(first.name).id ? first.name : `${first.name} (${first.project})`,
      ...(ref.id !== teamRef(first.name).id && { aliases: [first.name] }),
      props: given({
        project: projects.join(', '),
        url: first.url,
        members: members.size,
        sprint: planned.sprint?.name,
        sprintStart: planned.sprint?.start,
        sprintEnd: planned.sprint?.end,
        capacity: hours.length ? hours.reduce((sum, each) => sum + each, 0) : undefined,
        boards: boardsOf(group),
      }),
    }
  }

  /** Everybody who is in a team, with the hours they have in its sprints. */
  #people(): Claim[] {
    const people = new Map<string, { name: string; teams: Map<string, Ref>; hours: number[] }>()
    for (const team of this.teams)
      for (const { ref, name } of team.members) {
        const known = people.get(ref.id) ?? { name, teams: new Map<string, Ref>(), hours: [] }
        people.set(ref.id, known)
        const of = this.#refs.get(team)
        if (!of) continue
        known.teams.set(of.id, of)
        if (team.hours.has(ref.id)) known.hours.push(team.hours.get(ref.id)!)
      }
    return [...people]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([id, { name, teams, hours }]): Claim => ({
        kind: 'Person',
        id,
        name,
        props: { mail: id, ...(hours.length && { capacity: hours.reduce((sum, each) => sum + each, 0) }) },
        relations: [...teams.values()].map((to) => ({ type: 'memberOf', to })),
      }))
  }

  /** The team whose area a path is in: the nearest one. */
  ofArea(path: string): Ref | undefined {
    let nearest: { length: number; ref: Ref } | undefined
    for (const [team, ref] of this.#refs)
      for (const area of team.areas)
        if (isIn(path, area) && area.path.length > (nearest?.length ?? 0)) nearest = { length: area.path.length, ref }
    return nearest?.ref
  }

  /** Who an identity is: a person, or a team where it is the group of one (`[Commerce]\Identity`). */
  refOf(identity: Fields): Ref | undefined {
    const person = personOf(identity)
    if (person || identity.text('isContainer') === 'false') return person
    const [, project, name] = /^\[([^\]]+)\]\\(.+)$/.exec(identity.text('displayName') ?? '') ?? []
    const team = this.teams.find((one) => one.project === project && one.name === name)
    return team && this.#refs.get(team)
  }

  /** The teams of a ref's id, so that an event's team can be read anew. */
  has({ id }: Ref): boolean {
    return [...this.#refs.values()].some((ref) => ref.id === id)
  }
}

/** Whether teams of one name are one: each has nobody, or somebody of the first that has anybody. */
function areOne(group: readonly TeamOfProject[]): boolean {
  const first = new Set(group.find(({ members }) => members.length)?.members.map(({ ref }) => ref.id))
  return group.every(({ members }) => members.length === 0 || members.some(({ ref }) => first.has(ref.id)))
}

/** Whether there is another team of the name, of other people. */
const isShared = (groups: ReadonlyMap<string, readonly TeamOfProject[]>, group: readonly TeamOfProject[]): boolean =>
  groups.get(teamRef(group[0]!.name).id)!.length > group.length

const boardsOf = (group: readonly TeamOfProject[]): string[] | undefined => {
  const boards = [...new Set(group.flatMap((team) => team.boards))].sort()
  return boards.length ? boards : undefined
}

function isIn(path: string, area: { path: string; below: boolean }): boolean {
  const [own, wanted] = [path.toLowerCase(), area.path.toLowerCase()]
  return own === wanted || (area.below && own.startsWith(`${wanted}\\`))
}
