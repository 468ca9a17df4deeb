import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { measureSync } from './measure/sync.js'
import { table } from './report/table.js'

// `npm run soak:sync`, a part of `npm run soak`: reading a source of 100,000 entities, or as many as are told, page by page.
const folder = mkdtempSync(join(tmpdir(), 'nexus-soak-sync-'))
const size = Number(process.argv[2] ?? 100_000)
/** What a hub may hold of memory while it reads 100,000 entities, in megabytes. */
const mostMemory = 400
try {
  const figures = await measureSync(folder, size)
  const rows = figures.map(({ name, read, written, seconds, memory }) => [
    name,
    ...[read, written].map((count) => count.toLocaleString('en')),
    seconds.toFixed(1),
    (read / seconds).toFixed(0),
    memory.toFixed(0),
  ])
  const head = [`a source of ${size.toLocaleString('en')}`, 'told', 'written', 'seconds', 'per second', 'memory MB']
  process.stdout.write(`${table(head, rows).join('\n')}\n`)
  if (figures.some(({ memory }) => memory > mostMemory)) process.exitCode = 1
} finally {
  rmSync(folder, { recursive: true, force: true })
}
