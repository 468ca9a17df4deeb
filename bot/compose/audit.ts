import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Audit, AuditEntry } from '../../skills/kit/audit.js'
import type { Json } from '../../skills/kit/model.js'
import type { Settings } from '../../skills/kit/ports.js'
import { anchorsFolder, auditKeysOf } from '../audit-place.js'
import type { AuditApiParts } from '../channels/http/audit-api.js'
import type { HttpAnswer, HttpRoute } from '../channels/http/http-server.js'
import type { Clock } from '../clock.js'
import type { Config } from '../config.js'
import type { TurnRecord } from '../hub/turn-record.js'
import type { Log } from '../log.js'
import { projectRoot } from '../root.js'
import type { Store, TenantStore } from '../store/contract.js'
import { AuditIndex } from '../store/read-model/audit-index.js'
import { auditPort } from '../store/read-model/audit-port.js'
import { auditData, auditStream } from '../store/records/audit-stream.js'
import { anchoredTo, anchorHead, type AnchoringParts } from '../workers/audit/anchor-heads.js'
import { startAuditWorker } from '../workers/audit/audit-worker.js'
import { folderAnchors } from '../workers/audit/folder-anchors.js'
import { refusedSignIns } from '../workers/audit/refused-sign-ins.js'
import { noteSettingsVersion } from '../workers/audit/settings-versions.js'
import { verifyAudit } from '../workers/audit/verify-audit.js'

/** What the keeping of the audit log is put together from. */
export interface AuditKeepingParts {
  config: Config
  store: Store
  tenant: TenantStore
  settings: Pick<Settings, 'version'>
  clock: Clock
  log: Log
  /** Named steps at which tests end the hub. */
  reached?: AnchoringParts['reached']
}

/** The audit log, kept: what the others write to and read from. */
export interface AuditKeeping extends Pick<AuditApiParts, 'write' | 'verify' | 'read'> {
  port: Audit
  /** Writes what the log has to know of a turn: that somebody was refused. */
  turnEnded(turn: TurnRecord): Promise<void>
  /** The same routes, of which those who are turned away for want of a sign-in are counted. */
  countingRefusals(routes: readonly HttpRoute[]): HttpRoute[]
  /** Signs and anchors what is not anchored yet. */
  stop(): Promise<void>
}

const minute = 60_000

/** Puts together the audit log: its port, its worker, and what the hub itself writes into it. */
export function keepAudit({ config, store, tenant, settings, clock, log, reached }: AuditKeepingParts): AuditKeeping {
  const keys = config.NEXUS_AUDIT_KEY === undefined ? undefined : auditKeysOf(config.NEXUS_AUDIT_KEY)
  const key = keys?.signing
  if (!key) log.warn('audit.unsigned', { why: 'NEXUS_AUDIT_KEY names no private key' })
  const anchors = folderAnchors(anchorsFolder(config.NEXUS_DATA, config.NEXUS_AUDIT_ANCHORS))
  const index = new AuditIndex(tenant.tenant, tenant.log)
  const signIns = refusedSignIns(() => clock.now())
  const write = async (entry: AuditEntry): Promise<void> => {
    await tenant.log.append(auditStream, [auditData(entry, clock.now())])
  }
  const started = policyVersion(settings).then((version) => write(startEntry(config, version)))
  let isBroken = false
  const worker = startAuditWorker({
    clock,
    every: 1_000,
    anchorAfter: { entries: config.NEXUS_AUDIT_ANCHOR_ENTRIES, ms: config.NEXUS_AUDIT_ANCHOR_MINUTES * minute },
    async follow() {
      await index.catchUp()
      if (index.broken && !isBroken) log.error('audit.broken', { ...index.broken })
      isBroken = index.broken !== undefined
    },
    standing: async () => ({ head: (await tenant.log.head(auditStream)).seq, anchored: await anchoredTo(tenant) }),
    ...(key && {
      anchor: () => anchorHead({ store, tenant, anchors, key, now: () => clock.now(), ...(reached && { reached }) }),
    }),
    async gather() {
      await started
      const refused = signIns.take()
      if (refused) await write(refused)
      const version = await policyVersion(settings)
      if (version !== undefined) await noteSettingsVersion(tenant, version, clock.now())
    },
    gatherEvery: minute,
    failed: (error) => log.error('audit.failed', { error }),
  })
  return {
    port: auditPort(tenant.log, index, write),
    write,
    read: (from, limit) => tenant.log.read(auditStream, { from, limit }),
    ...(keys && { verify: () => verifyAudit({ tenant, anchors, keys, now: () => clock.now(), seen: index.head }) }),
    // A log that cannot be written to keeps nobody from being told that they were refused.
    turnEnded: (turn) => refusal(turn, write).catch((error: unknown) => log.error('audit.failed', { error })),
    countingRefusals: (routes) => routes.map((route) => counting(route, (path) => signIns.count(path))),
    async stop() {
      await write({ action: 'hub.stopped', cause: 'the process was asked to stop', detail: {} }).catch(
        (error: unknown) => log.error('audit.failed', { error }),
      )
      await worker.stop()
    },
  }
}

async function refusal(
  { id, by, command, fault, reason }: TurnRecord,
  write: (entry: AuditEntry) => Promise<void>,
): Promise<void> {
  if (fault !== 'NotAllowed') return
  const detail = { ...(command && { command }), ...(reason && { reason }) }
  await write({ action: 'permission.refused', by, detail, turn: id })
}

function counting(route: HttpRoute, count: (path: string) => void): HttpRoute {
  const counted = async (answering: Promise<HttpAnswer>): Promise<HttpAnswer> => {
    const answer = await answering
    if (answer.status === 401) count(route.path)
    return answer
  }
  return 'raw' in route
    ? { ...route, raw: (request) => counted(route.raw(request)) }
    : { ...route, handle: (request) => counted(route.handle(request)) }
}

/** The version of the settings; undefined where the settings cannot be had now. */
const policyVersion = (settings: Pick<Settings, 'version'>): Promise<string | undefined> =>
  settings.version().catch(() => undefined)

/** What a start says of the configuration: who has which role, and whom Nexus believes. Nothing else of it, and no secret, is ever in the log. */
const said = [
  'AZURE_CLIENT_ID',
  'AZURE_AUTHORITY_HOST',
  'NEXUS_BOT_APP_ID',
  'NEXUS_BOT_TOKEN_ISSUER',
  'NEXUS_BOT_SERVICE_HOSTS',
  'NEXUS_ROLE_GROUPS',
  'NEXUS_CLOCK',
  'NEXUS_ARM_ENDPOINT',
  'NEXUS_GITHUB_ORGANISATION',
  'NEXUS_AZURE_DEVOPS_ORGANISATION',
] as const satisfies (keyof Config)[]

function startEntry(config: Config, policy: string | undefined): AuditEntry {
  const configuration = Object.fromEntries(said.map((name) => [name, (config[name] ?? null) as Json]))
  const cause = 'the process was started'
  return { action: 'hub.started', cause, detail: { version: version(), policyVersion: policy ?? null, configuration } }
}

function version(): string {
  const text = readFileSync(join(projectRoot(import.meta.url), 'package.json'), 'utf8')
  return (JSON.parse(text) as { version: string }).version
}
