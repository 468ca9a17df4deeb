import { personRef, plainName, teamRef } from '../../../skills/kit/entity-ids.js'
import type { Instant, Ref } from '../../../skills/kit/model.js'
import type { Fields } from '../../fields.js'
import { path } from './azure-devops-client.js'
import { isClosedAsAWhole } from './closed-project.js'
import { readSkipping, webOf, type Project, type Reading } from './reading.js'
import { hoursOf, type Planned, type Sprint } from './sprint-capacity.js'
import { features, isAbsent, isClosed } from './unread.js'

/** A team as one project has it. */
export interface TeamOfProject {
  /** A GUID. */
  id: string
  name: string
  project: string
  /** The project's default team, in which everybody is who is in none. */
  isDefault: boolean
  members: { ref: Ref; name: string }[]
  /** Area paths whose work is the team's, and whether what is below them is as well. */
  areas: { path: string; below: boolean }[]
  boards: string[]
  sprint?: { name: string; start?: Instant; end?: Instant }
  /** Hours in the sprint that is under way, by person. */
  hours: Map<string, number>
  url: string
}

/** A person in an identity of Azure DevOps: a service or a group has no address. */
export function personOf(identity: Fields): Ref | undefined {
  const name = identity.text('uniqueName')
  return name?.includes('@') && !name.includes('\\') ? personRef(name) : undefined
}

/** The teams of a project with their people, areas and sprint; none where they are closed to Nexus. */
export async function readTeamsOf(reading: Reading, project: Project): Promise<TeamOfProject[]> {
  const { client, signal } = reading
  const read = async () => {
    const { body } = await client.get(path`_apis/projects/${project.id}`, {}, signal)
    const byDefault = body.object('defaultTeam').text('id')
    const listed = await readSkipping((paging) => client.get(path`_apis/projects/${project.id}/teams`, paging, signal))
    const found: TeamOfProject[] = []
    for (const team of listed) {
      const [id, name] = [team.text('id'), team.text('name')]
      if (id && name) found.push(await readTeam(reading, project, { id, name, isDefault: id === byDefault }))
    }
    return found
  }
  return read().catch(async (error: unknown) => {
    if (!isClosed(error)) throw error
    if (!(await isClosedAsAWhole(reading, project))) reading.unread.feature(features.teams, project.name)
    return []
  })
}

async function readTeam(
  reading: Reading,
  project: Project,
  team: Pick<TeamOfProject, 'id' | 'name' | 'isDefault'>,
): Promise<TeamOfProject> {
  const { client, signal } = reading
  const listed = await readSkipping((paging) =>
    client.get(path`_apis/projects/${project.id}/teams/${team.id}/members`, paging, signal),
  )
  const members = listed.flatMap((member) => {
    const identity = member.object('identity')
    const [ref, name] = [personOf(identity), identity.text('displayName')]
    return ref && name ? [{ ref, name }] : []
  })
  const work = path`${project.id}/${team.id}/_apis/work`
  const url = webOf(reading, project.name, path`_backlogs/backlog/${team.name}`)
  return { ...team, project: project.name, members, url, ...(await readBoards(reading, work)) }
}

/** What a team has of boards; a project without boards has none of it. */
async function readBoards(
  reading: Reading,
  work: string,
): Promise<Pick<TeamOfProject, 'areas' | 'boards' | 'sprint' | 'hours'>> {
  const { client, signal } = reading
  const none = { areas: [], boards: [], hours: new Map<string, number>() }
  try {
    const fields = (await client.get(`${work}/teamsettings/teamfieldvalues`, {}, signal)).body
    const areas = fields.objects('values').flatMap((one) => {
      const area = one.text('value', 4_000)
      return area ? [{ path: area, below: one.text('includeChildren') === 'true' }] : []
    })
    // A team may be told apart by another field than the area; then areas say nothing of it.
    const byArea = fields.object('field').text('referenceName') === 'System.AreaPath'
    const boards = (await client.get(`${work}/boards`, {}, signal)).items.flatMap((board) => board.text('name') ?? [])
    return { areas: byArea ? areas : [], boards, ...(await readSprint(reading, work)) }
  } catch (error) {
    if (isAbsent(error)) return none
    throw error
  }
}

/** The sprint that is under way and what people can do in it. */
async function readSprint({ client, signal }: Reading, work: string): Promise<Pick<TeamOfProject, 'sprint' | 'hours'>> {
  const iterations = await client.get(`${work}/teamsettings/iterations`, { $timeframe: 'current' }, signal)
  const current = iterations.items[0]
  const [id, name] = [current?.text('id'), current?.text('name')]
  if (!current || !id || !name) return { hours: new Map() }
  const [start, end] = [
    current.object('attributes').instant('startDate'),
    current.object('attributes').instant('finishDate'),
  ]
  const sprint = { name, ...(start && { start }), ...(end && { end }) }
  if (!start || !end) return { sprint, hours: new Map() }
  const at = path`teamsettings/iterations/${id}`
  const capacities = (await client.get(`${work}/${at}/capacities`, {}, signal)).body
  const planned = capacities.objects('teamMembers').map(plannedOf)
  if (planned.length === 0) return { sprint, hours: new Map() }
  const settings = (await client.get(`${work}/teamsettings`, {}, signal)).body
  const away = (await client.get(`${work}/${at}/teamdaysoff`, {}, signal)).body.objects('daysOff').flatMap(rangeOf)
  const days = { start: Date.parse(start), finish: Date.parse(end) }
  const worked = hoursOf(days, settings.texts('workingDays').map(lower), away, planned)
  const hours = new Map<string, number>()
  planned.forEach(({ person }, index) => {
    if (person) hours.set(person, (hours.get(person) ?? 0) + worked[index]!)
  })
  return { sprint, hours }
}

const lower = (text: string): string => text.toLowerCase()

function plannedOf(member: Fields): Planned {
  const person = personOf(member.object('teamMember'))?.id
  const hours = member.objects('activities').reduce((sum, one) => sum + (Number(one.text('capacityPerDay')) || 0), 0)
  return { ...(person && { person }), hours, away: member.objects('daysOff').flatMap(rangeOf) }
}

function rangeOf(range: Fields): Sprint[] {
  const [start, end] = [range.instant('start'), range.instant('end')]
  return start && end ? [{ start: Date.parse(start), finish: Date.parse(end) }] : []
}

/** The id of a team that shares its name with another one of other people: its project's name goes before it. */
export const teamOfProjectRef = (project: string, name: string): Ref => ({
  kind: 'Team',
  id: `${plainName(project)}-${teamRef(name).id}`,
})
