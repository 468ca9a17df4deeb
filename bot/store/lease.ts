/** Which grant of which lease a write relies on. */
export interface Fence {
  name: string
  fence: number
}

/**
 * A lease as it was granted; pass it as the `fence` of a write. Such a write is refused as a conflict once a newer holder
 * wrote with its own fence to the same partition or stream; an engine may refuse it as soon as there is a newer holder.
 * A new holder that must be sure begins with an empty commit to the partition.
 */
export interface Lease extends Fence {
  /** When it ends unless it is renewed. */
  until: number
  /** Extends it from now by the time it was taken for. @throws StoreConflict where somebody else took it meanwhile. */
  renew(): Promise<void>
  /** Gives it up, so that the next one need not wait; nothing happens where somebody else has it by now. */
  release(): Promise<void>
}
