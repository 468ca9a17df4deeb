import { spawn } from 'node:child_process'

/** A program that a test started. */
export interface Started {
  pid: number
  /** What it has written, the last megabyte of it. */
  log(): string
  /** The first message that `pick` takes. @throws with the end of its log where it ends before, or says nothing for too long */
  message<T>(pick: (message: unknown) => T | undefined): Promise<T>
  send(message: object | string): void
  /** How it ended: a signal's name, or its status. */
  ended: Promise<string>
  /** Sends a signal by process id and waits for the end; by force after ten seconds. */
  end(signal: 'SIGTERM' | 'SIGKILL'): Promise<void>
}

const mostLog = 1_000_000
const patience = 45_000

/**
 * Starts a built program as a process of its own.
 * @param name what errors call it
 */
export function startProcess(
  name: string,
  program: string,
  args: readonly string[],
  environment: NodeJS.ProcessEnv,
): Started {
  const child = spawn(process.execPath, ['--enable-source-maps', '--no-warnings', program, ...args], {
    env: environment,
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  })
  let log = ''
  for (const stream of [child.stdout!, child.stderr!])
    stream.setEncoding('utf8').on('data', (text: string) => (log = (log + text).slice(-mostLog)))
  const listeners = new Set<(message: unknown) => void>()
  child.on('message', (message) => {
    for (const listener of [...listeners]) listener(message)
  })
  const ended = new Promise<string>((resolve) => child.once('close', (code, signal) => resolve(signal ?? String(code))))
  const failed = (how: string) => new Error(`${name} ${how}. The end of its log:\n${log.slice(-3_000)}`)
  return {
    pid: child.pid!,
    log: () => log,
    ended,
    message: <T>(pick: (message: unknown) => T | undefined) =>
      new Promise<T>((resolve, reject) => {
        const late = setTimeout(() => reject(failed(`said nothing in ${patience / 1000} s`)), patience)
        const look = (message: unknown) => {
          const picked = pick(message)
          if (picked === undefined) return
          clearTimeout(late)
          listeners.delete(look)
          resolve(picked)
        }
        listeners.add(look)
        void ended.then((how) => {
          clearTimeout(late)
          reject(failed(`ended (${how})`))
        })
      }),
    send: (message) => void (child.connected && child.send(message)),
    async end(signal) {
      if (child.exitCode !== null || child.signalCode !== null) return
      child.kill(signal)
      const force = setTimeout(() => child.kill('SIGKILL'), 10_000)
      await ended
      clearTimeout(force)
    },
  }
}
