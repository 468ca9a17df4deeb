import { execFileSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../..', import.meta.url))
const script = `const { build, built } = await import('./infra/build/run.js')
process.stdout.write(built(await build(), process.argv[1]))`

/**
 * Bundles the programs as they are now and answers where one of them stands, to be run by a plain `node`, so that a signal
 * reaches the program itself.
 * @param source such as `test/kill/writer.ts`
 */
export function builtProgram(source: string): string {
  return execFileSync(process.execPath, ['--input-type=module', '-e', script, source], { cwd: root, encoding: 'utf8' })
}
