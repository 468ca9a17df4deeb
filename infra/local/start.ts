import { spawn, type ChildProcess } from 'node:child_process'
import { mkdirSync } from 'node:fs'
import { createServer } from 'node:net'
import { join, resolve } from 'node:path'
import { lockFolder } from './frame/folder-lock.js'
import { keepFile } from './frame/keep-file.js'
import { hubPort, PortError, portFrom, teamsPort, tenantPort } from './frame/port.js'
import { hubEnvironment, terminalProfile } from './hub-environment.js'
import { OrganisationError } from './organisation/problem.js'
import { contoso, startTenant, type Tenant } from './tenant.js'

// `npm start`: the local tenant in this process, the hub in one of its own, and one line when all of it answers.
const say = (line: string) => void process.stdout.write(`${line}\n`)
const complain = (line: string) => void process.stderr.write(`${line}\n`)

/** Milliseconds the hub may take until it answers that it is ready. */
const patience = 60_000

async function main(): Promise<void> {
  const started = performance.now()
  const { env } = process
  const data = resolve(env.NEXUS_DATA?.trim() || '.nexus')
  mkdirSync(data, { recursive: true, mode: 0o700 })
  const unlock = lockFolder(data)
  const ports = {
    hub: await known(portFrom(env, hubPort)),
    teams: portFrom(env, teamsPort),
    tenant: portFrom(env, tenantPort),
  }
  await assertFree(ports.hub)
  const hub = `http://127.0.0.1:${ports.hub}`
  const manifest = join(data, 'tenant', 'manifest.json')
  const packaged = writeManifest(manifest)
  const tenant = await startTenant({
    organisation: resolve(env.NEXUS_LOCAL_ORG?.trim() || contoso()),
    data,
    tenantPort: ports.tenant,
    teamsPort: ports.teams,
    hub,
    manifest,
    ...(env.NEXUS_CLOCK === 'local' && { moveHubClock: (now) => moveHubClock(hub, now) }),
  })
  await packaged
  keepFile(join(data, 'terminal.json'), JSON.stringify(terminalProfile(tenant, hub), null, 2))
  const child = startHub({
    ...env,
    ...hubEnvironment(tenant, { port: ports.hub, data }),
    NEXUS_MANIFEST_FILE: manifest,
  })
  const stop = stopper(child, tenant, unlock)
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => void stop(0))
  child.once('exit', (code, signal) => {
    complain(`The hub ended (${signal ?? code}). What it said last stands above.`)
    void stop(1)
  })
  await hubReady(hub, child)
  tenant.announceInstalls()
  say('')
  say(
    `  Nexus for ${tenant.org.name}, with ${tenant.org.people.length} people and ${tenant.org.services.length} services, all on this machine`,
  )
  say(`  Teams    ${tenant.page}`)
  say(`  Terminal npm run -s nexus -- "who's on call for auth" --as ${tenant.org.people[0]!.id}`)
  say('')
  say(`ready in ${((performance.now() - started) / 1000).toFixed(1)} s: open ${tenant.page} (stop with Ctrl+C)`)
}

/** A port, or a free one where 0 is asked for: the tenant must know where the hub will be before the hub listens. */
async function known(port: number): Promise<number> {
  if (port !== 0) return port
  const server = createServer()
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  const { port: free } = server.address() as { port: number }
  await new Promise((closed) => server.close(closed))
  return free
}

function assertFree(port: number): Promise<void> {
  const server = createServer()
  return new Promise((free, reject) => {
    server.once('error', ({ code = '' }: NodeJS.ErrnoException) => reject(PortError.taken(port, hubPort, code)))
    server.listen(port, '127.0.0.1', () => server.close(() => free()))
  })
}

/** Has the product write its Teams app manifest, as an administrator would upload it. */
function writeManifest(file: string): Promise<void> {
  const program = join(import.meta.dirname, '..', '..', 'appPackage', 'local-manifest.js')
  const child = spawn(process.execPath, [program, file], { stdio: ['ignore', 'ignore', 'inherit'] })
  return new Promise((written, reject) => child.once('exit', (code) => (code === 0 ? written() : reject(new Error('The Teams app manifest could not be written.')))))
}

/** Starts the hub from the same build, as a process that knows the tenant only by address and credential. */
function startHub(env: NodeJS.ProcessEnv): ChildProcess {
  const program = join(import.meta.dirname, '..', '..', 'bot', 'main.js')
  return spawn(process.execPath, ['--enable-source-maps', '--no-warnings', program], {
    env,
    stdio: ['ignore', 'inherit', 'inherit'],
  })
}

async function hubReady(hub: string, child: ChildProcess): Promise<void> {
  for (const end = performance.now() + patience; performance.now() < end && child.exitCode === null;) {
    const answer = await fetch(`${hub}/readyz`, { signal: AbortSignal.timeout(2000) }).catch(() => undefined)
    if (answer?.ok) return
    await new Promise((later) => setTimeout(later, 50))
  }
  if (child.exitCode === null)
    throw new Error(`The hub was not ready within ${patience / 1000} s; its log above says what it waits for.`)
}

async function moveHubClock(hub: string, now: Date): Promise<void> {
  const answer = await fetch(`${hub}/clock`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ now: now.toISOString() }),
    signal: AbortSignal.timeout(60_000),
  })
  if (!answer.ok) throw new Error(`The hub did not move its clock: ${answer.status}`)
}

/** Stops the hub, then the tenant, once; a second signal stops at once. */
function stopper(child: ChildProcess, tenant: Tenant, unlock: () => void): (status: number) => Promise<void> {
  let stopping = false
  return async (status) => {
    if (stopping) return
    stopping = true
    if (child.exitCode === null && child.signalCode === null) {
      const ended = new Promise((resolve) => child.once('exit', resolve))
      child.kill('SIGTERM')
      const late = setTimeout(() => child.kill('SIGKILL'), 12_000)
      await ended
      clearTimeout(late)
    }
    await tenant.close()
    unlock()
    process.exit(status)
  }
}

main().catch((error: unknown) => {
  const plain =
    error instanceof PortError ||
    error instanceof OrganisationError ||
    (error instanceof Error && error.name === 'FolderInUse')
  complain(
    plain
      ? (error as Error).message
      : `Nexus could not start: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`,
  )
  process.exit(1)
})
