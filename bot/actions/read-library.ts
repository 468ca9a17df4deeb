import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join, relative } from 'node:path'
import type { ActionManifest } from '../../skills/kit/action-manifest.js'
import type { ManifestCommands } from '../../skills/kit/command.js'
import { readManifest } from './read-manifest.js'

/**
 * The manifests of a skill's own library, by id.
 * @param folder `skills/actions/library`, or its copy beside the bundle
 * @throws Error naming every mistake with file and line: the library is a part of the program
 */
export function readLibrary(folder: string, check: ManifestCommands['check']): ActionManifest[] {
  if (!statSync(folder, { throwIfNoEntry: false })) return []
  const manifests = new Map<string, ActionManifest>()
  const mistakes: string[] = []
  for (const file of filesBelow(folder)) {
    const name = relative(join(folder, '..', '..', '..'), file)
    const read = readManifest(name, readFileSync(file, 'utf8'), check)
    if (read.mistakes) mistakes.push(...read.mistakes)
    else if (manifests.has(read.manifest.id)) mistakes.push(`${name}: there is a ${read.manifest.id} already`)
    else manifests.set(read.manifest.id, read.manifest)
  }
  if (mistakes.length) throw new Error(`The library of actions has mistakes:\n  ${mistakes.join('\n  ')}`)
  return [...manifests.values()]
}

const filesBelow = (folder: string): string[] =>
  readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && /\.ya?ml$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
