import type { CodeRepository } from '../../code-host.js'
import type { Ref } from '../../../skills/kit/model.js'
import { isGlob, matchGlob } from './match-glob.js'
import type { PlacedMistake } from './mistake.js'
import { namedFiles, pathOfTarget, type Declarations, type NamedFile } from './read-declarations.js'
import type { FileKind } from './which-files.js'

/** A path or pattern of a repository that a descriptor names. */
interface Target {
  repository: string
  path: string
  kind: FileKind
}

/** The files that descriptors name, of their own repository or of another. */
export class LocationTargets {
  #targets = new Map<string, Target>()
  /** Targets that lead nowhere. */
  mistakes: PlacedMistake[] = []

  /** What a file is because a descriptor names it; undefined where none does. */
  kindOf({ id }: Ref, path: string): FileKind | undefined {
    for (const target of this.#targets.values())
      if (target.repository === id && (target.path === path || (isGlob(target.path) && matchGlob(target.path, path))))
        return target.kind
    return undefined
  }

  /**
   * Takes in what all repositories name now.
   * @returns the ids of repositories of which files are named that were not before
   */
  follow(read: readonly Declarations[], repositories: readonly CodeRepository[]): Set<string> {
    const before = this.#targets
    this.#targets = new Map()
    this.mistakes = []
    const fresh = new Set<string>()
    for (const named of read.flatMap(({ descriptors }) => namedFiles(descriptors))) {
      const target = targetOf(named, repositories)
      if (!target) {
        if (!named.optional) this.#complain(named)
        continue
      }
      const key = `${target.repository} ${target.path}`
      this.#targets.set(key, target)
      if (!before.has(key)) fresh.add(target.repository)
    }
    return fresh
  }

  #complain({ by, target }: NamedFile): void {
    const { repository, path } = by.file
    const message = `its target ${target.slice(0, 200)} is in no repository that Nexus reads`
    this.mistakes.push({ repository, file: path, line: by.line, column: by.column, message })
  }
}

function targetOf(named: NamedFile, repositories: readonly CodeRepository[]): Target | undefined {
  const own = pathOfTarget(named)
  if (own !== undefined) return { repository: named.by.file.repository.id, path: own, kind: named.kind }
  // An address of a file as people open it; a folder's differs from it in one word.
  const address = named.target.replace(/^(https:\/\/[^/]+\/[^/]+\/[^/]+)\/tree\//, '$1/blob/')
  const repository = repositories.find((one) => address.startsWith(one.addressOf('')))
  return (
    repository && {
      repository: repository.ref.id,
      path: address.slice(repository.addressOf('').length).replace(/^\//, ''),
      kind: named.kind,
    }
  )
}
