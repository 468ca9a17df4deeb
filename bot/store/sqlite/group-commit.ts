import { setTimeout as delay } from 'node:timers/promises'
import { StoreUnavailable } from '../errors.js'
import type { Connection } from './connection.js'
import { codes, resultCode, storeFailure } from './failures.js'

/** Work that takes hardly longer for several than for one: a statement for the rows of many callers. */
export interface Shared<Input, Output> {
  /** @returns an output for each input, in their order */
  run(inputs: readonly Input[]): Output[]
}

interface Job {
  shared: Shared<unknown, unknown>
  input: unknown
  bytes: number
  resolve: (value: unknown) => void
  reject: (reason: unknown) => void
}

type Outcome = { value: unknown } | { error: unknown }

/** Bounds of what waits and of what one transaction takes. */
export interface GroupCommitLimits {
  /** Writes that may wait; one more is refused. */
  waiting: number
  /** Bytes that may wait. */
  waitingBytes: number
  /** Writes in one transaction: while it is synced, the process does nothing else. */
  group: number
  /** How often the write lock is asked for while another process has it, at most 50 ms apart. */
  tries: number
}

const usual: GroupCommitLimits = { waiting: 4_096, waitingBytes: 64_000_000, group: 256, tries: 100 }

/**
 * The one way to write to a database: writes asked for in the same turn of the event loop share a transaction, so they
 * share the wait for the disk. Where one fails, all are run again with a savepoint each, so that it takes nothing of the others with
 * it. All are answered after the transaction is on disk.
 */
export class GroupCommit {
  readonly #limits: GroupCommitLimits
  #queue: Job[] = []
  #bytes = 0
  #running: Promise<void> | undefined

  constructor(
    readonly connection: Connection,
    limits: Partial<GroupCommitLimits> = {},
  ) {
    this.#limits = { ...usual, ...limits }
  }

  /**
   * Runs a job inside a transaction and resolves with its value when that is durable.
   * @param run reads and writes through the connection; it may run twice, so it changes nothing else
   * @param bytes about how much it writes
   * @throws StoreUnavailable at once when too much is waiting already
   */
  write<T>(run: () => T, bytes = 0): Promise<T> {
    return this.writeShared<undefined, T>({ run: () => [run()] }, undefined, bytes)
  }

  /** As `write`, with the inputs of adjacent writes in one call where `shared` is the same object; where that fails, in one each. */
  writeShared<Input, Output>(shared: Shared<Input, Output>, input: Input, bytes: number): Promise<Output> {
    if (this.#queue.length >= this.#limits.waiting || this.#bytes + bytes > this.#limits.waitingBytes)
      return Promise.reject(
        new StoreUnavailable(
          `${this.#queue.length} writes (${this.#bytes} bytes) wait for the disk already: try again shortly`,
        ),
      )
    return new Promise<Output>((resolve, reject) => {
      const job = { shared, input, bytes, resolve, reject }
      this.#queue.push(job as Job)
      this.#bytes += bytes
      this.#running ??= this.#drain()
    })
  }

  /** Resolves when nothing is waiting. */
  async idle(): Promise<void> {
    while (this.#running) await this.#running
  }

  async #drain(): Promise<void> {
    await new Promise(setImmediate) // whoever writes in this turn comes along
    while (this.#queue.length > 0) {
      const group = this.#queue.splice(0, this.#limits.group)
      await this.#commit(group)
      for (const job of group) this.#bytes -= job.bytes
      if (this.#queue.length > 0) await new Promise(setImmediate)
    }
    this.#running = undefined
  }

  async #commit(group: Job[]): Promise<void> {
    try {
      // From each beginning to the commit nothing waits, so no read of this process falls into the open transaction.
      await this.#begin()
      let outcomes = this.#runTogether(group)
      if (!outcomes) {
        await this.#begin()
        outcomes = this.#runApart(group)
      }
      await this.connection.commit()
      group.forEach((job, i) => settle(job, outcomes[i]!))
    } catch (error) {
      this.connection.rollback()
      // A full disk ends the whole transaction. One by one, those that still fit are not lost for the one that does not.
      if (resultCode(error) === codes.full && group.length > 1) for (const job of group) await this.#commit([job])
      else for (const job of group) job.reject(storeFailure(error, this.connection.file))
    }
  }

  async #begin(): Promise<void> {
    for (let attempt = 1; !this.#begun(attempt); attempt += 1) await delay(Math.min(attempt * 2, 50))
  }

  /** Takes the write lock, unless another process has it: its turn takes milliseconds, so seconds are patience. */
  #begun(attempt: number): boolean {
    try {
      this.connection.begin()
      return true
    } catch (error) {
      if (resultCode(error) === codes.busy && attempt < this.#limits.tries) return false
      throw error
    }
  }

  /**
   * Runs jobs without savepoints, which take as long as a small write.
   * @returns undefined where one of several failed: then nothing is written, and no transaction is open
   */
  #runTogether(group: Job[]): Outcome[] | undefined {
    try {
      return sharers(group).flatMap((jobs) => runShared(jobs).map((value) => ({ value })))
    } catch (error) {
      if (group.length === 1 || !this.connection.inTransaction) throw error
      this.connection.rollback()
      return undefined
    }
  }

  #runApart(group: Job[]): Outcome[] {
    return group.map((job) => {
      this.connection.run('SAVEPOINT job')
      try {
        const [value] = runShared([job])
        this.connection.run('RELEASE job')
        return { value }
      } catch (error) {
        if (!this.connection.inTransaction) throw error
        this.connection.run('ROLLBACK TO job')
        this.connection.run('RELEASE job')
        return { error: storeFailure(error, this.connection.file) }
      }
    })
  }
}

/** Jobs by what they share, in their order. */
function sharers(group: readonly Job[]): Job[][] {
  const parts: Job[][] = []
  for (const job of group) {
    const last = parts.at(-1)
    if (last && last[0]!.shared === job.shared) last.push(job)
    else parts.push([job])
  }
  return parts
}

const runShared = (jobs: readonly Job[]): unknown[] => jobs[0]!.shared.run(jobs.map(({ input }) => input))

function settle(job: Job, outcome: Outcome): void {
  if ('error' in outcome) job.reject(outcome.error)
  else job.resolve(outcome.value)
}
