import { Fault } from '../kit/errors.js'
import type { Instant, Json } from '../kit/model.js'
import type { SystemTurn } from '../kit/ports.js'
import type { RecordWrite, WokenBy } from '../kit/records.js'
import { readIncident } from './change-incident.js'
import { followPage } from './follow-page.js'
import { isUrgent, subjectOf, type Incident } from './incident.js'
import { later } from './incident-writes.js'
import { reserveNumber } from './ledger.js'
import { mirrorStepKind, type MirrorStep } from './mirror-writes.js'
import { pagerKind, readPager, type PagerRecord } from './pager-record.js'

type MirrorTurn = SystemTurn<'records' | 'catalog' | 'people' | 'paging'>

/** How often an open incident is compared with the pager's, for what no webhook brought, in milliseconds. */
const compareEvery = 5 * 60_000
const shortestWait = 15_000
const longestWait = 10 * 60_000

/**
 * Tells the pager what happened to an incident, in order, until it has answered each; then compares the two from time to time. It runs
 * outside of the commits that people wait for, and what it does twice is as done once.
 * @param timer its data is how often the pager did not answer in a row
 */
export async function mirror(timer: WokenBy, turn: MirrorTurn): Promise<RecordWrite[]> {
  const { partition: id } = timer
  const incident = (await readIncident(id, turn))?.data
  if (!incident) return []
  const found = await turn.records.find<MirrorStep>({ kind: mirrorStepKind, partition: id, limit: 1_000 })
  const steps = found.sort((a, b) => (a.id < b.id ? -1 : 1)).slice(0, 40)
  const before = (await readPager(id, turn)) ?? {}
  let pager: PagerRecord = before
  const done: RecordWrite[] = []
  try {
    for (const step of steps) {
      pager = await taken(step.data, pager, incident, turn)
      done.push({ op: 'delete', kind: mirrorStepKind, id: step.id })
    }
    if (!steps.length) pager = await compared(incident, pager, turn)
    const { trouble: _over, ...well } = pager
    pager = well
  } catch (error) {
    if (!(error instanceof Fault && error.code === 'Unavailable')) throw error
    pager = { ...pager, trouble: pager.trouble ?? { since: turn.now, reason: error.message } }
  }
  return [
    ...done,
    ...kept(before, pager),
    ...again(incident, pager, timer, found.length - done.length, turn.now),
    ...shown(incident, before, pager, turn.id),
  ]
}

/** Takes one step; what the pager refuses is over, and said. */
async function taken(step: MirrorStep, pager: PagerRecord, incident: Incident, turn: MirrorTurn): Promise<PagerRecord> {
  try {
    return await take(step, pager, incident, turn)
  } catch (error) {
    if (!(error instanceof Fault) || error.code === 'Unavailable') throw error
    return step.do === 'page' ? { none: error.message } : { ...pager, refused: error.message }
  }
}

async function take(step: MirrorStep, pager: PagerRecord, incident: Incident, { paging, records }: MirrorTurn) {
  if (step.do === 'page') {
    const { id, service, severity } = incident
    const detail = `${incident.story[0]?.text ?? incident.title}${severity === undefined ? '' : ` (severity ${severity})`}`
    const page = await paging.page(
      { kind: 'Service', id: service!.id },
      { key: id, title: subjectOf(incident), detail: String(detail), urgent: isUrgent(incident) },
    )
    await reserveNumber(page.number, { records })
    return { page }
  }
  const { page } = pager
  if (!page) return pager
  if (step.do === 'raise') {
    await paging.raise(page.id)
    return pager
  }
  const by = step.by === undefined ? undefined : { email: step.by }
  switch (step.do) {
    case 'acknowledge':
      await paging.acknowledge(page.id, by)
      return { ...pager, page: { ...page, state: 'acknowledged' as const } }
    case 'snooze':
      await paging.snooze(page.id, step.until, by)
      return { ...pager, page: { ...page, state: 'acknowledged' as const } }
    case 'resolve':
      await paging.resolve(page.id, by)
      return { ...pager, page: { ...page, state: 'resolved' as const } }
    case 'assign':
      await paging.assign(page.id, { email: step.to }, by)
      return { ...pager, page: { ...page, state: 'triggered' as const } }
    case 'note':
      await paging.note(page.id, step.text, by)
      return pager
  }
}

/** Looks how the pager's incident stands, and follows what somebody did there. */
async function compared(incident: Incident, pager: PagerRecord, turn: MirrorTurn): Promise<PagerRecord> {
  if (!pager.page || incident.state === 'resolved') return pager
  const page = await turn.paging.get(pager.page.id)
  if (!page) return pager
  if (page.state !== pager.page.state) await followPage(incident.id, page, turn)
  return { ...pager, page }
}

function kept(before: PagerRecord, pager: PagerRecord): RecordWrite[] {
  if (JSON.stringify(before) === JSON.stringify(pager)) return []
  const index = pager.page ? { pagerId: pager.page.id } : undefined
  return [{ op: 'put', kind: pagerKind, id: 'pager', data: pager as unknown as Json, ...(index && { index }) }]
}

function again(incident: Incident, pager: PagerRecord, timer: WokenBy, waiting: number, now: Instant): RecordWrite[] {
  const failures = pager.trouble ? Number(timer.data ?? 0) + 1 : 0
  const compares = pager.page !== undefined && incident.state !== 'resolved'
  const wait = failures
    ? Math.min(longestWait, shortestWait * 2 ** (failures - 1))
    : waiting > 0
      ? 0
      : compares
        ? compareEvery
        : undefined
  return wait === undefined
    ? []
    : [{ op: 'set-timer', name: 'mirror', id: 'mirror', due: later(now, wait), data: failures }]
}

/** The card is drawn anew where what it says of the pager is another thing now. */
function shown(incident: Incident, before: PagerRecord, pager: PagerRecord, turn: string): RecordWrite[] {
  const said = ({ page, none, trouble, refused }: PagerRecord) =>
    JSON.stringify([page?.id, none, trouble?.since, refused])
  if (said(before) === said(pager) || !incident.posted || !incident.to) return []
  const content = { kind: 'Incident', id: incident.id }
  return [{ op: 'say', id: `mirror-${turn}`, message: { op: 'edit', key: 'root', to: incident.to, content } }]
}
