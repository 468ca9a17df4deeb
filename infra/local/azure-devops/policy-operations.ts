import type { Router, VendorRequest } from '../frame/router.js'
import { uuidOf } from '../frame/ids.js'
import { badArgument, collection, page } from './answers.js'
import { progressOf } from './build.js'
import type { Server } from './server.js'
import { projectId, type Pull, type Repository } from './state.js'

/** The types of policies that are here, by the ids that Azure DevOps gives them. */
const types = {
  reviewers: { id: 'fa4e907d-c16b-4a4c-9dfa-4906e5d171dd', displayName: 'Minimum number of reviewers' },
  build: { id: '0609b952-1397-4640-95ec-e00a01b2c241', displayName: 'Build' },
  workItem: { id: '40e92b44-2fe1-4dd6-b3d8-74a9c21d0c6e', displayName: 'Work item linking' },
  comments: { id: 'c6a1889d-b943-4856-b76f-9e46bb6b0df2', displayName: 'Comment requirements' },
} as const

/** Branch policies, and how a pull request stands with them. */
export function policyOperations(router: Router, server: Server): void {
  const policiesOf = (repository: Repository) => {
    const { policies } = server.org.repositories.find(
      ({ name, project, host }) =>
        host === 'azure-devops' && project === repository.project && name === repository.name,
    ) ?? { policies: undefined }
    const build = server.state.definitions.find(
      ({ name, project }) => name === policies?.build && project === repository.project,
    )
    const scope = [
      { repositoryId: repository.id, refName: `refs/heads/${repository.git.defaultBranch}`, matchKind: 'exact' },
    ]
    return Object.entries({
      ...(policies?.reviewers && {
        reviewers: { minimumApproverCount: policies.reviewers, creatorVoteCounts: false, scope },
      }),
      ...(build && { build: { buildDefinitionId: build.id, displayName: null, validDuration: 720, scope } }),
      ...(policies?.workItem && { workItem: { scope } }),
      ...(policies?.comments && { comments: { scope } }),
    }).map(([type, settings], index) => ({
      ...{ id: 10 * (index + 1) + server.state.repositories.indexOf(repository), revision: 1, isDeleted: false },
      ...{ isEnabled: true, isBlocking: true, type: types[type as keyof typeof types], settings },
      url: `${server.base}/${projectId(server.org, repository.project)}/_apis/policy/configurations/${index + 1}`,
    }))
  }
  const repositoriesIn = (request: VendorRequest) => {
    const project = server.projectIn(request).name
    return server.state.repositories.filter((each) => each.project === project)
  }

  /** How one policy stands: approved, rejected, running or queued. */
  const statusOf = (type: string, settings: object, repository: Repository, pull: Pull): string => {
    if (type === types.reviewers.id) {
      const { minimumApproverCount } = settings as { minimumApproverCount: number }
      if (pull.reviewers.some(({ vote }) => vote < 0)) return 'rejected'
      return pull.reviewers.filter(({ vote }) => vote > 0).length >= minimumApproverCount ? 'approved' : 'running'
    }
    if (type === types.build.id) {
      const { buildDefinitionId } = settings as { buildDefinitionId: number }
      const last = server.state.builds
        .filter(({ definition, branch }) => definition === buildDefinitionId && branch === pull.source)
        .sort((a, b) => b.queued - a.queued)[0]
      if (!last) return 'queued'
      const { status, result } = progressOf(last, server.now())
      return status !== 'completed' ? 'running' : result === 'succeeded' ? 'approved' : 'rejected'
    }
    if (type === types.workItem.id) {
      const link = artifactOf(server, repository, pull)
      const linked = server.state.workItems.some(({ relations }) => relations.some(({ url }) => url === link))
      return linked ? 'approved' : 'rejected'
    }
    return 'approved'
  }

  router
    .get('/{project}/_apis/policy/configurations', (request) => {
      const wanted = request.query.policytype
      const all = repositoriesIn(request).flatMap(policiesOf)
      return page(request, wanted ? all.filter(({ type }) => type.id === wanted) : all, (policy) => policy, 1_000)
    })
    .get('/{project}/_apis/policy/evaluations', (request) => {
      const artifact = request.query.artifactid
      const [, project, number] = /^vstfs:\/\/\/CodeReview\/CodeReviewId\/([^/]+)\/(\d+)$/.exec(artifact ?? '') ?? []
      if (!number) throw badArgument('artifactId', `The value '${artifact}' is not valid`)
      for (const repository of repositoriesIn(request))
        for (const pull of repository.pulls)
          if (String(pull.id) === number && projectId(server.org, repository.project) === project)
            return collection(
              policiesOf(repository).map((configuration) => ({
                ...{ configuration, artifactId: artifact, evaluationId: uuidOf(`${artifact}/${configuration.id}`) },
                status: statusOf(configuration.type.id, configuration.settings, repository, pull),
              })),
            )
      return collection([])
    })
}

/** The address by which a work item links a pull request. */
export const artifactOf = (server: Server, { id, project }: Repository, pull: { id: number }): string =>
  `vstfs:///Git/PullRequestId/${projectId(server.org, project)}%2F${id}%2F${pull.id}`
