import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { exportJWK } from 'jose'
import { createClock } from '../../../bot/clock.js'
import { createLog } from '../../../bot/log.js'
import { discoverSkills } from '../../../bot/discover-skills.js'
import { serve } from '../../../bot/serve.js'
import { createCatalogStore } from '../../../bot/store/records/catalog-store.js'
import { openSqliteStore } from '../../../bot/store/sqlite/open.js'
import { readTenantConfigs } from '../../../bot/tenant-configs.js'
import type { CommandInfo } from '../../../skills/kit/ports.js'
import type { Kind } from '../../../skills/kit/model.js'
import { entity, to } from '../../../bot/hub/testing/small-hub.js'
import { inSeconds, issuer, makeKey, sign } from './channel-tokens.js'

/** One organisation of the two: who is in it, what it holds and what proves it. */
export interface Organisation {
  tenant: string
  bot: string
  /** Its name, which some of its things have in theirs and which anybody may say. */
  name: string
  /** A word that is in everything it holds and that nobody ever says. */
  mark: string
  /** Where its webhooks come to. */
  webhooks: string
  webhookToken: string
  /** An Entra token of its administrator. @param claims in place of what a good one says */
  token(claims?: Record<string, unknown>): Promise<string>
}

/** What came back over HTTP. */
export interface Answered {
  status: number
  text: string
}

/** Two organisations on one hub, as it runs, over HTTP; what it reaches over the network is a function. */
export interface TwoOrganisations {
  organisations: readonly [Organisation, Organisation]
  commands: readonly CommandInfo[]
  ask(method: 'GET' | 'POST', path: string, authorization: string, body?: unknown): Promise<Answered>
  /** A token of Bot Framework for a bot. */
  botToken(bot: string): Promise<string>
  /** Bodies that went to the connector. */
  sent: string[]
  close(): Promise<void>
}

const authority = 'https://login.example'
const serviceUrl = 'https://smba.example/teams/'

/** The names that both organisations have things of, each with its own mark; so that a crossing is seen. */
export const commonNames = ['payments', 'PR-1', 'INC-1', 'ada@shared.example'] as const

const recordsOf = (name: string, mark: string, account: string) => {
  const summary = `Known to ${mark} alone.`
  const kinds: [Kind, string][] = [
    ['Service', 'payments'],
    ['Service', `kernel-${name}`],
    ['Resource', `vault-${mark}`],
    ['Team', `crew-${mark}`],
    ['Incident', 'INC-1'],
    ['Repository', `code-${mark}`],
  ]
  return [
    ...kinds.map(([kind, id]) =>
      entity(kind, id, { summary, title: summary, tags: { team: mark } }, [
        to('dependsOn', 'Service', `kernel-${name}`),
      ]),
    ),
    entity('Person', 'ada@shared.example', { objectId: account, groups: ['Nexus Admins'], jobTitle: mark }, [
      to('memberOf', 'Team', `crew-${mark}`),
    ]),
  ]
}

/** Starts the hub with two organisations in its store. */
export async function startTwoOrganisations(): Promise<TwoOrganisations> {
  const folder = mkdtempSync(join(tmpdir(), 'nexus-tenants-'))
  const key = makeKey('bot-key')
  const organisations = (
    [
      ['atlantis', 'trident'],
      ['babylon', 'ziggurat'],
    ] as const
  ).map(([name, mark], place) => {
    const tenant = randomUUID()
    const [account, own] = [randomUUID(), makeKey(name)]
    const claims = { iss: `${authority}/${tenant}/v2.0`, aud: `api-${name}`, tid: tenant, oid: account, name: 'Ada' }
    return {
      ...{ tenant, name, mark, own, account, bot: randomUUID(), webhookToken: `token-of-${name}-webhooks` },
      webhooks: place ? `/webhooks/${tenant}` : '/webhooks',
      token: async (other: Record<string, unknown> = {}) =>
        `Bearer ${await sign({ ...claims, nbf: inSeconds(-10), exp: inSeconds(3600), ...other }, own)}`,
    }
  })
  const sent: string[] = []
  const reach = async (...[input, init]: Parameters<typeof fetch>): Promise<Response> => {
    const url = input instanceof Request ? input.url : String(input)
    const served = [
      ...organisations.map(({ tenant, own }) => ({ base: `${authority}/${tenant}/v2.0`, own })),
      { base: 'https://bot.example', own: key },
    ]
    const found = served.find(({ base }) => url.startsWith(base))
    if (url.startsWith(serviceUrl)) sent.push(String(init?.body))
    if (!found) return Response.json({}, { status: 503 })
    const { base, own } = found
    const keys = async () => [
      { ...(await exportJWK(own.publicKey)), kid: own.kid, alg: 'RS256', use: 'sig', endorsements: ['msteams'] },
    ]
    return url.endsWith('/keys')
      ? Response.json({ keys: await keys() })
      : Response.json({ issuer: base === 'https://bot.example' ? issuer : base, jwks_uri: `${base}/keys` })
  }
  // What the vendors' own clients ask is asked of a port on which nobody answers.
  const nobody = 'https://127.0.0.1:9'
  const described = organisations.map(({ tenant, name, bot, webhookToken }) => ({
    ...{
      AZURE_TENANT_ID: tenant,
      AZURE_CLIENT_ID: tenant,
      AZURE_CLIENT_SECRET: 'secret',
      NEXUS_APP_AUDIENCE: `api-${name}`,
    },
    ...{ NEXUS_BOT_APP_ID: bot, NEXUS_BOT_APP_SECRET: 'secret', NEXUS_ALERTMANAGER_WEBHOOK_TOKEN: webhookToken },
  }))
  const configs = readTenantConfigs({
    ...{ NEXUS_PORT: '0', NEXUS_DATA: folder, NEXUS_TENANTS: 'babylon', NEXUS_SYNC_MINUTES: '1440' },
    ...{ AZURE_AUTHORITY_HOST: authority, NEXUS_BOT_OPENID_METADATA: 'https://bot.example/metadata' },
    ...{ NEXUS_BOT_SERVICE_HOSTS: 'smba.example', NEXUS_ARM_ENDPOINT: nobody, NEXUS_GRAPH_ENDPOINT: nobody },
    ...described[0],
    ...Object.fromEntries(Object.entries(described[1]!).map(([name, value]) => [`BABYLON__${name}`, value])),
  })
  const clock = createClock()
  const store = await openSqliteStore({ folder, clock: { now: () => Date.parse(clock.now()) }, id: randomUUID })
  for (const { tenant, name, mark, account } of organisations) {
    const catalog = createCatalogStore(store.forTenant(tenant))
    await catalog.write({ put: recordsOf(name, mark, account), drop: [] }, new Map(), clock.now())
    catalog.index.close()
  }
  const skills = await discoverSkills(join(import.meta.dirname, '..', '..', '..', 'skills'))
  const log = createLog(
    () => {},
    () => clock.now(),
  )
  const running = await serve(configs, { store, skills, clock, log, fetch: reach })
  const [first, second] = organisations
  return {
    organisations: [first!, second!],
    commands: running.registry.commands,
    sent,
    async ask(method, path, authorization, body) {
      const answer = await fetch(`http://127.0.0.1:${running.port}${path}`, {
        method,
        headers: { authorization, 'content-type': 'application/json' },
        ...(body !== undefined && { body: JSON.stringify(body) }),
      })
      return { status: answer.status, text: await answer.text() }
    },
    botToken: async (bot) =>
      `Bearer ${await sign({ iss: issuer, aud: bot, serviceurl: serviceUrl, nbf: inSeconds(-10), exp: inSeconds(3600) }, key)}`,
    async close() {
      await running.stop()
      rmSync(folder, { recursive: true })
    },
  }
}
