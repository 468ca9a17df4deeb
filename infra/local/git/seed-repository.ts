import type { Organisation } from '../organisation/model.js'
import { addCommit, emptyRepository, type GitRepository } from './git-repository.js'

type Repository = Organisation['repositories'][number]

/** A repository with its history, and the head and merge commits of its pull requests by number. */
export interface SeededRepository {
  git: GitRepository
  pulls: Record<number, { head: string; base: string; merge?: string }>
}

const DAY = 86_400_000
const text = (content: string) => Buffer.from(content, 'utf8')

/**
 * Makes a repository's history from the organisation: its files come with the first commit, each later commit writes its
 * line into the changelog, merged pull requests are squashed into the default branch when they were last updated, and
 * open ones have a branch with one commit.
 * @param files the organisation's files, and what the vendor's stand-in adds to them.
 */
export function seedRepository(
  org: Organisation,
  repository: Repository,
  files: Record<string, string>,
): SeededRepository {
  const git = emptyRepository()
  const owner = org.teams.find(({ id }) => id === repository.team)?.lead ?? org.people[0]!.id
  const merged = repository.pulls.filter(({ state }) => state === 'merged')
  const landed = [
    ...repository.commits.map(({ by, at, message }) => ({ by, at: Date.parse(at), message, pull: undefined })),
    ...merged.map((pull) => ({
      by: pull.by,
      at: Date.parse(pull.updated ?? pull.opened),
      message: `${pull.title} (#${pull.number})`,
      pull: pull.number,
    })),
  ].sort((a, b) => a.at - b.at)

  const opened = repository.pulls.map((pull) => Date.parse(pull.opened))
  const earliest = Math.min(...landed.map(({ at }) => at), ...opened, Date.parse('2026-01-01T00:00:00Z'))
  const edits = Object.fromEntries(Object.entries(files).map(([path, content]) => [path, text(content)]))
  const first = addCommit(git, { parents: [], by: owner, at: earliest - DAY, message: 'Initial commit', edits })
  git.branches[git.defaultBranch] = first.sha

  const pulls: SeededRepository['pulls'] = {}
  const log: string[] = []
  for (const { by, at, message, pull } of landed) {
    const parent = git.branches[git.defaultBranch]!
    log.unshift(`- ${message.split('\n')[0]}`)
    const changelog = {
      [files['CHANGELOG.md'] === undefined ? 'CHANGELOG.md' : 'docs/history.md']: text(
        `# Changes\n\n${log.join('\n')}\n`,
      ),
    }
    const commit = addCommit(git, { parents: [parent], by, at, message, edits: changelog })
    git.branches[git.defaultBranch] = commit.sha
    if (pull !== undefined) pulls[pull] = { head: commit.sha, base: parent, merge: commit.sha }
  }
  for (const pull of repository.pulls) {
    const { number, branch, by, title, state } = pull
    const at = Date.parse(pull.updated ?? pull.opened)
    const base = pulls[number]?.base ?? newestBefore(git, Date.parse(pull.opened))
    const edit = { [`changes/${number}.md`]: text(`# ${title}\n\n${pull.body}\n`) }
    const head = addCommit(git, { parents: [base], by, at, message: title, edits: edit })
    if (state === 'open') git.branches[branch] = head.sha
    pulls[number] = { ...pulls[number], head: head.sha, base }
  }
  return { git, pulls }
}

/** The default branch's commit at a moment. */
function newestBefore(git: GitRepository, at: number): string {
  let commit = git.commits[git.branches[git.defaultBranch]!]!
  while (commit.at > at && commit.parents[0]) commit = git.commits[commit.parents[0]]!
  return commit.sha
}
