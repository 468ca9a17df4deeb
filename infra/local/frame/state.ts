import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { keepFile } from './keep-file.js'

/** What a vendor's stand-in remembers: plain JSON, seeded from the organisation, kept in a file between starts. */
export interface State<T> {
  /** The live value: change it in place, then call `changed`. */
  readonly value: T
  /** Notes that the value changed; it is written soon after, as a whole, by renaming a finished file into place. */
  changed(): void
  /** Writes now what is not written yet. */
  flush(): void
}

/** Opens a vendor's state; `folder` undefined keeps it in memory only. */
export type OpenState = <T>(name: string, seed: () => T) => State<T>

/**
 * States below a folder, one file a vendor. A state whose file is absent or was made from another organisation
 * (`generation` differs) is seeded anew.
 */
export function openStates(folder: string | undefined, generation: string): { open: OpenState; flush(): void } {
  const opened: State<unknown>[] = []
  const open: OpenState = <T>(name: string, seed: () => T) => {
    const state = folder ? fileState(join(folder, `${name}.json`), generation, seed) : memoryState(seed())
    opened.push(state as State<unknown>)
    return state
  }
  return { open, flush: () => opened.forEach((state) => state.flush()) }
}

/** Milliseconds from a change to its writing at least, and how often as long as the last writing took: a large state is not written all the time. */
const pause = { least: 200, share: 20 }

/** A state that lives as long as the process. */
export const memoryState = <T>(value: T): State<T> => ({ value, changed: () => {}, flush: () => {} })

function fileState<T>(file: string, generation: string, seed: () => T): State<T> {
  const kept = read<T>(file)
  const value = kept && kept.generation === generation ? kept.value : seed()
  let timer: NodeJS.Timeout | undefined
  let took = 0
  const flush = () => {
    if (!timer) return
    clearTimeout(timer)
    timer = undefined
    const begun = performance.now()
    keepFile(file, JSON.stringify({ generation, value }))
    took = performance.now() - begun
  }
  const changed = () => (timer ??= setTimeout(flush, Math.max(pause.least, took * pause.share)).unref())
  return { value, flush, changed }
}

function read<T>(file: string): { generation: string; value: T } | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch {
    return undefined // absent, or cut off by a crash before renaming existed: seeded anew
  }
}
