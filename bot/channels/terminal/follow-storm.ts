import { setTimeout as pause } from 'node:timers/promises'
import { z } from 'zod/v4'
import { HubRefused } from './hub-client.js'
import { stormUsage, type Wish } from './read-arguments.js'

/** What the local tenant says of a storm (`GET /local/storm`). */
const Storm = z.object({
  state: z.enum(['none', 'playing', 'ended', 'stopped', 'failed']),
  title: z.string().optional(),
  summary: z.string().optional(),
  seconds: z.number().optional(),
  watch: z.string().optional(),
  reason: z.string().optional(),
  played: z.array(
    z.object({ at: z.string(), line: z.string(), problem: z.string().optional(), sent: z.string().optional() }),
  ),
})
type Storm = z.output<typeof Storm>

/** Milliseconds between two looks at a storm that is playing. */
const every = 200

/**
 * Has the local tenant play a story, and prints what happens line by line until it is over.
 * @param page the local tenant's page; undefined where no local tenant runs
 * @returns the exit status: 0 where all was played and the hub took every webhook
 * @throws HubRefused where the tenant refuses, with its reason
 */
export async function followStorm(
  wish: Extract<Wish, { do: 'storm' }>,
  page: string | undefined,
  print: (line: string) => void,
): Promise<number> {
  if (wish.help) {
    print(stormUsage)
    return 0
  }
  if (page === undefined)
    throw new HubRefused('A storm is played by the local tenant, and none is running here: start it with npm start.')
  if (wish.stop) {
    const { state } = await call(page, 'DELETE')
    print(state === 'none' ? 'No storm is playing.' : `The storm ${endings[state]}.`)
    return 0
  }
  const { story, speed, fast } = wish
  let storm = await call(page, 'POST', { ...(story && { story }), ...(speed !== undefined && { speed }), fast })
  if (!wish.json) for (const line of introduction(storm, page, wish)) print(line)
  for (let seen = 0; ; await pause(every), storm = await call(page, 'GET')) {
    for (const played of storm.played.slice(seen)) print(wish.json ? JSON.stringify(played) : lineOf(played))
    seen = storm.played.length
    if (storm.state !== 'playing') break
  }
  if (!wish.json) for (const line of conclusion(storm, page)) print(line)
  return storm.state === 'ended' && storm.played.every(({ problem }) => problem === undefined) ? 0 : 1
}

const endings: Record<Storm['state'], string> = {
  none: 'is not there any more',
  playing: 'is playing',
  ended: 'is over',
  stopped: 'was stopped',
  failed: 'failed',
}

function introduction(
  { title, summary, seconds = 0, watch }: Storm,
  page: string,
  wish: { speed?: number; fast: boolean },
) {
  const takes = wish.fast ? 'as fast as the hub can' : `${Math.round(seconds / (wish.speed ?? 1))} s`
  return [`${title ?? 'A storm'} (${takes}). ${summary ?? ''}`, `Watch it: ${placeOf(page, watch)}`, '']
}

const placeOf = (page: string, watch: string | undefined): string => `${page}/${watch ? `#${watch}` : ''}`

/** `02:15:02 alert …`, in the time zone of this machine. */
function lineOf({ at, line, problem }: Storm['played'][number]): string {
  const time = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', second: '2-digit' }).format(
    new Date(at),
  )
  return `${time} ${line}${problem ? ` — not taken: ${problem}` : ''}`
}

function conclusion({ state, played, watch, reason }: Storm, page: string): string[] {
  const sent = played.filter((one) => one.sent !== undefined)
  const refused = sent.filter(({ problem }) => problem !== undefined)
  const taken = refused.length
    ? `, and the hub did not take ${refused.length} of them: ${refused[0]!.problem}`
    : sent.length
      ? `, and the hub took ${sent.length === 1 ? 'it' : 'them all'}`
      : ''
  return [
    '',
    `The storm ${endings[state]}${reason ? `: ${reason}` : ''}. ${countOf(sent.length)} sent${taken}.`,
    `Look at ${placeOf(page, watch)}`,
  ]
}

const countOf = (sent: number): string => (sent === 1 ? '1 webhook was' : `${sent} webhooks were`)

async function call(page: string, method: 'GET' | 'POST' | 'DELETE', body?: unknown): Promise<Storm> {
  const sent = body !== undefined && { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }
  const answer = await fetch(`${page}/local/storm`, { method, ...sent }).catch((cause: unknown) => {
    throw new HubRefused(`The local tenant at ${page} does not answer.`, { cause })
  })
  const said: unknown = await answer.json()
  if (answer.ok) return Storm.parse(said)
  throw new HubRefused(z.object({ error: z.string() }).parse(said).error)
}
