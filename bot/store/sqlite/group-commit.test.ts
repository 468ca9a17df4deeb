import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { StoreBadInput, StoreUnavailable } from '../errors.js'
import { Connection } from './connection.js'
import { GroupCommit } from './group-commit.js'

/** Counts the transactions that reach the disk. */
class CountingConnection extends Connection {
  commits = 0
  override commit(): Promise<void> {
    this.commits += 1
    return super.commit()
  }
}

let folder = ''
let connection: CountingConnection
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'nexus-group-'))
  connection = new CountingConnection(join(folder, 'store.db'))
  connection.exec('CREATE TABLE t (n INTEGER PRIMARY KEY)')
})
afterEach(async () => {
  connection.close()
  await rm(folder, { recursive: true })
})

const insert = (n: number) => () => connection.run('INSERT INTO t (n) VALUES (?)', n)
const numbers = (from = connection) => from.all<{ n: number }>('SELECT n FROM t ORDER BY n').map(({ n }) => n)

describe('group commit', () => {
  test('shared work runs once for neighbours, and by itself where one of them fails', async () => {
    const group = new GroupCommit(connection)
    const calls: number[] = []
    const shared = {
      run(inputs: readonly number[]) {
        calls.push(inputs.length)
        return inputs.map((n) => insert(n)().changes + n)
      },
    }
    const write = (n: number) => group.writeShared(shared, n, 0)
    expect(await Promise.all([write(1), write(2), group.write(insert(3)), write(4)])).toMatchObject([2, 3, {}, 5])
    expect([calls.splice(0), connection.commits]).toEqual([[2, 1], 1])
    const [six, again, seven] = await Promise.allSettled([write(6), write(1), write(7)])
    expect([six, again.status, seven]).toMatchObject([{ value: 7 }, 'rejected', { value: 8 }])
    expect(calls).toEqual([3, 1, 1, 1])
    expect(numbers()).toEqual([1, 2, 3, 4, 6, 7])
  })

  test('writes of one turn share a transaction, up to the size of a group', async () => {
    const group = new GroupCommit(connection, { group: 40 })
    await Promise.all(Array.from({ length: 100 }, (_, n) => group.write(insert(n))))
    expect(connection.commits).toBe(3)
    expect(numbers()).toHaveLength(100)
  })

  test('a job that fails loses what it wrote, and only that', async () => {
    const group = new GroupCommit(connection)
    const fails = () => {
      insert(50)()
      throw new StoreBadInput('no')
    }
    const outcomes = await Promise.allSettled([
      group.write(insert(1)),
      group.write(fails),
      group.write(insert(1)),
      group.write(insert(2)),
    ])
    expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'rejected', 'fulfilled'])
    expect(numbers()).toEqual([1, 2])
    expect(connection.commits).toBe(1)
  })

  test('nobody is answered before the others can see it, in another process too', async () => {
    const group = new GroupCommit(connection)
    const other = new Connection(connection.file)
    await group.write(insert(1))
    expect(numbers(other as CountingConnection)).toEqual([1])
    other.close()
  })

  test('what is read while a commit is on its way is what was durable before; afterwards it is there', async () => {
    const group = new GroupCommit(connection)
    await group.write(insert(1))
    const wait = group.write(insert(2))
    const seen = new Set<number>()
    let isDone = false
    void wait.then(() => (isDone = true))
    while (!isDone) {
      seen.add(numbers().length)
      await new Promise(setImmediate)
    }
    expect([...seen].every((count) => count === 1 || count === 2)).toBe(true)
    expect(seen.has(1)).toBe(true)
    expect(numbers()).toEqual([1, 2])
  })

  test('more than may wait is refused at once, and what waits is written', async () => {
    const group = new GroupCommit(connection, { waiting: 3, waitingBytes: 1000 })
    const accepted = [1, 2].map((n) => group.write(insert(n), 400))
    await expect(group.write(insert(3), 400)).rejects.toThrow(StoreUnavailable)
    accepted.push(group.write(insert(4), 1))
    await expect(group.write(insert(5))).rejects.toThrow(/3 writes.*try again/)
    await Promise.all(accepted)
    expect(numbers()).toEqual([1, 2, 4])
    await group.write(insert(6), 1000)
  })

  test('while another process writes it waits without stopping this one; in the end it says so', async () => {
    const other = new Connection(connection.file)
    connection.exec('PRAGMA busy_timeout = 1')
    other.begin()
    const patient = new GroupCommit(connection).write(insert(1))
    let turns = 0
    const turning = setInterval(() => (turns += 1), 1)
    await expect(new GroupCommit(connection, { tries: 3 }).write(insert(2))).rejects.toThrow(
      /busy with another process/,
    )
    await other.commit()
    await patient
    clearInterval(turning)
    expect(turns).toBeGreaterThan(0)
    expect(numbers()).toEqual([1])
    other.close()
  })
})
