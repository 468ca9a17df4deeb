import type { Json, Ref } from '../../../skills/kit/model.js'

/** A file that declares something: where it stands and where people read it. */
export interface DeclaringFile {
  /** The repository as the catalog names it. */
  repository: Ref
  /** `contoso/auth-api`. */
  fullName: string
  /** From the repository's root on. */
  path: string
  url: string
}

/** The hidden property of an entity that says which file declares it: where a change of it is proposed. */
export const declarationOf = ({ repository, path }: DeclaringFile): Json => ({ repository: repository.id, path })

/** A path that a file names, from the repository's root on; undefined where it leads out of the repository. */
export function resolvePath(from: string, target: string): string | undefined {
  const folders = target.startsWith('/') ? [] : from.split('/').slice(0, -1)
  for (const part of target.split('/')) {
    if (part === '..' && folders.pop() === undefined) return undefined
    if (part !== '..' && part !== '.' && part !== '') folders.push(part)
  }
  return folders.join('/')
}
