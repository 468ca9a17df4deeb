import { badInput, Fault, notFound } from '../kit/errors.js'
import type { Entity, Instant, Json, Person, Ref } from '../kit/model.js'
import type { Decision, Plan, Step } from '../kit/plan.js'
import type { Rota, StepTurn, Turn } from '../kit/ports.js'
import type { Intent } from '../kit/reply.js'
import type { Duty, Override } from '../kit/rotation.js'
import { layOver } from '../kit/shifts-of.js'
import { sayStretch } from './stretches.js'

/** The ports by which pagers are handed over. */
export type HandOverPorts = 'catalog' | 'onCall' | 'people' | 'chats' | 'records' | 'schedules'

/** One hand-over: a stretch, who has it now, and who shall have it. */
export interface HandOver {
  from: Instant
  to: Instant
  now: Pick<Entity, 'id' | 'name'>
  then: Entity
}

/** What is planned of a schedule. */
export interface Agreed {
  rota: Rota
  handOvers: HandOver[]
  title: string
  /** Who has to agree. */
  other: Entity
  undo: Intent
}

interface Args {
  schedule: string
  covers: Duty[]
  /** Mail address of who asked, in whose name it is entered. */
  by: string
}

/** How long somebody has to agree, where the shift does not begin before. */
const patience = 24 * 3_600_000
/** How long where it has begun already. */
const shortPatience = 30 * 60_000
/** Overrides are kept so long for questions about the past. */
const history = 120 * 86_400_000

/** The plan of a hand-over that two people agree on. */
export async function planHandOver(agreed: Agreed, turn: Turn<HandOverPorts>): Promise<Plan> {
  const { rota, handOvers, other } = agreed
  const { schedule, source } = rota
  const { zone } = turn.person
  for (const { then } of handOvers) demandAccount(then, rota)
  const account = await turn.people.get(other.id)
  if (!account)
    throw notFound(`${other.name} has no account in the directory and cannot agree.`, 'Name somebody who has one.')
  const label = (one: HandOver) => sayStretch(one, zone).split(',')[0]!
  const facts = (who: 'now' | 'then') => Object.fromEntries(handOvers.map((one) => [label(one), one[who].name]))
  const args: Args = {
    by: turn.person.id,
    schedule: schedule.id,
    covers: handOvers.map(({ then, from, to }) => ({ person: then.id, from, to })),
  }
  return {
    target: { kind: 'Schedule', id: schedule.id },
    title: agreed.title,
    consequence: handOvers.map((one) => sayHandOver(one, schedule, [zone, account.zone])).join(' '),
    agreement: { people: [other.id], until: until(handOvers, turn.now) },
    args: args as unknown as Json,
    before: facts('now'),
    after: facts('then'),
    binds: facts('now'),
    guards: [await reachable(account, turn)],
    undo: agreed.undo,
    risk: 'low',
    requests: handOvers.map((one) => `Override in ${source.title}: ${one.then.name}, ${label(one)}`),
  }
}

/** Until when it can be agreed to: the beginning of the first stretch, a day at most. */
function until(handOvers: readonly HandOver[], now: Instant): Instant {
  const first = handOvers.map(({ from }) => from).sort()[0]!
  const latest = new Date(Date.parse(now) + (first > now ? patience : shortPatience)).toISOString()
  return first > now && first < latest ? first : latest
}

/** @throws Fault BadInput where somebody is unknown in the system that wakes people by the schedule */
function demandAccount(person: Entity, { schedule, source }: Rota): void {
  const key = { pagerduty: 'pagerDutyId', opsgenie: 'opsgenieId' }[source.source]
  if (key === undefined || typeof person.props[key] === 'string') return
  throw badInput(
    `${person.name} is not in ${source.title}, which keeps ${schedule.name}.`,
    `Ask somebody who is, or have ${person.name} added there.`,
  )
}

/** One hand-over in a sentence, by the clocks of both people where they differ. */
function sayHandOver(one: HandOver, schedule: Entity, zones: readonly string[]): string {
  const times = [...new Set(zones)].map((zone) => sayStretch(one, zone))
  return `${one.then.name} carries the pager of ${schedule.name} for ${one.now.name}, ${times.join('; ')}.`
}

async function reachable({ name, objectId }: Person, { chats }: Turn<HandOverPorts>): Promise<Decision> {
  if (await chats.partner(objectId)) return { allowed: true, reason: `${name} is asked in their chat` }
  return {
    allowed: true,
    warns: true,
    reason: `${name} has no chat with Nexus and was not asked: tell them to say “approvals” to it`,
  }
}

/** Enters what was agreed, a stretch a step; each is looked for before it is sent, so that none is entered twice. */
export async function enterHandOver(
  plan: Plan,
  state: { done: number } | undefined,
  turn: StepTurn<HandOverPorts>,
): Promise<Step<{ done: number }>> {
  const { schedule: id, covers, by } = plan.args as unknown as Args
  const done = state?.done ?? 0
  const progress = { text: `${done} of ${covers.length} entered.`, ratio: done / covers.length }
  const schedule = await turn.catalog.get({ kind: 'Schedule', id } satisfies Ref)
  if (!schedule) return { state: { done }, progress, failed: { message: `There is no schedule ${id} any more.` } }
  if (covers.every(({ to }) => to <= turn.now))
    return { state: { done }, progress, failed: { message: 'It is over by now.' } }
  if (!turn.schedules.keeps(schedule)) {
    await enterOwn(schedule, covers, turn)
    return ended(plan, covers.length)
  }
  const cover = { ...covers[done]! }
  if (cover.from < turn.now) cover.from = turn.now
  try {
    if (cover.to > turn.now && !(await isEntered(schedule, cover, turn)))
      await turn.attempt(() => turn.schedules.override(schedule, cover, { email: by }))
  } catch (error) {
    if (!(error instanceof Fault) || error.code === 'Unavailable') throw error
    const half = done ? ` ${done} of ${covers.length} stretches stand already: agree anew on what is left.` : ''
    return { state: { done }, progress, failed: { message: `${error.message}${half}` } }
  }
  const next = done + 1
  if (next === covers.length) return ended(plan, next)
  const text = `${next} of ${covers.length} entered.`
  return { state: { done: next }, progress: { text, ratio: next / covers.length }, next: turn.now }
}

const ended = (plan: Plan, done: number): Step<{ done: number }> => ({
  state: { done },
  progress: { text: 'Entered.', ratio: 1 },
  done: plan.after,
})

async function isEntered(
  schedule: Entity,
  { person, from, to }: Duty,
  turn: StepTurn<HandOverPorts>,
): Promise<boolean> {
  const shifts = await turn.schedules.shifts(schedule, { from, to })
  const own = shifts.filter((shift) => shift.person === person)
  return own.some((shift) => shift.from <= from && to <= shift.to)
}

/** Keeps overrides of a schedule of Nexus's own, and shows them in the catalog, where every reader of the schedule sees them. */
async function enterOwn(schedule: Entity, covers: readonly Duty[], turn: StepTurn<HandOverPorts>): Promise<void> {
  const key = { partition: 'overrides', kind: 'overrides', id: schedule.id }
  const kept = await turn.records.get<Override[]>(key)
  const since = new Date(Date.parse(turn.now) - history).toISOString()
  const before = (kept?.data ?? []).filter(({ to }) => to > since)
  const fresh = covers
    .map((cover) => ({ ...cover, from: cover.from < turn.now ? turn.now : cover.from }))
    .filter(({ from, to }) => from < to)
    .map((cover) => ({ ...cover, id: `${cover.from} ${cover.person}` }))
  const overrides = fresh.reduce<Override[]>(layOver, before) as unknown as Json
  await turn.records.commit(key.partition, [
    {
      op: 'put',
      kind: key.kind,
      id: key.id,
      data: overrides,
      ...(kept ? { ifMatch: kept.etag } : { ifAbsent: true as const }),
      publishes: { kind: 'Schedule', id: schedule.id, name: schedule.name, props: { overrides } },
    },
  ])
}
