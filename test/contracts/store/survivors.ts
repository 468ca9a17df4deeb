import { expect } from '@jest/globals'
import type { TenantStore } from '../../../bot/store/contract.js'
import { findBreak } from '../../../bot/store/hash-chain.js'
import type { LogEntry } from '../../../bot/store/streams.js'

/** Ids of one kind of write: those begun, and those of them that were acknowledged. */
interface Told {
  begun: Set<string>
  acknowledged: Set<string>
}

/**
 * Checks a tenant's store against what its killed writer (test/kill/writer.ts) had said.
 * @returns how many writes were unfinished when it was killed
 */
export async function checkSurvivors(tenant: TenantStore, lines: readonly string[]): Promise<number> {
  const [inbox, commit, sent, done] = ['inbox', 'commit', 'sent', 'done'].map((kind) => toldOf(lines, kind)) as [
    Told,
    Told,
    Told,
    Told,
  ]
  const whole = await wholeCommits(tenant, commit)
  await checkAudit(tenant, whole)
  await checkOutbox(tenant, sent)
  await checkInbox(tenant, inbox, done)
  return [inbox, commit, sent, done].reduce((sum, { begun, acknowledged }) => sum + begun.size - acknowledged.size, 0)
}

function toldOf(lines: readonly string[], kind: string): Told {
  const ids = (sign: string) => {
    const found = lines.filter((line) => line.startsWith(`${sign} ${kind} `)).map((line) => line.split(' ')[2]!)
    expect(new Set(found).size).toBe(found.length) // nothing was begun or acknowledged twice
    return new Set(found)
  }
  return { begun: ids('+'), acknowledged: ids('=') }
}

/** Each commit has all of its five writes or none; an acknowledged one has all. @returns the ids that have */
async function wholeCommits(tenant: TenantStore, { begun, acknowledged }: Told): Promise<Set<string>> {
  const timers = await timerIds(tenant)
  const whole = new Set<string>()
  for (const id of begun) {
    const left = await tenant.get({ partition: id, kind: 'left', id })
    const right = await tenant.get({ partition: id, kind: 'right', id })
    const item = await tenant.outbox.get(id, id)
    const there = [left !== undefined, right !== undefined, item !== undefined, timers.has(id)]
    expect([id, there]).toEqual([id, Array(4).fill(left !== undefined)])
    if (left) whole.add(id)
  }
  expect([...acknowledged].filter((id) => !whole.has(id))).toEqual([])
  expect([...timers].filter((id) => !whole.has(id))).toEqual([])
  return whole
}

async function timerIds({ timers }: TenantStore): Promise<Set<string>> {
  const ids = new Set<string>()
  const claim = { limit: 100, leaseMs: 3_600_000, worker: 'check' }
  for (let fired = await timers.claim(claim); fired.length > 0; fired = await timers.claim(claim)) {
    expect(fired.filter(({ id }) => ids.has(id))).toEqual([])
    for (const { id } of fired) ids.add(id)
  }
  return ids
}

/** The log has one entry for each whole commit, and its chain holds. */
async function checkAudit({ tenant, log }: TenantStore, whole: Set<string>): Promise<void> {
  const entries: LogEntry[] = []
  for (
    let page = await log.read('audit', { limit: 1000 });
    page.length > 0;
    page = await log.read('audit', { from: entries.length + 1, limit: 1000 })
  )
    entries.push(...page)
  expect(entries.map(({ data }) => String(data)).sort()).toEqual([...whole].sort())
  expect(findBreak(tenant, 'audit', entries)).toBeUndefined()
}

async function checkOutbox({ outbox }: TenantStore, { begun, acknowledged }: Told): Promise<void> {
  for (const id of begun) {
    const item = await outbox.get(id, id)
    expect(item).toMatchObject({ attempts: 1 })
    if (acknowledged.has(id)) expect(item).toMatchObject({ state: 'sent', result: id })
  }
}

/** The sender sends again what was not answered; then everything is there once, and what was done stays done. */
async function checkInbox({ inbox }: TenantStore, { begun, acknowledged }: Told, done: Told): Promise<void> {
  const ids = [...begun]
  for (let i = 0; i < ids.length; i += 500) {
    const batch = ids.slice(i, i + 500)
    const answers = await inbox.append(batch.map((id) => ({ source: 'kill', id, data: { again: true } })))
    expect(batch.filter((id, n) => acknowledged.has(id) && answers[n] === 'new')).toEqual([])
  }
  const states = new Map<string, string>()
  for (const state of ['queued', 'done'] as const)
    for (let after: string | undefined; ;) {
      const page = await inbox.list({ state, limit: 100, ...(after === undefined ? {} : { after }) })
      for (const { id, data } of page.items) {
        expect(states.has(id)).toBe(false)
        states.set(id, state)
        if (acknowledged.has(id)) expect(data).toMatchObject({ id })
      }
      after = page.continuation
      if (after === undefined) break
    }
  expect([...states.keys()].sort()).toEqual(ids.sort())
  expect([...done.acknowledged].filter((id) => states.get(id) !== 'done')).toEqual([])
}
