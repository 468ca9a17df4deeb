import { StoreUnavailable } from '../errors.js'
import type { Connection } from './connection.js'
import { storeFailure } from './failures.js'
import type { GroupCommit, Shared } from './group-commit.js'

/** What the parts of the SQLite engine are made of. */
export interface Engine {
  readonly connection: Connection
  /** Runs reads; they see what is durable. */
  read<T>(run: () => T): Promise<T>
  /** Runs a job in the next group commit; resolves when it is durable. See GroupCommit.write. */
  write<T>(run: () => T, bytes?: number): Promise<T>
  /** The same for work that several writers share. See GroupCommit.writeShared. */
  writeShared<Input, Output>(shared: Shared<Input, Output>, input: Input, bytes: number): Promise<Output>
  /** Milliseconds since 1970. */
  now(): number
  /** A fresh random id. */
  id(): string
}

/** What an engine is made with. */
export interface EngineParts {
  connection: Connection
  group: GroupCommit
  clock: { now(): number | Date }
  id: () => string
}

/** An engine and the way to end it: it finishes what it accepted, then refuses everything. */
export function startEngine({ connection, group, clock, id }: EngineParts): Engine & { stop(): Promise<void> } {
  let stopped = false
  const refuse = () => {
    if (stopped) throw new StoreUnavailable(`the store ${connection.file} is closed`)
  }
  return {
    connection,
    now: () => Math.trunc(Number(clock.now())),
    id,
    async read(run) {
      refuse()
      try {
        return run()
      } catch (error) {
        throw storeFailure(error, connection.file)
      }
    },
    async write(run, bytes) {
      refuse()
      return group.write(run, bytes)
    },
    async writeShared(shared, input, bytes) {
      refuse()
      return group.writeShared(shared, input, bytes)
    },
    async stop() {
      if (stopped) return
      stopped = true
      await group.idle()
      connection.close()
    },
  }
}
