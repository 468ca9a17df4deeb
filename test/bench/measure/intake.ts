import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import type { TenantStore } from '../../../bot/store/contract.js'
import { Connection } from '../../../bot/store/sqlite/connection.js'
import { openSqliteStore } from '../../../bot/store/sqlite/open.js'
import type { IntakeResults } from '../report/results.js'
import { createWebhookSender } from '../load/post-webhook.js'
import { startProgram } from './program.js'
import { median, percentile } from './statistics.js'

/**
 * Rounds of each line, and milliseconds of store and floor in each. The warm-up is long because a hub runs for days: what Node has not
 * compiled yet takes four times as long in its first second.
 */
const effort = { warmUpMs: 1500, rounds: 10, roundMs: 300 }
const writers = 16
const batch = 50
/** About 0.9 KB a delivery with its id, as a small alert has. */
const body = 'x'.repeat(820)

/** Somebody who writes: each of its writers waits for an answer before it writes again. */
interface Contender {
  writers: number
  /** Deliveries in one write. */
  deliveries: number
  write(): Promise<unknown>
}

/** What one round of one contender came to. */
interface Round {
  perSecond: number
  /** Milliseconds from each write to its acknowledgement. */
  latencies: number[]
}

/**
 * Measures how many deliveries a second the embedded store takes in durably, beside the floor of the same disk. The two take turns, so that
 * a busy disk is busy for both.
 *
 * The floor is the least that a program with this database can do to have the same deliveries on disk when it says so: a loop in this
 * process that inserts the same bytes as rows of one table, with the same settings (a write-ahead log, synced at every commit) and as
 * many rows to a transaction as the store can have (all sixteen writers' in one, or the batch). It keeps no promise beyond that: nothing is
 * checked, known ids come in again, and nobody can claim a row. A bare append and sync of a file would be a floor of the disk alone; it is
 * not used because any database writes whole pages, twice, and that is a decision made before the store's code begins.
 *
 * Each is measured with ids in the order of their arrival (a number, or a time and a name) and with random ones (a GUID), because an index of
 * random ids would write a page for each; the store indexes many at once.
 * @param folder where to write; it is on the disk that is measured
 */
export async function measureIntake(folder: string): Promise<IntakeResults> {
  const store = await openSqliteStore({ folder, clock: { now: () => Date.now() }, id: randomUUID })
  const floor = new Connection(join(folder, 'floor.db'))
  floor.exec(
    'CREATE TABLE delivery (n INTEGER PRIMARY KEY, source TEXT NOT NULL, id TEXT NOT NULL, data TEXT NOT NULL) STRICT',
  )
  const { inbox } = store.forTenant('bench')
  try {
    const lines: IntakeResults['lines'] = []
    for (const [kind, nextId] of [
      ['in order', inOrder()],
      ['random', randomUUID],
    ] as const) {
      const singles = { writers, deliveries: 1, write: () => append(inbox, 1, nextId) }
      const batches = { writers: 1, deliveries: batch, write: () => append(inbox, batch, nextId) }
      lines.push(await compare(`singles, ${writers} writers, ids ${kind}`, singles, floorOf(floor, writers, nextId)))
      lines.push(await compare(`batches of ${batch}, ids ${kind}`, batches, floorOf(floor, batch, nextId)))
    }
    return { lines: [...lines, ...(await measureWebhooks(folder, floor))] }
  } finally {
    floor.close()
    await store.close()
  }
}

/** Connections that bring batches; singles come over as many as there are writers. */
const batchConnections = 8

/**
 * The same over HTTP: the hub's own addresses in a process of its own, each body authenticated, read, and on disk before it is accepted.
 * Beside it stands a program that keeps nothing: what HTTP itself costs.
 */
async function measureWebhooks(folder: string, floor: Connection): Promise<IntakeResults['lines']> {
  const code = randomUUID()
  const program = await startProgram<{ port: number }>('test/bench/webhooks.ts', {
    args: [join(folder, 'webhooks'), code],
    log: join(folder, 'webhooks.log'),
  })
  const accepting = await startProgram<{ port: number }>('test/bench/accept.ts', {
    log: join(folder, 'accept.log'),
  })
  const sender = createWebhookSender(program.ready.port, writers)
  const bare = createWebhookSender(accepting.ready.port, writers)
  const alert = () => JSON.stringify({ alertId: randomUUID(), body })
  try {
    const single = {
      writers,
      deliveries: 1,
      write: () => sender.post(`/webhooks/azure-monitor?code=${code}`, alert()),
    }
    const acceptedOnly = { ...single, write: () => bare.post('/', alert()) }
    const events = {
      writers: batchConnections,
      deliveries: batch,
      write: () =>
        sender.post(
          `/webhooks/event-grid?code=${code}`,
          JSON.stringify(Array.from({ length: batch }, () => ({ id: randomUUID(), topic: 'bench', data: body }))),
        ),
    }
    return [
      await compare(`webhooks, ${writers} connections`, single, floorOf(floor, writers, randomUUID)),
      {
        ...(await compare('  accepted by bare Node, not kept', acceptedOnly, floorOf(floor, writers, randomUUID))),
        reference: true,
      },
      await compare(`webhooks, batches of ${batch}`, events, floorOf(floor, batch, randomUUID)),
    ]
  } finally {
    sender.close()
    bare.close()
    await program.stop()
    await accepting.stop()
  }
}

/** Makes ids as long as a GUID that grow. */
function inOrder(): () => string {
  let made = 0
  return () => String((made += 1)).padStart(36, '0')
}

const deliveries = (count: number, nextId: () => string) =>
  Array.from({ length: count }, () => ({ source: 'azure-monitor', id: nextId(), data: { body } }))

const append = (inbox: TenantStore['inbox'], count: number, nextId: () => string) =>
  inbox.append(deliveries(count, nextId))

function floorOf(connection: Connection, count: number, nextId: () => string): Contender {
  return {
    writers: 1,
    deliveries: count,
    async write() {
      connection.transact(() => {
        for (const { source, id, data } of deliveries(count, nextId))
          connection.run('INSERT INTO delivery (source, id, data) VALUES (?, ?, ?)', source, id, JSON.stringify(data))
      })
    },
  }
}

async function compare(name: string, store: Contender, floor: Contender): Promise<IntakeResults['lines'][number]> {
  for (const contender of [floor, store]) await run(contender, effort.warmUpMs)
  const rounds: { store: Round; floor: Round }[] = []
  for (let n = 0; n < effort.rounds; n += 1) {
    const first = await run(n % 2 ? store : floor)
    const second = await run(n % 2 ? floor : store)
    rounds.push(n % 2 ? { store: first, floor: second } : { store: second, floor: first })
  }
  const latencies = rounds.flatMap((round) => round.store.latencies)
  return {
    name,
    perSecond: median(rounds.map((round) => round.store.perSecond)),
    floorPerSecond: median(rounds.map((round) => round.floor.perSecond)),
    ratio: median(rounds.map((round) => round.store.perSecond / round.floor.perSecond)),
    p50: percentile(latencies, 0.5),
    p99: percentile(latencies, 0.99),
  }
}

async function run({ writers: count, deliveries: each, write }: Contender, ms = effort.roundMs): Promise<Round> {
  const latencies: number[] = []
  const began = performance.now()
  const writer = async () => {
    for (let sent = began; sent - began < ms;) {
      await write()
      const acknowledged = performance.now()
      latencies.push(acknowledged - sent)
      sent = acknowledged
    }
  }
  await Promise.all(Array.from({ length: count }, writer))
  return { perSecond: (latencies.length * each * 1000) / (performance.now() - began), latencies }
}
