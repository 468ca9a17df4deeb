import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

/** The project's folder, which holds package.json, from any file below it, built or not. */
export function projectRoot(from: string): string {
  if (existsSync(join(from, 'package.json'))) return from
  const above = dirname(from)
  if (above === from) throw new Error('These programs run inside the project: no package.json is above them')
  return projectRoot(above)
}

/** The version that package.json declares. */
export const projectVersion = (root: string): string =>
  (JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string }).version
