import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** The data folder is another running `npm start`'s. */
export class FolderHeld extends Error {
  override readonly name = 'FolderHeld'
}

interface Holder {
  pid: number
  /** What the system says of when the process began, so that another that got its number is told from it. */
  began: string
}

/**
 * Claims a data folder for this process, by a file with its number. A claim whose process is gone is void.
 * @returns gives the folder back.
 * @throws FolderHeld naming the process and the way out.
 */
export function holdFolder(folder: string): () => void {
  const file = join(folder, 'nexus.lock')
  mkdirSync(folder, { recursive: true })
  const holder: Holder = { pid: process.pid, began: beganOf(process.pid) }
  if (!claim(file, holder)) {
    const other = readHolder(file)
    if (other && isRunning(other))
      throw new FolderHeld(
        `Nexus is running on ${folder} already (process ${other.pid}). Stop that one, or choose another folder: NEXUS_DATA=${folder}-2, with ports of its own.`,
      )
    rmSync(file, { force: true })
    if (!claim(file, holder)) throw new FolderHeld(`Another start has just claimed ${folder}. Try again.`)
  }
  return () => {
    if (readHolder(file)?.pid === process.pid) rmSync(file, { force: true })
  }
}

/** Creates the file, which of two processes only one can. */
function claim(file: string, holder: Holder): boolean {
  try {
    writeFileSync(file, JSON.stringify(holder), { flag: 'wx' })
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false
    throw error
  }
}

function readHolder(file: string): Holder | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch {
    return undefined
  }
}

function isRunning({ pid, began }: Holder): boolean {
  try {
    process.kill(pid, 0)
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM' // it is there, and somebody else's
  }
  return began === beganOf(pid)
}

/** Start time of a process in the kernel's ticks (proc(5), field 22 of stat); empty where there is no /proc. */
function beganOf(pid: number): string {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? ''
  } catch {
    return ''
  }
}
