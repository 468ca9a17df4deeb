import type { ConnectorClient } from 'botframework-connector'
import type { TenantClock } from '../../frame/clock.js'
import type { Services, TokenClaims } from '../../frame/services.js'
import { memoryState, type OpenState } from '../../frame/state.js'
import { graph } from '../../graph/graph.js'
import { hubAppId } from '../../organisation/object-ids.js'
import { person, smallOrganisation, team } from '../../testing/small-organisation.js'
import { startVendors, type Started } from '../../testing/start-vendors.js'
import { Directory } from '../directory.js'
import type { Json } from '../model.js'
import type { TeamsOptions } from '../options.js'
import { teams, type Teams } from '../teams.js'
import { connectorClient } from './connector-client.js'
import { FakeBot } from './fake-bot.js'
import { listen, type Listening } from './listen.js'

/** The audience every token of a test's bot is for. */
const audience = 'https://api.botframework.com'

/** Four people, two teams, four channels: enough to talk in. */
const organisation = () =>
  smallOrganisation({
    name: 'Contoso',
    domain: 'contoso.example',
    channels: [{ id: 'incidents', name: 'Incidents' }],
    people: [
      person('dana', 'Dana Ortiz', { team: 'identity' }),
      person('lee', 'Lee Park', { team: 'identity', zone: 'Asia/Seoul' }),
      person('mei', 'Mei Lin', { team: 'payments', zone: 'America/Los_Angeles' }),
      person('sam', "Sam O'Neil", { zone: 'Europe/London' }),
    ],
    teams: [
      team('identity', 'Identity', 'dana', {
        channels: [
          { id: 'identity', name: 'General' },
          { id: 'identity-ops', name: 'Ops' },
        ],
      }),
      team('payments', 'Payments', 'mei'),
    ],
  })

/** What `/local` answered. */
export interface LocalAnswer<T = Json> {
  status: number
  body: T
}

/** Both faces of the local Teams on real ports, with a bot behind it. */
export class TestTenant {
  readonly org = organisation()
  readonly directory = new Directory(this.org, 'Nexus')
  readonly bot = new FakeBot()
  /** Bearer tokens that the local Entra would have issued, with their claims. */
  readonly tokens: Record<string, TokenClaims & { aud: string }> = {
    good: { aud: audience, tid: this.org.tenant, oid: 'bot', appid: hubAppId(this.org), idtyp: 'app' },
    'other-app': { aud: audience, tid: this.org.tenant, oid: 'x', appid: 'another', idtyp: 'app' },
    'for-graph': {
      aud: 'https://graph.microsoft.com',
      tid: this.org.tenant,
      oid: 'bot',
      appid: hubAppId(this.org),
      idtyp: 'app',
    },
    'reads-messages': {
      aud: 'https://graph.microsoft.com',
      tid: this.org.tenant,
      oid: 'bot',
      appid: hubAppId(this.org),
      idtyp: 'app',
      roles: ['ChannelMessage.Read.All', 'Chat.Read.All'],
    },
  }
  /** The same application with the permissions to read what was said. */
  readonly reader = 'reads-messages'
  /** Real time for the rate limits; a test may move it. */
  now = () => Date.now()
  #teams!: Teams
  #local!: Listening
  #connector!: Started

  get local(): string {
    return this.#local.url
  }
  get serviceUrl(): string {
    return `${this.#connector.base}/teams/`
  }
  get graphUrl(): string {
    return `${this.#connector.base}/graph/v1.0`
  }
  get clock(): TenantClock {
    return this.#connector.clock
  }
  get teams(): Teams {
    return this.#teams
  }

  static async start(options: Partial<TeamsOptions> = {}, open: OpenState = (_name, seed) => memoryState(seed())) {
    const tenant = new TestTenant()
    await tenant.bot.start()
    tenant.#connector = await startVendors({
      org: tenant.org,
      open,
      verifyToken: async (authorization, wanted) => {
        const claims = tenant.tokens[authorization?.replace(/^Bearer /, '') ?? '']
        return claims?.aud === wanted ? claims : undefined
      },
      vendors: [
        (services) => (tenant.#teams = tenant.#make(services, options)).connector,
        (services) => graph(services, tenant.#teams.messages),
      ],
    })
    tenant.#local = await listen(tenant.#teams.local)
    return tenant
  }

  #make(services: Services, options: Partial<TeamsOptions>): Teams {
    return teams(services, {
      hub: this.bot.url,
      port: () => this.#local.port,
      signChannelToken: async (claims) => `channel:${claims.aud}:${claims.serviceurl}`,
      realTime: () => this.now(),
      delivery: { timeoutMs: 300, pausesMs: [10, 10, 10] },
      ...options,
    })
  }

  async close(): Promise<void> {
    await this.#teams.close()
    await Promise.all([this.#local.close(), this.#connector.close(), this.bot.close()])
  }

  /** The Bot Framework's own client, with a token of the bot. */
  client(token = 'good'): ConnectorClient {
    return connectorClient(this.serviceUrl, token)
  }

  /** A call of the connector that its client cannot make. */
  async raw(
    method: string,
    path: string,
    body?: unknown,
    token = 'good',
  ): Promise<{ status: number; headers: Headers; body: Json }> {
    const response = await fetch(new URL(path, this.serviceUrl), {
      method,
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    const text = await response.text()
    return { status: response.status, headers: response.headers, body: text ? JSON.parse(text) : {} }
  }

  async get<T = Json>(path: string): Promise<LocalAnswer<T>> {
    const response = await fetch(`${this.local}${path}`)
    return { status: response.status, body: (await response.json()) as T }
  }

  async post<T = Json>(path: string, body: unknown): Promise<LocalAnswer<T>> {
    const response = await fetch(`${this.local}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })
    return { status: response.status, body: (await response.json()) as T }
  }

  /** What a person sees of a place. */
  async messages(where: string, as: string): Promise<Json[]> {
    const { status, body } = await this.get<Json[]>(`/local/messages?where=${encodeURIComponent(where)}&as=${as}`)
    if (status !== 200) throw new Error(JSON.stringify(body))
    return body
  }

  conversation = (place: string): string => this.directory.place(place)?.conversation ?? ''
  mri = (person: string): string => this.directory.account(person)?.mri ?? ''
}

/** A message activity with one card. */
export const cardMessage = (card: Json): Json => ({
  type: 'message',
  attachments: [
    {
      contentType: 'application/vnd.microsoft.card.adaptive',
      content: { type: 'AdaptiveCard', version: '1.5', ...card },
    },
  ],
})
