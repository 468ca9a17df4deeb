import { spawn } from 'node:child_process'
import { randomInt } from 'node:crypto'
import { setTimeout as delay } from 'node:timers/promises'

/**
 * Starts a program and kills it with SIGKILL at a random moment after it is busy.
 * @param program a built file
 * @param busy says, from all that was printed, whether the moment may come
 * @param wait how long from then on; up to 40 ms by default
 * @returns the whole lines it had printed: it writes them synchronously, so none of them is lost with it
 */
export async function killedProgram(
  program: string,
  args: string[],
  busy: (said: string) => boolean,
  wait: () => Promise<unknown> = () => delay(randomInt(0, 40)),
): Promise<{ lines: string[] }> {
  const child = spawn(process.execPath, ['--no-warnings', program, ...args], { stdio: ['ignore', 'pipe', 'pipe'] })
  const closed = new Promise<void>((resolve) => child.once('close', () => resolve()))
  let [said, complaint, isBusy] = ['', '', false]
  child.stderr.setEncoding('utf8').on('data', (text: string) => (complaint += text))
  await new Promise<void>((resolve, reject) => {
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      said += text
      if (!isBusy && (isBusy = busy(said))) resolve()
    })
    child.once('close', () =>
      isBusy ? resolve() : reject(new Error(`${program} ended before it was busy: ${complaint}`)),
    )
    child.once('error', reject)
  })
  await wait()
  child.kill('SIGKILL')
  await closed
  if (complaint) throw new Error(`${program} complained: ${complaint}`)
  return { lines: said.split('\n').slice(0, -1) }
}
