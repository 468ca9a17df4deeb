import type { Ref } from '../../../skills/kit/model.js'
import { refOfRepository, repositoryOf, type Repository } from './read-code.js'
import { readApprovals, type Approval } from './read-approvals.js'
import { readTeamsOf, type TeamOfProject } from './read-teams.js'
import { TestReader } from './read-tests.js'
import { readProjects, type Project, type Reading } from './reading.js'
import { Teams } from './teams.js'

/**
 * What readers of one thing have to know of others: projects, teams with their areas, whose a repository's id is. It is read when it is
 * first needed and anew for each sweep, and forgotten where it does not know what an event names.
 */
export class Knowledge {
  readonly tests = new TestReader()
  #projects: Project[] | undefined
  #teamsOf = new Map<string, TeamOfProject[]>()
  #teams: Teams | undefined
  #repositories: Map<string, Ref> | undefined
  #approvals = new Map<string, Map<string, Approval>>()

  /** Forgets what may have changed, for a sweep that begins. */
  begin(): void {
    this.#projects = undefined
    this.#teamsOf.clear()
    this.#teams = undefined
    this.#repositories = undefined
    this.#approvals.clear()
  }

  /** Approvals are of the moment: each reading asks for them once. */
  forgetApprovals(): void {
    this.#approvals.clear()
  }

  /** Reads what everything else needs. A sweep that was interrupted keeps what it had of the teams of other projects. */
  async prepare(reading: Reading): Promise<Project[]> {
    const projects = (this.#projects ??= await readProjects(reading))
    if (!this.#teams) {
      for (const project of projects)
        if (!this.#teamsOf.has(project.id)) this.#teamsOf.set(project.id, await readTeamsOf(reading, project))
      this.#teams = new Teams(projects.flatMap(({ id }) => this.#teamsOf.get(id) ?? []))
    }
    this.#repositories ??= await readAllRepositories(reading, projects)
    return projects
  }

  /** Reads the projects anew, so that one that was deleted or made meanwhile is known for it. */
  async projects(reading: Reading): Promise<Project[]> {
    return (this.#projects = await readProjects(reading))
  }

  get teams(): Teams {
    if (!this.#teams) throw new Error('teams are asked for before they are read')
    return this.#teams
  }

  /** A repository by its GUID, in whatever project it is. */
  repository(id: string): Ref | undefined {
    return this.#repositories?.get(id.toLowerCase())
  }

  /** Notes a repository as it is called now. */
  noteRepository(repository: Repository): void {
    this.#repositories?.set(repository.id, refOfRepository(repository))
  }

  /** The runs of a project that wait for approval, by build. */
  async approvals(reading: Reading, project: Project): Promise<ReadonlyMap<string, Approval>> {
    const known = this.#approvals.get(project.id) ?? (await readApprovals(reading, project, this.teams))
    this.#approvals.set(project.id, known)
    return known
  }
}

/** Every repository that Nexus sees, in one request. */
async function readAllRepositories(
  { client, signal }: Reading,
  projects: readonly Project[],
): Promise<Map<string, Ref>> {
  const { items } = await client.get('_apis/git/repositories', {}, signal)
  const found = new Map<string, Ref>()
  for (const one of items) {
    const project = projects.find(({ id }) => id === one.object('project').text('id')?.toLowerCase())
    const repository = project && repositoryOf(one, project)
    if (repository) found.set(repository.id, refOfRepository(repository))
  }
  return found
}
