import type { Event, PageMoved } from '../kit/event.js'
import type { Instant } from '../kit/model.js'
import type { Page } from '../kit/paging.js'
import type { SystemTurn } from '../kit/ports.js'
import { changeIncident } from './change-incident.js'
import { doerOf, type Doer, type Incident } from './incident.js'
import { mirrorStepKind } from './mirror-writes.js'
import { mayMove, moved, type Move } from './move.js'
import { pagerKind, type PagerRecord } from './pager-record.js'

type FollowTurn = SystemTurn<'records' | 'people'>

/** Hears that somebody moved the pager's incident there, and moves ours; what was our own doing comes back without effect. */
export async function hearPage(event: Event, turn: FollowTurn): Promise<void> {
  const moved = event.data as unknown as PageMoved
  const id = await incidentOfPage(moved, turn)
  if (id) await followPage(id, { state: moved.state, ...(moved.by && { by: moved.by }) }, turn, moved.at)
}

async function incidentOfPage({ key, pagerId }: PageMoved, { records }: FollowTurn): Promise<string | undefined> {
  const [kept] = await records.find<PagerRecord>({ kind: pagerKind, where: { pagerId }, limit: 1 })
  if (kept) return kept.partition
  // The page was opened a moment ago, and its answer is not kept yet.
  return key && /^INC-\d+$/.test(key) ? key : undefined
}

/**
 * Brings an incident of ours to where the pager's is. While something of ours is on its way to the pager, ours stands; the pager is then
 * compared again.
 * @param at when it was moved there; what is older than our own state says nothing new
 */
export async function followPage(
  id: string,
  { state, by }: Pick<Page, 'state' | 'by'>,
  turn: FollowTurn,
  at: Instant = turn.now,
): Promise<void> {
  if (!(await turn.records.get({ partition: id, kind: 'incident', id }))) return
  const doer = by && (await personOf(by, turn))
  await changeIncident(id, turn, async (kept) => {
    if (!kept || at < kept.data.since) return undefined
    const waiting = await turn.records.find({ kind: mirrorStepKind, partition: id, limit: 1 })
    const move = waiting.length ? undefined : moveTowards(kept.data, state)
    if (!move || !mayMove(kept.data, move, turn.now).allowed) return undefined
    return { incident: moved(kept.data, move, doer ?? pagerItself, turn.now) }
  })
}

const pagerItself: Doer = { name: 'The pager' }

function moveTowards({ state }: Incident, wanted: Page['state']): Move | undefined {
  switch (wanted) {
    case 'acknowledged':
      return state === 'triggered' ? { kind: 'acknowledge' } : undefined
    case 'resolved':
      return state === 'resolved' ? undefined : { kind: 'resolve' }
    case 'triggered':
      // A pager's incident that is over stays so: this one rings again because nobody went on with it.
      return state === 'acknowledged' || state === 'snoozed' ? { kind: 'reopen' } : undefined
  }
}

async function personOf({ email, name }: { email?: string; name: string }, { people }: FollowTurn): Promise<Doer> {
  const known = email ? await people.get(email.toLowerCase()) : undefined
  return known ? doerOf(known) : { name }
}
