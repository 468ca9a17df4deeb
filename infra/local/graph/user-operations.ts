import { ok, type Handler, type Router, type VendorRequest } from '../frame/router.js'
import { answerCount, answerList, show, typeOf } from './answer-list.js'
import { answerDelta } from './delta.js'
import type { DirectoryObject } from './directory.js'
import { raise, teamOf, textsOf, type Operations } from './operations.js'
import { drawInitials } from './photo.js'
import { badRequest, notFound } from './refusals.js'

/** Sizes that photos come in; the last is the one without a size. */
const photoSizes = [48, 64, 96, 120, 240, 360, 432, 504, 648]

/** Users: the list, one of them, their manager, groups, photo, settings and teams. */
export function addUserOperations(router: Router, { services, directory, kinds, context }: Operations): void {
  const user = ({ params }: VendorRequest): DirectoryObject => directory.user(params.id!) ?? raise(notFound(params.id!))
  const groupsOf: Handler = (request) =>
    answerList(request, directory.groupsOf(user(request)), kinds.group, {
      context: context('directoryObjects'),
      mixed: true,
    })
  const photo = (request: VendorRequest, size: number) => {
    const { id, name } = directory.person(user(request))
    return { status: 200, headers: { 'content-type': 'image/png' }, body: drawInitials(name, id, size) }
  }
  const ids = (objects: DirectoryObject[]) =>
    ok({ '@odata.context': context('Collection(Edm.String)'), value: objects.map(({ id }) => id) })
  router
    .get('/users', (request) => answerList(request, directory.users, kinds.user, { context: context('users') }))
    .get('/users/$count', (request) => answerCount(request, directory.users, kinds.user))
    .get('/users/delta', (request) => answerDelta(request, directory.users, kinds.user, services.org.generation))
    .get('/users/{id}', (request) =>
      ok({ '@odata.context': context('users/$entity'), ...show(user(request), kinds.user, request.query) }),
    )
    .get('/users/{id}/manager', (request) => {
      const manager = directory.manager(user(request)) ?? raise(notFound('manager'))
      return ok({
        '@odata.context': context('directoryObjects/$entity'),
        '@odata.type': typeOf(manager),
        ...show(manager, kinds.user, request.query),
      })
    })
    .get('/users/{id}/directReports', (request) =>
      answerList(request, directory.reports(user(request)), kinds.user, {
        context: context('directoryObjects'),
        mixed: true,
      }),
    )
    .get('/users/{id}/memberOf', groupsOf)
    .get('/users/{id}/transitiveMemberOf', groupsOf)
    .post('/users/{id}/getMemberGroups', (request) => {
      const only = (request.body as { securityEnabledOnly?: unknown } | undefined)?.securityEnabledOnly
      return ids(
        directory.groupsOf(user(request)).filter(({ securityEnabled }) => only !== true || securityEnabled === true),
      )
    })
    .post('/users/{id}/checkMemberGroups', (request) => {
      const wanted = textsOf(request.body, 'groupIds')
      return ids(directory.groupsOf(user(request)).filter(({ id }) => wanted.includes(id)))
    })
    .get('/users/{id}/mailboxSettings', (request) => {
      const { zone, locale } = directory.person(user(request))
      return ok({ '@odata.context': context('mailboxSettings'), timeZone: zone, language: { locale } })
    })
    .get('/users/{id}/joinedTeams', (request) => {
      const teams = directory.groupsOf(user(request)).filter((group) => directory.channels(group))
      return ok({ '@odata.context': context('teams'), value: teams.map(teamOf) })
    })
    .get('/users/{id}/photo', (request) => {
      user(request)
      return ok({
        '@odata.context': context('photo'),
        '@odata.mediaContentType': 'image/png',
        id: '648x648',
        width: 648,
        height: 648,
      })
    })
    .get('/users/{id}/photo/$value', (request) => photo(request, photoSizes.at(-1)!))
    .get('/users/{id}/photos/{size}/$value', (request) => {
      const size = Number(/^(\d+)x\1$/.exec(request.params.size!)?.[1])
      if (!photoSizes.includes(size)) throw badRequest(`There is no photo of the size '${request.params.size}'.`)
      return photo(request, size)
    })
}
