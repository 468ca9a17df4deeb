import { mkdir, open, readFile, type FileHandle } from 'node:fs/promises'
import { join } from 'node:path'
import type { Anchors } from './anchors.js'

/** A head's line is about 500 bytes; this is enough of a file's end to have the last one whole. */
const tail = 4096

/**
 * Anchors in a folder: a file `<tenant>.jsonl` each, opened for appending only. Give it to a disk, a share or an account that the
 * hub may append to and not rewrite, such as a file with `chattr +a`.
 */
export function folderAnchors(folder: string): Anchors {
  const fileOf = (tenant: string) => join(folder, `${encodeURIComponent(tenant)}.jsonl`)
  return {
    where: folder,
    async append(tenant, line) {
      await mkdir(folder, { recursive: true, mode: 0o700 })
      const isWhole = (await endOf(fileOf(tenant))).endsWith('\n')
      const file = await open(fileOf(tenant), 'a', 0o600)
      try {
        // What a crash left half written stays on a line of its own.
        await file.appendFile(`${isWhole ? '' : '\n'}${line}\n`)
        await file.sync()
      } finally {
        await file.close()
      }
    },
    last: async (tenant) => (await endOf(fileOf(tenant))).split('\n').filter(Boolean).at(-1),
    read: async (tenant) => (await readFile(fileOf(tenant), 'utf8').catch(absent)).split('\n').filter(Boolean),
  }
}

/** The end of a file; a file that is not there, or empty, ends as if a line had just ended. */
async function endOf(file: string): Promise<string> {
  let handle: FileHandle
  try {
    handle = await open(file, 'r')
  } catch (error) {
    return absent(error) || '\n'
  }
  try {
    const { size } = await handle.stat()
    const length = Math.min(size, tail)
    const { buffer } = await handle.read(Buffer.alloc(length), 0, length, size - length)
    return buffer.toString('utf8') || '\n'
  } finally {
    await handle.close()
  }
}

function absent(error: unknown): string {
  if ((error as NodeJS.ErrnoException).code === 'ENOENT') return ''
  throw error
}
