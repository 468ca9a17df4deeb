/** Lets what belongs together happen one after the other, in the order in which it was asked for. */
export interface InOrder {
  /** Runs when everything asked for before under one of the names has ended, well or badly. */
  run<T>(names: readonly string[], act: () => Promise<T>): Promise<T>
}

/** An order by names; what has ended is forgotten. */
export function createInOrder(): InOrder {
  const last = new Map<string, Promise<void>>()
  return {
    run(names, act) {
      const before = Promise.all(names.map((name) => last.get(name)))
      const running = before.then(act)
      const ended = running.then(
        () => {},
        () => {},
      )
      for (const name of names) last.set(name, ended)
      void ended.then(() => {
        for (const name of names) if (last.get(name) === ended) last.delete(name)
      })
      return running
    },
  }
}
