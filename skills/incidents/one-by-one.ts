/**
 * Makes a line: what is run through it happens one after the other, in the order in which it was asked for. What one came to, well or badly,
 * is no matter of the next.
 */
export function createLine(): <T>(act: () => Promise<T>) => Promise<T> {
  let last: Promise<unknown> = Promise.resolve()
  return (act) => {
    const running = last.then(act)
    last = running.catch(() => {})
    return running
  }
}
