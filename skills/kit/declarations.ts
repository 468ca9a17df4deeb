import type { Ref } from './model.js'

/** What of an entity may be said in a file of its repository. */
export const declaredProperties = [
  'owner',
  'runbook',
  'tier',
  'lifecycle',
  'language',
  'data',
  'system',
  'description',
] as const
export type DeclaredProperty = (typeof declaredProperties)[number]

/** A property of an entity as it should be declared. */
export interface DeclarationWish {
  entity: Ref & { name: string }
  property: DeclaredProperty
  /** As the file has it: `group:atlas` for an owner. */
  value: string
  /** Where the entity is declared, or would be; the catalog folder of the settings where it belongs to no repository. */
  place?: { repository: Ref; path: string }
  /** Its owner as the catalog knows it, for a file that is not there yet. */
  owner?: string
}

/** What a wish comes to: one file, as it would read. */
export interface DeclarationDraft {
  repository: Ref
  /** `contoso/checkout-web`. */
  fullName: string
  path: string
  /** Names the contents that were read; undefined where there is no file yet. */
  base?: string
  /** What the file says of it now; undefined where it says nothing. */
  before?: string
  /** The lines that go and that come, each with its sign: `-    owner: group:identity`, `+    owner: group:atlas`. */
  changes: string[]
  /** The branch of the pull request; the same wish on the same file has the same. */
  branch: string
}

/** A pull request as its host has it. */
export interface ProposedPull {
  number: number
  url: string
  state: 'open' | 'closed' | 'merged'
}

/** Files of repositories that say what the catalog knows, changed by pull requests only. */
export interface Declarations {
  /**
   * Reads the file and works out the change. Sends nothing.
   * @throws Fault BadInput where the file cannot be changed so, NotFound or Unavailable where it cannot be read
   */
  draft(wish: DeclarationWish): Promise<DeclarationDraft>
  /**
   * Opens the pull request of a wish, in a step, within `turn.attempt`. Sent again it opens none beside the first.
   * @param base of the draft that was approved
   * @throws Fault Conflict where the file is another by now, Unavailable where nobody knows whether it was taken
   */
  propose(
    wish: DeclarationWish,
    base: string | undefined,
    words: { title: string; body: string },
  ): Promise<ProposedPull>
  /** The newest pull request of a branch; undefined where there is none. */
  find(repository: Ref, branch: string): Promise<ProposedPull | undefined>
  /** Closes a pull request and deletes its branch; one that is closed stays so. */
  close(repository: Ref, branch: string): Promise<void>
}
