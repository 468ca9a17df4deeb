import type { Router, VendorRequest } from '../frame/router.js'
import { invalid, page } from './answers.js'
import { PullDocuments } from './pull-documents.js'
import type { Server } from './server.js'
import type { Pull, Repository } from './state.js'

interface Query {
  words: string[]
  qualifiers: [name: string, value: string, negated: boolean][]
}

/** Takes a search apart: words, and qualifiers such as `is:open`, `-author:dana`, `repo:"a/b"`. */
function parse({ query }: VendorRequest): Query {
  if (!query.q?.trim()) throw invalid({ resource: 'Search', field: 'q', code: 'missing' })
  const words: string[] = []
  const qualifiers: Query['qualifiers'] = []
  for (const token of query.q.match(/(?:[^\s"]|"[^"]*")+/g) ?? []) {
    const [, minus, name, value] = /^(-?)([a-z-]+):(.+)$/.exec(token) ?? []
    const bare = (text: string) => text.replaceAll('"', '')
    if (name) qualifiers.push([name, bare(value!), minus === '-'])
    else words.push(bare(token).toLowerCase())
  }
  return { words, qualifiers }
}

/** Whether something is what a search asks for; refuses qualifiers that are not in the table. */
function matches<T>(
  { words, qualifiers }: Query,
  item: T,
  text: string,
  table: Record<string, (item: T, value: string) => boolean>,
): boolean {
  const has = qualifiers.every(([name, value, negated]) => {
    const test = table[name]
    if (!test)
      throw invalid({
        resource: 'Search',
        field: 'q',
        code: 'invalid',
        message: `The qualifier ${name} is not one that the local tenant can search by.`,
      })
    return test(item, value) !== negated
  })
  return has && words.every((word) => text.toLowerCase().includes(word))
}

const wrap = (items: unknown[], total_count: number) => ({ total_count, incomplete_results: false, items })

/** Search for pull requests (the local GitHub has no other issues) and for repositories. */
export function searchOperations(router: Router, server: Server): void {
  const { documents } = server
  const shown = new PullDocuments(server)
  const same = (a: string, b: string) => a.toLowerCase() === b.toLowerCase()
  const ofOrganisation = (_: unknown, value: string) => same(value, documents.login)

  const is = ({ pull }: Found, value: string): boolean => {
    if (value === 'pr' || value === 'pull-request') return true
    if (value === 'open' || value === 'closed') return pull.state === value
    if (value === 'merged' || value === 'unmerged') return (pull.merged !== undefined) === (value === 'merged')
    return value === 'draft' && pull.draft
  }
  const pulls: Record<string, (found: Found, value: string) => boolean> = {
    is,
    type: is,
    state: is,
    draft: ({ pull }, value) => String(pull.draft) === value,
    author: ({ pull }, value) => same(documents.loginOf(pull.by), value),
    'review-requested': ({ pull }, value) => pull.reviewers.some((id) => same(documents.loginOf(id), value)),
    'team-review-requested': ({ pull }, value) =>
      pull.teamReviewers.some((slug) => same(`${documents.login}/${slug}`, value)),
    'reviewed-by': ({ pull }, value) => pull.reviews.some(({ by }) => same(documents.loginOf(by), value)),
    repo: ({ repository }, value) => same(`${documents.login}/${repository.name}`, value),
    org: ofOrganisation,
    user: ofOrganisation,
    head: ({ pull }, value) => pull.branch === value,
    base: ({ pull }, value) => pull.base === value,
    archived: ({ repository }, value) => String(repository.archived) === value,
  }
  const repositories: Record<string, (repository: Repository, value: string) => boolean> = {
    org: ofOrganisation,
    user: ofOrganisation,
    language: ({ language }, value) => language !== null && same(language, value),
    topic: ({ topics }, value) => topics.includes(value),
    archived: ({ archived }, value) => String(archived) === value,
    is: (repository, value) => value === (repository.private ? 'private' : 'public'),
    in: () => true,
  }

  router
    .get('/search/issues', (request) => {
      const query = parse(request)
      const all = server
        .repositories(request)
        .flatMap((repository) => repository.pulls.map((pull) => ({ repository, pull })))
      const found = all.filter((each) => matches(query, each, `${each.pull.title} ${each.pull.body}`, pulls))
      const newest = found.sort((a, b) => b.pull.created - a.pull.created)
      return page(request, newest, ({ repository, pull }) => shown.issue(repository, pull), wrap)
    })
    .get('/search/repositories', (request) => {
      const query = parse(request)
      const found = server
        .repositories(request)
        .filter((each) => matches(query, each, `${each.name} ${each.description}`, repositories))
      return page(request, found, (repository) => ({ ...documents.repository(repository), score: 1 }), wrap)
    })
}

interface Found {
  repository: Repository
  pull: Pull
}
