import { StoreError, StoreFull, StoreUnavailable } from '../errors.js'

/** The primary result code of an error that SQLite raised (sqlite.org/rescode.html), or undefined for any other error. */
export function resultCode(error: unknown): number | undefined {
  const raw = fieldOf(error, 'rawCode')
  return typeof raw === 'number' ? raw & 0xff : undefined // the upper bits are the extended code
}

/** SQLite's result codes that mean something to a store. */
export const codes = {
  busy: 5,
  locked: 6,
  readonly: 8,
  ioError: 10,
  corrupt: 11,
  full: 13,
  cannotOpen: 14,
  notADatabase: 26,
} as const

/** What an error of SQLite means to the caller of a store; an error of ours, or a bug, comes back as it is. */
export function storeFailure(error: unknown, file: string): unknown {
  if (error instanceof StoreError) return error
  const systemCode = systemErrorCode(error)
  if (systemCode === 'ENOSPC') return new StoreFull(`no room for ${file}: free disk space`, { cause: error })
  if (systemCode !== undefined)
    return new StoreUnavailable(
      `the store ${file} cannot be opened (${systemCode}): check the folder and its permissions`,
      { cause: error },
    )
  switch (resultCode(error)) {
    case codes.full:
      return new StoreFull(`the store ${file} is full: nothing was written; free disk space or raise its size limit`, {
        cause: error,
      })
    case codes.busy:
    case codes.locked:
      return new StoreUnavailable(`the store ${file} is busy with another process: try again`, { cause: error })
    case codes.corrupt:
      return new StoreUnavailable(
        `the store ${file} is damaged: stop, keep a copy of the file, restore the last backup`,
        { cause: error },
      )
    case codes.notADatabase:
      return new StoreUnavailable(
        `the store ${file} cannot be read: it is damaged or no store, or the encryption key is missing or another one`,
        { cause: error },
      )
    case codes.readonly:
    case codes.cannotOpen:
      return new StoreUnavailable(
        `the store ${file} cannot be opened for writing: check the folder and its permissions`,
        { cause: error },
      )
    case codes.ioError:
      return new StoreUnavailable(`the disk failed under the store ${file}: check it before going on`, { cause: error })
    default:
      return error
  }
}

/** The code of an error that node:fs raised, such as `EACCES`; undefined for any other error. */
export function systemErrorCode(error: unknown): string | undefined {
  const code = fieldOf(error, 'code')
  return fieldOf(error, 'syscall') !== undefined && typeof code === 'string' ? code : undefined
}

/** Errors are known by their fields: where modules run in a context of their own, `instanceof Error` does not hold. */
function fieldOf(error: unknown, name: string): unknown {
  return typeof error === 'object' && error !== null ? Reflect.get(error, name) : undefined
}
