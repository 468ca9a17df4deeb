import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { CannotVerify, type AuditVerdict } from '../../audit-verdict.js'
import { createHubClient, HubRefused } from './hub-client.js'
import { printVerdict } from './print-verdict.js'
import { readArguments, WrongArguments, type Wish } from './read-arguments.js'
import { Profile, signIn, SignInFailed } from './sign-in.js'
import { followStorm } from './follow-storm.js'
import { startOwnHub } from './start-own-hub.js'
import { lastAnswerIn } from './last-answer.js'
import { runWish } from './terminal.js'
import type { Screen } from './screen.js'

// `npm run -s nexus -- …`: one wish, one answer, one exit status.
const print = (line: string) => void process.stdout.write(`${line}\n`)
const complain = (line: string) => void process.stderr.write(`${line}\n`)

const dataFolder = process.env.NEXUS_DATA ?? '.nexus'

/** How the hub of this data folder is reached, whether or not it runs; undefined where none was started there. */
function readProfile(): Profile | undefined {
  try {
    return Profile.parse(
      JSON.parse(readFileSync(process.env.NEXUS_PROFILE ?? join(dataFolder, 'terminal.json'), 'utf8')),
    )
  } catch {
    return undefined
  }
}

async function answers({ hub }: Profile): Promise<boolean> {
  return fetch(`${hub}/healthz`, { signal: AbortSignal.timeout(2000) }).then(
    () => true,
    () => false,
  )
}

/** Verifies the audit log of the data folder itself, where no hub runs. */
async function verifyAlone(profile: Profile | undefined): Promise<AuditVerdict> {
  const { verifyDataFolder } = await import('../../verify-data-folder.js')
  const { NEXUS_AUDIT_KEY: key = profile?.audit?.key, NEXUS_AUDIT_ANCHORS: anchors = profile?.audit?.anchors } =
    process.env
  return verifyDataFolder({
    data: dataFolder,
    tenant: process.env.AZURE_TENANT_ID ?? profile?.tenant,
    key,
    anchors,
    storeKey: process.env.NEXUS_STORE_KEY,
  })
}

/** As whom a wish is asked that names nobody: what runs nothing needs nobody in particular; a local tenant lets anybody look. */
function anybody(wish: Wish, { password }: Profile): string | undefined {
  if (wish.do === 'ask' || wish.do === 'press') return undefined
  return wish.do.startsWith('audit') ? password?.admin : password?.reader
}

async function main(): Promise<number> {
  const wish = readArguments(process.argv.slice(2))
  const readLines = async () =>
    (await text(process.stdin)).split(/\r?\n/).filter((line, index, lines) => line !== '' || index < lines.length - 1)
  const colour = process.stdout.isTTY === true && process.env.NO_COLOR === undefined
  const screen: Screen = { print, readLines, width: process.stdout.columns ?? 80, colour }
  const written = readProfile()
  const running = written && (await answers(written)) ? written : undefined
  if (wish.do === 'audit verify' && !running) return printVerdict(await verifyAlone(written), wish.json, screen)
  if (wish.do === 'storm') return followStorm(wish, running?.page, print)
  const own = running ? undefined : await startOwnHub(process.env, complain)
  try {
    const profile = running ?? own!.profile
    const person = ('as' in wish ? wish.as : undefined) ?? process.env.NEXUS_AS ?? anybody(wish, profile)
    const locale = 'locale' in wish ? wish.locale : undefined
    const hub = createHubClient(profile.hub, await signIn(profile, person, complain), locale)
    const last = lastAnswerIn(join(dataFolder, 'last-answer.json'))
    const whose = person ?? profile.hub
    return await runWish(wish, hub, screen, {
      idOf: (said) => last.idOf(whose, said),
      keep: (ids) => last.keep(whose, ids),
    })
  } finally {
    await own?.stop()
  }
}

// A reader such as `head` may have enough before everything is printed: that is no failure of ours.
process.stdout.on('error', ({ code }: NodeJS.ErrnoException) => process.exit(code === 'EPIPE' ? 0 : 1))

main().then(
  (status) => {
    process.exitCode = status
  },
  (error: unknown) => {
    if (!isPlain(error)) throw error
    complain(error.message)
    process.exitCode = 1
  },
)

/** What is said as it is, without a stack. */
function isPlain(error: unknown): error is Error {
  return [HubRefused, SignInFailed, WrongArguments, CannotVerify].some((plain) => error instanceof plain)
}
