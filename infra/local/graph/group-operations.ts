import { ok, type Handler, type Router, type VendorRequest } from '../frame/router.js'
import { answerCount, answerList, show } from './answer-list.js'
import { answerDelta } from './delta.js'
import type { DirectoryObject } from './directory.js'
import { raise, teamOf, type Operations } from './operations.js'
import { GraphError, notFound } from './refusals.js'

/** Groups: the list, one of them, their members and owners; and the teams that some of them have. */
export function addGroupOperations(router: Router, { services, directory, kinds, context }: Operations): void {
  const group = ({ params }: VendorRequest): DirectoryObject =>
    directory.group(params.id!) ?? raise(notFound(params.id!))
  const people =
    (of: (group: DirectoryObject) => DirectoryObject[], mixed = true): Handler =>
    (request) =>
      answerList(request, of(group(request)), kinds.user, {
        context: context(mixed ? 'directoryObjects' : 'users'),
        mixed,
      })
  const members = (each: DirectoryObject) => ({
    'members@delta': directory.members(each).map(({ id }) => ({ '@odata.type': '#microsoft.graph.user', id })),
  })
  router
    .get('/groups', (request) => answerList(request, directory.groups, kinds.group, { context: context('groups') }))
    .get('/groups/$count', (request) => answerCount(request, directory.groups, kinds.group))
    .get('/groups/delta', (request) =>
      answerDelta(request, directory.groups, kinds.group, services.org.generation, members),
    )
    .get('/groups/{id}', (request) =>
      ok({ '@odata.context': context('groups/$entity'), ...show(group(request), kinds.group, request.query) }),
    )
    .get('/groups/{id}/owners', people(directory.owners))
  for (const relation of ['members', 'transitiveMembers'])
    router
      .get(`/groups/{id}/${relation}`, people(directory.members))
      .get(`/groups/{id}/${relation}/microsoft.graph.user`, people(directory.members, false))
      .get(`/groups/{id}/${relation}/$count`, (request) =>
        answerCount(request, directory.members(group(request)), kinds.user),
      )
  router
    .get('/teams/{id}', (request) => {
      const found = group(request)
      if (!directory.channels(found)) throw new GraphError(404, 'NotFound', `No team found with Group Id ${found.id}`)
      return ok({ '@odata.context': context('teams/$entity'), ...teamOf(found) })
    })
    .get('/teams/{id}/channels', (request) => {
      const channels =
        directory.channels(group(request)) ?? raise(new GraphError(404, 'NotFound', 'The group has no team.'))
      return ok({
        '@odata.context': context('channels'),
        '@odata.count': channels.length,
        value: channels.map((each) => ({ ...each, membershipType: 'standard' })),
      })
    })
}
