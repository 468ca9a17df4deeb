import { Fault } from '../../skills/kit/errors.js'

/** Rejects when the signal aborts first, so that a skill that never ends does not hold its asker. */
export function within<T>(signal: AbortSignal, work: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const late = () =>
      reject(new Fault('Unavailable', 'That took too long, so it was stopped.', 'Try again in a minute.'))
    signal.addEventListener('abort', late, { once: true })
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', late))
  })
}
