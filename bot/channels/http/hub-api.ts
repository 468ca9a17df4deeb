import { z } from 'zod/v4'
import type { CardData } from '../../../cards/model.js'
import { Fault } from '../../../skills/kit/errors.js'
import type { Json, Person, Place } from '../../../skills/kit/model.js'
import type { CommandInfo, SourceState } from '../../../skills/kit/ports.js'
import type { Reply } from '../../../skills/kit/reply.js'
import type { Hub } from '../../hub/hub.js'
import type { Caller } from '../../hub/caller.js'
import type { Outcome } from '../../hub/outcome.js'
import { languageOf } from '../../hub/answer-language.js'
import { permit, sayDecision } from '../../hub/access/permit.js'
import type { Suggestion, Understanding } from '../../language/understanding.js'
import { deadLettersApi, type DeadLetters } from './dead-letters-api.js'
import type { HttpAnswer, HttpRequest, JsonRoute } from './http-server.js'
import { outboxApi, type OutboxDesk } from './outbox-api.js'
import { syncApi, type SyncDesk } from './sync-api.js'
import { Unauthorized, type TokenPerson } from './verify-user-token.js'

/** What the hub's own API is made of. */
export interface HubApiParts {
  verifyUser(authorization: string | undefined): Promise<TokenPerson>
  callerOf(person: TokenPerson & { name: string; zone?: string; locale?: string }): Caller
  /** The channel of a name. @throws Fault BadInput where there is none, or more than one */
  placeNamed(name: string): Promise<Place>
  hub: Pick<Hub, 'hear'>
  press(button: string, inputs: Record<string, Json>, caller: Caller): Promise<Outcome>
  show(reply: Reply, by: Pick<Caller, 'person'>): Promise<CardData>
  /** Arguments with the names of their entities. */
  name(args: Record<string, Json>, by: Caller): Promise<Record<string, Json>>
  understand(text: string, caller: Caller): Promise<Understanding>
  now(): string
  sync: SyncDesk
  sources(): readonly SourceState[]
  /** Names of the sources whose first reading is still under way. */
  unread(): readonly string[]
  commands(): readonly CommandInfo[]
  /** What is wrong in the organisation's settings: file, line and why. */
  mistakes(): Promise<readonly string[]>
  /** What an administrator has stopped or frozen, one line each. */
  standing(): Promise<readonly string[]>
  /** Whom Nexus cannot reach in Teams, in a line; undefined where it reaches everybody. */
  unreached(): Promise<string | undefined>
  /** Deliveries that could not be worked on. */
  letters: DeadLetters
  outbox: OutboxDesk
  /** Thumbs as cases of the language evaluation. */
  feedbackCases(): Promise<Json[]>
  /** Present where business time may be moved; returns when the work that fell due is done. */
  setClock?(now: string): Promise<void>
}

const Turn = z.strictObject({
  text: z.string().max(200_000).optional(),
  press: z.strictObject({ id: z.string().max(100), inputs: z.record(z.string(), z.json()).default({}) }).optional(),
  zone: z.string().max(80).optional(),
  /** In whose words the answer is written; the directory's language of the person where absent. */
  locale: z
    .string()
    .regex(/^[a-z]{2,3}([-_][a-z0-9]{2,8})*$/i, 'must be a language such as de or fr-FR')
    .optional(),
  /** Name of the channel it is asked in; the terminal's own place where absent. */
  place: z.string().max(200).optional(),
})
const Lines = z.strictObject({ lines: z.array(z.string().max(200_000)).max(10_000) })
const NewClock = z.strictObject({ now: z.iso.datetime({ offset: true }) })

/**
 * The addresses that the terminal, probes and operators use. Whoever asks a command brings an Entra token of their own; probes say
 * nothing that needs one.
 */
export function hubApi(parts: HubApiParts): JsonRoute[] {
  const asPerson =
    (handle: (request: HttpRequest, person: TokenPerson) => Promise<HttpAnswer>) => async (request: HttpRequest) => {
      try {
        return await handle(request, await parts.verifyUser(request.authorization))
      } catch (error) {
        if (error instanceof Unauthorized)
          return {
            status: error.status,
            body: { error: { code: 'Unauthorized', message: 'Sign in first: this needs an Entra token for Nexus.' } },
          }
        if (error instanceof z.ZodError) return badRequest(error)
        if (error instanceof Fault && error.code === 'BadInput')
          return {
            status: 400,
            body: { error: { code: error.code, message: [error.message, error.wayOn].join(' ').trim() } },
          }
        throw error
      }
    }
  const routes: JsonRoute[] = [
    { method: 'GET', path: '/healthz', handle: async () => ({ status: 200, body: { status: 'ok' } }) },
    { method: 'GET', path: '/readyz', handle: async () => readiness(parts.unread()) },
    { method: 'POST', path: '/api/turns', handle: asPerson((request, person) => takeTurn(request, person, parts)) },
    {
      method: 'POST',
      path: '/api/understand',
      handle: asPerson((request, person) => understandLines(request, person, parts)),
    },
    {
      method: 'GET',
      path: '/api/status',
      handle: asPerson(async (_request, person) => ({
        status: 200,
        body: {
          now: parts.now(),
          commands: parts.commands().length,
          sources: parts.sources(),
          unread: parts.unread(),
          mistakes: await parts.mistakes(),
          standing: await parts.standing(),
          unreached: await unreachedFor(person, parts),
          deadLetters: await parts.letters.count(),
          outbox: await parts.outbox.counts(),
        },
      })),
    },
    ...syncApi(parts.sync, asPerson),
    {
      method: 'GET',
      path: '/api/feedback',
      handle: asPerson((_request, person) => feedbackFor(callerFor(person, {}, parts).person, parts)),
    },
    ...outboxApi(parts.outbox, asPerson, (person) => callerFor(person, {}, parts).person),
    ...deadLettersApi(parts.letters, asPerson, (person) => callerFor(person, {}, parts).person),
  ]
  const { setClock } = parts
  if (!setClock) return routes
  const moveClock = async ({ body }: HttpRequest): Promise<HttpAnswer> => {
    const wish = NewClock.safeParse(body)
    if (!wish.success) return badRequest(wish.error)
    await setClock(new Date(wish.data.now).toISOString())
    return { status: 200, body: { now: parts.now() } }
  }
  return [...routes, { method: 'POST', path: '/clock', handle: moveClock }]
}

/** Names of people are for those who run Nexus. */
async function unreachedFor(person: TokenPerson, parts: HubApiParts): Promise<string | null> {
  const mayKnow = permit({
    person: callerFor(person, {}, parts).person,
    use: { title: 'the names of those whom Nexus does not reach', role: 'admin' },
  }).allowed
  return mayKnow ? ((await parts.unreached()) ?? null) : null
}

/** What people asked, word for word, is for those who look after Nexus. */
async function feedbackFor(person: Person, parts: HubApiParts): Promise<HttpAnswer> {
  const decision = permit({ person, use: { title: '“nexus feedback export”', role: 'platform-engineer' } })
  if (!decision.allowed) return { status: 403, body: { error: { code: 'NotAllowed', message: sayDecision(decision) } } }
  return { status: 200, body: { cases: await parts.feedbackCases() } }
}

const readiness = (unread: readonly string[]): HttpAnswer =>
  unread.length ? { status: 503, body: { status: 'reading', unread } } : { status: 200, body: { status: 'ready' } }

const badRequest = (error: z.ZodError): HttpAnswer => ({
  status: 400,
  body: {
    error: {
      code: 'BadRequest',
      message: error.issues.map(({ path, message }) => `${path.join('.') || 'body'}: ${message}`).join('; '),
    },
  },
})

const callerFor = (person: TokenPerson, where: { zone?: string; locale?: string }, { callerOf }: HubApiParts): Caller =>
  callerOf({ ...person, name: person.name ?? 'somebody', ...where })

async function takeTurn({ body }: HttpRequest, person: TokenPerson, parts: HubApiParts): Promise<HttpAnswer> {
  const { text = '', press, zone, locale, place } = Turn.parse(body)
  const asked = callerFor(person, { ...(zone && { zone }), ...(locale && { locale: locale.replace('_', '-') }) }, parts)
  const caller = place ? { ...asked, place: await parts.placeNamed(place) } : asked
  const outcome = press
    ? await parts.press(press.id, press.inputs as Record<string, Json>, caller)
    : await parts.hub.hear(text, caller)
  const language = languageOf(outcome, caller, parts.commands())
  const reader = { now: parts.now(), zone: caller.person.zone, language: language.words.language }
  return {
    status: 200,
    body: {
      outcome: { ...outcome, reply: { ...outcome.reply, text: language.text(outcome.reply.text) } },
      args: await parts.name(outcome.args, caller),
      card: language.card(await parts.show(outcome.reply, { person: caller.person })),
      reader,
    },
  }
}

async function understandLines({ body }: HttpRequest, person: TokenPerson, parts: HubApiParts): Promise<HttpAnswer> {
  const { lines } = Lines.parse(body)
  const caller = callerFor(person, {}, parts)
  const understood = lines.map(async (text) => {
    const understanding = await parts.understand(text, caller)
    const intent = 'intent' in understanding ? understanding.intent : undefined
    const suggestions = offeredIn(understanding).map((one) => one.intent.command)
    return {
      text,
      outcome: outcomeOf(understanding, parts.commands()),
      command: intent?.command ?? ('command' in understanding ? understanding.command : null),
      args: await parts.name(intent?.args ?? {}, caller),
      suggestions,
      ...(understanding.outcome === 'intent' && {
        via: understanding.via,
        certainty: understanding.certainty,
        recognised: understanding.recognised,
      }),
    }
  })
  return { status: 200, body: { understood: await Promise.all(understood) } }
}

/** What is offered in place of an answer, or beside one. */
function offeredIn(understanding: Understanding): readonly Suggestion[] {
  if (understanding.outcome === 'suggest') return understanding.suggestions
  return 'instead' in understanding ? (understanding.instead ?? []) : []
}

/** The outcome that hearing the words would have, as far as understanding decides it. */
function outcomeOf(understanding: Understanding, commands: readonly CommandInfo[]): Outcome['outcome'] {
  switch (understanding.outcome) {
    case 'intent': {
      const effect = commands.find(({ id }) => id === understanding.intent.command)?.effect
      return effect === 'note' ? 'note' : effect === 'change' ? 'propose' : 'answer'
    }
    case 'choose':
    case 'confirm':
    case 'incomplete':
      return 'ask'
    case 'unknown-name':
      return 'refuse'
    case 'suggest':
      return 'suggest'
    case 'none':
      return 'none'
  }
}
