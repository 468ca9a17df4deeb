import { join } from 'node:path'
import { discoverSkills } from '../../bot/discover-skills.js'
import type { Caller } from '../../bot/hub/caller.js'
import { createRegistry, type Registry } from '../../bot/hub/registry.js'
import { smallHub, type SmallHub, type SmallHubOptions } from '../../bot/hub/testing/small-hub.js'
import { createUnderstand, type Understand } from '../../bot/language/understand.js'
import { CatalogIndex } from '../../bot/store/read-model/catalog-index.js'
import type { CatalogRecord } from '../../bot/store/read-model/catalog-record.js'
import { ScratchDatabase } from '../../bot/store/sqlite/scratch-database.js'
import type { CardData } from '../../cards/model.js'
import type { Skill } from '../../skills/kit/command.js'
import type { Instant, Json, Place, Role } from '../../skills/kit/model.js'
import type { Ports, SourceState } from '../../skills/kit/ports.js'
import type { Records } from '../../skills/kit/records.js'
import type { Reply } from '../../skills/kit/reply.js'
import { readContosoCatalog } from '../product/read-contoso.js'

/** What a sample may have otherwise than Contoso is. */
export interface Differences {
  /** Records in place of Contoso's. */
  records?: (records: readonly CatalogRecord[]) => readonly CatalogRecord[]
  /** Sources in another state, such as one that does not answer. */
  sources?: (sources: readonly SourceState[]) => readonly SourceState[]
  /** Skills beside the product's. */
  skills?: readonly Skill[]
  /** Ports beside those that the catalog answers. */
  ports?: Partial<Ports>
  /** Milliseconds a command may take. */
  patience?: number
}

/** Contoso with the real hub and the real skills, for samples to talk to. */
export interface Contoso {
  /** The moment at which it is asked. */
  now: Instant
  /** What Nexus answers to a person's words; `as` is the start of their mail address. */
  ask(as: string, words: string, at?: { place?: Place['kind']; role?: Role }): Promise<Reply>
  /** What Nexus answers to an intent, such as the one of a button. */
  run(as: string, command: string, args: Record<string, Json>): Promise<Reply>
  /** What comes of pressing a button or a row of a reply. */
  press(as: string, reply: Reply, title: string, inputs?: Record<string, Json>): Promise<Reply>
  /** A reply as a card, its buttons stored. */
  show(reply: Reply): Promise<CardData>
  /** What its sources gave. */
  records: readonly CatalogRecord[]
  /** Copies a replica of that into a folder, for a hub of another making that changes it, and gives the file. */
  copyReplica(folder: string): string
  /** The hub itself, for what nobody asks for; made when it is first needed. */
  readonly small: SmallHub
  /** What is the same for all hubs of the product's skills; undefined where there are others beside them. */
  learnt: Learnt | undefined
  /** Another Contoso, in which something is not so. */
  but(differences: Differences): Contoso
}

/** What takes a while to make of skills, and is only read. */
export interface Learnt {
  registry: Registry
  understand: Understand
}

/** A catalog in memory that is only read. */
interface Filled {
  index: CatalogIndex
  database: ScratchDatabase
}

/** What the sources gave. */
interface Known {
  now: Instant
  skills: readonly Skill[]
  learnt: Learnt | undefined
  /** The catalog of the records, where one is filled; samples that change nothing of it share it. */
  filled?: Filled
  records: readonly CatalogRecord[]
  sources: readonly SourceState[]
}

/**
 * Contoso as Nexus knows it: the product is started, reads the local tenant by its real providers, and is stopped; what it stored
 * is the samples' catalog. Takes some seconds.
 */
export async function readContoso(): Promise<Contoso> {
  const { records, sources } = await readContosoCatalog()
  const skills = await discoverSkills(join(import.meta.dirname, '..', '..', 'skills'))
  const registry = createRegistry(skills)
  const learnt = { registry, understand: createUnderstand(registry.commands) }
  return contosoOf({ now: new Date().toISOString(), skills, learnt, records, sources }, {})
}

function contosoOf(known: Known, { patience, ports = {} }: Pick<SmallHubOptions, 'patience' | 'ports'>): Contoso {
  const { now, skills, learnt, records, sources } = known
  const { records: kept } = ports
  let { filled } = known
  const filledOf = () => (filled ??= fill(records))
  let made: SmallHub | undefined
  const smallOf = () =>
    (made ??= smallHub({
      ...{ skills, sources, now, ports, ...learnt },
      index: filledOf().index,
      recordsOf: () => kept ?? nothingKept,
      ...(patience && { patience }),
    }))
  const callerOf = (as: string, { place = 'personal', role = 'developer' as Role } = {}): Caller => {
    const small = smallOf()
    const person = small.index.all('Person').find(({ id }) => id.startsWith(`${as}@`))
    if (!person) throw new Error(`Nobody of Contoso has a mail address that begins with ${as}@.`)
    const { id, name, props } = person
    const caller = small.caller(role, place as Place['kind'])
    return { ...caller, person: { ...caller.person, id, name, objectId: String(props['objectId']) } }
  }
  return {
    now,
    records,
    copyReplica(folder) {
      const file = join(folder, 'replica.db')
      filledOf().database.exec(`VACUUM INTO '${file.replaceAll("'", "''")}'`)
      return file
    },
    learnt,
    get small() {
      return smallOf()
    },
    ask: async (as, words, at) => (await smallOf().ask(words, callerOf(as, at))).reply,
    run: async (as, command, args) => (await smallOf().hub.run({ command, args }, callerOf(as))).reply,
    show: (reply) => smallOf().show(reply),
    press: async (as, reply, title, inputs) =>
      (await smallOf().press(await smallOf().show(reply), title, inputs, callerOf(as))).reply,
    but: ({
      records: change = same,
      sources: state = same,
      skills: more = [],
      ports: given,
      patience: short = patience,
    }) =>
      contosoOf(
        {
          now,
          skills: [...skills, ...more],
          learnt: more.length ? undefined : learnt,
          records: change(records),
          sources: state(sources),
          ...(change === same && { filled: filledOf() }),
        },
        { ports: { ...ports, ...given }, ...(short && { patience: short }) },
      ),
  }
}

function fill(records: readonly CatalogRecord[]): Filled {
  const database = new ScratchDatabase(':memory:')
  const index = new CatalogIndex('contoso', database)
  index.apply(() => records.forEach((record) => index.put(record)))
  return { index, database }
}

/** What skills remember of a Contoso to which nothing happened yet. */
const nothingKept: Records = { get: async () => undefined, find: async () => [], commit: async () => {} }

const same = <T>(all: readonly T[]): readonly T[] => all
