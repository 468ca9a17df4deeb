import { StoreError, StoreFull, StoreUnavailable } from '../errors.js'

/** The primary result code of an error that SQLite raised (sqlite.org/rescode.html), or undefined for any other error. */
export function resultCode(error: unknown): number | undefined {
  if (!(error instanceof Error) || !('rawCode' in error) || typeof error.rawCode !== 'number') return undefined
  return error.rawCode & 0xff // the upper bits are the extended code
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
