import { cpSync, existsSync } from 'node:fs'
import { join } from 'node:path'
import { manipulations, type Manipulation } from './testing/manipulations.js'

// node infra/build/run.js test/audit/tamper.ts <manipulation> <data folder> <anchors folder> <new folder>
// Copies a stopped hub's store and the anchors of its audit log to `<new folder>/store` and `<new folder>/anchors`, and does one thing to
// the copy that `nexus audit verify` must find. Without arguments it lists what it can do.
const [name, data, anchors, target] = process.argv.slice(2)
if (!name || !data || !anchors || !target) {
  process.stdout.write(`${Object.keys(manipulations).join('\n')}\n`)
  process.exit(name ? 1 : 0)
}
if (!(name in manipulations)) throw new Error(`There is no manipulation ${name}.`)
if (existsSync(target)) throw new Error(`${target} exists already: name a new folder.`)
const victim = { data: join(target, 'store'), anchors: join(target, 'anchors') }
for (const file of ['store.db', 'store.db-wal'])
  if (existsSync(join(data, file))) cpSync(join(data, file), join(victim.data, file))
cpSync(anchors, victim.anchors, { recursive: true })
manipulations[name as Manipulation](victim)
process.stdout.write(`${name}: done to the copy in ${target}\n`)
