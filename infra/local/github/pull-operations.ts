import type { Handler, Router, VendorRequest } from '../frame/router.js'
import { compare } from '../git/git-repository.js'
import { bodyOf, invalid, notFound, or404, page, Refusal, textOf, unprocessable } from './answers.js'
import { changedFile } from './changed-file.js'
import { closePull, mergePull } from './merge-pull.js'
import { PullDocuments, headOf } from './pull-documents.js'
import type { Server } from './server.js'
import type { Pull, Repository, Review } from './state.js'

/** Pull requests: listed, opened, changed, reviewed, commented on, merged. */
export function pullOperations(router: Router, server: Server): void {
  const { documents } = server
  const shown = new PullDocuments(server)
  const base = '/repos/{owner}/{repo}/pulls'

  const pullIn = (request: VendorRequest): [Repository, Pull] => {
    const repository = server.repositoryIn(request)
    return [repository, or404(repository.pulls.find(({ number }) => String(number) === request.params.number))]
  }
  const touched = (pull: Pull) => {
    pull.updated = server.now()
    server.save()
  }
  const announce = (repository: Repository, pull: Pull, action: string, more: Record<string, unknown> = {}) =>
    server.announce('pull_request', server.actor, repository, {
      ...{ action, number: pull.number, pull_request: shown.whole(repository, pull) },
      ...more,
    })
  const one = (status: number, repository: Repository, pull: Pull) => ({ status, body: shown.whole(repository, pull) })

  const list: Handler = (request) => {
    const repository = server.repositoryIn(request)
    const { state = 'open', sort = 'created', head, base: into } = request.query
    const wanted = repository.pulls.filter(
      (pull) =>
        (state === 'all' || pull.state === state) &&
        (!head || head === `${documents.login}:${pull.branch}`) &&
        (!into || into === pull.base),
    )
    if (!['open', 'closed', 'all'].includes(state))
      throw invalid({ resource: 'PullRequest', field: 'state', code: 'invalid' })
    const direction = request.query.direction ?? (sort === 'created' ? 'desc' : 'asc')
    const key = (pull: Pull) => (sort === 'updated' ? pull.updated : pull.created)
    const ordered = wanted.sort((a, b) => (direction === 'asc' ? key(a) - key(b) : key(b) - key(a)))
    return page(request, ordered, (pull) => shown.brief(repository, pull))
  }

  const create: Handler = (request) => {
    const repository = server.repositoryIn(request)
    const { git, pulls } = repository
    const body = bodyOf(request)
    const title = textOf(body, 'title', 'PullRequest')
    const branch = textOf(body, 'head', 'PullRequest').split(':').pop()!
    const into = textOf(body, 'base', 'PullRequest')
    const [head, baseSha] = [git.branches[branch], git.branches[into]]
    if (!head) throw invalid({ resource: 'PullRequest', field: 'head', code: 'invalid' })
    if (!baseSha) throw invalid({ resource: 'PullRequest', field: 'base', code: 'invalid' })
    const custom = (message: string) => invalid({ resource: 'PullRequest', code: 'custom', message })
    if (compare(git, baseSha, head).ahead.length === 0) throw custom(`No commits between ${into} and ${branch}`)
    if (pulls.some((pull) => pull.state === 'open' && pull.branch === branch && pull.base === into))
      throw custom(`A pull request already exists for ${documents.login}:${branch}.`)
    const pull: Pull = {
      ...{ number: Math.max(0, ...pulls.map(({ number }) => number)) + 1, title, body: String(body.body ?? '') },
      ...{ by: server.actor, reviewers: [], teamReviewers: [], created: server.now(), updated: server.now() },
      ...{ branch, base: into, head, baseSha, draft: body.draft === true, state: 'open', reviews: [], comments: [] },
    }
    pulls.push(pull)
    server.save()
    announce(repository, pull, 'opened')
    return one(201, repository, pull)
  }

  const update: Handler = (request) => {
    const [repository, pull] = pullIn(request)
    const { title, body, state } = bodyOf(request)
    if (state !== undefined && state !== 'open' && state !== 'closed')
      throw invalid({ resource: 'PullRequest', field: 'state', code: 'invalid' })
    if (state === 'open' && pull.merged) throw unprocessable('state cannot be changed. The pull request was merged.')
    const [was, open] = [{ title: pull.title, body: pull.body }, pull.state]
    if (typeof title === 'string') pull.title = title
    if (typeof body === 'string') pull.body = body
    if (state) setState(repository, pull, state)
    touched(pull)
    const changes = {
      ...(was.title !== pull.title && { title: { from: was.title } }),
      ...(was.body !== pull.body && { body: { from: was.body } }),
    }
    if (Object.keys(changes).length) announce(repository, pull, 'edited', { changes })
    if (pull.state !== open) announce(repository, pull, pull.state === 'open' ? 'reopened' : 'closed')
    return one(200, repository, pull)
  }

  const setState = (repository: Repository, pull: Pull, state: 'open' | 'closed') => {
    if (state === pull.state) return
    if (state === 'closed') return closePull(server, repository, pull)
    pull.state = state
    delete pull.closed
  }

  const merge: Handler = (request) => {
    const [repository, pull] = pullIn(request)
    const { sha, commit_title, commit_message, merge_method = 'merge' } = bodyOf(request)
    if (!['merge', 'squash', 'rebase'].includes(String(merge_method)))
      throw invalid({ resource: 'PullRequest', field: 'merge_method', code: 'invalid' })
    if (pull.state === 'closed' || pull.draft) throw new Refusal(405, 'Pull Request is not mergeable')
    if (sha !== undefined && sha !== headOf(repository, pull))
      throw new Refusal(409, 'Head branch was modified. Review and try the merge again.')
    const made = mergePull(server, repository, pull, {
      ...{ by: server.actor, squashed: merge_method !== 'merge' },
      ...(typeof commit_title === 'string' && { title: commit_title }),
      ...(typeof commit_message === 'string' && { message: commit_message }),
    })
    return { status: 200, body: { sha: made.sha, merged: true, message: 'Pull Request successfully merged' } }
  }

  const review: Handler = (request) => {
    const [repository, pull] = pullIn(request)
    const { event, body = '' } = bodyOf(request)
    const states: Record<string, Review['state']> = {
      APPROVE: 'APPROVED',
      REQUEST_CHANGES: 'CHANGES_REQUESTED',
      COMMENT: 'COMMENTED',
    }
    const state = states[String(event)]
    if (!state) throw invalid({ resource: 'PullRequestReview', field: 'event', code: 'invalid' })
    if (pull.by === server.actor && state !== 'COMMENTED')
      throw new Refusal(422, 'Unprocessable Entity', { errors: ['Can not approve your own pull request'] })
    if (state !== 'APPROVED' && body === '')
      throw new Refusal(422, 'Unprocessable Entity', { errors: ['Body is missing'] })
    const made = {
      id: server.nextId(),
      by: server.actor,
      state,
      body: String(body),
      at: server.now(),
      commit: headOf(repository, pull),
    }
    pull.reviews.push(made)
    touched(pull)
    const shownReview = shown.review(repository, pull)(made)
    server.announce('pull_request_review', server.actor, repository, {
      ...{ action: 'submitted', review: shownReview, pull_request: shown.brief(repository, pull) },
    })
    return { status: 200, body: shownReview }
  }

  /** The people and teams that a body names; each must be able to review. */
  const reviewersOf = (body: Record<string, unknown>): { people: string[]; teams: string[] } => {
    const [logins, slugs] = [body.reviewers ?? [], body.team_reviewers ?? []] as [string[], string[]]
    const people = logins.map((login) => {
      const person = documents.personOf(login)
      if (!person || !documents.members.includes(person))
        throw unprocessable(
          `Reviews may only be requested from collaborators. One or more of the users or teams you specified is not a collaborator of the repository.`,
        )
      return person.id
    })
    if (slugs.some((slug) => !documents.teamOf(slug)))
      throw unprocessable('Could not resolve to a node with the team given.')
    return { people, teams: slugs }
  }

  /** One event each, as GitHub sends them. */
  const announceReviewers = (
    repository: Repository,
    pull: Pull,
    action: string,
    people: readonly string[],
    teams: readonly string[],
  ) => {
    for (const id of people) announce(repository, pull, action, { requested_reviewer: documents.user(id) })
    for (const slug of teams)
      announce(repository, pull, action, { requested_team: documents.team(documents.teamOf(slug)!) })
  }

  const request_: Handler = (request) => {
    const [repository, pull] = pullIn(request)
    const { people, teams } = reviewersOf(bodyOf(request))
    if (people.includes(pull.by)) throw unprocessable('Review cannot be requested from pull request author.')
    pull.reviewers = [...new Set([...pull.reviewers, ...people])]
    pull.teamReviewers = [...new Set([...pull.teamReviewers, ...teams])]
    touched(pull)
    announceReviewers(repository, pull, 'review_requested', people, teams)
    return { status: 201, body: shown.brief(repository, pull) }
  }
  const withdraw: Handler = (request) => {
    const [repository, pull] = pullIn(request)
    const { people, teams } = reviewersOf(bodyOf(request))
    pull.reviewers = pull.reviewers.filter((id) => !people.includes(id))
    pull.teamReviewers = pull.teamReviewers.filter((slug) => !teams.includes(slug))
    touched(pull)
    announceReviewers(repository, pull, 'review_request_removed', people, teams)
    return { status: 200, body: shown.brief(repository, pull) }
  }

  const comment: Handler = (request) => {
    const [repository, pull] = pullIn(request)
    const made = {
      id: server.nextId(),
      by: server.actor,
      body: textOf(bodyOf(request), 'body', 'IssueComment'),
      at: server.now(),
    }
    pull.comments.push(made)
    touched(pull)
    return { status: 201, body: shown.comment(repository, pull)(made) }
  }

  router
    .get(base, list)
    .post(base, create)
    .get(`${base}/{number}`, (request) => one(200, ...pullIn(request)))
    .patch(`${base}/{number}`, update)
    .get(`${base}/{number}/commits`, (request) => {
      const [repository, pull] = pullIn(request)
      const { ahead } = compare(repository.git, pull.baseSha, headOf(repository, pull))
      return page(request, ahead, (commit) => documents.commit(repository, commit))
    })
    .get(`${base}/{number}/files`, (request) => {
      const [repository, pull] = pullIn(request)
      const { ahead } = compare(repository.git, pull.baseSha, headOf(repository, pull))
      const changes = new Map(ahead.flatMap(({ changed }) => changed.map((change) => [change.path, change])))
      const last = ahead.at(-1)
      return last
        ? page(request, [...changes.values()], changedFile(documents, repository, last))
        : { status: 200, body: [] }
    })
    .get(`${base}/{number}/merge`, (request) => {
      if (!pullIn(request)[1].merged) throw notFound()
      return { status: 204 }
    })
    .put(`${base}/{number}/merge`, merge)
    .get(`${base}/{number}/reviews`, (request) => {
      const [repository, pull] = pullIn(request)
      return page(request, pull.reviews, shown.review(repository, pull))
    })
    .post(`${base}/{number}/reviews`, review)
    .get(`${base}/{number}/requested_reviewers`, (request) => {
      const { requested_reviewers, requested_teams } = shown.brief(...pullIn(request))
      return { status: 200, body: { users: requested_reviewers, teams: requested_teams } }
    })
    .post(`${base}/{number}/requested_reviewers`, request_)
    .delete(`${base}/{number}/requested_reviewers`, withdraw)
    .get(`${base}/{number}/comments`, (request) => page(request, pullIn(request) && [], (nothing) => nothing))
    .get('/repos/{owner}/{repo}/issues/{number}/comments', (request) => {
      const [repository, pull] = pullIn(request)
      return page(request, pull.comments, shown.comment(repository, pull))
    })
    .post('/repos/{owner}/{repo}/issues/{number}/comments', comment)
}
