import { spawn, type ChildProcess } from 'node:child_process'
import { appendFileSync, writeFileSync } from 'node:fs'

/** A program of Nexus's, running as a child process. */
export interface RunningProgram {
  /** The first message it sends for which `pick` gives something; rejects where it ends before. */
  message<T>(pick: (message: unknown) => T | undefined): Promise<T>
  send(message: string): void
  /** How it ended, once it has. */
  ended: Promise<string>
  /** Asks it to stop, and stops it by force after ten seconds. */
  stop(): Promise<void>
}

const patience = 10_000

/**
 * Runs a built program with an environment. What it prints goes to a log file; lines on its error output and warnings of its
 * structured log are shown as well, with its name before them.
 * @param file where its output is kept; begun anew.
 */
export function runProgram(
  name: string,
  program: string,
  environment: NodeJS.ProcessEnv,
  file: string,
): RunningProgram {
  writeFileSync(file, '', { mode: 0o600 })
  const child = spawn(process.execPath, ['--enable-source-maps', '--no-warnings', program], {
    env: environment,
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  })
  const show = (line: string) => process.stderr.write(`${name} | ${line}\n`)
  eachLine(child.stdout!, (line) => {
    appendFileSync(file, `${line}\n`)
    if (/"level":"(warn|error)"/.test(line)) show(line)
  })
  eachLine(child.stderr!, (line) => {
    appendFileSync(file, `${line}\n`)
    show(line)
  })
  const ended = new Promise<string>((resolve) => {
    child.once('error', (error) => resolve(`could not be started: ${error.message}`))
    child.once('close', (code, signal) => resolve(`ended ${signal ? `by ${signal}` : `with status ${code}`}`))
  })
  return {
    message: (pick) => firstMessage(child, name, ended, pick),
    send: (message) => void (child.connected && child.send(message)),
    ended,
    async stop() {
      child.kill('SIGTERM')
      const force = setTimeout(() => child.kill('SIGKILL'), patience)
      await ended
      clearTimeout(force)
    },
  }
}

function firstMessage<T>(
  child: ChildProcess,
  name: string,
  ended: Promise<string>,
  pick: (message: unknown) => T | undefined,
): Promise<T> {
  return new Promise((resolve, reject) => {
    child.on('message', (message) => {
      const picked = pick(message)
      if (picked !== undefined) resolve(picked)
    })
    void ended.then((how) => reject(new Error(`${name} ${how}`)))
  })
}

function eachLine(stream: NodeJS.ReadableStream, take: (line: string) => void): void {
  let rest = ''
  stream.setEncoding('utf8')
  stream.on('data', (text: string) => {
    const lines = (rest + text).split('\n')
    rest = lines.pop()!
    lines.forEach(take)
  })
  stream.on('end', () => rest && take(rest))
}
