import type { Router } from '../frame/router.js'
import { bodyOf, invalid, iso, notFound, or404, page, Refusal, unprocessable } from './answers.js'
import { nodeId } from './documents.js'
import { installationDocument } from './installation-document.js'
import { permissionOfEvent } from './permissions.js'
import type { Repository } from './state.js'
import type { Server } from './server.js'

/** The app and its installation: `/app…` takes the app's JSON web token, `/installation/…` an installation's. */
export function appOperations(router: Router, server: Server): void {
  const { documents, app } = server
  const owner = documents.account(documents.login, 'Organization')
  const events = Object.keys(permissionOfEvent)
  const application = () => ({
    ...{ id: app.appId, slug: 'nexus', node_id: nodeId('A', app.appId), client_id: `Iv23li${app.appId}`, owner },
    ...{
      name: 'Nexus',
      description: null,
      external_url: 'https://example.com',
      html_url: `${documents.site}/apps/nexus`,
    },
    ...{ created_at: '2025-01-15T09:00:00Z', updated_at: '2025-01-15T09:00:00Z', events },
    permissions: app.installation.permissions,
    installations_count: 1,
  })
  const installation = () => installationDocument(server)
  const checkInstallation = (id: string | undefined) => {
    if (id !== String(app.installationId)) throw notFound()
  }

  router
    .get('/app', () => ({ status: 200, body: application() }))
    .get('/app/installations', (request) => page(request, [installation()], (shown) => shown))
    .get('/app/installations/{id}', ({ params }) => {
      checkInstallation(params.id)
      return { status: 200, body: installation() }
    })
    .get('/orgs/{org}/installation', (request) => {
      server.checkOrganisation(request)
      return { status: 200, body: installation() }
    })
    .get('/repos/{owner}/{repo}/installation', (request) => {
      server.repositoryIn(request)
      return { status: 200, body: installation() }
    })
    .post('/app/installations/{id}/access_tokens', (request) => {
      checkInstallation(request.params.id)
      if (app.installation.suspended) throw new Refusal(403, 'This installation has been suspended')
      const body = bodyOf(request)
      const repositories = chosen(
        server.all.filter((repository) => app.sees(repository)),
        body,
      )
      const granted = app.installation.permissions
      const permissions = checkPermissions(body.permissions, granted)
      const { token, expires } = app.issue({
        ...(repositories && { repositories: repositories.map(({ id }) => id) }),
        ...(permissions !== granted && { permissions }),
      })
      const shown = {
        ...{ token, expires_at: iso(expires), permissions, repository_selection: repositories ? 'selected' : 'all' },
        ...(repositories && { repositories: repositories.map(documents.repository) }),
      }
      return { status: 201, body: shown }
    })
    .get('/installation/repositories', (request) =>
      page(request, server.repositories(request), documents.repository, (repositories, total_count) => ({
        total_count,
        repository_selection: app.installation.selected ? 'selected' : 'all',
        repositories,
      })),
    )
}

/** The repositories that a token is to be cut to, by name or id; undefined for all. */
function chosen(
  all: Repository[],
  { repositories, repository_ids }: Record<string, unknown>,
): Repository[] | undefined {
  const wanted = [repositories, repository_ids].flatMap((list) => (Array.isArray(list) ? list : []))
  if (wanted.length === 0) return undefined
  return wanted.map((key) => {
    const found = all.find(({ name, id }) => name === key || id === key)
    if (!found)
      throw unprocessable(
        'There is at least one repository that does not exist or is not accessible to the parent installation.',
      )
    return found
  })
}

/** The permissions of a token: what was asked for, which must be within the installation's. */
function checkPermissions(wanted: unknown, granted: Record<string, string>): Record<string, string> {
  if (wanted === undefined || wanted === null) return granted
  for (const [name, level] of Object.entries(wanted as Record<string, string>))
    if (granted[name] === undefined || (level === 'write' && granted[name] === 'read') || level === 'admin')
      throw unprocessable('The permissions requested are not granted to this installation.')
  return { metadata: 'read', ...(wanted as Record<string, string>) }
}

/** The organisation, its members, teams and repositories. */
export function organisationOperations(router: Router, server: Server): void {
  const { documents } = server
  const teamIn = ({ params }: { params: Record<string, string> }) => or404(documents.teamOf(params.slug!))
  const teamRepositories = (slug: string) => server.all.filter(({ team }) => team === slug)
  const members = (role: string | undefined) =>
    documents.members.filter(({ roles }) => !role || role === 'all' || (role === 'admin') === roles.includes('admin'))

  router
    .get('/orgs/{org}', (request) => {
      server.checkOrganisation(request)
      return { status: 200, body: documents.organisation(server.all) }
    })
    .get('/orgs/{org}/repos', (request) => {
      server.checkOrganisation(request)
      return page(request, sorted(server.repositories(request), request.query), documents.repository)
    })
    .get('/orgs/{org}/members', (request) => {
      server.checkOrganisation(request)
      return page(request, members(request.query.role), ({ id }) => documents.user(id))
    })
    .get('/orgs/{org}/members/{login}', (request) => {
      server.checkOrganisation(request)
      const person = documents.personOf(request.params.login!)
      if (!person || !documents.members.includes(person)) throw notFound()
      return { status: 204 }
    })
    .get('/users/{login}', ({ params }) => {
      const person = or404(documents.personOf(params.login!))
      return { status: 200, body: { ...documents.user(person.id), name: person.name, email: null, company: null } }
    })

  router
    .get('/orgs/{org}/teams', (request) => {
      server.checkOrganisation(request)
      return page(request, documents.teams(), (team) => documents.team(team))
    })
    .get('/orgs/{org}/teams/{slug}', (request) => {
      server.checkOrganisation(request)
      const team = teamIn(request)
      const counts = {
        members_count: documents.membersOf(team).length,
        repos_count: teamRepositories(team.slug).length,
      }
      const dates = { created_at: '2025-01-15T09:00:00Z', updated_at: '2025-01-15T09:00:00Z' }
      return {
        status: 200,
        body: { ...documents.team(team), ...counts, ...dates, organization: documents.organisation(server.all) },
      }
    })
    .get('/orgs/{org}/teams/{slug}/members', (request) => {
      server.checkOrganisation(request)
      const team = teamIn(request)
      const isLead = (id: string) => id === team.maintainer
      const { role = 'all' } = request.query
      const wanted = documents
        .membersOf(team)
        .filter(({ id }) => role === 'all' || (role === 'maintainer') === isLead(id))
      return page(request, wanted, ({ id }) => documents.user(id))
    })
    .get('/orgs/{org}/teams/{slug}/memberships/{login}', (request) => {
      server.checkOrganisation(request)
      const team = teamIn(request)
      const member = or404(documents.membersOf(team).find((each) => each === documents.personOf(request.params.login!)))
      const url = `${documents.team(team).url}/memberships/${documents.loginOf(member.id)}`
      return {
        status: 200,
        body: { url, role: member.id === team.maintainer ? 'maintainer' : 'member', state: 'active' },
      }
    })
    .get('/orgs/{org}/teams/{slug}/repos', (request) => {
      server.checkOrganisation(request)
      const visible = server.repositories(request).filter(({ team }) => team === teamIn(request).slug)
      return page(request, visible, (repository) => ({ ...documents.repository(repository), role_name: 'write' }))
    })
}

/** The orders that `/orgs/{org}/repos` offers. */
function sorted(
  repositories: Repository[],
  { sort = 'created', direction, type = 'all' }: Record<string, string>,
): Repository[] {
  if (!['created', 'updated', 'pushed', 'full_name'].includes(sort))
    throw invalid({ resource: 'Repository', field: 'sort', code: 'invalid' })
  const wanted = repositories.filter((repository) => {
    if (type === 'private' || type === 'public') return repository.private === (type === 'private')
    return type === 'all' || type === 'sources' || type === 'member'
  })
  const pushed = ({ git }: Repository) => git.commits[git.branches[git.defaultBranch]!]!.at
  const ascending = [...wanted].sort((a, b) => {
    if (sort === 'full_name') return a.name.localeCompare(b.name)
    return sort === 'created' ? a.created - b.created : pushed(a) - pushed(b)
  })
  return (direction ?? (sort === 'full_name' ? 'asc' : 'desc')) === 'asc' ? ascending : ascending.reverse()
}

/** What a person may do with a repository. */
export function permissionOf(server: Server, repository: Repository, login: string): string {
  const person = server.documents.personOf(login)
  if (!person) throw new Refusal(404, `${login} is not a user`)
  if (!server.documents.members.includes(person)) return 'none'
  if (person.roles.includes('admin') || person.roles.includes('platform-engineer')) return 'admin'
  return person.team !== undefined && person.team === repository.team ? 'write' : 'read'
}
