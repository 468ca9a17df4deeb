import type { WebApi } from 'azure-devops-node-api'
import type { Build, BuildDefinitionReference } from 'azure-devops-node-api/interfaces/BuildInterfaces.js'
import type { GitPullRequest, GitRepository } from 'azure-devops-node-api/interfaces/GitInterfaces.js'
import type { WorkItem } from 'azure-devops-node-api/interfaces/WorkItemTrackingInterfaces.js'
import { sweepOfAll, type CatalogSource } from '../../../skills/kit/catalog-source.js'
import { personRef, repositoryRef, teamRef } from '../../../skills/kit/entity-ids.js'
import { unavailable } from '../../../skills/kit/errors.js'
import type { Claim, Ref } from '../../../skills/kit/model.js'

/** The Azure DevOps organisation, and who asks. */
export interface AzureDevOpsOptions {
  /** `https://dev.azure.com/contoso` */
  organisation: string
  token(): Promise<string>
}

/** The client's enumerations, as the service numbers them (Azure DevOps REST reference: Builds, Pull Requests). */
const results: Record<number, string> = { 2: 'succeeded', 4: 'partially succeeded', 8: 'failed', 32: 'cancelled' }
const completedState = 2
const activePulls = 1
/** Most work items one batch gives. */
const batch = 200
const workFields = [
  'System.Title',
  'System.State',
  'System.WorkItemType',
  'System.AssignedTo',
  'System.TeamProject',
  'System.ChangedDate',
  'System.Tags',
  'Microsoft.VSTS.Common.Priority',
  'System.AreaPath',
]
const openWork =
  "SELECT [System.Id] FROM WorkItems WHERE [System.State] <> 'Closed' AND [System.State] <> 'Done' AND [System.State] <> 'Removed' ORDER BY [System.ChangedDate] DESC"

/** Repositories, pipelines with their last run, open pull requests and open work items of an Azure DevOps organisation. */
export function azureDevOpsSource({ organisation, token }: AzureDevOpsOptions): CatalogSource {
  return {
    name: 'azure-devops',
    title: 'Azure DevOps',
    sweep: sweepOfAll(async (signal) => {
      try {
        // Loaded by the first sync, so that the hub does not start later for it. Tokens live for about an hour, a client for one sync.
        const { WebApi } = (await import('azure-devops-node-api')).default
        const api = WebApi.createWithBearerToken(organisation, await token(), {
          socketTimeout: 20_000,
          maxRetries: 1,
        } as never)
        const reader = new AzureDevOpsReader(api, signal)
        return await reader.everything()
      } catch (error) {
        const status = (error as { statusCode?: number }).statusCode
        throw unavailable(
          `Azure DevOps ${status === 401 || status === 403 ? "refuses Nexus's credential" : 'does not answer'}.`,
          undefined,
          error,
        )
      }
    }),
  }
}

class AzureDevOpsReader {
  constructor(
    private readonly api: WebApi,
    private readonly signal: AbortSignal,
  ) {}

  async everything(): Promise<Claim[]> {
    const core = await this.api.getCoreApi()
    const projects = await readPages((top, skip) => core.getProjects(undefined, top, skip))
    const claims: Claim[] = []
    for (const project of projects) {
      this.signal.throwIfAborted()
      claims.push(...(await this.readProject(project.name!)))
    }
    return [...claims, ...(await this.readWork())]
  }

  private async readProject(project: string): Promise<Claim[]> {
    const git = await this.api.getGitApi()
    const repositories = await git.getRepositories(project)
    const criteria = { status: activePulls }
    const pulls = await readPages((top, skip) => git.getPullRequestsByProject(project, criteria, undefined, skip, top))
    const build = await this.api.getBuildApi()
    const definitions = await build.getDefinitions(project)
    const ids = definitions.map(({ id }) => id!)
    const runs = ids.length
      ? await build.getBuilds(
          project,
          ids,
          undefined,
          undefined,
          undefined,
          undefined,
          undefined,
          undefined,
          completedState,
          undefined,
          undefined,
          undefined,
          undefined,
          undefined,
          1,
        )
      : []
    return [
      ...repositories.map((repository) => repositoryClaim(repository, project)),
      ...pulls.map((pull) => pullClaim(pull, project)),
      ...definitions.map((definition) =>
        pipelineClaim(
          definition,
          project,
          runs.find((run) => run.definition?.id === definition.id),
        ),
      ),
    ]
  }

  private async readWork(): Promise<Claim[]> {
    const tracking = await this.api.getWorkItemTrackingApi()
    const { workItems = [] } = await tracking.queryByWiql({ query: openWork })
    const claims: Claim[] = []
    for (let from = 0; from < workItems.length; from += batch) {
      const ids = workItems.slice(from, from + batch).map(({ id }) => id!)
      claims.push(...(await tracking.getWorkItems(ids, workFields)).map(workClaim))
    }
    return claims
  }
}

const page = 100

/** Reads lists that are given by pages of `top` from `skip` on. */
async function readPages<T>(read: (top: number, skip: number) => Promise<T[]>): Promise<T[]> {
  const found: T[] = []
  for (;;) {
    const next = await read(page, found.length)
    found.push(...next)
    if (next.length < page) return found
  }
}

const repositoryOf = (project: string, name: string): Ref => repositoryRef('azure-devops', `${project}/${name}`)

const repositoryClaim = ({ name, webUrl, defaultBranch }: GitRepository, project: string): Claim => ({
  ...repositoryOf(project, name!),
  name: name!,
  props: {
    host: 'Azure DevOps',
    project,
    ...(webUrl && { url: webUrl }),
    ...(defaultBranch && { branch: defaultBranch.replace('refs/heads/', '') }),
  },
})

function pullClaim(pull: GitPullRequest, project: string): Claim {
  const repository = pull.repository!.name!
  const reviewers = (pull.reviewers ?? []).filter(({ vote, uniqueName }) => !vote && uniqueName?.includes('@'))
  return {
    kind: 'PullRequest',
    id: `${repositoryOf(project, repository).id}#${pull.pullRequestId}`,
    name: `${repository}#${pull.pullRequestId}`,
    props: {
      title: pull.title ?? '',
      state: pull.isDraft ? 'draft' : 'open',
      repository,
      branch: pull.sourceRefName?.replace('refs/heads/', '') ?? '',
      opened: new Date(pull.creationDate!).toISOString(),
    },
    relations: [
      { type: 'partOf', to: repositoryOf(project, repository) },
      ...(pull.createdBy?.uniqueName?.includes('@')
        ? [{ type: 'authoredBy' as const, to: personRef(pull.createdBy.uniqueName) }]
        : []),
      ...reviewers.map(({ uniqueName }) => ({ type: 'reviewBy' as const, to: personRef(uniqueName!) })),
    ],
  }
}

function pipelineClaim({ id, name, path }: BuildDefinitionReference, project: string, last: Build | undefined): Claim {
  const repository = last?.repository
  return {
    kind: 'Pipeline',
    id: `azure-devops/${project.toLowerCase()}/${id}`,
    name: name!,
    props: {
      project,
      folder: path ?? '\\',
      ...(last?.finishTime && { lastRun: new Date(last.finishTime).toISOString() }),
      ...(last?.result !== undefined && { state: results[last.result] ?? 'unknown' }),
      ...(last?.buildNumber && { lastNumber: last.buildNumber }),
    },
    relations: repository?.name ? [{ type: 'builtFrom', to: repositoryOf(project, repository.name) }] : [],
  }
}

function workClaim({ id, fields = {} }: WorkItem): Claim {
  const assigned = (fields['System.AssignedTo'] as { uniqueName?: string } | undefined)?.uniqueName
  const team = (fields['System.AreaPath'] as string | undefined)?.split('\\')[1]
  const text = (name: string) => (fields[name] === undefined ? undefined : String(fields[name]))
  return {
    kind: 'WorkItem',
    id: `azure-devops/${id}`,
    name: `${text('System.WorkItemType') ?? 'Work item'} ${id}`,
    aliases: [`#${id}`, String(id)],
    props: {
      title: text('System.Title') ?? '',
      state: text('System.State') ?? '',
      type: text('System.WorkItemType') ?? '',
      project: text('System.TeamProject') ?? '',
      ...(text('Microsoft.VSTS.Common.Priority') && { priority: text('Microsoft.VSTS.Common.Priority')! }),
      ...(text('System.ChangedDate') && { updated: new Date(text('System.ChangedDate')!).toISOString() }),
    },
    relations: [
      ...(assigned?.includes('@') ? [{ type: 'assignedTo' as const, to: personRef(assigned) }] : []),
      ...(team ? [{ type: 'ownedBy' as const, to: teamRef(team), why: 'area path' }] : []),
    ],
  }
}
