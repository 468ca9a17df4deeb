import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The project's folder, whether this module runs from its source or from a bundle below `.build`. */
export function projectRoot(): string {
  for (let at = dirname(fileURLToPath(import.meta.url)); at !== dirname(at); at = dirname(at))
    if (existsSync(join(at, 'package-lock.json'))) return at
  throw new Error('The local tenant runs from the project’s folder: no package-lock.json was found above this program.')
}
