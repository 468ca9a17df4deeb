import { createHash } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer, type Server } from 'node:https'
import { request } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import tls from 'node:tls'
import { createHttpServer } from '../../../bot/channels/http/http-server.js'
import { conversationOf } from '../../../bot/channels/teams/conversation-of.js'
import { drawDialog } from '../../../bot/channels/teams/draw-dialog.js'
import { drawPostcard } from '../../../bot/channels/teams/draw-postcard.js'
import { drawActivity } from '../../../bot/channels/teams/draw-activity.js'
import { createTeamsChannel } from '../../../bot/channels/teams/teams-channel.js'
import { createTokenVerifier } from '../../../bot/channels/teams/verify-token.js'
import { writeHeadline } from '../../../bot/hub/headline.js'
import { entity, smallHub, smallNow, to } from '../../../bot/hub/testing/small-hub.js'
import { readLinks } from '../../../bot/compose/links.js'
import type { Access } from '../../../bot/hub/access/access.js'
import { createAudienceCut } from '../../../bot/hub/audience/audience-cut.js'
import { undeclaredAudience } from '../../../bot/hub/audience/audience.js'
import { openPolicy } from '../../../bot/hub/access/access-policy.js'
import { createDirectory } from '../../../bot/store/read-model/directory.js'
import { conversationRecords } from '../../../bot/store/records/conversation-records.js'
import { turnRecords } from '../../../bot/store/records/turn-records.js'
import { openSqliteStore } from '../../../bot/store/sqlite/open.js'
import { enqueueAnswer, waitingAnswers } from '../../../bot/workers/outbox/enqueue-answer.js'
import { openAuthority } from '../../../infra/local/authority.js'
import catalog from '../../../skills/catalog/index.js'
import help from '../../../skills/help/index.js'
import onCall from '../../../skills/on-call/index.js'
import search from '../../../skills/search/index.js'
import { appId, issuer, makeKey, startKeyServer, type IssuerKey, type KeyServer } from './channel-tokens.js'

/** What came back over HTTP. */
export interface Answer {
  status: number
  body: string
}

/** The Teams channel as compose wires it, over real HTTP, with an issuer and a connector of its own. */
export interface StartedChannel {
  key: IssuerKey
  issuer: KeyServer
  serviceUrl: string
  /** Bodies that reached the connector. */
  sent: Record<string, unknown>[]
  /** Makes the connector refuse as many activities as told. */
  refuseNext(count: number, status: number): void
  /** What waits in the outbox. */
  claimUnsaid(): Promise<{ data: unknown }[]>
  /** What the channel logged of refusals and failures, newest last. */
  logged: { what: string; detail?: string; error?: unknown }[]
  /** Causes of refusals that were Nexus's own fault. */
  failures(): unknown[]
  /** Sends bytes to /api/messages; a header given as a list is sent that often. */
  post(body: string | Buffer, headers: Record<string, string | string[]>): Promise<Answer>
  /** A conversation that was kept. */
  kept(conversation: string): Promise<unknown>
  close(): Promise<void>
}

const shift = { person: 'dana@contoso.example', from: '2026-11-20T08:00:00.000Z', to: '2026-11-22T08:00:00.000Z' }
const records = [
  entity('Person', 'dana@contoso.example', { objectId: 'dana' }, [], 'entra'),
  entity('Service', 'auth-api', {}, [to('onCallBy', 'Schedule', 'identity-primary')]),
  entity('Schedule', 'identity-primary', { shifts: [shift] }),
  entity('Service', 'card-vault', { data: 'cardholder' }),
  entity('Repository', 'github/contoso/card-vault', {}, [to('partOf', 'Service', 'card-vault')]),
]
const readLink = readLinks({ NEXUS_GITHUB_ORGANISATION: 'contoso' })
/** Every channel has the audience of one that nobody declared. */
const undeclaredOf = (access: Access) =>
  createAudienceCut({ access, audienceOf: async () => ({ ...undeclaredAudience, name: 'this place' }) })

/**
 * @param keyPatience how long the issuer may take, in milliseconds; the product waits 5 s
 */
export async function startChannel(keyPatience = 400): Promise<StartedChannel> {
  const key = makeKey('key-1')
  const keyServer = await startKeyServer(key, makeKey('key-of-webchat', ['webchat']), makeKey('key-of-nobody', null))
  const folder = mkdtempSync(join(tmpdir(), 'nexus-attack-'))
  const connector = await startConnector(folder)
  let id = 0
  const store = await openSqliteStore({ folder, clock: { now: () => Date.now() }, id: () => `id-${id++}` })
  const own = store.forTenant('contoso')
  const small = smallHub({ skills: [help, onCall, catalog, search], records, readLink, audience: undeclaredOf })
  const people = createDirectory('contoso', small.index, () => openPolicy)
  const turns = turnRecords(own, 'hub-1', () => Date.now())
  const conversations = conversationRecords(own)
  const logged: StartedChannel['logged'] = []
  const channel = createTeamsChannel({
    appId,
    verifyToken: createTokenVerifier(
      { appId, issuer, openIdMetadata: keyServer.metadata, serviceHosts: [new URL(connector.serviceUrl).host] },
      (url, init) =>
        fetch(url, { ...init, signal: AbortSignal.any([AbortSignal.timeout(keyPatience), init!.signal!]) }),
    ),
    fetch,
    speech: {
      count: () => ({ leave: () => {} }),
      waiting: (answer) => waitingAnswers(own, answer),
      handOver: (unsaid) => enqueueAnswer(own, unsaid, Date.now()),
      ticks: () => performance.now(),
      chance: Math.random,
    },
    search: async (asked, caller) => {
      const found = await small.hub.search(asked, caller)
      return 'says' in found
        ? writeHeadline(found.says, smallNow, caller.person.zone)
        : found.postcards.map((postcard) => drawPostcard(postcard, smallNow, caller.person.zone))
    },
    unfurl: async (link, caller) => {
      const postcard = await small.hub.unfurl(link, caller)
      return postcard && drawPostcard(postcard, smallNow, caller.person.zone)
    },
    rateable: () => Promise.resolve(),
    rate: () => Promise.resolve(false),
    connectorToken: async () => 'token-of-the-bot',
    serves: (tenantId) => tenantId === 'contoso',
    personOf: async (sender) => people.find(sender),
    refOf: async (objectId) => people.refOf(objectId),
    hear: (text, caller) => small.hub.hear(text, caller),
    overhear: (heard, caller) => small.hub.overhear(heard, caller),
    press: async (button, inputs, caller) => small.pressId(button, inputs as never, caller),
    dialog: async (step, button, inputs, caller) => {
      const { open, submit } = small.dialogs
      const answer = step === 'open' ? await open(button, caller) : await submit(button, inputs as never, caller)
      return drawDialog(answer, smallNow, caller.person.zone)
    },
    draw: async ({ reply }, { person }) =>
      drawActivity(await small.show(reply), writeHeadline(reply.text, smallNow, person.zone), smallNow),
    beginTurn: ({ conversation, id: activity }) =>
      turns.begin(createHash('sha256').update(`${conversation.id} ${activity}`).digest('base64url')),
    keepConversation: (activity) => conversations.keep(conversationOf(activity, true)),
    installed: (activity) => conversations.keepInstall(conversationOf(activity, true)),
    uninstalled: (activity) => conversations.keepInstall(conversationOf(activity, false)),
    teamChanged: () => Promise.resolve(),
    log: (event) => logged.push(event),
  })
  const server = createHttpServer(
    [
      {
        method: 'POST',
        path: '/api/messages',
        handle: ({ authorization, body }) => channel.receive(authorization, body),
      },
    ],
    (error, path) => logged.push({ what: `http.failed ${path}`, error }),
  )
  const port = await server.listen('127.0.0.1', 0)
  return {
    key,
    issuer: keyServer,
    serviceUrl: connector.serviceUrl,
    sent: connector.sent,
    refuseNext: connector.refuseNext,
    claimUnsaid: () => own.outbox.claim({ limit: 100, leaseMs: 1_000, worker: 'test' }),
    logged,
    failures: () => small.turns.flatMap(({ error }) => (error === undefined ? [] : [error])),
    post: (body, headers) => post(port, body, headers),
    kept: (conversation) => conversations.get(conversation),
    async close() {
      await server.drain(1000)
      await Promise.all([keyServer.close(), connector.close(), store.close()])
      rmSync(folder, { recursive: true })
    },
  }
}

/** A header given as a list goes out as several lines; fetch would join them. */
function post(port: number, body: string | Buffer, headers: Record<string, string | string[]>): Promise<Answer> {
  const bytes = Buffer.from(body as string)
  const sent = { 'content-type': 'application/json', 'content-length': String(bytes.length), ...headers }
  return new Promise((resolve, reject) => {
    const outgoing = request(
      { port, host: '127.0.0.1', method: 'POST', path: '/api/messages', agent: false, headers: sent },
      (incoming) => {
        const chunks: Buffer[] = []
        incoming.on('data', (chunk: Buffer) => chunks.push(chunk))
        incoming.on('end', () => resolve({ status: incoming.statusCode!, body: Buffer.concat(chunks).toString() }))
      },
    )
    outgoing.on('error', reject)
    outgoing.end(bytes)
  })
}

/** A connector service on loopback that takes every activity. */
async function startConnector(folder: string) {
  const authority = await openAuthority(folder)
  trust(authority.ca)
  const sent: Record<string, unknown>[] = []
  let refusals = 0
  let refusal = 500
  const server: Server = createServer(authority.tls, (incoming, response) => {
    let text = ''
    incoming.on('data', (chunk: Buffer) => (text += chunk.toString()))
    incoming.on('end', () => {
      if (refusals > 0) {
        refusals--
        response.statusCode = refusal
        return void response.end('{}')
      }
      sent.push(JSON.parse(text) as Record<string, unknown>)
      // Not chained: restify's writeHead, which every server of the process has, answers nothing.
      response.writeHead(201, { 'content-type': 'application/json' })
      response.end(JSON.stringify({ id: `sent-${sent.length}` }))
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    sent,
    refuseNext: (count: number, status: number) => void ([refusals, refusal] = [count, status]),
    serviceUrl: `https://localhost:${(server.address() as AddressInfo).port}/teams/`,
    close: () =>
      new Promise<void>((resolve) => {
        server.closeAllConnections()
        server.close(() => resolve())
      }),
  }
}

/** Node 20 takes further authorities only from the environment it was started with; this is how a running process learns one. */
function trust(ca: string): void {
  const { createSecureContext } = tls
  tls.createSecureContext = (options) =>
    createSecureContext({ ...options, ca: options?.ca ?? [...tls.rootCertificates, ca] })
}

/** A message of Dana's as Teams sends it. */
export const message = (serviceUrl: string, over: Record<string, unknown> = {}): Record<string, unknown> => ({
  type: 'message',
  id: `${Math.random()}`,
  channelId: 'msteams',
  serviceUrl,
  from: { id: '29:dana', name: 'Dana Ortiz', aadObjectId: 'dana' },
  recipient: { id: `28:${appId}`, name: 'Nexus' },
  conversation: { id: 'a:dana', conversationType: 'personal', tenantId: 'contoso' },
  channelData: { tenant: { id: 'contoso' } },
  text: "who's on call for auth-api",
  ...over,
})
