import { PortError } from './frame/port.js'
import { OrganisationError } from './organisation/problem.js'
import { projectRoot } from './project-root.js'
import { readSettings, SettingError } from './settings.js'
import { startTenant, type RunningTenant } from './start-tenant.js'

/** What the program tells the one that started it. */
export type TenantMessage =
  | { listening: Omit<RunningTenant, 'org' | 'announceInstalls' | 'stop'> & { name: string } }
  /** It cannot start, for a reason that a person can mend. */
  | { refused: string }
  /** The bot has heard of all installs. */
  | { announced: true }

// The local tenant as a program: listens until it is told to stop, by SIGTERM, SIGINT or the end of the program that started it.
// A message `hub-listening` from that one means that the bot can be told where it is installed.
try {
  const { org, announceInstalls, stop, ...addresses } = await startTenant(readSettings(process.env, projectRoot()))
  const message: TenantMessage = { listening: { ...addresses, name: org.name } }
  process.send?.(message)
  process.stdout.write(`${org.name} listens on ${addresses.base} and ${addresses.page}\n`)
  process.on('message', (said) => {
    const announced: TenantMessage = { announced: true }
    if (said === 'hub-listening') void announceInstalls().then(() => process.send?.(announced))
  })
  let stopping = false
  const end = () => {
    if (stopping) return
    stopping = true
    stop().then(
      () => process.exit(0),
      (error: unknown) => {
        console.error(error)
        process.exit(1)
      },
    )
  }
  for (const event of ['SIGTERM', 'SIGINT', 'disconnect'] as const) process.on(event, end)
} catch (error) {
  const expected = [PortError, OrganisationError, SettingError].some((kind) => error instanceof kind)
  const message: TenantMessage = { refused: (error as Error).message }
  if (expected && process.send) process.send(message, () => process.exit(1))
  else {
    process.stderr.write(`${expected ? (error as Error).message : (error as Error).stack}\n`)
    process.exit(1)
  }
}
