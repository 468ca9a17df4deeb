import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { measureCatalog } from './measure/catalog.js'
import { catalogLines } from './report/catalog-lines.js'

// `npm run soak:catalog`, a part of `npm run soak`: loading and asking a catalog of a million entities, which takes some minutes and some gigabytes of disk.
const folder = mkdtempSync(join(tmpdir(), 'nexus-soak-'))
try {
  const size = Number(process.argv[2] ?? 1_000_000)
  const results = await measureCatalog(folder, [size], ['get', 'filter by property', 'filter by tag in JSON'])
  process.stdout.write(`${catalogLines(results).join('\n')}\n`)
} finally {
  rmSync(folder, { recursive: true, force: true })
}
