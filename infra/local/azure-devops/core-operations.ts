import type { Router } from '../frame/router.js'
import { uuidOf } from '../frame/ids.js'
import { upnOf } from '../organisation/object-ids.js'
import { areas, locationsOf } from './locations.js'
import { collection, page } from './answers.js'
import type { ProjectTeam, Server } from './server.js'
import { projectId } from './state.js'

/** What clients ask before all else, projects, teams and users. */
export function coreOperations(router: Router, server: Server): void {
  const { org, base } = server
  const areaDocuments = () => Object.entries(areas).map(([name, id]) => ({ id, name, locationUrl: `${base}/` }))
  const instance = uuidOf(`${org.domain}/ado/instance`)

  router
    .on('OPTIONS', '/_apis/{area}', ({ params }) => collection(locationsOf(params.area!)))
    .on('OPTIONS', '/_apis', () => collection(Object.keys(areas).concat('Location', 'pipelines').flatMap(locationsOf)))
    .get('/_apis/resourceareas', () => collection(areaDocuments()))
    .get('/_apis/resourceareas/{area}', ({ params }) => {
      const area = areaDocuments().find(({ id }) => id === params.area!.toLowerCase())
      return { status: 200, body: area ?? null }
    })
    .get('/_apis/connectiondata', (request) => {
      const user = server.identity(server.caller(request))
      const own = {
        ...{
          id: user.id,
          descriptor: user.descriptor,
          subjectDescriptor: user.descriptor,
          isActive: true,
          properties: {},
        },
      }
      const identity = { ...own, providerDisplayName: user.displayName }
      return {
        status: 200,
        body: {
          ...{ authenticatedUser: identity, authorizedUser: identity, instanceId: instance, deploymentId: instance },
          ...{
            deploymentType: 'hosted',
            locationServiceData: { serviceOwner: instance, defaultAccessMappingMoniker: 'PublicAccessMapping' },
          },
        },
      }
    })

  const project = (name: string) => ({
    ...server.projectReference(name),
    defaultTeam: teamDocument(name)(server.teamsOf(name)[0]!),
    capabilities: { versioncontrol: { sourceControlType: 'Git' }, processTemplate: { templateName: 'Agile' } },
    _links: { web: { href: `${base}/${encodeURIComponent(name)}` } },
  })
  const teamDocument =
    (project: string) =>
    ({ id, name, team }: ProjectTeam) => ({
      ...{
        id,
        name,
        description: team?.summary ?? 'The default project team.',
        projectName: project,
        projectId: projectId(org, project),
      },
      url: `${base}/_apis/projects/${projectId(org, project)}/teams/${id}`,
      identityUrl: `${base}/_apis/Identities/${id}`,
    })

  router
    .get('/_apis/projects', (request) => page(request, server.projects, ({ name }) => server.projectReference(name)))
    .get('/_apis/projects/{project}', (request) => ({
      status: 200,
      body: project(server.projectNamed(request.params.project!).name),
    }))
    .delete('/_apis/projects/{project}', (request) => {
      const { name } = server.projectNamed(request.params.project!)
      server.state.deletedProjects.push(name)
      server.save()
      const id = uuidOf(`${org.domain}/ado/delete/${name}`)
      return { status: 202, body: { id, status: 'queued', url: `${base}/_apis/operations/${id}` } }
    })
    .get('/_apis/teams', (request) => {
      const all = server.projects.flatMap(({ name }) => server.teamsOf(name).map(teamDocument(name)))
      return page(request, all, (team) => team)
    })
    .get('/_apis/projects/{project}/teams', (request) => {
      const { name } = server.projectIn(request)
      return page(request, server.teamsOf(name), teamDocument(name))
    })
    .get('/_apis/projects/{project}/teams/{team}', (request) => {
      const { name } = server.projectIn(request)
      return { status: 200, body: teamDocument(name)(server.teamNamed(name, request.params.team!)) }
    })
    .get('/_apis/projects/{project}/teams/{team}/members', (request) => {
      const found = server.teamNamed(server.projectIn(request).name, request.params.team!)
      return page(request, server.membersOf(found), ({ id }) => ({
        identity: server.identity(id),
        isTeamAdmin: found.team?.lead === id,
      }))
    })
    .get('/_apis/graph/users', (request) =>
      page(
        request,
        org.people.filter(({ guest }) => !guest),
        (person) => ({
          ...{ subjectKind: 'user', metaType: 'member', domain: org.tenant, origin: 'aad', displayName: person.name },
          ...{ principalName: upnOf(org, person.id), mailAddress: upnOf(org, person.id), directoryAlias: person.id },
          ...{ originId: server.identity(person.id).id, descriptor: server.identity(person.id).descriptor },
        }),
      ),
    )
}
