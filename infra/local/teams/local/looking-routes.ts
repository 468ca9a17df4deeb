import { ok, type Router, type VendorResponse } from '../../frame/router.js'
import type { Client } from '../client/client.js'
import { seenBy } from '../client/seen.js'
import type { TeamsContext } from '../context.js'
import type { Account } from '../directory.js'
import { Refusal } from '../refusal.js'
import { hubOutbox } from './hub-outbox.js'
import { initialsOf } from './photo.js'
import { parseTime } from './read-request.js'

/** What the page shows. */
export function lookingRoutes(router: Router, context: TeamsContext, client: Client): void {
  const { directory, history, people } = { ...context, people: client.people }
  const teamNames = new Map(context.services.org.teams.map(({ id, name }) => [id, name]))
  router
    .get('/local/people', () =>
      ok(
        directory.accounts.map(({ id, name, roles, team, zone, locale, title }) => ({
          id,
          name,
          roles,
          ...(team ? { team, teamName: teamNames.get(team) } : {}),
          title,
          zone,
          locale,
        })),
      ),
    )
    .get('/local/places', () =>
      ok(
        directory.places.map((place) => ({
          id: place.id,
          kind: place.kind,
          name: place.name,
          ...(place.team ? { team: place.team.name } : {}),
          installed: context.membership.isInstalled(place),
          ...(context.membership.install(place)?.consent && { consent: true }),
        })),
      ),
    )
    .get('/local/messages', async ({ query }) => {
      const person = people.account(query['as'])
      const place = people.place(query['where'], person)
      const from = query['after']
      const messages = history.of(place.id, person.id).filter((message) => !from || isAfter(message, from))
      await client.refresher.whatIsSeen(messages, person)
      return ok(messages.map((message) => seenBy(message, person.id, directory)))
    })
    .get('/local/wire', ({ query }) => ok(context.wire.after(number(query['after']) ?? 0)))
    .get('/local/outbox', async ({ query }) => ok(await hubOutbox(context, people.account(query['as']).id)))
    .get('/local/commands', () => ok(context.manifest.commands()))
    .get('/local/photo/{person}', ({ params }) => photo(context, people.account(params['person'])))
    .get('/local/state/{vendor}', ({ params }) => {
      const states: Record<string, () => unknown> = { teams: () => context.state.value, ...context.options.states }
      const vendor = params['vendor'] as string
      const state = Object.hasOwn(states, vendor) && states[vendor]
      if (!state) throw new Refusal(404, `No such part of the tenant. There are: ${Object.keys(states).join(', ')}.`)
      return ok(state())
    })
}

const isAfter = (message: { id: string; at: string }, from: string): boolean =>
  /^\d+$/.test(from)
    ? Number(message.id) > Number(from)
    : message.at > new Date(parseTime(from, 'is neither a message id nor an instant')).toISOString()

async function photo(context: TeamsContext, person: Account): Promise<VendorResponse> {
  const picture = await context.options.photo?.(person.id)
  if (picture) return { status: 200, headers: { 'content-type': picture.type }, body: picture.bytes }
  return { status: 200, headers: { 'content-type': 'image/svg+xml' }, body: initialsOf(person) }
}

function number(text: string | undefined): number | undefined {
  if (text === undefined || text === '') return undefined
  const value = Number(text)
  if (!Number.isInteger(value)) throw new Refusal(400, `'${text}' is not a number of the feed.`)
  return value
}
