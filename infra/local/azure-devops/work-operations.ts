import type { Router, VendorRequest } from '../frame/router.js'
import { uuidOf } from '../frame/ids.js'
import { collection, iso, Refusal } from './answers.js'
import { categoryOf, types } from './work-item.js'
import type { ProjectTeam, Server } from './server.js'
import type { Iteration } from './state.js'

const DAY = 86_400_000

/** Boards: a team's iterations, its settings and its columns. */
export function workOperations(router: Router, server: Server): void {
  const base = '/{project}/{team}/_apis/work'
  const placeOf = (request: VendorRequest): { project: string; team: ProjectTeam } => {
    const project = server.projectIn(request).name
    return { project, team: server.teamNamed(project, request.params.team!) }
  }
  const document = (iteration: Iteration) => {
    const { id, project, name, start, finish } = iteration
    const now = server.now()
    const timeFrame = now < start ? 'future' : now < start + 14 * DAY ? 'current' : 'past'
    const url = `${server.base}/${encodeURIComponent(project)}/_apis/work/teamsettings/iterations/${id}`
    return {
      id,
      name,
      path: `${project}\\${name}`,
      attributes: { startDate: iso(start), finishDate: iso(finish), timeFrame },
      url,
    }
  }
  const iterationIn = (request: VendorRequest): Iteration => {
    const { project } = placeOf(request)
    const found = server.state.iterations.find(({ id, project: own }) => id === request.params.id && own === project)
    if (found) return found
    throw new Refusal(
      404,
      'InvalidTeamSettingsIterationException',
      `VS402866: The iteration with id '${request.params.id}' does not exist for the team.`,
    )
  }
  const columns = ({ team }: { team: ProjectTeam }) =>
    types['User Story']!.filter((state) => state !== 'Removed').map((name) => ({
      ...{
        id: uuidOf(`${team.id}/column/${name}`),
        name,
        itemLimit: name === 'New' || name === 'Closed' ? 0 : 5,
        isSplit: false,
      },
      stateMappings: { 'User Story': name, Bug: name },
      columnType: { Proposed: 'incoming', Completed: 'outgoing' }[categoryOf(name)] ?? 'inProgress',
    }))

  router
    .get(`${base}/teamsettings/iterations`, (request) => {
      const { project } = placeOf(request)
      const timeframe = request.query.$timeframe?.toLowerCase()
      const listed = server.state.iterations.filter((each) => each.project === project).map(document)
      return collection(timeframe ? listed.filter(({ attributes }) => attributes.timeFrame === timeframe) : listed)
    })
    .get(`${base}/teamsettings/iterations/{id}`, (request) => ({ status: 200, body: document(iterationIn(request)) }))
    .get(`${base}/teamsettings/iterations/{id}/workitems`, (request) => {
      const { project, name } = iterationIn(request)
      const { team } = placeOf(request)
      const items = server.state.workItems.filter(
        ({ fields }) =>
          fields['System.IterationPath'] === `${project}\\${name}` &&
          (team.team === undefined || fields['System.AreaPath'] === `${project}\\${team.name}`),
      )
      const target = ({ id }: { id: number }) => ({
        rel: null,
        source: null,
        target: { id, url: `${server.base}/_apis/wit/workItems/${id}` },
      })
      return { status: 200, body: { workItemRelations: items.map(target) } }
    })
    .get(`${base}/teamsettings`, (request) => {
      const { project } = placeOf(request)
      const current = server.state.iterations
        .map(document)
        .find(({ path, attributes }) => path.startsWith(`${project}\\`) && attributes.timeFrame === 'current')
      const days = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday']
      return {
        status: 200,
        body: {
          backlogIteration: { name: project, path: project },
          bugsBehavior: 'asRequirements',
          workingDays: days,
          defaultIteration: current ?? null,
          defaultIterationMacro: '@currentIteration',
        },
      }
    })
    .get(`${base}/teamsettings/teamfieldvalues`, (request) => {
      const { project, team } = placeOf(request)
      const value = team.team ? `${project}\\${team.name}` : project
      const field = { referenceName: 'System.AreaPath', url: `${server.base}/_apis/wit/fields/System.AreaPath` }
      return {
        status: 200,
        body: { field, defaultValue: value, values: [{ value, includeChildren: team.team === undefined }] },
      }
    })
    .get(`${base}/boards`, (request) => {
      const { team } = placeOf(request)
      return collection([
        { id: uuidOf(`${team.id}/board`), name: 'Stories', url: `${server.base}/_apis/work/boards/Stories` },
      ])
    })
    .get(`${base}/boards/{board}/columns`, (request) => {
      const place = placeOf(request)
      if (!['stories', uuidOf(`${place.team.id}/board`)].includes(request.params.board!.toLowerCase()))
        throw new Refusal(
          404,
          'BoardDoesNotExistException',
          `VS402887: The board ${request.params.board} does not exist.`,
        )
      return collection(columns(place))
    })
}
