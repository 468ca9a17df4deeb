/** What every error of a store is: the four classes below, and nothing else that a caller should have to know. */
export abstract class StoreError extends Error {}

/** Why a condition did not hold. `etag`: changed since it was read; `exists`: was to be new; `claim`: another worker has
 * it now; `fence`: the lease has a newer holder; `sequence`: the stream has grown. */
export type ConflictReason = 'etag' | 'exists' | 'claim' | 'fence' | 'sequence'

/** Somebody else was first. Nothing of the refused call was written: read again and decide anew. */
export class StoreConflict extends StoreError {
  override name = 'StoreConflict'
  /**
   * @param reason which condition did not hold
   * @param subject what it was about, such as `record incident/INC-12 in INC-12`
   */
  constructor(
    readonly reason: ConflictReason,
    readonly subject: string,
    detail: string,
  ) {
    super(`${subject} ${detail}`)
  }
}

/** No room: the disk, the quota or the partition is full. Nothing of the refused call was written; reading still works. */
export class StoreFull extends StoreError {
  override name = 'StoreFull'
}

/** The store did not answer: closed, busy, out of reach, damaged. A write may or may not have happened: read to find out. */
export class StoreUnavailable extends StoreError {
  override name = 'StoreUnavailable'
}

/** The call itself is wrong, so that trying again would not help. Nothing was written. */
export class StoreBadInput extends StoreError {
  override name = 'StoreBadInput'
}
