import type { CatalogSource, SweepPage } from '../../../skills/kit/catalog-source.js'
import type { Json } from '../../../skills/kit/model.js'

/** A sweep that is read page by page. */
export interface PageReader {
  /** The next page; undefined after the last. @throws what the vendor did, or the signal's reason */
  next(): Promise<SweepPage | undefined>
  /** Lets go of what is under way; nothing more is read. */
  close(): void
}

/**
 * Reads a sweep from a cursor on.
 * @param signal ends it
 * @param patience milliseconds that a page may take
 */
export function readPages(
  source: Pick<CatalogSource, 'sweep'>,
  from: Json | undefined,
  signal: AbortSignal,
  patience: number,
): PageReader {
  const closing = new AbortController()
  const ending = AbortSignal.any([signal, closing.signal])
  const pages = source.sweep(from, ending)[Symbol.asyncIterator]()
  return {
    async next() {
      const { done, value } = await withPatience(pages.next(), ending, patience)
      return done ? undefined : (value as SweepPage)
    },
    close() {
      closing.abort()
      // One that hangs is not waited for: it ends with its signal, if at all.
      void pages.return?.().catch(() => undefined)
    },
  }
}

/** Rejects when the signal aborts or the time is over: not every vendor's client takes a signal. */
function withPatience<T>(work: Promise<T>, ending: AbortSignal, patience: number): Promise<T> {
  const signal = AbortSignal.any([ending, AbortSignal.timeout(patience)])
  return new Promise((resolve, reject) => {
    const abort = () => reject(signal.reason as Error)
    signal.addEventListener('abort', abort, { once: true })
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort))
    if (signal.aborted) abort()
  })
}

/** Asks a vendor for what it answers in one go; what is still under way when it took too long is told to end. */
export async function askOnce<T>(
  signal: AbortSignal,
  patience: number,
  ask: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const ending = new AbortController()
  const either = AbortSignal.any([signal, ending.signal])
  return withPatience(ask(either), either, patience).finally(() => ending.abort())
}
