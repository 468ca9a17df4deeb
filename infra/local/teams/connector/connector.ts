import type { Handler, Vendor, VendorRequest, VendorResponse } from '../../frame/router.js'
import { ok, Router } from '../../frame/router.js'
import { hubAppId } from '../../organisation/object-ids.js'
import type { TeamsContext } from '../context.js'
import type { Place, TeamIdentity } from '../directory.js'
import { noConversation, noRoute, notInRoster, notRegistered, throttled, unauthorised } from './refusals.js'
import { member, memberPage, teamsAccount } from './roster.js'
import { sending, type Target } from './sending.js'
import { Throttle } from './throttle.js'
import { uploads } from './uploads.js'

/** Audience of the tokens with which a bot calls the connector. */
const audience = 'https://api.botframework.com'

/** The Teams connector service: Bot Framework REST v3 and its Teams extensions, below `/teams`. */
export function connector(context: TeamsContext): Vendor {
  const throttle = new Throttle(context.options.realTime ?? Date.now)
  const routes = connectorRoutes(context, throttle)
  const appId = hubAppId(context.services.org)

  async function answer(request: VendorRequest): Promise<VendorResponse> {
    const claims = await context.services.verifyToken(request.headers['authorization'], audience)
    if (!claims || claims.idtyp !== 'app' || claims.tid !== context.directory.tenant) return unauthorised()
    if (claims.appid !== appId) return notRegistered()
    const seconds = throttle.call()
    return seconds ? throttled(seconds) : routes.handle(request)
  }

  return {
    name: 'teams',
    prefixes: ['/teams'],
    async handle(request) {
      const at = context.services.clock.now().toISOString()
      const began = performance.now()
      const response = await answer(request)
      const { method, body } = request
      const path = `${request.path}${request.url.search}`
      const ms = Math.round(performance.now() - began)
      const { status } = response
      context.wire.record({
        at,
        direction: 'from-bot',
        method,
        path,
        status,
        ms,
        body,
        answer: wireBody(response.body),
      })
      return response
    },
  }
}

const wireBody = (body: unknown) => (Buffer.isBuffer(body) ? `${body.length} bytes` : body)

function connectorRoutes(context: TeamsContext, throttle: Throttle): Router {
  const { directory, membership, history } = context
  const speaking = sending(context, throttle)
  const files = uploads(context)

  /** Finds the conversation that the path names. */
  const within =
    (operation: (target: Target, request: VendorRequest) => VendorResponse | Promise<VendorResponse>): Handler =>
    (request) => {
      const found = directory.conversation(request.params['conversation'] as string)
      if (!found) return noConversation()
      return operation({ ...found, targeted: request.query['istargetedactivity'] === 'true' }, request)
    }
  /** The same for rosters, which an uninstalled bot does not get. */
  const rosterOf = (operation: (place: Place, request: VendorRequest) => VendorResponse): Handler =>
    within(({ place, targeted }, request) =>
      membership.isInstalled(place) ? (speaking.barred(place, targeted) ?? operation(place, request)) : notInRoster(),
    )
  const ofTeam =
    (operation: (team: TeamIdentity) => VendorResponse): Handler =>
    ({ params }) => {
      const team = directory.teamOf(params['team'] as string)
      if (!team) return noConversation()
      return directory.channelsOf(team).some(membership.isInstalled, membership) ? operation(team) : notInRoster()
    }
  const members: Handler = rosterOf((place) =>
    ok(membership.members(place).map((account) => teamsAccount(directory, account))),
  )

  const conversation = '/v3/conversations/{conversation}'
  return new Router({ notFound: ({ url }) => noRoute(url) })
    .post('/v3/conversations', ({ body }) => speaking.create(body))
    .post(
      `${conversation}/activities`,
      within((target, { body }) => speaking.send(body, target)),
    )
    .post(
      `${conversation}/activities/{activity}`,
      within((target, { body, params }) => {
        // A reply joins the thread of what it answers; ids of what is no message (an invoke, an install) say nothing.
        const found = history.find(params['activity'] as string)
        const answered = found?.place === target.place.id ? found.id : undefined
        const root = target.root ?? (target.place.kind === 'channel' ? answered : undefined)
        return speaking.send(body, { ...target, root }, answered)
      }),
    )
    .put(
      `${conversation}/activities/{activity}`,
      within((target, { body, params }) => speaking.edit(params['activity'] as string, body, target)),
    )
    .delete(
      `${conversation}/activities/{activity}`,
      within((target, { params }) => speaking.remove(params['activity'] as string, target)),
    )
    .get(`${conversation}/activities/{activity}/members`, members)
    .get(`${conversation}/members`, members)
    .get(
      `${conversation}/members/{member}`,
      rosterOf((place, { params }) => member(directory, membership.members(place), params['member'] as string)),
    )
    .get(
      `${conversation}/pagedmembers`,
      rosterOf((place, { query }) => memberPage(directory, membership.members(place), query)),
    )
    .post(
      `${conversation}/attachments`,
      within((_target, request) => files.create(request)),
    )
    .get('/v3/attachments/{attachment}', files.info)
    .get('/v3/attachments/{attachment}/views/{view}', files.view)
    .get(
      '/v3/teams/{team}',
      ofTeam((team) => ok(teamDetails(context, team))),
    )
    .get(
      '/v3/teams/{team}/conversations',
      ofTeam((team) =>
        ok({
          conversations: directory
            .channelsOf(team)
            .map(({ conversation: id, name }) => ({ id, name, type: 'standard' })),
        }),
      ),
    )
}

const teamDetails = ({ directory, membership }: TeamsContext, team: TeamIdentity) => ({
  id: team.id,
  name: team.name,
  aadGroupId: team.aadGroupId,
  tenantId: directory.tenant,
  type: 'standard',
  channelCount: directory.channelsOf(team).length,
  memberCount: membership.teamMembers(team).length,
})
