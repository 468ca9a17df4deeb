import { randomUUID } from 'node:crypto'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { createClock } from '../../bot/clock.js'
import { serve } from '../../bot/serve.js'
import { readConfig } from '../../bot/config.js'
import { discoverSkills } from '../../bot/discover-skills.js'
import { createLog } from '../../bot/log.js'
import { openSqliteStore } from '../../bot/store/sqlite/open.js'
import { ballotSkill } from './testing/ballot-skill.js'

// The hub as the product starts it, with one skill more.
const clock = createClock()
const config = readConfig(process.env)
mkdirSync(config.NEXUS_DATA, { recursive: true })
const skills = [...(await discoverSkills(join(import.meta.dirname, '..', '..', 'skills'))), ballotSkill]
const store = await openSqliteStore({
  folder: config.NEXUS_DATA,
  clock: { now: () => Date.parse(clock.now()) },
  id: randomUUID,
})
const log = createLog(
  (line) => process.stdout.write(line),
  () => new Date().toISOString(),
)
const running = await serve([config], { store, skills, clock, log, fetch })
for (const event of ['SIGTERM', 'disconnect'] as const)
  process.once(event, () => void running.stop().then(() => process.exit(0)))
