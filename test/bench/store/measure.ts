import { randomUUID } from 'node:crypto'
import { closeSync, fdatasyncSync, openSync, writeSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TenantStore, Write } from '../../../bot/store/contract.js'
import { openSqliteStore } from '../../../bot/store/sqlite/open.js'

/** Records a second that were on disk when they were acknowledged, beside the least a disk can do for the same bytes. */
export interface Measure {
  name: string
  store: number
  /** The same records appended to a file, one write and one fdatasync for as many as the store can put in one group. */
  floor: number
  /** store / floor, the median of the rounds. */
  ratio: number
}

/** How much is measured: `rounds` times `roundMs` for each measure, half of it for the floor. */
export interface Effort {
  rounds: number
  roundMs: number
}

const writers = 16
const batch = 50
const filler = 'x'.repeat(820) // about 0.9 KB a record, as a catalog entity has

/** Something that writes `records` records durably at each turn. */
interface Contender {
  records: number
  turn: (n: number) => Promise<unknown>
}

/**
 * Measures the embedded store on the disk of a folder. Store and floor take turns, so that a busy disk is busy for both.
 * @param folder where to write, the system's temporary folder by default
 */
export async function measureStore(
  effort: Effort = { rounds: 9, roundMs: 300 },
  folder = tmpdir(),
): Promise<Measure[]> {
  const data = await mkdtemp(join(folder, 'nexus-bench-'))
  const store = await openSqliteStore({ folder: data, clock: { now: () => Date.now() }, id: randomUUID })
  const tenant = store.forTenant('bench')
  const raw = openSync(join(data, 'raw'), 'w', 0o600)
  try {
    const singles = floorOf(raw, writers)
    const batches = floorOf(raw, batch)
    return [
      await compare(`inbox singles, ${writers} writers`, inboxSingles(tenant), singles, effort),
      await compare(`commits of one record, ${writers} writers`, commitSingles(tenant), singles, effort),
      await compare(`inbox batches of ${batch}`, inboxBatches(tenant), batches, effort),
      await compare(`commits of ${batch} records`, commitBatches(tenant), batches, effort),
    ]
  } finally {
    closeSync(raw)
    await store.close()
    await rm(data, { recursive: true })
  }
}

/** Sixteen writers, each waiting for its own answer before it writes again; a turn is one write of each. */
const together = (write: (id: string) => Promise<unknown>): Contender => ({
  records: writers,
  turn: (n) => Promise.all(Array.from({ length: writers }, (_, i) => write(`${n}-${i}`))),
})

const inboxSingles = ({ inbox }: TenantStore): Contender =>
  together((id) => inbox.append([{ source: 'single', id, data: { id, filler } }]))

const commitSingles = (tenant: TenantStore): Contender =>
  together((id) => tenant.commit(id, [{ op: 'put', kind: 'thing', id, data: { id, filler } }]))

const inboxBatches = ({ inbox }: TenantStore): Contender => ({
  records: batch,
  turn: (n) =>
    inbox.append(Array.from({ length: batch }, (_, i) => ({ source: 'batch', id: `${n}-${i}`, data: { filler } }))),
})

const commitBatches = (tenant: TenantStore): Contender => ({
  records: batch,
  turn: (n) =>
    tenant.commit(
      `batch-${n}`,
      Array.from({ length: batch }, (_, i): Write => ({ op: 'put', kind: 'thing', id: `${i}`, data: { filler } })),
    ),
})

function floorOf(file: number, records: number): Contender {
  const bytes = Buffer.alloc(records * 900, 'x')
  return {
    records,
    turn: async () => {
      writeSync(file, bytes)
      fdatasyncSync(file)
    },
  }
}

async function compare(
  name: string,
  store: Contender,
  floor: Contender,
  { rounds, roundMs }: Effort,
): Promise<Measure> {
  let turn = 0
  const rate = async ({ records, turn: take }: Contender, ms: number): Promise<number> => {
    const start = performance.now()
    let written = 0
    while (performance.now() - start < ms) {
      await take((turn += 1))
      written += records
    }
    return (written / (performance.now() - start)) * 1000
  }
  await rate(store, roundMs / 4) // warm up
  const pairs: { store: number; floor: number }[] = []
  for (let round = 0; round < rounds; round += 1)
    pairs.push({ floor: await rate(floor, roundMs / 2), store: await rate(store, roundMs / 2) })
  return {
    name,
    store: median(pairs.map((pair) => pair.store)),
    floor: median(pairs.map((pair) => pair.floor)),
    ratio: median(pairs.map((pair) => pair.store / pair.floor)),
  }
}

const median = (values: number[]): number => values.sort((a, b) => a - b)[values.length >> 1]!
