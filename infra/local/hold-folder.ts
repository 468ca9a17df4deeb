import { accessSync, constants, existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

/** The data folder is another running `npm start`'s. */
export class FolderHeld extends Error {
  override readonly name = 'FolderHeld'
}

/** The data folder cannot be made or written. */
export class FolderUnusable extends Error {
  override readonly name = 'FolderUnusable'
}

const troubles: Record<string, string> = {
  EEXIST: 'is a file, not a folder',
  ENOTDIR: 'lies below a file',
  ENOENT: 'cannot be made there',
  EACCES: 'may not be written by you',
  EPERM: 'may not be written by you',
  EROFS: 'is on a disk that is read-only',
  ENOSPC: 'is on a disk that is full',
}

interface Holder {
  pid: number
  /** What the system says of when the process began, so that another that got its number is told from it. */
  began: string
}

/**
 * Claims a data folder for this process, by a file with its number. A claim whose process is gone is void.
 * @returns gives the folder back.
 * @throws FolderHeld naming the process and the way out, FolderUnusable where the folder cannot be made or written.
 */
export function holdFolder(folder: string): () => void {
  const file = join(folder, 'nexus.lock')
  makeFolder(folder)
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

function makeFolder(folder: string): void {
  try {
    // Not recursive: that spins for ever on a file system such as /proc, where nothing can be made.
    const missing = [folder]
    for (let above = dirname(folder); !existsSync(missing[0]!) && above !== missing[0]; above = dirname(above))
      missing.unshift(above)
    for (const path of missing) if (!existsSync(path)) mkdirSync(path)
    if (!statSync(folder).isDirectory()) throw Object.assign(new Error(), { code: 'EEXIST' })
    accessSync(folder, constants.W_OK)
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException
    throw new FolderUnusable(
      `The data folder ${folder} ${troubles[code] ?? `cannot be used (${code})`}. Choose another one: NEXUS_DATA=…`,
      { cause: error },
    )
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
