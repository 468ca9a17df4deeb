import { spawn, type ChildProcess } from 'node:child_process'
import { openSync, closeSync } from 'node:fs'
import { join } from 'node:path'

/** A program of this project that runs in a process of its own. */
export interface Program<Ready> {
  pid: number
  /** What it said by IPC when it was ready. */
  ready: Ready
  /** Milliseconds from the start of the process to that. */
  took: number
  /** Listens to what else it says. */
  hear(listener: (message: unknown) => void): void
  say(message: string): void
  stop(): Promise<void>
}

/** How a program is started. */
export interface ProgramOptions {
  args?: string[]
  env?: Record<string, string>
  /** File that its output is appended to. */
  log: string
  /** Options of Node, such as `--cpu-prof`. */
  node?: string[]
}

/** Longest a program may take until it is ready, and until it has ended, in milliseconds. */
const patience = { start: 60_000, stop: 15_000 }

/** The bundle this bench runs from: the root of the project as it was built. */
const built = join(import.meta.dirname, '..', '..')

/**
 * Starts a built program and waits for its first message.
 * @param source its path in the project, such as `bot/main.ts`
 */
export async function startProgram<Ready>(source: string, options: ProgramOptions): Promise<Program<Ready>> {
  const output = openSync(options.log, 'a', 0o600)
  const began = performance.now()
  const flags = ['--enable-source-maps', '--no-warnings', ...(options.node ?? [])]
  const child = spawn(
    process.execPath,
    [...flags, join(built, source.replace(/\.ts$/, '.js')), ...(options.args ?? [])],
    {
      env: { ...process.env, ...options.env },
      stdio: ['ignore', output, output, 'ipc'],
    },
  )
  closeSync(output)
  try {
    const ready = await firstMessage<Ready>(child, source, options.log)
    return {
      pid: child.pid!,
      ready,
      took: performance.now() - began,
      hear: (listener) => void child.on('message', listener),
      say: (message) => void child.send(message),
      stop: () => stopProcess(child),
    }
  } catch (error) {
    await stopProcess(child)
    throw error
  }
}

function firstMessage<Ready>(child: ChildProcess, source: string, log: string): Promise<Ready> {
  return new Promise((resolve, reject) => {
    const late = setTimeout(() => reject(new Error(`${source} was not ready in time; it said: ${log}`)), patience.start)
    child.once('message', (message) => {
      clearTimeout(late)
      resolve(message as Ready)
    })
    child.once('error', reject)
    child.once('exit', (code, signal) => {
      clearTimeout(late)
      reject(new Error(`${source} ended (${signal ?? code}) before it was ready; it said: ${log}`))
    })
  })
}

/** Asks a process to end, and ends it where it does not. */
export async function stopProcess(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const ended = new Promise((resolve) => child.once('exit', resolve))
  child.kill('SIGTERM')
  const late = setTimeout(() => child.kill('SIGKILL'), patience.stop)
  await ended
  clearTimeout(late)
}
