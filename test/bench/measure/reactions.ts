import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { openAuthority } from '../../../infra/local/authority.js'
import { loadOrganisation } from '../../../infra/local/organisation/load-organisation.js'
import type { Organisation, Resource } from '../../../infra/local/organisation/model.js'
import { readSettings, tenantFiles } from '../../../infra/local/settings.js'
import { projectRoot } from '../../../infra/local/project-root.js'
import { alertBody } from '../../../infra/local/storm/alert-body.js'
import { localTeams, type LocalTeams } from '../../product/local-teams.js'
import { freePorts } from '../../product/start-product.js'
import { serveConnector } from '../load/connector.js'
import type { ReactionResults } from '../report/results.js'
import type { TenantReady, Wire } from '../tenant.js'
import { startHub } from './hub-start.js'
import { startProgram, type Program } from './program.js'
import { percentile } from './statistics.js'

/** How often each way is gone after a warm-up, and milliseconds of quiet before. */
const effort = { warmUps: 5, rounds: 30, quiet: 250 }
const patience = 20_000

/** What the rounds need. */
interface Stage {
  teams: LocalTeams
  wires: Wires
  org: Organisation
}

/**
 * Measures how soon the hub does what follows: from a webhook that is sent to it until its first post comes to Teams' connector, and from
 * an approver's click that is sent to it until the change comes to Azure. Tenant and hub are processes of their own, one round after
 * another, and the tenant takes both times by its own clock, so that the ways between them are in it. The reference goes the same ways
 * with a program between that only passes on: HTTP in, HTTPS out, three processes.
 * @param folder for the state of both, and their logs
 */
export async function measureReactions(folder: string): Promise<ReactionResults> {
  const stops: (() => Promise<void>)[] = []
  const started = <P extends Program<unknown>>(program: P): P => (stops.push(program.stop), program)
  const log = (name: string) => join(folder, `${name}.log`)
  const data = join(folder, 'data')
  try {
    const { hub: port } = await freePorts()
    const tenant = started(
      await startProgram<TenantReady>('test/bench/tenant.ts', { args: [data, String(port)], log: log('tenant') }),
    )
    started(await startHub({ env: tenant.ready.hub, log: log('hub') }))
    const announced = new Promise<void>((done) => tenant.hear((said) => said === 'announced' && done()))
    tenant.say('announce')
    await announced
    const settings = readSettings({ NEXUS_DATA: data }, projectRoot())
    const org = await loadOrganisation(settings.organisation, new Date())
    const stage = { teams: localTeams(tenant.ready.page), wires: new Wires(tenant), org }
    const before = await countThreads(stage)
    const post = await times((round) => alertToPost(stage, round))
    const threads = (await countThreads(stage)) - before
    if (threads !== effort.warmUps + effort.rounds) throw new Error(`the alerts made ${threads} threads, not one each`)
    const change = await times(() => clickToChange(stage))
    return {
      post,
      change,
      reference: await measureRelay(data, tenant.ready.hub.NODE_EXTRA_CA_CERTS!, log('relay'), stops),
    }
  } finally {
    for (const stop of stops.reverse()) await stop()
  }
}

async function times(once: (round: number) => Promise<number>): Promise<ReactionResults['post']> {
  const taken: number[] = []
  for (let round = 0; round < effort.warmUps + effort.rounds; round += 1) taken.push(await once(round))
  const counted = taken.slice(effort.warmUps)
  return {
    rounds: counted.length,
    p50: percentile(counted, 0.5),
    p95: percentile(counted, 0.95),
    p99: percentile(counted, 0.99),
  }
}

/** One alert of a web app that is in no incident: each is hours after the one before, which has ended. */
async function alertToPost({ teams, wires, org }: Stage, round: number): Promise<number> {
  const { now } = await teams.call<{ now: string }>('/local/clock')
  const fired = new Date(Date.parse(now) + 5 * 3_600_000)
  await teams.call('/local/clock', { now: fired.toISOString() })
  const resources = sitesOf(org)
  const resource = resources[round % resources.length]!
  const occurrence = {
    id: randomUUID(),
    resource,
    fired,
    alert: {
      ...{ kind: 'metric' as const, rule: `Bench ${round}`, severity: 'Sev2' as const, on: resource.name },
      ...{ metric: 'Http5xx', operator: 'GreaterThan' as const, threshold: 1, value: 2, aggregation: 'Total' as const },
      ...{ window: 'PT5M', dimensions: {} },
    },
  }
  const deliver = (body: unknown) => teams.call('/local/deliver', { source: 'azure-monitor', body })
  await pause(effort.quiet)
  const taken = wires.between(
    ({ way, path }) => way === 'out' && path.startsWith('/webhooks/azure-monitor'),
    ({ way, method, path }) => way === 'in' && method === 'POST' && path === '/teams/v3/conversations',
  )
  await deliver(alertBody(occurrence, org))
  const milliseconds = await taken
  await deliver(alertBody({ ...occurrence, resolved: fired }, org))
  return milliseconds
}

/** Threads of incidents in all channels. */
async function countThreads({ teams }: Stage): Promise<number> {
  const places = await teams.call<{ id: string; kind: string }[]>('/local/places')
  const channels = places.filter(({ kind }) => kind === 'channel')
  const messages = await Promise.all(channels.map(({ id }) => teams.messages(id, 'dana')))
  return messages.flat().filter(({ replyTo, card }) => replyTo === null && JSON.stringify(card).includes('INC-')).length
}

/** Web apps of production whose service has a team, and so a channel that hears of them. */
function sitesOf({ resources, services }: Organisation): Resource[] {
  const owned = new Set(services.flatMap(({ id, team }) => (team ? [id] : [])))
  return resources.filter(
    ({ type, environment, service }) =>
      type.toLowerCase() === 'microsoft.web/sites' && environment === 'production' && owned.has(service ?? ''),
  )
}

/** One restart that a developer asked for and a platform engineer approves. */
async function clickToChange({ teams, wires }: Stage): Promise<number> {
  const { message } = await teams.ask('dana', 'incidents', '@Nexus restart auth-api-stg')
  await teams.call('/local/refresh', { as: 'lee', message: message.id })
  await pause(effort.quiet)
  const taken = wires.between(
    ({ way, path }) => way === 'out' && path === '/api/messages',
    ({ way, method, path }) => way === 'in' && method === 'POST' && /\/auth-api-stg\/restart\b/i.test(path),
  )
  await teams.click('lee', message.id, 'Approve restart')
  return taken
}

/** The reference: bodies of an alert's size, one after another. */
async function measureRelay(
  data: string,
  caFile: string,
  log: string,
  stops: (() => Promise<void>)[],
): Promise<ReactionResults['post']> {
  const { tls } = await openAuthority(tenantFiles(data).authority)
  let heard = () => {}
  const connector = await serveConnector(tls, () => heard())
  stops.push(connector.close)
  const relay = await startProgram<{ port: number }>('test/bench/relay.ts', {
    args: [connector.url],
    env: { NODE_EXTRA_CA_CERTS: caFile },
    log,
  })
  stops.push(relay.stop)
  return times(async () => {
    await pause(effort.quiet)
    const began = performance.now()
    const came = new Promise<number>((done) => (heard = () => done(performance.now() - began)))
    await fetch(`http://127.0.0.1:${relay.ready.port}`, { method: 'POST', body: 'x'.repeat(2000) })
    return came
  })
}

/** What a tenant tells of its requests. */
class Wires {
  #listener: (wire: Wire) => void = () => {}

  constructor(tenant: Program<unknown>) {
    tenant.hear((said) => {
      const { wire } = said as { wire?: Wire }
      if (wire) this.#listener(wire)
    })
  }

  /** Milliseconds from the next request of one kind to the first of another kind after it. @throws where they do not come */
  between(from: (wire: Wire) => boolean, to: (wire: Wire) => boolean): Promise<number> {
    return new Promise((resolve, reject) => {
      const late = setTimeout(
        () => reject(new Error(`what was waited for did not come within ${patience / 1000} s`)),
        patience,
      )
      let began: number | undefined
      this.#listener = (wire) => {
        if (began === undefined) {
          if (from(wire)) began = wire.at
          return
        }
        if (!to(wire)) return
        clearTimeout(late)
        this.#listener = () => {}
        resolve(wire.at - began)
      }
    })
  }
}
