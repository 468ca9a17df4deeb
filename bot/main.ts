import { join } from 'node:path'
import { AuditKeyError } from './audit-place.js'
import { createClock } from './clock.js'
import { serve } from './serve.js'
import { ConfigError } from './config.js'
import { hubCredential } from './credentials.js'
import { discoverSkills } from './discover-skills.js'
import { createLog } from './log.js'
import { openStore } from './open-store.js'
import { readTenantConfigs } from './tenant-configs.js'
import { StoreError } from './store/errors.js'

// Starts the hub and stops it; nothing else.
const clock = createClock()
const log = createLog(
  (line) => process.stdout.write(line),
  () => new Date().toISOString(),
)

try {
  const configs = readTenantConfigs(process.env)
  const [config] = configs
  const skills = await discoverSkills(join(import.meta.dirname, '..', 'skills'))
  const store = await openStore(config, hubCredential(config), () => Date.parse(clock.now()))
  const running = await serve(configs, { store, skills, clock, log, fetch })
  process.send?.({ port: running.port })
  let stopping = false
  // `disconnect`: the program that started it is gone.
  for (const reason of ['SIGTERM', 'SIGINT', 'disconnect'] as const)
    process.on(reason, () => {
      if (stopping) process.exit(1) // asked twice: at once
      stopping = true
      log.info('stopping', { reason })
      running.stop().then(
        () => process.exit(0),
        (error: unknown) => {
          log.error('stop.failed', { error })
          process.exit(1)
        },
      )
    })
} catch (error) {
  // What an operator can mend is said in a sentence; a fault of Nexus goes to the log with its stack.
  if ([ConfigError, StoreError, AuditKeyError].some((plain) => error instanceof plain))
    process.stderr.write(`${(error as Error).message}\n`)
  else log.error('start.failed', { error })
  process.exit(1)
}
