import { spawn, type ChildProcess } from 'node:child_process'
import { descendants, residentMemory } from './process-usage.js'

/** What one `npm start` came to. */
export interface NpmStart {
  /** Milliseconds from the command to its line `ready …`. */
  readyAfter: number
  /** Megabytes when it has been idle; absent where the system does not tell. */
  memory?: { hub: number; tenant: number }
}

/** Longest `npm start` may take, in milliseconds. */
const patience = 120_000
/** Milliseconds from ready to where memory counts as idle: the first sync is over, and the garbage of the start collected or not. */
const settling = 10_000

/**
 * Runs `npm start` in a checkout, on free ports, and stops it when it is ready.
 * @param project the checkout
 * @param data folder of its state
 * @param idle whether to wait until it is idle and to measure its memory
 */
export async function measureNpmStart(project: string, data: string, idle = false): Promise<NpmStart> {
  const began = performance.now()
  const child = spawn('npm', ['start'], {
    cwd: project,
    env: { ...process.env, NEXUS_DATA: data, NEXUS_HUB_PORT: '0', NEXUS_TEAMS_PORT: '0', NEXUS_TENANT_PORT: '0' },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true, // a process group of its own, so that all of it can be stopped
  })
  const interrupted = () => void end(child)
  process.once('exit', interrupted)
  try {
    await untilReady(child)
    const readyAfter = performance.now() - began
    if (!idle) return { readyAfter }
    await new Promise((later) => setTimeout(later, settling))
    const memory = memoryOf(child.pid!)
    return { readyAfter, ...(memory && { memory }) }
  } finally {
    process.off('exit', interrupted)
    await end(child)
  }
}

function untilReady(child: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    let said = ''
    const late = setTimeout(() => reject(new Error(`npm start was not ready in time; it said:\n${said}`)), patience)
    const hear = (chunk: Buffer) => {
      said = (said + chunk.toString()).slice(-20_000)
      if (!/^ready /m.test(said)) return
      clearTimeout(late)
      resolve()
    }
    child.stdout!.on('data', hear)
    child.stderr!.on('data', hear)
    child.once('error', reject)
    child.once('exit', (code) => {
      clearTimeout(late)
      reject(new Error(`npm start ended with ${code} before it was ready; it said:\n${said}`))
    })
  })
}

function memoryOf(pid: number): NpmStart['memory'] {
  const all = descendants(pid)
  const of = (program: string) =>
    all.find(({ command }) => command.includes(`${program}.js`) && /^\S*node /.test(command))
  const [hub, tenant] = [of('/bot/main'), of('/infra/local/tenant')].map((one) => one && residentMemory(one.pid))
  return hub && tenant ? { hub, tenant } : undefined
}

/** Ends the process group that was started here, and waits until it has ended. */
async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const ended = new Promise((resolve) => child.once('exit', resolve))
  signalGroup(child, 'SIGTERM')
  const late = setTimeout(() => signalGroup(child, 'SIGKILL'), 15_000)
  await ended
  clearTimeout(late)
}

function signalGroup({ pid }: ChildProcess, signal: NodeJS.Signals): void {
  try {
    process.kill(-pid!, signal)
  } catch {
    // All of it has ended.
  }
}
