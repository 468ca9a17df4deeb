import { answer } from '../kit/answer.js'
import { badInput, notFound } from '../kit/errors.js'
import type { Entity, Instant, Json } from '../kit/model.js'
import type { SystemTurn } from '../kit/ports.js'
import type { Kept, RecordWrite, WokenBy } from '../kit/records.js'
import type { Intent, Reply } from '../kit/reply.js'
import {
  freezeId,
  freezeKind,
  sayFrozen,
  sayMoment,
  standingFreezes,
  type AdminFreeze,
  type FrozenScope,
} from './freezes.js'
import { switchboard } from './switches.js'
import { audited, type ControlTurn } from './throw-switches.js'

/** Longest freeze; one that never ends is a stop switch. */
const longestDays = 366
const dayMs = 86_400_000
/** The timer that ends a freeze in the records; it holds no longer than it says in any case. */
const endTimer = 'freeze-end'

/** What an administrator asks to be frozen. */
export interface FreezeWish {
  what?: Entity | undefined
  environment?: Entity | undefined
  /** Now where it is not said. */
  from?: Instant | undefined
  until: Instant
  reason: string
}

const scopeOf = ({ what, environment }: Pick<FreezeWish, 'what' | 'environment'>): FrozenScope => ({
  ...(what && { what: { kind: what.kind, id: what.id, name: what.name } }),
  ...(environment && { environment: { kind: environment.kind, id: environment.id, name: environment.name } }),
})

/** Freezes changes, in one commit with the timer of its end and its line of the audit log; one of the same scope is moved. */
export async function freeze(wish: FreezeWish, turn: ControlTurn): Promise<Reply & { undo: Intent }> {
  const { person, now } = turn
  const from = wish.from !== undefined && wish.from > now ? wish.from : now
  if (wish.until <= from)
    throw badInput(
      `A freeze that ends on ${sayMoment(wish.until, person.zone)} would end before it begins.`,
      'Say when it ends: “freeze changes until Monday 8:00 because …”.',
    )
  if (Date.parse(wish.until) - Date.parse(from) > longestDays * dayMs)
    throw badInput(
      'A freeze lasts a year at most.',
      'What is to stay stopped is a stop switch: “stop all changes because …”.',
    )
  const scope = scopeOf(wish)
  const before = await find(scope, turn)
  const { id, objectId, name, zone } = person
  const reason = wish.reason.trim().replace(/\.$/, '')
  const frozen: AdminFreeze = { scope, from, to: wish.until, reason, by: { id, objectId, name }, at: now, zone }
  await turn.records.commit(switchboard.partition, [
    {
      ...{ op: 'put', kind: freezeKind, id: freezeId(scope), data: frozen as unknown as Json },
      ...(before ? { ifMatch: before.etag } : { ifAbsent: true as const }),
    },
    { op: 'set-timer', name: endTimer, id: freezeId(scope), due: frozen.to, data: null },
    audited('control.frozen', { what: sayFrozen(scope), from, to: frozen.to, reason }, turn),
  ])
  const standing = before && now < before.data.to ? before.data : undefined
  return sayFreeze(frozen, standing, now)
}

/** Lifts a freeze before its end. */
export async function unfreeze(
  wish: Pick<FreezeWish, 'what' | 'environment'>,
  turn: ControlTurn,
): Promise<Reply & { undo: Intent }> {
  const standing = await standingFreezes(turn.records, turn.now)
  const named = wish.what !== undefined || wish.environment !== undefined
  const wanted = freezeId(scopeOf(wish))
  // Whoever names nothing means the one there is.
  const found = standing.find(({ id }) => id === wanted) ?? (named || standing.length > 1 ? undefined : standing[0])
  if (!found) {
    const others = standing.map(({ data }) => sayFrozen(data.scope)).join(', ')
    throw notFound(
      named
        ? `No freeze stands for ${sayFrozen(scopeOf(wish))}.`
        : standing.length
          ? 'It is not clear which freeze you mean.'
          : 'Nothing is frozen.',
      others ? `Frozen: ${others}.` : 'Freezes of the settings (policies/hours.yaml) are lifted there.',
    )
  }
  const { id, etag, data } = found
  await turn.records.commit(switchboard.partition, [
    { op: 'delete', kind: freezeKind, id, ifMatch: etag },
    { op: 'clear-timer', name: endTimer, id },
    audited('control.unfrozen', { what: sayFrozen(data.scope), to: data.to, reason: data.reason }, turn),
  ])
  const undo = freezeIntent(data)
  const title = `Not frozen any more: ${sayFrozen(data.scope)}`
  const sentence = `It would have ended on ${sayMoment(data.to, data.zone)}; frozen by ${data.by.name}: ${data.reason}.`
  return {
    ...answer(
      { state: 'good', icon: 'done', topic: 'Control', title, sentence },
      { headline: `${title}.`, buttons: [{ title: `Freeze ${sayFrozen(data.scope)} again`, intent: undo }] },
    ),
    undo,
  }
}

/** A freeze that came to its end leaves the records, with a line of the audit log. */
export async function endFreeze({ id, due }: WokenBy, { records }: SystemTurn<'records'>): Promise<RecordWrite[]> {
  const kept = await records.get<AdminFreeze>({ partition: switchboard.partition, kind: freezeKind, id })
  if (!kept || kept.data.to > due) return [] // lifted, or moved meanwhile
  const { scope, by, reason } = kept.data
  return [
    { op: 'delete', kind: freezeKind, id, ifMatch: kept.etag },
    {
      op: 'audit',
      entry: {
        action: 'control.freeze-ended',
        cause: `the freeze of ${by.name} came to its end`,
        detail: { what: sayFrozen(scope), reason },
      },
    },
  ]
}

const find = (scope: FrozenScope, { records }: ControlTurn): Promise<Kept<AdminFreeze> | undefined> =>
  records.get<AdminFreeze>({ partition: switchboard.partition, kind: freezeKind, id: freezeId(scope) })

const scopeArgs = ({ what, environment }: FrozenScope): Record<string, Json> => ({
  ...(what && { what: { kind: what.kind, id: what.id } }),
  ...(environment && { environment: { kind: environment.kind, id: environment.id } }),
})

/** The command that freezes so. */
const freezeIntent = ({ scope, from, to, reason }: AdminFreeze): Intent => ({
  command: 'control.freeze',
  args: { ...scopeArgs(scope), from, until: to, reason },
})

/** The command that lifts a freeze. */
export const unfreezeIntent = (scope: FrozenScope): Intent => ({ command: 'control.unfreeze', args: scopeArgs(scope) })

function sayFreeze(frozen: AdminFreeze, before: AdminFreeze | undefined, now: Instant): Reply & { undo: Intent } {
  const { scope, from, to, reason, zone } = frozen
  const undo = before ? freezeIntent(before) : unfreezeIntent(scope)
  const end = sayMoment(to, zone)
  const done = `Frozen ${from > now ? `from ${sayMoment(from, zone)} ` : ''}until ${end}: ${sayFrozen(scope)}`
  const effect =
    'None can be asked for or started meanwhile, unless an open incident of a severity that the settings name lets it through. It ends by itself.'
  return {
    ...answer(
      {
        state: 'warning',
        icon: 'careful',
        topic: 'Control',
        title: done,
        sentence: before ? `It was until ${sayMoment(before.to, before.zone)} before. ${effect}` : effect,
        facts: [
          { label: 'Reason', value: reason },
          { label: 'By', value: frozen.by.name },
        ],
      },
      {
        headline: `${done}. ${effect}`,
        buttons: [
          { title: before ? 'Set the freeze back' : `Unfreeze ${sayFrozen(scope)}`, intent: undo },
          { title: 'Show control', intent: { command: 'control.show', args: {} } },
        ],
      },
    ),
    undo,
  }
}
