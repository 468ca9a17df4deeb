import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals'
import catalog from '../../../skills/catalog/index.js'
import { entity as entityArg, number } from '../../../skills/kit/arguments.js'
import { builtInKinds } from '../../../skills/kit/catalog/built-in-kinds.js'
import { defineSkill, type Command, type Skill } from '../../../skills/kit/command.js'
import type { Args } from '../../../skills/kit/arguments.js'
import type { PortName } from '../../../skills/kit/ports.js'
import type { Memory } from '../../language/follow-up-memory.js'
import { readAccessPolicy } from '../../settings/read-access-policy.js'
import { memoryRecords, rememberedFor } from '../../store/records/memory-records.js'
import { openSqliteStore, type SqliteStore } from '../../store/sqlite/open.js'
import type { Caller } from '../caller.js'
import { entity, smallHub, to, type SmallHub, type SmallHubOptions } from '../testing/small-hub.js'

const records = [
  entity('Team', 'atlas'),
  entity('Team', 'harbour'),
  entity('Team', 'many'),
  ...Array.from({ length: 24 }, (_, n) => entity('Pipeline', `build-${n}`, {}, [to('ownedBy', 'Team', 'many')])),
  entity('Service', 'orders', {}, [to('ownedBy', 'Team', 'atlas')]),
  entity('Service', 'payments', {}, [to('ownedBy', 'Team', 'harbour')]),
  entity('Service', 'merger', {}, [to('ownedBy', 'Team', 'atlas')]),
  entity('Incident', 'inc-7', { title: 'Slow' }),
  ...Array.from({ length: 24 }, (_, n) => entity('Repository', `repo-${String(n + 10)}`)),
]

const ways = (...phrases: string[]) => [...phrases, ...Array.from({ length: 10 }, (_, n) => `${phrases[0]} way ${n}`)]
const ran: string[] = []
/** A skill of one command with an effect, which says that it ran. */
const deed = (name: string, effect: 'change' | 'note', args: Args, ...phrases: string[]): Skill =>
  defineSkill({
    name,
    summary: 'A sample.',
    uses: [],
    commands: {
      show: {
        ...{ summary: `${name} something`, says: ways(...phrases), args, effect, role: 'developer' },
        run: async () => {
          ran.push(name)
          return { text: `${name} ran`, undo: { command: 'catalog.show', args: {} } }
        },
        plan: async () => ({}),
        step: async () => Promise.reject(new Error('not stepped here')),
      } as unknown as Command<Args, PortName>,
    },
  }) as Skill

const skills = [
  catalog,
  deed('restart', 'change', { target: entityArg('Service', 'what to restart') }, 'restart {target}'),
  deed('tick', 'note', { incident: entityArg('Incident', 'which incident') }, 'tick {incident}'),
  deed(
    'scale',
    'change',
    { target: entityArg('Service', 'what to scale'), count: number('to how many', { min: 1, max: 9 }) },
    'scale {target} to {count}',
    'scale {target}',
  ),
]

const folder = mkdtempSync(join(tmpdir(), 'nexus-conversation-'))
const morning = Date.parse('2026-11-21T08:00:00Z')
let now = morning
let store: SqliteStore
let count = 0
let tenant: string
beforeAll(async () => {
  store = await openSqliteStore({ folder, clock: { now: () => now }, id: () => `id-${count++}` })
})
afterAll(async () => {
  await store.close()
  rmSync(folder, { recursive: true })
})
let small: SmallHub
beforeEach(() => {
  now = morning
  tenant = `tenant-${count++}`
  small = hub()
  ran.length = 0
})

const memories = (of = tenant) => memoryRecords<Memory>(store.forTenant(of), () => now)
/** What is proposed here is only said. */
const changes = { admit: async () => {}, propose: async () => ({ text: 'proposed' }) }
const hub = (options: Partial<SmallHubOptions> = {}, of = tenant) =>
  smallHub({ skills, records, changes, memories: memories(of), ...options })
const caller = (where: Partial<Caller['place']> = {}, who = 'dana', more: Partial<Caller> = {}): Caller => {
  const { person, place } = small.caller()
  return { person: { ...person, objectId: who }, place: { ...place, ...where }, ...more }
}
/** Says one thing after the other, and gives what the last came to. */
async function talk(lines: readonly string[], who = caller(), with_ = small) {
  let last = await with_.ask(lines[0]!, who)
  for (const line of lines.slice(1)) last = await with_.ask(line, who)
  return last
}
const of = (kind: string, id: string) => ({ kind, id })

describe('what was spoken of last', () => {
  test.each<[string[], string, object]>([
    [['show orders', 'who owns it'], 'catalog.owner', { entity: of('Service', 'orders') }],
    [['show orders', 'who owns that?'], 'catalog.owner', { entity: of('Service', 'orders') }],
    [['show orders', 'and who owns that service?'], 'catalog.owner', { entity: of('Service', 'orders') }],
    [['who owns orders', 'show them'], 'catalog.show', { entity: of('Team', 'atlas') }],
    [['who owns orders', 'and payments?'], 'catalog.owner', { entity: of('Service', 'payments') }],
    [['who owns orders', 'what about payments'], 'catalog.owner', { entity: of('Service', 'payments') }],
    [['who owns orders', 'same for payments please'], 'catalog.owner', { entity: of('Service', 'payments') }],
    [['who owns orders', 'no, payments'], 'catalog.owner', { entity: of('Service', 'payments') }],
    [['who owns orders', 'I meant payments'], 'catalog.owner', { entity: of('Service', 'payments') }],
    [['who owns orders', 'not orders, payments'], 'catalog.owner', { entity: of('Service', 'payments') }],
    [['who owns orders', 'sorry, payments, not orders'], 'catalog.owner', { entity: of('Service', 'payments') }],
    [['who owns ordrzzz', 'no, payments'], 'catalog.owner', { entity: of('Service', 'payments') }],
    [['show all repositories', 'the second one'], 'catalog.show', { entity: of('Repository', 'repo-11') }],
    [['show all repositories', '#3'], 'catalog.show', { entity: of('Repository', 'repo-12') }],
    [['show orders', 'help', 'who owns it'], 'catalog.owner', { entity: of('Service', 'orders') }],
  ])('%j', async (lines, command, args) => {
    expect(await talk(lines)).toMatchObject({ outcome: 'answer', command, args })
  })

  test('pages go on until there is no more', async () => {
    const first = await talk(['show all repositories'])
    const pages = [first, await small.ask('show more', caller()), await small.ask('next', caller())]
    const rows = pages.map(
      ({ reply }) => reply.card?.sections?.flatMap((one) => (one.kind === 'rows' ? one.rows : [])) ?? [],
    )
    expect(rows.map(({ length }) => length)).toEqual([10, 10, 4])
    expect((await small.ask('more', caller())).reply.text).toBe('That was all of it: there is no more to show.')
  })

  test('what a card was too small for is not denied', async () => {
    expect((await talk(['show many', 'show more'])).reply.text).toMatch(/^There is more of it than I can show at once/)
    expect((await talk(['show atlas', 'show more'])).reply.text).toMatch(/^That was all of it/)
  })

  test('of several rows it is asked which', async () => {
    const { outcome, reply } = await talk(['show all repositories', 'the first two'])
    expect(outcome).toBe('suggest')
    expect(reply.buttons).toHaveLength(2)
    expect((await talk(['show all repositories', 'the fourteenth one'])).command).toBeUndefined()
    expect((await talk(['show all repositories', '14'])).reply.text).toMatch(/There were only 10/)
  })

  test('a whole question is understood as if nothing had been said before', async () => {
    const fresh = await hub({ memories: memories('another') }).ask('who owns payments', caller())
    expect(await talk(['show orders', 'who owns payments'])).toEqual(fresh)
  })
})

describe('what changes something', () => {
  test.each([
    [['show orders', 'restart it']],
    [['show orders', 'please restart that service']],
    [['restart orders', 'same for payments']],
    [['restart orders', 'no, payments']],
    [['show orders', 'restart it', 'yes']],
    [['show orders', 'restart it', 'the first']],
    [['show orders', 'no, restart payments']],
  ])('is offered to be pressed, where words do not name all of it: %j', async (lines) => {
    const outcome = await talk(lines)
    expect(outcome.outcome).toBe('suggest')
    expect(outcome.reply.buttons?.map(({ intent }) => intent.command)).toEqual(['restart.show'])
  })

  test('is proposed where words name all of it, whatever was said before', async () => {
    expect(await talk(['who owns orders', 'and restart payments'])).toMatchObject({
      outcome: 'propose',
      args: { target: of('Service', 'payments') },
    })
  })

  test.each([
    [['show orders', 'do not restart it']],
    [['show orders', "don't restart that"]],
    [['show orders', 'restarting it did not help']],
    [['show orders', 'what happens if I restart it?']],
    [['show orders', 'should we restart it?']],
    [['show orders', 'somebody said “restart it”']],
  ])('is not offered for certain, and never begun, by talk: %j', async (lines) => {
    expect((await talk(lines)).outcome).not.toBe('propose')
  })

  test('a note goes on with what the person named, and with nothing that was only shown', async () => {
    expect(await talk(['show INC-7', 'tick it'])).toMatchObject({
      outcome: 'note',
      args: { incident: of('Incident', 'inc-7') },
    })
    expect(ran).toEqual(['tick'])
    expect((await talk(['incidents that are open', 'tick it'], caller({ id: 'elsewhere' }))).outcome).not.toBe('note')
    expect(ran).toEqual(['tick'])
  })

  test('in the thread of one record, after another was spoken of, it is asked which', async () => {
    const both = hub({
      records: [...records, entity('Incident', 'inc-8')],
      subjectsOf: async () => [of('Incident', 'inc-8')],
    })
    expect(await both.ask('tick it', caller())).toMatchObject({ args: { incident: of('Incident', 'inc-8') } })
    expect((await both.ask('show INC-7', caller())).outcome).toBe('answer')
    expect((await both.ask('tick it', caller())).outcome).toBe('ask')
    expect(ran).toEqual(['tick'])
  })
})

describe('an answer to what Nexus asks', () => {
  const twins = [...records, entity('Service', 'orders-eu'), entity('Resource', 'ledger'), entity('Service', 'ledger')]

  test('fills what is missing, with words or a number, and asks on for what still is', async () => {
    const asked = await talk(['who owns'])
    expect(asked.outcome).toBe('ask')
    expect(await small.ask('orders', caller())).toMatchObject({ outcome: 'answer', command: 'catalog.owner' })
  })

  test('is another command where it is one, and the question is dropped', async () => {
    expect(await talk(['who owns', 'show payments'])).toMatchObject({ command: 'catalog.show' })
    expect(await talk(['who owns', 'never mind'])).toMatchObject({ outcome: 'none' })
    expect((await small.ask('orders', caller())).command).not.toBe('catalog.owner')
  })

  test('a change that was plain goes on with the exact name, and with no other', async () => {
    const other = hub({ records: twins })
    const lacking = await talk(['scale orders'], caller(), other)
    expect(lacking.outcome).toBe('ask')
    expect(await other.ask('3', caller())).toMatchObject({
      outcome: 'propose',
      command: 'scale.show',
      args: { count: 3 },
    })
    expect((await talk(['restart', 'ordrs'], caller(), other)).command).not.toBe('restart.show')
  })
})

describe('whose conversation it is', () => {
  const known = async (who: Caller, over = small) => (await over.ask('who owns it', who)).outcome === 'answer'
  const inChannel = { kind: 'channel' as const, id: '19:releases', thread: '1' }

  test.each<[string, Caller]>([
    ['another person of the same thread', caller0('channel', '1', 'lee')],
    ['another thread', caller0('channel', '2', 'dana')],
    ['a thread that begins now', caller0('channel', '3', 'dana')],
    ['the same person in a chat of their own', caller0('personal', undefined, 'dana')],
    ['the same person unseen', { ...caller0('channel', '1', 'dana'), alone: true }],
  ])('%s knows nothing of it', async (_who, other) => {
    const whose = caller(inChannel)
    await small.ask('show orders', whose)
    const { person, place } = whose
    const as: Caller = {
      ...other,
      person: { ...person, objectId: other.person.objectId },
      place: other.place.kind === 'channel' ? { ...place, thread: other.place.thread! } : other.place,
    }
    expect(await known(as)).toBe(false)
    expect(await known(whose)).toBe(true)
  })

  test('what was asked alone in a channel is no subject for everybody there', async () => {
    await small.ask('show orders', caller(inChannel, 'dana', { alone: true }))
    expect(await known(caller(inChannel))).toBe(false)
    expect(await known(caller(inChannel, 'dana', { alone: true }))).toBe(true)
  })

  test('another hub on the same store goes on with it, another tenant does not', async () => {
    await small.ask('show orders', caller())
    expect(await known(caller(), hub())).toBe(true)
    expect(await known(caller(), hub({}, 'fabrikam'))).toBe(false)
  })

  test('it is forgotten after a quarter of an hour, and its record is tidied away', async () => {
    await small.ask('show orders', caller())
    now += rememberedFor
    expect(await known(caller())).toBe(true)
    now += rememberedFor + 1
    expect(await known(caller())).toBe(false)
    now += rememberedFor + 1
    expect(await memories().forget(now - rememberedFor)).toBe(1)
    expect(await memories().forget(now - rememberedFor)).toBe(0)
  })

  test('what may not be seen any more is spoken of no longer', async () => {
    const { policy } = readAccessPolicy(
      'entities:\n  - { entity: Service/merger, hides: true, from: developer, secret: true }\n',
      builtInKinds,
    )
    await small.ask('show merger', caller())
    const after = await hub({ policy }).ask('who owns it', caller())
    expect(after.outcome).not.toBe('answer')
    expect(JSON.stringify(after)).not.toMatch(/merger/)
  })

  test('a guest has no conversation, because nothing was answered', async () => {
    const guest = small.caller('guest')
    await small.ask('show orders', guest)
    expect(JSON.stringify(await small.ask('who owns it', guest))).not.toMatch(/orders|atlas/)
  })

  test('what is kept are references and arguments, and nothing of what was said', async () => {
    const kept: Memory[] = []
    const over = { ...memories(), keep: async (_where: string, memory: Memory) => void kept.push(memory) }
    await hub({ memories: over }).ask('could you please show orders, my dear friend', caller())
    await hub({ memories: over }).ask('who owns orders', caller())
    expect(kept.length).toBeGreaterThan(0)
    expect(JSON.stringify(kept)).not.toMatch(/dear|please|Who|owns |Dana/)
    expect(JSON.stringify(kept).length).toBeLessThan(2_000)
  })
})

/** Somebody somewhere, before there is a hub. */
function caller0(kind: 'channel' | 'personal', thread: string | undefined, objectId: string): Caller {
  const place = { kind, id: kind === 'channel' ? '19:releases' : 'personal/dana', ...(thread && { thread }) }
  return { place, person: { objectId } as Caller['person'] }
}
