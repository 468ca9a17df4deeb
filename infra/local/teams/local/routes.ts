import { z } from 'zod/v4'
import type { VendorResponse } from '../../frame/router.js'
import { ok, Router } from '../../frame/router.js'
import { isObject } from '../card-check.js'
import { cardsFor, seenBy } from '../client/seen.js'
import type { Client } from '../client/client.js'
import type { TeamsContext } from '../context.js'
import type { Account } from '../directory.js'
import type { Json } from '../model.js'
import { moveClock } from '../hubs.js'
import { Refusal } from '../refusal.js'
import { deliver } from '../webhooks/deliver.js'
import { hubOutbox } from './hub-outbox.js'
import { initialsOf } from './photo.js'
import { stormRoutes } from './storm-routes.js'

const FaultBody = z.strictObject({
  target: z.string().min(1),
  status: z.int().min(400).max(599).optional(),
  ratio: z.number().gt(0).max(1).optional(),
  delayMs: z.int().min(0).optional(),
  count: z.int().min(1).optional(),
})

/** A schema's complaints in one line. */
const said = ({ issues }: z.ZodError): string =>
  issues.map(({ path, message }) => (path.length ? `${path.join('.')}: ${message}` : message)).join('; ')

const HeadersBody = z.record(z.string().regex(/^[\w-]+$/), z.string().regex(/^[\x20-\x7e]*$/))

/** Everything below `/local` but the event stream. */
export function localRoutes(context: TeamsContext, client: Client): Router {
  const router = new Router({
    notFound: ({ method, path }) => {
      throw new Refusal(404, `There is no ${method} ${path}.`)
    },
  })
  lookingRoutes(router, context, client)
  doingRoutes(router, client)
  tenantRoutes(router, context)
  stormRoutes(router, context.options.storm)
  return router
}

/** What the page shows. */
function lookingRoutes(router: Router, context: TeamsContext, client: Client): void {
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

function parseTime(text: string, fault = 'is no instant'): number {
  const time = Date.parse(text)
  if (Number.isNaN(time)) throw new Refusal(400, `'${text}' ${fault} such as 2026-11-21T08:30:00Z.`)
  return time
}

/** What people do. */
function doingRoutes(router: Router, client: Client): void {
  const { people, speech, clicks, extensions, installs, refresher } = client
  const on = (path: string, act: (body: Json) => unknown): Router =>
    router.post(path, async ({ body }) => ok((await act(body as Json)) ?? {}))
  const onMessage = (body: Json) => {
    const person = people.account(body['as'])
    return { person, ...people.message(body['message'], person) }
  }
  const somewhere = (body: Json, person: Account) => people.place(body['where'] ?? `personal/${person.id}`, person)
  const click = (body: Json) => {
    const action = required(body, 'action', 'the title of a button')
    return clicks.click({ ...onMessage(body), action, index: Number(body['index'] ?? 0), inputs: inputsOf(body) })
  }

  on('/local/say', (body) => {
    const person = people.account(body['as'])
    const place = people.place(body['where'], person)
    const replyTo = body['replyTo'] == null ? undefined : people.message(body['replyTo'], person).message
    return speech.say({ person, place, text: body['text'] as string, replyTo })
  })
  on('/local/click', click)
  on('/local/open', click)
  on('/local/submit', (body) => {
    const dialog = required(body, 'dialog', 'the id of an open dialog')
    const action = typeof body['action'] === 'string' ? body['action'] : undefined
    return clicks.submitDialog(people.account(body['as']), dialog, inputsOf(body), action)
  })
  on('/local/refresh', async (body) => {
    const { person, message } = onMessage(body)
    const outcome = await refresher.byHand(message, person)
    return { card: cardsFor(message, person.id).cards[0] ?? null, ...outcome }
  })
  on('/local/feedback', (body) => {
    const { person, place, message } = onMessage(body)
    return clicks.feedback(person, place, message, body['reaction'], body['text'])
  })
  on('/local/react', (body) => {
    const { person, place, message } = onMessage(body)
    speech.react(person, place, message, body['reaction'], body['remove'] === true)
  })
  on('/local/edit', (body) => {
    const { person, place, message } = onMessage(body)
    speech.edit(person, place, message, body['text'] as string)
  })
  on('/local/delete', (body) => {
    const { person, place, message } = onMessage(body)
    speech.remove(person, place, message)
  })
  on('/local/typing', (body) => {
    const person = people.account(body['as'])
    client.type(person, people.place(body['where'], person))
  })
  on('/local/search', (body) => {
    const person = people.account(body['as'])
    if (typeof body['query'] !== 'string')
      throw new Refusal(400, '`query` is what is searched for; empty lists the first results.')
    return extensions.search(person, somewhere(body, person), body['query'])
  })
  on('/local/unfurl', (body) => {
    const person = people.account(body['as'])
    return extensions.unfurl(person, somewhere(body, person), required(body, 'link', 'an address'))
  })
  on('/local/extension', (body) => {
    const person = people.account(body['as'])
    return extensions.open(person, somewhere(body, person), required(body, 'command', 'an action command of the app'))
  })
  on('/local/install', (body) => {
    const by = body['as'] === undefined ? undefined : people.account(body['as'])
    const consent = typeof body['consent'] === 'boolean' ? body['consent'] : undefined
    return { installed: true, changed: installs.add(people.anyPlace(body['where']), consent, by) }
  })
  on('/local/uninstall', (body) => {
    const by = body['as'] === undefined ? undefined : people.account(body['as'])
    return { installed: false, changed: installs.remove(people.anyPlace(body['where']), body['block'] === true, by) }
  })
}

/** What moves the tenant as a whole. */
function tenantRoutes(router: Router, context: TeamsContext): void {
  const { options, services, hubs } = context
  router
    .post('/local/deliver', async ({ body }) => {
      const { source, body: sent, headers } = body as Json
      const given = HeadersBody.safeParse(headers ?? {})
      if (!given.success) throw new Refusal(400, '`headers` is an object of header name to value.')
      return ok(await deliver(context, source, sent, new Headers(given.data)))
    })
    .post('/local/faults', ({ body }) => {
      const fault = FaultBody.safeParse(body)
      if (!fault.success)
        throw new Refusal(400, `A fault is {target, status?, ratio?, delayMs?, count?}. ${said(fault.error)}.`)
      if (!options.faults) throw new Refusal(409, 'This tenant takes no faults.')
      const given = Object.entries(fault.data).filter(([, value]) => value !== undefined)
      try {
        options.faults.add({ ...Object.fromEntries(given), target: fault.data.target })
      } catch (error) {
        if (error instanceof RangeError) throw new Refusal(400, error.message)
        throw error
      }
      return ok({})
    })
    .delete('/local/faults', () => {
      options.faults?.clear()
      return ok({})
    })
    .get('/local/clock', () => ok({ now: services.clock.now().toISOString() }))
    .post('/local/clock', async ({ body }) => {
      const now = new Date(parseTime(required(body as Json, 'now', 'an instant such as 2026-11-21T08:30:00Z')))
      services.clock.set(now)
      if (options.movesHubClocks) await hubs.moveClocks(now)
      return ok({ now: services.clock.now().toISOString() })
    })
    .get('/local/hubs', () => ok(hubs.list()))
    .post('/local/hubs', async ({ body }) => {
      const hub = required(body as Json, 'hub', 'the address of a hub, such as http://127.0.0.1:3980')
      if (!/^http:\/\/127\.0\.0\.1:\d{1,5}$/.test(hub))
        throw new Refusal(400, `'${hub}' is no address of this machine such as http://127.0.0.1:3980.`)
      const isNew = hubs.add(hub)
      if (options.movesHubClocks) await moveClock(hub, services.clock.now())
      return ok({ hubs: hubs.list(), new: isNew })
    })
}

async function photo(context: TeamsContext, person: Account): Promise<VendorResponse> {
  const picture = await context.options.photo?.(person.id)
  if (picture) return { status: 200, headers: { 'content-type': picture.type }, body: picture.bytes }
  return { status: 200, headers: { 'content-type': 'image/svg+xml' }, body: initialsOf(person) }
}

function required(body: Json, name: string, what: string): string {
  const value = body[name]
  if (typeof value !== 'string' || !value) throw new Refusal(400, `\`${name}\` is missing: ${what}.`)
  return value
}

function inputsOf(body: Json): Json {
  const inputs = body['inputs'] ?? {}
  if (!isObject(inputs)) throw new Refusal(400, '`inputs` is an object of input id to value.')
  return inputs
}

function number(text: string | undefined): number | undefined {
  if (text === undefined || text === '') return undefined
  const value = Number(text)
  if (!Number.isInteger(value)) throw new Refusal(400, `'${text}' is not a number of the feed.`)
  return value
}
