import type { VendorRequest } from '../frame/router.js'
import type { Services, TokenClaims } from '../frame/services.js'
import type { State } from '../frame/state.js'
import { uuidOf } from '../frame/ids.js'
import type { Organisation } from '../organisation/model.js'
import { personObjectId, upnOf } from '../organisation/object-ids.js'
import { Refusal } from './answers.js'
import type { HookEvent } from './hook-event.js'
import { ServiceHooks } from './service-hooks.js'
import { seedState } from './seed-state.js'
import { projectId, teamId, type AzureDevOpsState, type Repository } from './state.js'

type Person = Organisation['people'][number]
type Project = Organisation['azureDevOps']['projects'][number]
type Team = Organisation['teams'][number]
/** A team of a project; the project's own default team has no counterpart in the organisation. */
export interface ProjectTeam {
  id: string
  name: string
  team?: Team
}

/** Audience of tokens for Azure DevOps: its application id in Entra. */
export const AUDIENCE = '499b84ac-1321-427f-aa17-267ca6975798'
/** The short id under which an application acts. */
export const APPLICATION = 'nexus'

/** What every operation of the local Azure DevOps works on. */
export class Server {
  readonly org: Organisation
  readonly organisation: string
  /** `https://localhost:8443/ado/contoso`. */
  readonly base: string
  readonly #state: State<AzureDevOpsState>
  readonly #clock: Services['clock']
  readonly #callers = new WeakMap<object, string>()
  readonly hooks: ServiceHooks
  /** Does something when business time has passed, in milliseconds. */
  readonly after: Services['after']

  constructor(services: Services) {
    this.org = services.org
    this.organisation = services.org.azureDevOps.organisation
    this.base = `${services.base}/ado/${this.organisation}`
    this.#state = services.open('azure-devops', () => seedState(services))
    this.#clock = services.clock
    this.after = services.after
    this.hooks = new ServiceHooks(this)
  }

  /** Tells who subscribed of an event. */
  tell = (event: HookEvent): void => this.hooks.tell(event)

  get state(): AzureDevOpsState {
    return this.#state.value
  }
  save = (): void => this.#state.changed()
  /** Business time, in milliseconds since 1970. */
  now = (): number => this.#clock.now().getTime()
  nextId = (): number => ++this.#state.value.lastId

  /** Notes who a request comes from, by its verified token. */
  recordCaller(request: VendorRequest, claims: TokenClaims): void {
    const person = this.org.people.find(({ id }) => personObjectId(this.org, id) === claims.oid)
    this.#callers.set(request.headers, person?.id ?? APPLICATION)
  }
  /** Short id of who a request comes from. */
  caller = (request: VendorRequest): string => this.#callers.get(request.headers) ?? APPLICATION

  person = (id: string): Person | undefined => this.org.people.find((person) => person.id === id)
  /** The person that an object id, a principal name, a display name, or both as `Name <principal>` stands for. */
  personNamed(text: string): Person | undefined {
    const name = /<([^>]+)>/.exec(text)?.[1] ?? text
    const wanted = name.trim().toLowerCase()
    return this.org.people.find(({ id, name: display }) =>
      [personObjectId(this.org, id), upnOf(this.org, id).toLowerCase(), display.toLowerCase()].includes(wanted),
    )
  }

  /** A person or the application, as an identity reference. */
  identity = (id: string): Record<string, unknown> => {
    const person = this.person(id)
    const objectId = person ? personObjectId(this.org, id) : uuidOf(`${this.org.domain}/ado/service/${id}`)
    const descriptor = `${person ? 'aad' : 'aadsp'}.${Buffer.from(objectId).toString('base64url')}`
    return {
      displayName: person?.name ?? 'Nexus',
      url: `${this.base}/_apis/Identities/${objectId}`,
      _links: { avatar: { href: `${this.base}/_apis/GraphProfile/MemberAvatars/${descriptor}` } },
      id: objectId,
      uniqueName: person ? upnOf(this.org, id) : objectId,
      imageUrl: `${this.base}/_apis/GraphProfile/MemberAvatars/${descriptor}`,
      descriptor,
    }
  }

  /** The projects that were not deleted. */
  get projects(): Project[] {
    return this.org.azureDevOps.projects.filter(({ name }) => !this.state.deletedProjects.includes(name))
  }
  /** Whether somebody sees of a project only that it is there. */
  isClosed = (name: string, caller: string): boolean =>
    caller === APPLICATION && this.org.azureDevOps.projects.some((each) => each.name === name && each.closed)

  /** The project that a path names by id or name; 404 as Team Foundation says it, 403 where it is closed to the caller. */
  projectIn(request: VendorRequest): Project {
    const found = this.projectNamed(request.params.project!)
    if (!this.isClosed(found.name, this.caller(request))) return found
    throw new Refusal(
      403,
      'AccessDeniedException',
      `TF400813: The service principal does not have the permissions that are needed in the project ${found.name}.`,
    )
  }
  /** The project of a name or id, whoever asks. */
  projectNamed(text: string): Project {
    const wanted = text.toLowerCase()
    const found = this.projects.find(
      ({ name }) => name.toLowerCase() === wanted || projectId(this.org, name) === wanted,
    )
    if (found) return found
    throw new Refusal(
      404,
      'ProjectDoesNotExistWithNameException',
      `TF200016: The following project does not exist: ${text}. Verify that the name of the project is correct and that the project exists on the specified Azure DevOps Server.`,
    )
  }
  /** The project of a path that may be without one. */
  optionalProject = (request: VendorRequest): Project | undefined =>
    request.params.project === undefined ? undefined : this.projectIn(request)

  /** A project as other resources refer to it. */
  projectReference = (name: string): Record<string, unknown> => {
    const id = projectId(this.org, name)
    const description = this.org.azureDevOps.projects.find((project) => project.name === name)?.description
    return {
      ...{ id, name, ...(description && { description }), url: `${this.base}/_apis/projects/${id}` },
      ...{ state: 'wellFormed', revision: 12, visibility: 'private', lastUpdateTime: '2026-01-12T10:00:00.000Z' },
    }
  }

  /** Teams of a project: those that have a repository, a pipeline or a work item there, and the default team. */
  teamsOf(project: string): ProjectTeam[] {
    const { repositories, pipelines, services, workItems, teams } = this.org
    const here = new Set([
      ...repositories.filter((each) => each.project === project).map(({ team }) => team),
      ...pipelines
        .filter((each) => each.project === project)
        .map(({ service }) => services.find(({ id }) => id === service)?.team),
      ...workItems.filter((each) => each.project === project).map(({ team }) => team),
    ])
    const named = teams
      .filter(({ id }) => here.has(id))
      .map((team) => ({ id: teamId(this.org, project, team.id), name: team.name, team }))
    return [{ id: teamId(this.org, project, ''), name: `${project} Team` }, ...named]
  }
  /** A project's team by id or name; 404 where there is none. */
  teamNamed(project: string, text: string): ProjectTeam {
    const found = this.teamsOf(project).find(({ id, name }) => id === text || name.toLowerCase() === text.toLowerCase())
    if (found) return found
    throw new Refusal(404, 'TeamNotFoundException', `VS402858: The team with id '${text}' does not exist.`)
  }
  membersOf = ({ team }: ProjectTeam): Person[] =>
    this.org.people.filter((person) => !person.guest && (team === undefined || person.team === team.id))

  /** A Git repository by id, or by name within its project. */
  repositoryNamed(text: string, project?: string): Repository {
    const found = this.state.repositories.find(
      (each) =>
        (project === undefined || each.project === project) &&
        (each.id === text.toLowerCase() || (project !== undefined && each.name.toLowerCase() === text.toLowerCase())),
    )
    if (found) return found
    throw new Refusal(
      404,
      'GitRepositoryNotFoundException',
      `TF401019: The Git repository with name or identifier ${text} does not exist or you do not have permissions for the operation you are attempting.`,
    )
  }
  repositoryIn = (request: VendorRequest): Repository =>
    this.repositoryNamed(request.params.repository!, this.optionalProject(request)?.name)
}
