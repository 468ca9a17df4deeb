import type { ProposedPull } from '../skills/kit/declarations.js'

/** Files of repositories, read, and changed by pull requests; a code host has it. Each throws Fault NotFound or Unavailable. */
export interface PullFiles {
  /** A file at the head of the default branch; undefined where there is none. `id` names its contents. */
  read(fullName: string, path: string): Promise<{ text: string; id: string } | undefined>
  /**
   * Opens a pull request that makes one file read so. Sent again for the same branch it answers the one that is open.
   * @throws Fault Conflict where the file is not `base` any more
   */
  propose(change: {
    fullName: string
    path: string
    text: string
    /** The contents that the change was made of; absent where there was no file. */
    base?: string
    branch: string
    title: string
    body: string
  }): Promise<ProposedPull>
  /** The newest pull request of a branch. */
  find(fullName: string, branch: string): Promise<ProposedPull | undefined>
  /** Closes a branch's pull request where it is open, and deletes the branch. */
  close(fullName: string, branch: string): Promise<void>
}
