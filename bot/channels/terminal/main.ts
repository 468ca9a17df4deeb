import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { createHubClient, HubRefused } from './hub-client.js'
import { readArguments, WrongArguments } from './read-arguments.js'
import { Profile, signIn, SignInFailed } from './sign-in.js'
import { followStorm } from './follow-storm.js'
import { startOwnHub } from './start-own-hub.js'
import { runWish } from './terminal.js'

// `npm run -s nexus -- …`: one wish, one answer, one exit status.
const print = (line: string) => void process.stdout.write(`${line}\n`)
const complain = (line: string) => void process.stderr.write(`${line}\n`)

/** The profile of a hub that answers, or undefined. */
async function runningHub(): Promise<Profile | undefined> {
  const file = process.env.NEXUS_PROFILE ?? join(process.env.NEXUS_DATA ?? '.nexus', 'terminal.json')
  try {
    const profile = Profile.parse(JSON.parse(readFileSync(file, 'utf8')))
    await fetch(`${profile.hub}/healthz`, { signal: AbortSignal.timeout(2000) })
    return profile
  } catch {
    return undefined
  }
}

async function main(): Promise<number> {
  const wish = readArguments(process.argv.slice(2))
  const running = await runningHub()
  if (wish.do === 'storm') return followStorm(wish, running?.page, print)
  const own = running ? undefined : await startOwnHub(process.env, complain)
  try {
    const profile = running ?? own!.profile
    // What runs nothing needs nobody in particular; a local tenant lets anybody look.
    const person =
      ('as' in wish ? wish.as : undefined) ??
      process.env.NEXUS_AS ??
      (wish.do === 'ask' || wish.do === 'press' ? undefined : profile.password?.reader)
    const hub = createHubClient(profile.hub, await signIn(profile, person, complain))
    const readLines = async () =>
      (await text(process.stdin)).split(/\r?\n/).filter((line, index, lines) => line !== '' || index < lines.length - 1)
    return await runWish(wish, hub, {
      print,
      readLines,
      width: process.stdout.columns ?? 80,
      colour: process.stdout.isTTY === true && process.env.NO_COLOR === undefined,
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
    if (!(error instanceof HubRefused || error instanceof SignInFailed || error instanceof WrongArguments)) throw error
    complain(error.message)
    process.exitCode = 1
  },
)
