import { spawn } from 'node:child_process'
import { createServer, type AddressInfo } from 'node:net'
import { dirname, join, relative } from 'node:path'
import { keepFile } from './frame/keep-file.js'
import { hubPort, PortError } from './frame/port.js'
import { FolderHeld, FolderUnusable, holdFolder } from './hold-folder.js'
import { projectRoot } from './project-root.js'
import { runProgram, type RunningProgram } from './run-program.js'
import { readSettings, SettingError } from './settings.js'
import type { TenantMessage } from './tenant.js'

/** The hub has to answer within this, milliseconds. */
const patience = 60_000

/** The tenant cannot start; the message says why and what to do. */
class Refused extends Error {}

// `npm start`: the local tenant and the hub, each a process of its own, until Ctrl+C. One line that begins with `ready` says
// that all of it answers.
let release = () => {}
const programs: RunningProgram[] = []
let stopping = false

async function stop(status: number): Promise<never> {
  stopping = true
  for (const program of programs.toReversed()) await program.stop() // the hub first: it says goodbye to the tenant
  release()
  process.exit(status)
}
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => stopping || void stop(0))

/** A child that ends by itself ends everything. */
function run(name: string, program: string, environment: NodeJS.ProcessEnv, log: string): RunningProgram {
  const running = runProgram(name, program, environment, log)
  programs.push(running)
  void running.ended.then((how) => {
    if (stopping) return
    process.stderr.write(`${name} ${how}; stopping. Its log is ${shown(log)}.\n`)
    void stop(1)
  })
  return running
}

try {
  const began = performance.now()
  const settings = readSettings(process.env, projectRoot())
  release = holdFolder(settings.data)
  const port = await freePort(settings.ports.hub)
  const built = dirname(process.argv[1]!)
  const log = (name: string) => join(settings.data, `${name}.log`)

  const app = process.env.NEXUS_LOCAL_APP?.trim() || join(settings.data, 'tenant', 'manifest.json')
  const environment = { ...process.env, NEXUS_HUB_PORT: String(port), NEXUS_LOCAL_APP: app }
  const tenant = run('tenant', join(built, 'tenant.js'), environment, log('tenant'))
  const said = await tenant.message((message) => message as TenantMessage)
  if ('refused' in said) throw new Refused(said.refused)
  if (!('listening' in said)) throw new Error('The local tenant announced installs before it listened.')
  const { listening } = said
  keepFile(join(settings.data, 'terminal.json'), JSON.stringify(listening.terminalProfile, null, 2))

  const hub = { ...process.env, ...listening.hubEnvironment }
  // As an administrator would upload it, unless another package is to be tried.
  const packaged = process.env.NEXUS_LOCAL_APP?.trim()
    ? Promise.resolve()
    : writeManifest(join(built, '..', '..', 'appPackage', 'local-manifest.js'), app, hub)
  packaged.catch(() => {}) // it is waited for below, unless a signal ends the start before
  run('hub', join(built, '..', '..', 'bot', 'main.js'), hub, log('hub'))
  await untilReady(`http://127.0.0.1:${port}/readyz`)
  await packaged
  // Ready is ready: what Nexus says where it is installed stands there before anybody asks.
  const announced = tenant.message((message) => 'announced' in (message as TenantMessage) || undefined)
  tenant.send('hub-listening')
  await announced
  await settle(`http://127.0.0.1:${port}/clock`)
  const seconds = ((performance.now() - began) / 1000).toFixed(1)
  process.stdout.write(
    `Nexus at ${listening.name}, after ${seconds} s. Logs are in ${shown(settings.data)}; Ctrl+C stops it.\nready  ${listening.page}\n`,
  )
} catch (error) {
  // A child that ended has said why itself, and is being seen to.
  if (!stopping) {
    const expected = [PortError, SettingError, FolderHeld, FolderUnusable, Refused].some(
      (kind) => error instanceof kind,
    )
    const { message, stack } = error as Error
    process.stderr.write(`${expected ? message : stack}\n`)
    await stop(1)
  }
}

/** A path below the current folder without that folder. */
function shown(path: string): string {
  const below = relative('', path)
  return below === '' || below.startsWith('..') ? path : below
}

/** Has the product write its Teams app manifest. */
function writeManifest(program: string, file: string, env: NodeJS.ProcessEnv): Promise<void> {
  const child = spawn(process.execPath, [program, file], { env, stdio: ['ignore', 'ignore', 'inherit'] })
  return new Promise((written, failed) =>
    child.once('exit', (code) =>
      code === 0 ? written() : failed(new Error(`The Teams app manifest was not written to ${file}.`)),
    ),
  )
}

/** The hub's port, when it is free; 0 is replaced by one that is. Throws a PortError. */
function freePort(wanted: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer()
    probe.once('error', ({ code = '' }: NodeJS.ErrnoException) => reject(PortError.taken(wanted, hubPort, code)))
    probe.listen(wanted, '127.0.0.1', () => {
      const { port } = probe.address() as AddressInfo
      probe.close(() => resolve(port))
    })
  })
}

/** Has the hub finish what is due now, by setting its business time to what it is. */
async function settle(url: string): Promise<void> {
  const body = JSON.stringify({ now: new Date().toISOString() })
  const answer = await fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body })
  if (!answer.ok) throw new Error(`The hub answered ${answer.status} to ${url}.`)
}

async function untilReady(url: string): Promise<void> {
  const end = performance.now() + patience
  while (!stopping) {
    const status = await fetch(url).then(
      (response) => response.status,
      () => 0, // not listening yet
    )
    if (status === 200) return
    if (performance.now() > end) throw new Error(`The hub did not answer ${url} with 200 within ${patience / 1000} s.`)
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}
