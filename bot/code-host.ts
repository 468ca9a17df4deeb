import type { Ref } from '../skills/kit/model.js'

/** Where an organisation's code is kept, as far as its files are read: GitHub, Azure DevOps. */
export interface CodeHost {
  /** As people call it: "GitHub". */
  title: string
  /** The repositories that are worked on. @throws Fault Unavailable where the host does not answer */
  repositories(signal: AbortSignal): Promise<CodeRepository[]>
}

/** A repository, and the files at the head of its default branch. */
export interface CodeRepository {
  /** As the catalog names it. */
  ref: Ref
  /** `contoso/auth-api`, as people quote it. */
  fullName: string
  /** All files, by path; none of an empty repository. @throws Fault Unavailable where it cannot be read */
  files(signal: AbortSignal): Promise<CodeFile[]>
  /** The text of a file of that list. @throws Fault Unavailable */
  read(file: CodeFile, signal: AbortSignal): Promise<string>
  /** Where people read a file. */
  addressOf(path: string): string
}

/** A file of a repository. */
export interface CodeFile {
  /** From the root on, without a slash before it. */
  path: string
  /** Names its contents: equal ids, equal contents. */
  id: string
  /** In bytes. */
  size: number
}
