import { spawn, type ChildProcess } from 'node:child_process'
import { randomInt } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { projectRoot } from '../../infra/local/project-root.js'
import { localTeams, type LocalTeams } from './local-teams.js'

const root = projectRoot()
const runner = join(root, 'infra', 'build', 'run.js')

/** What a program of the project came to. */
export interface Ended {
  /** Exit status; 1 where a signal ended it. */
  status: number
  out: string
  err: string
}

/** The whole product, running: the local tenant and the hub, as `npm start` starts them. */
export interface Product extends LocalTeams {
  ports: Ports
  /** The folder that NEXUS_DATA names. */
  data: string
  /** Process of `infra/local/start.ts`, behind the build. */
  pid: number
  /** Everything it has written so far. */
  log(): string
  /** The terminal, on this hub. */
  terminal(...args: string[]): Promise<Ended>
  /** Starts a second product on this one's folder, and gives what it said when it ended. */
  startAgain(): Promise<Ended>
  /** Its exit status, once it has ended. */
  ended: Promise<number>
  /** Stops it by its process id; the folder stays where it was given. */
  stop(): Promise<void>
}

/** The three ports of a product. */
export interface Ports {
  hub: number
  teams: number
  tenant: number
}

/** Milliseconds until a product that is not ready is given up. */
const patience = 45_000

/** What may be told to a start. */
export interface StartOptions {
  /** A folder of an earlier product; a new one, removed at the end, unless told. */
  data?: string
}

/**
 * Starts the product on free ports and waits until it says that it is ready. A port that somebody else took in the meantime is a
 * reason to try others.
 * @throws with all it wrote, where it ends before
 */
export async function startProduct(options: StartOptions = {}): Promise<Product> {
  const data = options.data ?? mkdtempSync(join(tmpdir(), 'nexus-test-'))
  for (let attempt = 1; ; attempt++) {
    const ports = await freePorts()
    const environment = environmentOf(data, ports)
    const child = spawn(process.execPath, [runner, 'infra/local/start.ts'], { cwd: root, env: environment })
    const said = collect(child)
    const ended = new Promise<number>((end) => child.once('exit', (code) => end(code ?? 1)))
    const stop = async () => {
      if (child.exitCode === null && child.signalCode === null) child.kill('SIGTERM')
      await ended
      if (!options.data) rmSync(data, { recursive: true, force: true })
    }
    if (await Promise.race([said.until(/^ready /m, patience), ended.then(() => false)]))
      return {
        ...localTeams(`http://127.0.0.1:${ports.teams}`),
        ports,
        data,
        pid: child.pid!,
        log: said.text,
        ended,
        terminal: (...args) => runProgram('bot/channels/terminal/main.ts', args, environment),
        startAgain: () => runProgram('infra/local/start.ts', [], environment),
        stop,
      }
    await stop()
    if (attempt === 3 || !said.text().includes('is in use by another program'))
      throw new Error(`The product did not start. It said:\n${said.text()}`)
  }
}

/** Runs a program of the project to its end. */
export function runProgram(program: string, args: string[], environment: NodeJS.ProcessEnv): Promise<Ended> {
  const child = spawn(process.execPath, [runner, program, ...args], { cwd: root, env: environment })
  child.stdin.end()
  let [out, err] = ['', '']
  child.stdout.on('data', (data: Buffer) => (out += data.toString()))
  child.stderr.on('data', (data: Buffer) => (err += data.toString()))
  return new Promise((end) => child.once('close', (code) => end({ status: code ?? 1, out, err })))
}

/** The environment of a product, with nothing of the one the tests run in that would change it. */
export function environmentOf(data: string, ports: Ports): NodeJS.ProcessEnv {
  const own = Object.entries(process.env).filter(([name]) => !/^(NEXUS_|AZURE_|NODE_OPTIONS|JEST_)/.test(name))
  return {
    ...Object.fromEntries(own),
    NEXUS_DATA: data,
    NEXUS_HUB_PORT: String(ports.hub),
    NEXUS_TEAMS_PORT: String(ports.teams),
    NEXUS_TENANT_PORT: String(ports.tenant),
  }
}

/**
 * Ports that nobody listens on at the moment, below those that systems give to connections that go out (from 32768 up): a hub that is
 * killed finds its port free when it starts again.
 */
export async function freePorts(): Promise<Ports> {
  return { hub: await freePort(), teams: await freePort(), tenant: await freePort() }
}

async function freePort(): Promise<number> {
  for (;;) {
    const port = randomInt(12_000, 32_000)
    const server = createServer()
    const free = await new Promise<boolean>((tried) =>
      server.once('error', () => tried(false)).listen(port, '127.0.0.1', () => tried(true)),
    )
    if (!free) continue
    await new Promise((closed) => server.close(closed))
    return port
  }
}

/** What a process writes, and a way to wait for a line of it. */
function collect(child: ChildProcess) {
  let text = ''
  const listeners = new Set<() => void>()
  const take = (data: Buffer) => {
    text += data.toString()
    for (const listener of listeners) listener()
  }
  child.stdout!.on('data', take)
  child.stderr!.on('data', take)
  return {
    text: () => text,
    until: (line: RegExp, milliseconds: number) =>
      new Promise<boolean>((found) => {
        const end = (result: boolean) => {
          clearTimeout(late)
          listeners.delete(look)
          found(result)
        }
        const look = () => line.test(text) && end(true)
        const late = setTimeout(() => end(false), milliseconds)
        listeners.add(look)
        look()
      }),
  }
}
