import { randomInt, randomUUID } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { Connection } from '../../bot/store/sqlite/connection.js'
import { versionOf } from '../../bot/store/sqlite/migrate.js'
import { openSqliteStore } from '../../bot/store/sqlite/open.js'
import { builtProgram } from './built-program.js'
import { checkSurvivors } from './store/survivors.js'
import { killedProgram } from './store/killed-program.js'

/** A hundred kills are the bounded slice; `NEXUS_SOAK_KILLS=5000` asks for more. */
const kills = Number(process.env.NEXUS_SOAK_KILLS ?? 100)
/** A kill that interrupted less than this proves little, so it is done again. */
const leastUnfinished = 10

let folder = ''
let [writer, migrator] = ['', '']
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'nexus-kill-'))
  ;[writer, migrator] = ['test/kill/writer.ts', 'test/kill/migrator.ts'].map(builtProgram) as [string, string]
})
afterAll(() => rm(folder, { recursive: true }))

/** Kills one writer after another on one store, and checks after each what it had been promised. */
async function killWriters(name: string, count: number): Promise<number[]> {
  const data = join(folder, name)
  const unfinished: number[] = []
  for (let run = 0; unfinished.length < count && run < count * 2; run += 1) {
    const tenant = `run-${run}`
    const { lines } = await killedProgram(
      writer,
      [data, tenant],
      (said) => said.includes('= sent ') && said.includes('= done '),
    )
    const store = await openSqliteStore({ folder: data, clock: { now: () => Date.now() }, id: randomUUID })
    const interrupted = await checkSurvivors(store.forTenant(tenant), lines)
    await store.close()
    if (interrupted >= leastUnfinished) unfinished.push(interrupted)
  }
  expectWhole(data)
  return unfinished
}

function expectWhole(data: string): void {
  const connection = new Connection(join(data, 'store.db'))
  expect(connection.get('PRAGMA integrity_check')).toMatchObject({ integrity_check: 'ok' })
  connection.close()
}

test(
  `kill -9 in mid-write, ${kills} times: what was acknowledged is there once, and nothing is there by half`,
  async () => {
    const half = Math.ceil(kills / 2)
    const unfinished = (await Promise.all([killWriters('one', half), killWriters('two', kills - half)])).flat()
    const sorted = [...unfinished].sort((a, b) => a - b)
    const total = sorted.reduce((sum, count) => sum + count, 0)
    process.stdout.write(
      `store: ${sorted.length} kills, ${total} unfinished items (each time ${sorted[0]} to ${sorted.at(-1)}), none lost, none twice\n`,
    )
    expect(sorted).toHaveLength(kills)
  },
  60_000 + kills * 1_000,
)

test('two processes write to one store; one is killed, then the other: neither loses what it was promised', async () => {
  const data = join(folder, 'shared')
  const busy = (said: string) => said.split('= commit').length > 20
  const ended = await Promise.all(['a', 'b'].map((tenant) => killedProgram(writer, [data, tenant], busy)))
  const store = await openSqliteStore({ folder: data, clock: { now: () => Date.now() }, id: randomUUID })
  for (const [i, tenant] of ['a', 'b'].entries()) await checkSurvivors(store.forTenant(tenant), ended[i]!.lines)
  await store.close()
  expectWhole(data)
})

test('kill -9 in mid-migration leaves the old version or the new one, and the next start finishes it', async () => {
  let interrupted = 0
  for (let run = 0; run < 12; run += 1) {
    const data = join(folder, `migration-${run}`)
    const { lines } = await killedProgram(
      migrator,
      [data],
      (said) => said.includes('begun'),
      () => delay(randomInt(0, 120)),
    )
    const connection = new Connection(join(data, 'store.db'))
    const version = versionOf(connection)
    const tables = connection.all<{ name: string }>(
      `SELECT name FROM sqlite_schema WHERE name IN ('filled', 'point', 'filled_text')`,
    )
    expect(tables.map(({ name }) => name).sort()).toEqual(version === 1 ? ['point'] : ['filled', 'filled_text'])
    if (version === 2) expect(connection.get('SELECT count(*) AS n FROM filled')).toMatchObject({ n: 60_000 })
    if (version === 1) expect(lines).not.toContain('ended')
    if (!lines.includes('ended')) interrupted += 1
    connection.close()
    await killedProgram(migrator, [data], (said) => said.includes('ended'))
  }
  expect(interrupted).toBeGreaterThan(3)
}, 120_000)
