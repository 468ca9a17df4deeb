import type { Memory } from '../../language/follow-up-memory.js'

/** Where the hub keeps what it last spoke of with somebody; what is old is forgotten there. */
export interface Memories {
  /** @param where a person's side of a conversation, from `whereSpoken` */
  get(where: string): Promise<Memory | undefined>
  /** Keeps it in place of what was kept before. */
  keep(where: string, memory: Memory): Promise<void>
}
