import type { Handler, Router, VendorRequest } from '../frame/router.js'
import { addCommit, mergedFiles } from '../git/git-repository.js'
import { badArgument, collection, enumOf, field, iso, jsonOf, objectOf, page, Refusal } from './answers.js'
import type { Server } from './server.js'
import type { EventType } from './hook-event.js'
import { projectId, type Pull, type Repository } from './state.js'

const statuses = { notSet: 0, active: 1, abandoned: 2, completed: 3, all: 4 }
const votes = [10, 5, 0, -5, -10]

/** Pull requests of Git repositories: searched, opened, voted on, completed or abandoned. */
export function pullOperations(router: Router, server: Server): void {
  const branchOf = ({ git }: Repository, ref: string) => git.branches[ref.replace('refs/heads/', '')]

  const reviewerDocument =
    (repository: Repository, pull: Pull) =>
    ({ person, vote, required }: Pull['reviewers'][number]) => ({
      ...server.identity(person),
      ...{ vote, isRequired: required, hasDeclined: false, isFlagged: false },
      reviewerUrl: `${address(repository, pull)}/reviewers/${server.identity(person).id}`,
    })
  const address = ({ id, project }: Repository, pull: Pull) =>
    `${server.base}/${projectId(server.org, project)}/_apis/git/repositories/${id}/pullRequests/${pull.id}`
  const document = ([repository, pull]: [Repository, Pull]) => ({
    repository: { id: repository.id, name: repository.name, project: server.projectReference(repository.project) },
    ...{ pullRequestId: pull.id, codeReviewId: pull.id, status: pull.status, createdBy: server.identity(pull.by) },
    ...{ creationDate: iso(pull.created), ...(pull.closed !== undefined && { closedDate: iso(pull.closed) }) },
    ...{ title: pull.title, description: pull.description, sourceRefName: pull.source, targetRefName: pull.target },
    ...{ mergeStatus: 'succeeded', isDraft: pull.draft, supportsIterations: true, url: address(repository, pull) },
    lastMergeSourceCommit: {
      commitId: (pull.status === 'active' ? branchOf(repository, pull.source) : undefined) ?? pull.sourceSha,
    },
    lastMergeTargetCommit: {
      commitId: (pull.status === 'active' ? branchOf(repository, pull.target) : undefined) ?? pull.targetSha,
    },
    ...(pull.mergeSha && { lastMergeCommit: { commitId: pull.mergeSha } }),
    reviewers: pull.reviewers.map(reviewerDocument(repository, pull)),
  })

  const list = (request: VendorRequest, repositories: Repository[]) => {
    const criteria = (name: string) => request.query[`searchcriteria.${name}`]
    const status = enumOf(statuses, criteria('status') ?? 'active')
    if (!status) throw badArgument('searchCriteria.status', `The value '${criteria('status')}' is not valid`)
    const [from, to] = [criteria('mintime'), criteria('maxtime')].map((text) => (text ? Date.parse(text) : undefined))
    if ([from, to].some(Number.isNaN)) throw badArgument('searchCriteria.minTime', 'The value is not a date')
    const byClosing = criteria('querytimerangetype')?.toLowerCase() === 'closed'
    const isWithin = ({ created, closed }: Pull): boolean => {
      const at = byClosing ? closed : created
      if (from === undefined && to === undefined) return true
      return at !== undefined && at >= (from ?? 0) && at <= (to ?? Infinity)
    }
    const is = (id: string, wanted: string | undefined) => !wanted || server.identity(id).id === wanted.toLowerCase()
    const found = repositories.flatMap((repository) =>
      repository.pulls.map((pull): [Repository, Pull] => [repository, pull]),
    )
    const wanted = found.filter(
      ([repository, pull]) =>
        (status === 'all' || pull.status === (status === 'notSet' ? 'active' : status)) &&
        isWithin(pull) &&
        is(pull.by, criteria('creatorid')) &&
        (!criteria('reviewerid') || pull.reviewers.some(({ person }) => is(person, criteria('reviewerid')))) &&
        (!criteria('repositoryid') || repository.id === criteria('repositoryid')) &&
        (!criteria('sourcerefname') || pull.source === criteria('sourcerefname')) &&
        (!criteria('targetrefname') || pull.target === criteria('targetrefname')),
    )
    return page(
      request,
      wanted.sort(([, a], [, b]) => b.created - a.created),
      document,
    )
  }

  const pullNamed = (repositories: Repository[], { params }: VendorRequest): [Repository, Pull] => {
    for (const repository of repositories)
      for (const pull of repository.pulls) if (String(pull.id) === params.pull) return [repository, pull]
    throw new Refusal(404, 'GitPullRequestNotFoundException', `TF401180: The requested pull request was not found.`)
  }
  const pullIn = (request: VendorRequest) => pullNamed([server.repositoryIn(request)], request)
  const inProject = (request: VendorRequest) => {
    const project = server.optionalProject(request)?.name
    return server.state.repositories.filter((each) => project === undefined || each.project === project)
  }

  const create: Handler = (request) => {
    const repository = server.repositoryIn(request)
    const { title, description = '', sourceRefName, targetRefName, isDraft, reviewers = [] } = objectOf(request)
    if (typeof title !== 'string' || title === '') throw badArgument('title')
    const [source, target] = [String(sourceRefName), String(targetRefName)]
    const [sourceSha, targetSha] = [branchOf(repository, source), branchOf(repository, target)]
    if (!sourceSha || !targetSha)
      throw new Refusal(
        404,
        'GitPullRequestNotFoundException',
        `TF401398: The pull request cannot be activated because the source and/or the target branch no longer exists, or the requested pull request was not found.`,
      )
    if (repository.pulls.some((pull) => pull.status === 'active' && pull.source === source && pull.target === target))
      throw new Refusal(
        409,
        'GitPullRequestExistsException',
        `TF401179: An active pull request for the source and target branch already exists.`,
      )
    const pull: Pull = {
      ...{
        id: server.nextId(),
        title,
        description: String(description),
        by: server.caller(request),
        created: server.now(),
      },
      ...{ source, target, sourceSha, targetSha, draft: isDraft === true, status: 'active' },
      reviewers: (reviewers as unknown[]).map((each) => ({
        person: personIn(String(field(each, 'id'))),
        vote: 0,
        required: field(each, 'isRequired') === true,
      })),
    }
    repository.pulls.push(pull)
    server.save()
    tell(repository, pull, 'git.pullrequest.created', 'created')
    return { status: 201, body: document([repository, pull]) }
  }

  const tell = (repository: Repository, pull: Pull, eventType: EventType, what: string): void =>
    server.tell({
      ...{ eventType, project: repository.project, text: `Pull request ${pull.id} (${pull.title}) ${what}` },
      resource: document([repository, pull]),
    })

  const personIn = (objectId: string): string => {
    const person = server.personNamed(objectId)
    if (!person)
      throw new Refusal(400, 'IdentityNotFoundException', `VS403030: The identity ${objectId} could not be found.`)
    return person.id
  }

  const update: Handler = (request) => {
    const [repository, pull] = pullIn(request)
    const body = objectOf(request)
    const status = body.status === undefined ? undefined : enumOf(statuses, body.status)
    if (body.status !== undefined && (!status || status === 'all'))
      throw badArgument('status', `The value '${body.status}' is not valid`)
    if (pull.status === 'completed' && status && status !== 'completed')
      throw new Refusal(400, 'InvalidArgumentValueException', 'TF401192: A completed pull request cannot be changed.')
    if (status === 'completed' && pull.status === 'active') complete(repository, pull, body, server.caller(request))
    else if (status === 'abandoned' || status === 'active') setStatus(pull, status)
    if (typeof body.title === 'string') pull.title = body.title
    if (typeof body.description === 'string') pull.description = body.description
    if (typeof body.isDraft === 'boolean') pull.draft = body.isDraft
    server.save()
    tell(repository, pull, 'git.pullrequest.updated', 'updated')
    return { status: 200, body: document([repository, pull]) }
  }
  const setStatus = (pull: Pull, status: Pull['status']) => {
    pull.status = status
    if (status === 'active') delete pull.closed
    else pull.closed = server.now()
  }
  /** The client names the commit it has seen, so that nothing newer is merged unseen. */
  const complete = (repository: Repository, pull: Pull, body: Record<string, unknown>, by: string) => {
    const [head, target] = [branchOf(repository, pull.source) ?? pull.sourceSha, branchOf(repository, pull.target)!]
    if (field(body.lastMergeSourceCommit, 'commitId') !== head)
      throw new Refusal(
        409,
        'GitPullRequestStaleException',
        'TF401192: The pull request was changed by another client; read it again and give its lastMergeSourceCommit.',
      )
    if (pull.draft)
      throw new Refusal(
        400,
        'GitPullRequestUpdateRejectedException',
        'TF401181: A draft pull request cannot be completed.',
      )
    const made = addCommit(repository.git, {
      ...{ parents: [target, head], by, at: server.now(), message: `Merged PR ${pull.id}: ${pull.title}` },
      files: mergedFiles(repository.git, target, head),
    })
    repository.git.branches[pull.target.replace('refs/heads/', '')] = made.sha
    Object.assign(pull, { sourceSha: head, targetSha: target, mergeSha: made.sha })
    setStatus(pull, 'completed')
  }

  const vote: Handler = (request) => {
    const [repository, pull] = pullIn(request)
    const { vote: value = 0, isRequired } = objectOf(request)
    if (!votes.includes(Number(value)))
      throw badArgument('vote', `The vote '${value}' is not one of ${votes.join(', ')}`)
    const person = personIn(request.params.reviewer!)
    if (Number(value) !== 0 && person !== server.caller(request))
      throw new Refusal(403, 'GitPullRequestCannotVoteForOthersException', 'TF401186: Only the reviewer can vote.')
    const known = pull.reviewers.find((reviewer) => reviewer.person === person)
    const reviewer = known ?? { person, vote: 0, required: false }
    if (!known) pull.reviewers.push(reviewer)
    reviewer.vote = Number(value)
    if (typeof isRequired === 'boolean') reviewer.required = isRequired
    server.save()
    tell(repository, pull, 'git.pullrequest.updated', 'voted on')
    return { status: 200, body: reviewerDocument(repository, pull)(reviewer) }
  }

  const addReviewers: Handler = (request) => {
    const [repository, pull] = pullIn(request)
    const given = jsonOf(request)
    if (!Array.isArray(given)) throw badArgument('reviewers')
    const people = given.map((each) => personIn(String(field(each, 'id'))))
    const fresh = people.filter((person) => !pull.reviewers.some((reviewer) => reviewer.person === person))
    pull.reviewers.push(...fresh.map((person) => ({ person, vote: 0, required: false })))
    server.save()
    return collection(
      pull.reviewers.filter(({ person }) => people.includes(person)).map(reviewerDocument(repository, pull)),
    )
  }

  for (const scope of ['', '/{project}']) {
    const base = `${scope}/_apis/git/repositories/{repository}/pullrequests`
    router
      .get(`${scope}/_apis/git/pullrequests`, (request) => list(request, inProject(request)))
      .get(`${scope}/_apis/git/pullrequests/{pull}`, (request) => ({
        status: 200,
        body: document(pullNamed(inProject(request), request)),
      }))
      .get(base, (request) => list(request, [server.repositoryIn(request)]))
      .post(base, create)
      .get(`${base}/{pull}`, (request) => ({ status: 200, body: document(pullIn(request)) }))
      .patch(`${base}/{pull}`, update)
      .get(`${base}/{pull}/reviewers`, (request) => {
        const [repository, pull] = pullIn(request)
        return collection(pull.reviewers.map(reviewerDocument(repository, pull)))
      })
      .post(`${base}/{pull}/reviewers`, addReviewers)
      .put(`${base}/{pull}/reviewers/{reviewer}`, vote)
      .delete(`${base}/{pull}/reviewers/{reviewer}`, (request) => {
        const [, pull] = pullIn(request)
        const person = personIn(request.params.reviewer!)
        pull.reviewers = pull.reviewers.filter((reviewer) => reviewer.person !== person)
        server.save()
        return { status: 200 }
      })
  }
}
