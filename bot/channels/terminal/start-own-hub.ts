import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { HubRefused } from './hub-client.js'
import { Profile } from './sign-in.js'

/** A hub of the terminal's own, on the local organisation. */
export interface OwnHub {
  profile: Profile
  /** Stops it and removes its data. */
  stop(): Promise<void>
}

const patience = 60_000

/**
 * Where no hub answers, starts what `npm start` starts, on free ports and a data folder of its own, for as long as the terminal runs.
 * @param tell says to the person that it takes a few seconds
 */
export async function startOwnHub(environment: NodeJS.ProcessEnv, tell: (line: string) => void): Promise<OwnHub> {
  const data = mkdtempSync(join(tmpdir(), 'nexus-terminal-'))
  tell('No hub is running; starting one on the local organisation for this question (npm start keeps one).')
  const program = join(import.meta.dirname, '..', '..', '..', 'infra', 'local', 'start.js')
  const env = { ...environment, NEXUS_DATA: data, NEXUS_HUB_PORT: '0', NEXUS_TEAMS_PORT: '0', NEXUS_TENANT_PORT: '0' }
  const child = spawn(process.execPath, ['--enable-source-maps', '--no-warnings', program], {
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const stop = async () => {
    if (child.exitCode === null && child.signalCode === null) {
      const ended = new Promise((resolve) => child.once('exit', resolve))
      child.kill('SIGTERM')
      await Promise.race([ended, new Promise((resolve) => setTimeout(resolve, 10_000).unref())])
      child.kill('SIGKILL')
    }
    rmSync(data, { recursive: true, force: true })
  }
  try {
    await ready(child)
    return { profile: Profile.parse(JSON.parse(readFileSync(join(data, 'terminal.json'), 'utf8'))), stop }
  } catch (cause) {
    await stop()
    throw new HubRefused(`A hub could not be started: ${cause instanceof Error ? cause.message : 'unknown'}`, { cause })
  }
}

function ready(child: ReturnType<typeof spawn>): Promise<void> {
  return new Promise((resolve, reject) => {
    let said = ''
    const late = setTimeout(() => reject(new Error(`it was not ready in ${patience / 1000} s`)), patience)
    const hear = (chunk: Buffer) => {
      said = (said + chunk.toString('utf8')).slice(-4000)
      if (/^.*\bready\b/m.test(said)) {
        clearTimeout(late)
        resolve()
      }
    }
    child.stdout?.on('data', hear)
    child.stderr?.on('data', hear)
    child.once('exit', (code) => {
      clearTimeout(late)
      reject(new Error(`it ended with ${code}: ${said.slice(-600)}`))
    })
  })
}
