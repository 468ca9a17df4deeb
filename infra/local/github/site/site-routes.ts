import { z } from 'zod/v4'
import type { Handler, Router } from '../../frame/router.js'
import type { Services } from '../../frame/services.js'
import { or404, Refusal } from '../answers.js'
import { mergePull } from '../merge-pull.js'
import { Server } from '../server.js'
import type { Repository } from '../state.js'
import { moveAlert, raiseAlert } from './alerts.js'
import { changeInstallation } from './installation.js'
import { changeRepository, createRepository, pushFiles, removeRepository } from './repositories.js'
import { changeTeam, createTeam, removeTeam } from './teams.js'

const text = z.string().min(1)
const as = text.optional()
const kind = z.enum(['dependabot', 'code', 'secret'])
const files = z.record(text, z.string().nullable())
const repositoryName = z.string().regex(/^[\w.-]{1,100}$/)
const bodies = {
  push: z.strictObject({ as, repository: text, branch: text.optional(), message: text.optional(), files }),
  merge: z.strictObject({ as, repository: text, number: z.int() }),
  alert: z.strictObject({
    ...{ repository: text, kind, severity: z.enum(['low', 'medium', 'high', 'critical']), rule: text, summary: text },
    ...{ cve: text.optional(), range: text.optional(), fixedIn: text.optional(), manifest: text.optional() },
    package: z.strictObject({ ecosystem: text, name: text }).optional(),
  }),
  alertState: z.strictObject({ repository: text, number: z.int(), state: text }),
  newRepository: z.strictObject({ as, name: repositoryName, from: text.optional() }),
  repository: z.strictObject({
    ...{ as, name: repositoryName.optional(), description: z.string().optional() },
    ...{ archived: z.boolean().optional(), private: z.boolean().optional() },
  }),
  removal: z.strictObject({ as, to: text.optional() }),
  newTeam: z.strictObject({
    ...{ as, name: text, description: z.string().optional() },
    ...{ members: z.array(text).optional(), parent: text.optional() },
  }),
  team: z.strictObject({
    ...{ as, name: text.optional(), description: z.string().optional() },
    ...{ members: z.array(text).optional(), parent: text.optional() },
  }),
  installation: z.strictObject({
    as,
    permissions: z.record(text, z.enum(['none', 'read', 'write'])).optional(),
    repositories: z.union([z.literal('all'), z.array(text)]).optional(),
    suspended: z.boolean().optional(),
  }),
}

/**
 * What people do on GitHub's own pages, below `/local/github`: commits from a clone, merges, findings of scanners, repositories, teams, and
 * what the app may. Each changes the local GitHub as a click there would, and the app hears of it by its webhook.
 */
export function siteRoutes(router: Router, services: Services): void {
  const server = new Server(services)
  const base = '/local/github'
  const personOf = (id: string | undefined): string => {
    const people = services.org.people.filter(({ github, guest }) => github && !guest)
    const found = id === undefined ? people[0] : people.find((one) => one.id === id)
    if (!found) throw new Refusal(404, `${id} is nobody with a GitHub name. There are: ${people.map((one) => one.id)}.`)
    return found.id
  }
  const repositoryOf = (name: string): Repository => {
    const found = server.all.find((repository) => repository.name === name)
    if (!found)
      throw new Refusal(404, `There is no repository ${name}. There are: ${server.all.map((one) => one.name)}.`)
    return found
  }
  const on = <T>(
    method: 'post' | 'patch' | 'delete',
    path: string,
    shape: z.ZodType<T>,
    act: (body: T, params: Record<string, string>) => object | void,
  ) => {
    const handle: Handler = ({ body, params }) => {
      const read = shape.safeParse(body ?? {})
      if (!read.success) return { status: 400, body: { error: z.prettifyError(read.error) } }
      try {
        return { status: 200, body: act(read.data, params) ?? {} }
      } catch (error) {
        if (error instanceof Refusal) return { status: error.status, body: { error: said(error) } }
        throw error
      }
    }
    router[method](`${base}${path}`, handle)
  }

  on('post', '/pushes', bodies.push, ({ as, repository, files, ...rest }) => ({
    sha: pushFiles(server, repositoryOf(repository), { ...rest, files, by: personOf(as) }),
  }))
  on('post', '/merges', bodies.merge, ({ as, repository, number }) => {
    const found = repositoryOf(repository)
    const pull = or404(found.pulls.find((one) => one.number === number && one.state === 'open'))
    return { sha: mergePull(server, found, pull, { by: personOf(as) }).sha }
  })
  on('post', '/alerts', bodies.alert, ({ repository, ...finding }) => {
    if (finding.kind === 'dependabot' && !finding.package)
      throw new Refusal(400, 'An alert of Dependabot is about a package: give package: {ecosystem, name}.')
    return { number: raiseAlert(server, repositoryOf(repository), finding).number }
  })
  on('patch', '/alerts', bodies.alertState, ({ repository, number, state }) => {
    const found = repositoryOf(repository)
    moveAlert(server, found, or404(found.alerts.find((alert) => alert.number === number)), state)
  })
  on('post', '/repositories', bodies.newRepository, ({ as, name, from }) => ({
    id: createRepository(server, { name, from, by: personOf(as) }).id,
  }))
  on('patch', '/repositories/{name}', bodies.repository, ({ as, ...to }, { name }) =>
    changeRepository(server, repositoryOf(name!), personOf(as), to),
  )
  on('delete', '/repositories/{name}', bodies.removal, ({ as, to }, { name }) =>
    removeRepository(server, repositoryOf(name!), personOf(as), to),
  )
  const teamOf = (slug: string) => or404(server.documents.teamOf(slug))
  on('post', '/teams', bodies.newTeam, ({ as, name, ...to }) => ({
    slug: createTeam(server, personOf(as), name, checked(to)).slug,
  }))
  on('patch', '/teams/{slug}', bodies.team, ({ as, ...to }, { slug }) =>
    changeTeam(server, personOf(as), teamOf(slug!), checked(to)),
  )
  on('delete', '/teams/{slug}', bodies.removal, ({ as }, { slug }) => removeTeam(server, personOf(as), teamOf(slug!)))
  on('patch', '/installation', bodies.installation, ({ as, repositories, ...to }) =>
    changeInstallation(server, personOf(as), {
      ...to,
      repositories: typeof repositories === 'string' ? repositories : repositories?.map(repositoryOf),
    }),
  )

  /** Names of people that nobody has are refused before anything is changed. */
  function checked<T extends { members?: string[] | undefined; parent?: string | undefined }>(to: T): T {
    to.members?.forEach(personOf)
    if (to.parent !== undefined) teamOf(to.parent)
    return to
  }
}

/** A refusal with what was wrong in its fields, as one line. */
const said = ({ message, more: { errors = [] } }: Refusal): string =>
  [message, ...errors.map((error) => (typeof error === 'string' ? error : `${error.field ?? ''} ${error.code}`))].join(
    '; ',
  )
