import type { Claim } from './model.js'

/** A vendor that the catalog is read from; a provider makes one, and is as much a stranger to the host as a skill is. */
export interface CatalogSource {
  /** Stable name that claims carry: `github`. */
  name: string
  /** As people call it: "GitHub". */
  title: string
  /**
   * Reads everything the vendor says now. All or nothing: a part that cannot be read fails the whole, so that what is absent
   * is gone and not merely unread.
   * @throws Fault Unavailable with a plain reason where the vendor does not answer
   */
  pull(signal: AbortSignal): Promise<Claim[]>
}
