import { join } from 'node:path'
import { openAuthority } from '../../../infra/local/authority.js'
import { channelTokenSigner } from '../../../infra/local/entra/bot-framework.js'
import { openKey } from '../../../infra/local/keys.js'
import { tenantFiles } from '../../../infra/local/settings.js'
import type { EchoSettings } from '../echo/sdk-authentication.js'
import { serveConnector } from '../load/connector.js'
import { questions } from '../load/questions.js'
import type { Options } from '../report/options.js'
import type { TurnResults } from '../report/results.js'
import type { TenantReady } from '../tenant.js'
import { startHub } from './hub-start.js'
import { startProgram, type Program } from './program.js'
import { comparePaired, pairedRatio, summarise, type Contestant } from './throughput.js'

/**
 * Measures the hub's whole on-call turn beside the two echoes. All three listen on loopback, check the same channel token against the
 * same keys, and send their answers over HTTPS to the same connector service, which is in this process and refuses nobody.
 * @param folder for the state of the tenant and the hub, and their logs
 */
export async function measureTurns(folder: string, options: Options): Promise<TurnResults> {
  const stops: (() => Promise<void>)[] = []
  const started = <P extends Program<unknown>>(program: P): P => (stops.push(program.stop), program)
  const log = (name: string) => join(folder, `${name}.log`)
  try {
    const data = join(folder, 'data')
    const tenant = started(
      await startProgram<TenantReady>('test/bench/tenant.ts', { args: [data], log: log('tenant') }),
    )
    const { ready } = tenant
    const { tls } = await openAuthority(tenantFiles(data).authority)
    const connector = await serveConnector(tls)
    stops.push(connector.close)
    const hub = started(
      await startHub({
        env: { ...ready.hub, NEXUS_BOT_SERVICE_HOSTS: new URL(connector.url).host, NEXUS_SYNC_MINUTES: '1440' },
        log: log('hub'),
        ...(options.profile && { node: ['--cpu-prof', `--cpu-prof-dir=${options.profile}`] }),
      }),
    )
    const appId = ready.hub.NEXUS_BOT_APP_ID!
    const settings: EchoSettings = {
      appId,
      tenantId: ready.tenantId,
      openIdMetadata: ready.hub.NEXUS_BOT_OPENID_METADATA!,
    }
    const echo = async (name: string) =>
      started(
        await startProgram<{ port: number }>(`test/bench/${name}.ts`, {
          args: [JSON.stringify(settings)],
          env: { NODE_EXTRA_CA_CERTS: ready.hub.NODE_EXTRA_CA_CERTS! },
          log: log(name),
        }),
      )
    const [teamsAi, cloudAdapter] = [await echo('echo-teams-ai'), await echo('echo-cloud-adapter')]
    const contestants: Contestant[] = [
      { ...contestant('Nexus, on-call turn', hub), isAnswer: isOnCallCard },
      { ...contestant('teams-ai echo', teamsAi), isAnswer: isEcho },
      { ...contestant('CloudAdapter echo', cloudAdapter), isAnswer: isEcho },
    ]
    const sign = channelTokenSigner(await openKey(tenantFiles(data).keys, 'botframework'))
    const runs = await comparePaired(contestants, {
      connector,
      token: await sign({ aud: appId, serviceurl: connector.url }),
      body: questions({ tenantId: ready.tenantId, bot: ready.bot, serviceUrl: connector.url, askers: ready.askers }),
      connections: options.connections,
      seconds: options.seconds,
      rounds: options.rounds,
    })
    return {
      bots: contestants.map(({ name }, which) => summarise(name, runs[which]!)),
      ratios: { teamsAi: pairedRatio(runs[0]!, runs[1]!), cloudAdapter: pairedRatio(runs[0]!, runs[2]!) },
    }
  } finally {
    for (const stop of stops.reverse()) await stop()
  }
}

const contestant = (name: string, { pid, ready: { port } }: Program<{ port: number }>) => ({ name, pid, port })

/** The answer shows the card with the query that ran, in whichever language it is: neither a refusal nor a list of suggestions. */
const isOnCallCard = (send: string): boolean =>
  /"on-call of Service auth\S* at /.test(send) && send.includes('"AdaptiveCard"')
const isEcho = (send: string): boolean => send.includes('You said: ')
