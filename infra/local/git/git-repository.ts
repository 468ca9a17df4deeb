import { createHash } from 'node:crypto'

/** A commit. `by` is a person's short id in the organisation, or the login of an application. */
export interface Commit {
  sha: string
  parents: string[]
  by: string
  /** Milliseconds since 1970. */
  at: number
  message: string
  /** Sha of the root tree. */
  tree: string
  /** What it changed against its first parent. */
  changed: Change[]
}

/** One path that differs between two commits. */
export interface Change {
  path: string
  status: 'added' | 'modified' | 'removed'
}

/** Path → blob sha of every file of a commit. */
export type Files = Record<string, string>

/** A Git repository as plain data. Blobs are kept as base64; trees are kept flat, by the sha of the root. */
export interface GitRepository {
  defaultBranch: string
  branches: Record<string, string>
  tags: Record<string, string>
  commits: Record<string, Commit>
  trees: Record<string, Files>
  blobs: Record<string, string>
}

/** A repository without commits. */
export const emptyRepository = (defaultBranch = 'main'): GitRepository => ({
  defaultBranch,
  branches: {},
  tags: {},
  commits: {},
  trees: {},
  blobs: {},
})

const objectSha = (type: string, content: Buffer): string =>
  createHash('sha1').update(`${type} ${content.length}\0`).update(content).digest('hex')

/** Keeps a file's content and gives its sha, the one that Git would give it. */
function addBlob(repository: GitRepository, content: Buffer): string {
  const sha = objectSha('blob', content)
  repository.blobs[sha] ??= content.toString('base64')
  return sha
}

/** An entry of one folder. */
export interface TreeEntry {
  name: string
  path: string
  type: 'blob' | 'tree'
  sha: string
  /** Bytes, of a blob. */
  size?: number
}

const orderOf = (entry: TreeEntry): string => (entry.type === 'tree' ? `${entry.name}/` : entry.name)

/** The entries directly in a folder (`''` for the root), in Git's order. */
export function folder(repository: GitRepository, files: Files, path: string): TreeEntry[] {
  const prefix = path === '' ? '' : `${path}/`
  const entries = new Map<string, TreeEntry>()
  for (const [file, sha] of Object.entries(files)) {
    if (!file.startsWith(prefix)) continue
    const [name, ...rest] = file.slice(prefix.length).split('/') as [string, ...string[]]
    if (entries.has(name)) continue
    const own = prefix + name
    if (rest.length > 0) entries.set(name, { name, path: own, type: 'tree', sha: treeSha(repository, files, own) })
    else entries.set(name, { name, path: own, type: 'blob', sha, size: blobOf(repository, sha).length })
  }
  return [...entries.values()].sort((a, b) => (orderOf(a) < orderOf(b) ? -1 : 1))
}

/** The sha that Git would give the tree of a folder. */
export function treeSha(repository: GitRepository, files: Files, path: string): string {
  const parts = folder(repository, files, path).flatMap(({ name, type, sha }) => [
    Buffer.from(`${type === 'tree' ? '40000' : '100644'} ${name}\0`),
    Buffer.from(sha, 'hex'),
  ])
  return objectSha('tree', Buffer.concat(parts))
}

/** A blob's bytes; the sha must be one that the repository has. */
export const blobOf = (repository: GitRepository, sha: string): Buffer => Buffer.from(repository.blobs[sha]!, 'base64')

/** The files of a commit. */
export const filesOf = (repository: GitRepository, commit: string): Files =>
  repository.trees[repository.commits[commit]!.tree]!

/** What a new commit is made of. `edits` gives each changed path its content, or null to remove it. */
export interface NewCommit {
  parents: string[]
  by: string
  at: number
  message: string
  edits?: Record<string, Buffer | null>
  /** The whole tree instead of edits, for merges. */
  files?: Files
}

/** Adds a commit and gives it; no branch moves. */
export function addCommit(repository: GitRepository, from: NewCommit): Commit {
  const { parents, by, at, message, edits = {} } = from
  const before = parents[0] === undefined ? {} : filesOf(repository, parents[0])
  const after = { ...(from.files ?? before) }
  for (const [path, content] of Object.entries(edits)) {
    if (content === null) delete after[path]
    else after[path] = addBlob(repository, content)
  }
  const tree = treeSha(repository, after, '')
  repository.trees[tree] ??= after
  const lines = [`tree ${tree}`, ...parents.map((parent) => `parent ${parent}`), `author ${by} ${at}`, '', message]
  const sha = objectSha('commit', Buffer.from(lines.join('\n')))
  const commit = { sha, parents, by, at, message, tree, changed: changesBetween(before, after) }
  repository.commits[sha] = commit
  return commit
}

/** The paths that differ between two trees, in order of path. */
export function changesBetween(before: Files, after: Files): Change[] {
  const paths = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort()
  return paths
    .filter((path) => before[path] !== after[path])
    .map((path) => ({
      path,
      status: before[path] === undefined ? 'added' : after[path] === undefined ? 'removed' : 'modified',
    }))
}

/** The commit that a branch, a tag, a full reference, a whole sha or an unambiguous start of one (7 or more) names. */
export function resolve(repository: GitRepository, name: string): Commit | undefined {
  const short = name.replace(/^refs\/(heads|tags)\//, '')
  const branch = name.startsWith('refs/tags/') ? undefined : repository.branches[short]
  const tag = name.startsWith('refs/heads/') ? undefined : repository.tags[short]
  const sha = branch ?? tag ?? name
  if (repository.commits[sha]) return repository.commits[sha]
  if (!/^[0-9a-f]{7,39}$/.test(sha)) return undefined
  const found = Object.values(repository.commits).filter((commit) => commit.sha.startsWith(sha))
  return found.length === 1 ? found[0] : undefined
}

/** Everything that led to a commit, itself included, newest first. */
export function historyOf(repository: GitRepository, sha: string): Commit[] {
  const seen = new Map<string, Commit>()
  const waiting = [sha]
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const commit = repository.commits[next]
    if (!commit || seen.has(next)) continue
    seen.set(next, commit)
    waiting.push(...commit.parents)
  }
  // Children are found before their parents, so that a stable sort keeps them so within one moment.
  return [...seen.values()].sort((a, b) => b.at - a.at)
}

/** How two commits stand to each other. */
export interface Comparison {
  /** The newest commit that is in both histories; absent where they share none. */
  base: Commit | undefined
  /** In the head's history only, oldest first. */
  ahead: Commit[]
  /** In the base's history only. */
  behind: Commit[]
}

/** Compares a head with a base, as `git log base...head` does. */
export function compare(repository: GitRepository, base: string, head: string): Comparison {
  const [ofBase, ofHead] = [historyOf(repository, base), historyOf(repository, head)]
  const [inBase, inHead] = [new Set(ofBase), new Set(ofHead)]
  return {
    base: ofHead.find((commit) => inBase.has(commit)),
    ahead: ofHead.filter((commit) => !inBase.has(commit)).reverse(),
    behind: ofBase.filter((commit) => !inHead.has(commit)),
  }
}

/** The tree of a merge: what the head changed since the common base, laid over the base branch. */
export function mergedFiles(repository: GitRepository, base: string, head: string): Files {
  const common = compare(repository, base, head).base
  const theirs = filesOf(repository, head)
  const merged = { ...filesOf(repository, base) }
  for (const { path, status } of changesBetween(common ? filesOf(repository, common.sha) : {}, theirs)) {
    if (status === 'removed') delete merged[path]
    else merged[path] = theirs[path]!
  }
  return merged
}
