import { writeSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { createClock } from '../../bot/clock.js'
import { serve } from '../../bot/serve.js'
import { readConfig } from '../../bot/config.js'
import { hubCredential } from '../../bot/credentials.js'
import { discoverSkills } from '../../bot/discover-skills.js'
import { createLog } from '../../bot/log.js'
import { openStore } from '../../bot/open-store.js'
import { reminderSkill } from './reminders.js'
import { servedSource } from './served-vendor.js'
import { createStopper, readStopAt } from './stop-at.js'

// The real hub in a test build: it kills itself with SIGKILL at a named step, told by `--stop-at timer.acted:5` or later by a message
// `{ stopAt: 'timer.acted:5' }`, and starts with the business time that `--now` says. `--hold-at timer.claimed`, or `{ holdAt: … }`, holds work up.
// It knows one skill more, whose timers tests set, and one source more where `NEXUS_TEST_VENDOR` says where it is.
const { values } = parseArgs({
  options: { 'stop-at': { type: 'string' }, 'hold-at': { type: 'string' }, now: { type: 'string' } },
})
const stopper = createStopper(({ step, passing }) => {
  writeSync(1, `${JSON.stringify({ event: 'killed', step, passing })}\n`)
  process.kill(process.pid, 'SIGKILL')
})
stopper.hold(values['hold-at'])
const arm = (text: string | undefined) => stopper.arm(text === undefined ? undefined : readStopAt(text))

const clock = createClock()
if (values.now !== undefined) clock.set(values.now)
const config = readConfig(process.env)
const store = await openStore(config, hubCredential(config), () => Date.parse(clock.now()))
const vendor = process.env['NEXUS_TEST_VENDOR']
const running = await serve([config], {
  store,
  skills: [...(await discoverSkills(join(import.meta.dirname, '..', '..', 'skills'))), reminderSkill],
  sources: vendor === undefined ? [] : [servedSource(vendor)],
  clock,
  log: createLog(
    (line) => process.stdout.write(line),
    () => new Date().toISOString(),
  ),
  fetch,
  reached: stopper.reached,
})
arm(values['stop-at'])
process.on('message', (told: { stopAt: string | null } | { holdAt: string | null }) => {
  if ('holdAt' in told) stopper.hold(told.holdAt ?? undefined)
  else arm(told.stopAt ?? undefined)
  process.send?.({ armed: told })
})
for (const reason of ['SIGTERM', 'disconnect'] as const)
  process.on(reason, () => void running.stop().then(() => process.exit(0)))
process.send?.({ port: running.port })
