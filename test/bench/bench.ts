import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { availableParallelism, loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { projectRoot } from '../../infra/local/project-root.js'
import { measureAzure } from './measure/azure.js'
import { measureCatalog } from './measure/catalog.js'
import { measureIntake } from './measure/intake.js'
import { measureLanguage } from './measure/language.js'
import { measureReactions } from './measure/reactions.js'
import { measureStarts } from './measure/starts.js'
import { measureTurns } from './measure/turns.js'
import { BadOptions, readOptions, usage, type Options } from './report/options.js'
import type { Results } from './report/results.js'
import { writeReport } from './report/write-report.js'

/** Entities of the catalogs that are asked. */
const catalogSizes = [1_000, 10_000, 100_000]

/** The skills as they were built beside this program. */
const skills = join(import.meta.dirname, '..', '..', 'skills')

/** Names among which words are understood. */
const nameCounts = [2_000, 20_000, 200_000]

/** Resources of the Azure that is read for the first time. */
const azureResources = 100_000

// `npm run bench`: how fast the hub answers beside bare bots, how much it takes in durably beside its disk, how soon a post or a
// change follows, how fast it starts, what it holds when idle, how soon the catalog answers,
// how soon words are understood. Loopback only; everything it
// starts is a process of its own, in a temporary folder, and is stopped at the end.
async function bench(options: Options): Promise<Results> {
  const folder = mkdtempSync(join(tmpdir(), 'nexus-bench-'))
  for (const part of options.parts) mkdirSync(join(folder, part))
  const { connections, seconds, rounds } = options
  try {
    const conditions = {
      node: process.versions.node,
      processors: availableParallelism(),
      load: loadavg()[0]!,
      connections,
      seconds,
      rounds,
    }
    const turns = options.parts.includes('turns') && (await measureTurns(join(folder, 'turns'), options))
    const intake = options.parts.includes('intake') && (await measureIntake(join(folder, 'intake')))
    const reactions = options.parts.includes('reactions') && (await measureReactions(join(folder, 'reactions')))
    const start = options.parts.includes('start') && (await measureStarts(projectRoot(), join(folder, 'start')))
    const catalog =
      options.parts.includes('catalog') &&
      (await measureCatalog(
        join(folder, 'catalog'),
        catalogSizes.filter((size) => size <= options.entities),
      ))
    const language = options.parts.includes('language') && (await measureLanguage(skills, nameCounts))
    const azure = options.parts.includes('azure') && (await measureAzure(join(folder, 'azure'), azureResources))
    return {
      conditions,
      ...(turns && { turns }),
      ...(intake && { intake }),
      ...(reactions && { reactions }),
      ...(start && { start }),
      ...(catalog && { catalog }),
      ...(language && { language }),
      ...(azure && { azure }),
    }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

try {
  const options = readOptions(process.argv.slice(2))
  const results = await bench(options)
  process.stdout.write(`${options.json ? JSON.stringify(results, null, 2) : writeReport(results)}\n`)
} catch (error) {
  process.stderr.write(
    error instanceof BadOptions ? `${error.message}\n${usage}\n` : `The bench failed: ${(error as Error).stack}\n`,
  )
  process.exitCode = 1
}
