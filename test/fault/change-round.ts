import type { ActivityEvent } from '../../infra/local/azure/state.js'
import type { ChangeData } from '../../bot/hub/change/change-data.js'
import { auditStream } from '../../bot/store/records/audit-stream.js'
import type { AuditEntry } from '../../skills/kit/audit.js'
import { hasEnded } from '../../bot/hub/change/change.js'
import type { Run } from '../../skills/kit/proposal.js'
import { readAnswer } from '../product/local-teams.js'
import type { Stage, StagedHub } from './start-hubs.js'

/** Changes that were asked for together, each of another resource of the local Azure. */
export interface ChangeRound {
  changes: AskedChange[]
}

/** A change as its asker knows it. */
export interface AskedChange {
  /** Its proposal: `PR-12`. */
  id: string
  /** Whether the resource itself says, when read, if a request arrived; else only Azure's activity log knows. */
  showsItself: boolean
}

/** What became of a change, by the store and by Azure. */
export interface EndedChange extends AskedChange {
  state: Run['state'] | undefined
  /** Requests that were recorded, and how many of them Azure received, each as often as it did. */
  attempts: number
  received: number
  votes: number
  /** Lines of the audit log that tell of it, in their order. */
  audited: string[]
  /** What its cards in the channel read, and how many messages tell its asker of its end. */
  cards: string[]
  ends: number
}

/** How its card begins when a run has ended so. */
const headOf = { succeeded: '✓ Done', failed: '✕ Failed', unknown: '? Outcome unknown' }

/**
 * What a change has to have come to, by what Azure received of it: done once where its request arrived; where it did not, nobody can
 * know that but the resource itself.
 */
export function dueEnd({ id, showsItself, received }: EndedChange): EndedChange {
  const state = received ? 'succeeded' : showsItself ? 'failed' : 'unknown'
  const end = state === 'unknown' ? 'run.ended-unknown' : `run.${state}`
  return {
    ...{ id, showsItself, state, received: received ? 1 : 0, attempts: 1, votes: 1 },
    audited: ['proposal.asked', 'proposal.approved', 'run.started', 'run.attempted', end],
    ...{ cards: [headOf[state]], ends: 1 },
  }
}

/** Where they are asked for, in turn: Teams takes 60 messages of a channel in 30 s. */
const channels = ['atlas-alerts', 'identity-alerts', 'storefront-alerts', 'platform-alerts']
const apps = [
  'contoso-web',
  'checkout-web',
  'mobile-bff',
  'auth-api',
  'payments-api',
  'orders-api',
  'func-notifications',
]
const sites = [
  ...['dev', 'stg'].flatMap((environment) => apps.map((app) => `${app}-${environment}`)),
  ...apps.slice(0, 4).map((app) => `${app}-prd`),
]
let capacity = 4

/** When Contoso's `policies/hours.yaml` freezes changes: month and days. */
const freezes = [
  { month: 11, from: 22, to: 30 },
  { month: 12, from: 18, to: 27 },
]

/** Moves business time to a moment at which no freeze stands against a change, nor will within a day. */
export async function leaveFreezes(stage: Stage): Promise<void> {
  const now = new Date(await stage.now())
  const [year, month, day] = [now.getUTCFullYear(), now.getUTCMonth() + 1, now.getUTCDate()]
  const freeze = freezes.find((one) => one.month === month && day >= one.from - 1 && day <= one.to)
  if (freeze) await stage.clock(Date.UTC(year, month - 1, freeze.to + 1, 12))
}

/** Asks for changes of nineteen resources in channels: restarts, of which only a log tells, and a scale, which the resource shows. */
export async function askForChanges(stage: Stage, hubs: readonly StagedHub[]): Promise<ChangeRound> {
  await Promise.all(hubs.flatMap((hub) => channels.map((channel) => isKnown(stage, hub, channel))))
  capacity++ // another number than ever before, so that it shows whether a request arrived
  const asks = [
    { text: `scale vmss-orders-prd to ${capacity}`, showsItself: true },
    ...sites.map((site) => ({ text: `restart ${site}`, showsItself: false })),
  ]
  const changes = await Promise.all(
    asks.map(async ({ text, showsItself }, n) => {
      const { outcome } = await stage.turn(hubs[n % hubs.length]!, 'dana', {
        text,
        place: channels[n % channels.length]!,
      })
      const { view } = outcome.reply
      if (outcome.outcome !== 'propose' || !view)
        throw new Error(`“${text}” made no proposal: ${JSON.stringify(outcome)}`)
      return { id: view.id, showsItself }
    }),
  )
  return { changes }
}

/** Waits until a hub that started a moment ago knows that Nexus is in a channel. */
const isKnown = (stage: Stage, hub: StagedHub, place: string) =>
  stage.until(`${hub.address} knows ${place}`, () =>
    stage.turn(hub, 'dana', { text: 'help', place }).catch(() => undefined),
  )

/** The button by which somebody may approve a change, on the card as a hub shows it to them; undefined where they may not. */
export async function approveButton(
  stage: Stage,
  hub: StagedHub,
  as: string,
  { id }: AskedChange,
): Promise<string | undefined> {
  const { card } = await stage.turn(hub, as, { text: `show proposal ${id}` })
  const button = card.buttons?.find(({ title }) => title.startsWith('Approve'))
  return button && 'id' in button ? button.id : undefined
}

/** Presses a button at one hub, and gives what was answered. @throws where the person saw none */
export async function press(stage: Stage, hub: StagedHub, as: string, button: string | undefined): Promise<string> {
  if (button === undefined) throw new Error(`${as} sees no button that approves.`)
  const { outcome } = await stage.turn(hub, as, { press: { id: button } })
  return `${outcome.outcome}: ${outcome.reply.text as string}`
}

/** How many changes of a round have not come to their end, as far as the store knows. */
export async function countUnended(stage: Stage, { changes }: ChangeRound): Promise<number> {
  const kept = await stage.withStore((store) => Promise.all(changes.map(({ id }) => changeIn(store, id))))
  return kept.filter((data) => !hasEnded(data?.change.run)).length
}

/** Requests of these changes that Azure received, by the id of their attempt. */
export async function receivedBy(stage: Stage): Promise<string[]> {
  const { activity } = await stage.call<{ activity: ActivityEvent[] }>('/local/state/azure')
  // An operation that takes long has a line when it is accepted and one at its end; one that is done at once has the latter only.
  const accepted = new Set(
    activity.filter(({ status }) => status === 'Accepted').map(({ caller }) => caller.correlation),
  )
  return activity
    .filter(({ status, caller }) => status === 'Accepted' || !accepted.has(caller.correlation))
    .map(({ caller }) => caller.correlation)
}

/** What became of a round. */
export async function readEnds(stage: Stage, { changes }: ChangeRound): Promise<EndedChange[]> {
  const [received, messages, { kept, lines }] = await Promise.all([
    receivedBy(stage),
    Promise.all(channels.map((channel) => stage.messages(channel, 'dana'))),
    stage.withStore(async (store) => ({
      kept: await Promise.all(changes.map(({ id }) => changeIn(store, id))),
      lines: await auditLines(store),
    })),
  ])
  const said = messages
    .flat()
    .map((message) => ({ words: readAnswer(message).words, isCard: message.replyTo === null }))
  return changes.map((asked, n) => {
    const { run, proposal } = kept[n]?.change ?? {}
    const attempts = run?.attempts ?? []
    const about = said.filter(({ words }) => new RegExp(`\\b${asked.id}\\b`).test(words))
    const heads = Object.values(headOf)
    return {
      ...asked,
      state: run?.state,
      attempts: attempts.length,
      received: received.filter((id) => attempts.some((attempt) => attempt.id === id)).length,
      votes: proposal?.votes.length ?? 0,
      audited: lines.filter(({ detail }) => detail['proposal'] === asked.id).map(({ action }) => action),
      cards: about
        .filter(({ isCard }) => isCard)
        .map(({ words }) => heads.find((head) => words.includes(`\n${head}\n`)) ?? words),
      ends: about.filter(({ isCard }) => !isCard).length,
    }
  })
}

type Store = Parameters<Parameters<Stage['withStore']>[0]>[0]

async function changeIn(store: Store, id: string): Promise<ChangeData | undefined> {
  const record = await store.get({ partition: `change/${id}`, kind: 'change.record', id })
  return record?.data as unknown as ChangeData | undefined
}

async function auditLines(store: Store): Promise<AuditEntry[]> {
  const lines: AuditEntry[] = []
  for (let from = 1; ; from += 500) {
    const page = await store.log.read(auditStream, { from, limit: 500 })
    lines.push(...page.map(({ data }) => data as unknown as AuditEntry))
    if (page.length < 500) return lines
  }
}
