import type { Router, VendorRequest } from '../frame/router.js'
import { uuidOf } from '../frame/ids.js'
import { iso, Refusal } from './answers.js'
import type { ProjectTeam, Server } from './server.js'
import { currentIteration, type Iteration } from './state.js'

const DAY = 86_400_000

/** How much a team's people work in an iteration, and the days they all are away. */
export function capacityOperations(router: Router, server: Server): void {
  const base = '/{project}/{team}/_apis/work/teamsettings/iterations/{id}'
  const placeOf = (request: VendorRequest): { team: ProjectTeam; iteration: Iteration } => {
    const project = server.projectIn(request).name
    const team = server.teamNamed(project, request.params.team!)
    const iteration = server.state.iterations.find((one) => one.id === request.params.id && one.project === project)
    if (iteration) return { team, iteration }
    throw new Refusal(
      404,
      'InvalidTeamSettingsIterationException',
      `VS402866: The iteration with id '${request.params.id}' does not exist for the team.`,
    )
  }
  /** Working days of an iteration from its first on, each a range of its own as weekends lie between. */
  const daysOff = ({ start }: Iteration, days: number) =>
    Array.from({ length: days }, (_, index) => {
      const day = iso(start + (index + 2 * Math.floor(index / 5)) * DAY)
      return { start: day, end: day }
    })

  router
    .get(`${base}/capacities`, (request) => {
      const { team, iteration } = placeOf(request)
      const isCurrent = currentIteration(server.state, iteration.project, server.now())?.id === iteration.id
      // A team plans where it has work: it may be in several projects, and nobody plans in a default team.
      const path = `${iteration.project}\\${iteration.name}`
      const plans = server.state.workItems.some(
        ({ fields }) =>
          fields['System.IterationPath'] === path &&
          fields['System.AreaPath'] === `${iteration.project}\\${team.name}` &&
          team.team !== undefined,
      )
      const members = plans ? server.membersOf(team) : []
      const planned = (server.org.azureDevOps.capacity ?? []).filter(({ person }) =>
        members.some(({ id }) => id === person),
      )
      const teamMembers = planned.map(({ person, hours, activity = '', away = 0 }) => ({
        teamMember: server.identity(person),
        activities: [{ capacityPerDay: hours, name: activity }],
        daysOff: isCurrent ? daysOff(iteration, away) : [],
      }))
      return {
        status: 200,
        body: {
          teamMembers,
          totalCapacityPerDay: planned.reduce((sum, { hours }) => sum + hours, 0),
          totalDaysOff: teamMembers.reduce((sum, member) => sum + member.daysOff.length, 0),
        },
      }
    })
    .get(`${base}/teamdaysoff`, (request) => {
      const { team } = placeOf(request)
      return { status: 200, body: { daysOff: [], url: `${server.base}/${uuidOf(`${team.id}/teamdaysoff`)}` } }
    })
}
