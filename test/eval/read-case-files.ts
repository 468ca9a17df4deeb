import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { projectRoot } from '../../infra/local/project-root.js'
import { readCases, type EvalCase } from './eval-case.js'

/**
 * All cases of files and folders, in the order of their names.
 * @throws Error where a path is not there, or a line is no case
 */
export function readCaseFiles(paths: readonly string[]): EvalCase[] {
  return paths.flatMap((path) => {
    const whole = resolve(projectRoot(), path)
    const stat = statSync(whole, { throwIfNoEntry: false })
    if (!stat) throw new Error(`${path} is not there; cases are files such as test/language/terse.jsonl.`)
    const files = stat.isDirectory()
      ? readdirSync(whole)
          .filter((name) => name.endsWith('.jsonl'))
          .sort()
          .map((name) => join(whole, name))
      : [whole]
    return files.flatMap((file) => readCases(readFileSync(file, 'utf8'), file))
  })
}
