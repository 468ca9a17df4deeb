import { compare } from '../git/git-repository.js'
import { iso } from './answers.js'
import { nodeId } from './documents.js'
import type { Server } from './server.js'
import type { Comment, Pull, Repository, Review } from './state.js'

type Document = Record<string, unknown>

/** The commit a pull request's head is at: its branch while it is open, what it was closed with after. */
export const headOf = ({ git }: Repository, pull: Pull): string =>
  (pull.state === 'open' ? git.branches[pull.branch] : undefined) ?? pull.head

/** How pull requests, their reviews and comments look in answers. */
export class PullDocuments {
  constructor(readonly server: Server) {}

  /** A pull request as lists give it (`pull-request-simple`). */
  brief = (repository: Repository, pull: Pull): Document => {
    const { documents } = this.server
    const [url, page] = [
      `${documents.url(repository)}/pulls/${pull.number}`,
      `${documents.page(repository)}/pull/${pull.number}`,
    ]
    const issue = `${documents.url(repository)}/issues/${pull.number}`
    const head = headOf(repository, pull)
    const id = repository.id * 1000 + pull.number
    const side = (ref: string, sha: string) => ({
      ...{ label: `${documents.login}:${ref}`, ref, sha, user: documents.account(documents.login, 'Organization') },
      repo: documents.repository(repository),
    })
    const addresses = {
      ...{ html_url: page, diff_url: `${page}.diff`, patch_url: `${page}.patch`, issue_url: issue },
      ...{ commits_url: `${url}/commits`, review_comments_url: `${url}/comments`, comments_url: `${issue}/comments` },
      ...{ review_comment_url: `${documents.url(repository)}/pulls/comments{/number}` },
      statuses_url: `${documents.url(repository)}/statuses/${head}`,
    }
    return {
      ...{ url, id, node_id: nodeId('PR', id), ...addresses, number: pull.number, state: pull.state, locked: false },
      ...{ title: pull.title, user: documents.user(pull.by), body: pull.body || null, draft: pull.draft },
      ...{ created_at: iso(pull.created), updated_at: iso(pull.updated) },
      closed_at: pull.closed === undefined ? null : iso(pull.closed),
      merged_at: pull.merged ? iso(pull.merged.at) : null,
      merge_commit_sha: pull.merged?.sha ?? null,
      ...{ assignee: null, assignees: [], labels: [], milestone: null, auto_merge: null, author_association: 'MEMBER' },
      requested_reviewers: pull.reviewers.map(documents.user),
      requested_teams: pull.teamReviewers.flatMap((slug) => {
        const team = documents.teamOf(slug)
        return team ? [documents.team(team)] : []
      }),
      head: side(pull.branch, head),
      base: side(
        pull.base,
        pull.state === 'open' ? (repository.git.branches[pull.base] ?? pull.baseSha) : pull.baseSha,
      ),
      _links: {
        ...{ self: { href: url }, html: { href: page }, issue: { href: issue }, commits: { href: `${url}/commits` } },
        ...{ comments: { href: addresses.comments_url }, review_comments: { href: addresses.review_comments_url } },
        ...{ review_comment: { href: addresses.review_comment_url }, statuses: { href: addresses.statuses_url } },
      },
    }
  }

  /** A pull request in full. */
  whole = (repository: Repository, pull: Pull): Document => {
    const head = headOf(repository, pull)
    const { ahead } = compare(repository.git, pull.baseSha, head)
    const files = new Set(ahead.flatMap(({ changed }) => changed.map(({ path }) => path)))
    const checks = repository.checks[head]?.state
    const state = pull.draft ? 'draft' : checks === 'failure' ? 'unstable' : checks === 'pending' ? 'blocked' : 'clean'
    return {
      ...this.brief(repository, pull),
      ...{ merged: pull.merged !== undefined, mergeable: pull.state === 'open' ? true : null, rebaseable: null },
      mergeable_state: pull.state === 'open' ? state : 'unknown',
      merged_by: pull.merged ? this.server.documents.user(pull.merged.by) : null,
      ...{ comments: pull.comments.length, review_comments: 0, maintainer_can_modify: false },
      ...{ commits: ahead.length, additions: files.size * 3, deletions: 0, changed_files: files.size },
    }
  }

  review =
    (repository: Repository, pull: Pull) =>
    (review: Review): Document => {
      const { html_url, url } = this.brief(repository, pull) as { html_url: string; url: string }
      return {
        ...{ id: review.id, node_id: nodeId('PRR', review.id), user: this.server.documents.user(review.by) },
        ...{ body: review.body, state: review.state, commit_id: review.commit, submitted_at: iso(review.at) },
        ...{
          html_url: `${html_url}#pullrequestreview-${review.id}`,
          pull_request_url: url,
          author_association: 'MEMBER',
        },
        _links: { html: { href: html_url }, pull_request: { href: url } },
      }
    }

  comment =
    (repository: Repository, pull: Pull) =>
    (comment: Comment): Document => {
      const { documents } = this.server
      return {
        ...{
          id: comment.id,
          node_id: nodeId('IC', comment.id),
          url: `${documents.url(repository)}/issues/comments/${comment.id}`,
        },
        html_url: `${documents.page(repository)}/pull/${pull.number}#issuecomment-${comment.id}`,
        issue_url: `${documents.url(repository)}/issues/${pull.number}`,
        ...{ body: comment.body, user: documents.user(comment.by), author_association: 'MEMBER' },
        ...{ created_at: iso(comment.at), updated_at: iso(comment.at) },
      }
    }

  /** A pull request as the issue it is too, for searches. */
  issue = (repository: Repository, pull: Pull): Document => {
    const { documents } = this.server
    const brief = this.brief(repository, pull)
    return {
      ...{ url: brief.issue_url, repository_url: documents.url(repository), html_url: brief.html_url, id: brief.id },
      ...{
        node_id: brief.node_id,
        number: pull.number,
        title: pull.title,
        user: brief.user,
        labels: [],
        state: pull.state,
      },
      ...{ locked: false, assignee: null, assignees: [], milestone: null, comments: pull.comments.length, score: 1 },
      ...{ created_at: brief.created_at, updated_at: brief.updated_at, closed_at: brief.closed_at, draft: pull.draft },
      ...{ author_association: 'MEMBER', body: brief.body, comments_url: brief.comments_url },
      pull_request: { url: brief.url, html_url: brief.html_url, merged_at: brief.merged_at },
    }
  }
}
