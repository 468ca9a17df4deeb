import type { Text } from '../../../cards/model.js'
import { entityRow } from '../../../skills/kit/entity-row.js'
import { badInput, Fault } from '../../../skills/kit/errors.js'
import type { LinkTarget } from '../../../skills/kit/link.js'
import type { Entity, Instant } from '../../../skills/kit/model.js'
import type { Catalog, PortName, Turn } from '../../../skills/kit/ports.js'
import type { Intent } from '../../../skills/kit/reply.js'
import { showing } from '../../language/showing-command.js'
import type { Reader } from '../access/access.js'
import type { Caller } from '../caller.js'
import type { Moment } from '../make-turn.js'
import type { Outcome } from '../outcome.js'
import type { Registered, Registry } from '../registry.js'
import { within } from '../within.js'
import { postcardOf, type Postcard } from './postcard.js'

/** A search from the box in which a message is written. */
export interface BoxSearch {
  /** Id of the command that is searched by. */
  command: string
  words: string
  skip: number
  count: number
}

/** What a search from the box came to: what may be picked, or why there is nothing. */
export type BoxFound = { postcards: Postcard[] } | { says: Text }

/** What people may put into a message while they write it: what they search for, and the cards of links. */
export interface ComposeBox {
  search(asked: BoxSearch, caller: Caller): Promise<BoxFound>
  /** The card of what a link is of; undefined where that is not known, or not to everyone who will read the message. */
  unfurl(link: string, caller: Caller): Promise<Postcard | undefined>
}

/** What the box is made of: of the hub's turn, the parts that its searches go through as words and clicks do. */
export interface ComposeBoxParts {
  registry: Registry
  readLink?: ((link: string) => LinkTarget[]) | undefined
  clock: { now(): Instant }
  /** The command, for somebody who may use it. @throws Fault */
  allowed(command: string, caller: Caller): Registered
  readerOf(caller: Caller): Promise<Reader>
  /** The turn in which a command of a skill runs. */
  turnOf(found: Registered, caller: Caller, moment: Moment, reader: Reader): Turn<PortName>
  newId(): string
  /** Runs a read as a turn's, without a line of the log of its own. */
  perform(intent: Intent, caller: Caller): Promise<Outcome>
  /** Ends a turn, a failure included, with one line of the log. */
  record(caller: Caller, intent: Intent, work: () => Promise<Outcome>): Promise<Outcome>
}

/** Teams waits 5 seconds for what it asks while somebody writes (Microsoft, "Respond to search command"). */
const patience = 4_000
/** Most that is given at once, and how far a person scrolls before they had better write another word. */
const mostAtOnce = 25
const farthest = 200

/** Everything that the box is told goes through the permission of who asks and the sight of everyone who will read the message. */
export function createComposeBox(parts: ComposeBoxParts): ComposeBox {
  return {
    async search({ command, words, skip, count }, asker) {
      const caller = speaking(asker)
      const most = Math.min(skip + Math.min(count, mostAtOnce), farthest)
      let postcards: Postcard[] = []
      const { outcome, reply } = await parts.record(caller, { command, args: {} }, async () => {
        const found = pickedFrom(command, caller)
        const reader = await parts.readerOf(caller)
        const signal = AbortSignal.timeout(patience)
        const said = checked(words, found)
        const turn = parts.turnOf(found, caller, { id: parts.newId(), now: parts.clock.now(), signal }, reader)
        const entities =
          'picks' in found.command ? await within(signal, found.command.picks!({ words: said, most }, turn)) : []
        const page = entities.slice(skip, most)
        postcards = (
          await within(signal, Promise.all(page.map((entity) => draw(entity, caller, reader.catalog))))
        ).flat()
        return { outcome: 'answer', command, args: {}, reply: { text: nothing(said, skip) } }
      })
      return outcome === 'answer' && postcards.length ? { postcards } : { says: reply.text }
    },

    async unfurl(link, asker) {
      const caller = speaking(asker)
      const targets = parts.readLink?.(link) ?? []
      if (!targets.length) return undefined
      const reader = await parts.readerOf(caller)
      const entity = await firstOf(targets, reader.catalog)
      if (!entity) return undefined
      const signal = AbortSignal.timeout(patience)
      let postcards: Postcard[] = []
      const intent = intentOf(entity, parts.registry)
      if (!intent) return undefined
      await parts.record(caller, intent, async () => {
        postcards = await within(signal, draw(entity, caller, reader.catalog))
        return { outcome: 'answer', command: intent.command, args: intent.args, reply: { text: entity.name } }
      })
      return postcards[0]
    },
  }

  function pickedFrom(command: string, caller: Caller): Registered {
    const found = parts.allowed(command, caller)
    if (found.info.picks === undefined)
      throw badInput(`${command} is not searched by from here.`, 'Update the app in Teams, or ask Nexus in a chat.')
    return found
  }

  /** Empty where it may not be shown to everyone who will read it, or where it was gone meanwhile. */
  async function draw(entity: Entity, caller: Caller, catalog: Catalog): Promise<Postcard[]> {
    const intent = intentOf(entity, parts.registry)
    if (!intent) return []
    const { outcome, reply } = await parts.perform(intent, caller).catch((error: unknown) => {
      if (error instanceof Fault && error.code !== 'Unavailable')
        return { outcome: 'refuse' as const, reply: { text: '' } }
      throw error
    })
    // What goes to the asker alone beside it is no part of a message that all read.
    if (outcome !== 'answer' || ('private' in reply && reply.private)) return []
    const { title, detail } = await entityRow(entity, catalog, { named: true })
    return [{ title, ...(detail && { detail }), card: postcardOf(reply, entity, parts.clock.now()) }]
  }
}

/** Nothing is posted of its own accord, and what stands against it is said to nobody else. */
const speaking = ({ person, place }: Caller): Caller => ({ person, place, input: 'click', aloud: true })

function intentOf({ kind, id }: Entity, registry: Registry): Intent | undefined {
  const command = showing(kind, registry.commands)
  const [argument] = Object.keys(command?.args ?? {})
  return command && argument !== undefined ? { command: command.id, args: { [argument]: { kind, id } } } : undefined
}

function checked(words: string, { info }: Registered): string {
  const argument = info.args[info.picks!]
  const said = words.trim()
  if (argument?.type === 'text' && said.length > argument.max)
    throw badInput(`That is too long to search for; ${argument.max} letters are enough.`)
  return said
}

const nothing = (words: string, skip: number): string =>
  skip
    ? 'There is no more.'
    : words
      ? `Nothing that may be shown here has “${words}”.`
      : 'There is nothing to show here yet.'

async function firstOf(targets: readonly LinkTarget[], catalog: Catalog): Promise<Entity | undefined> {
  for (const target of targets) {
    const found = 'property' in target ? await byProperty(target, catalog) : await catalog.get(target)
    if (found) return found
  }
  return undefined
}

const byProperty = async ({ kinds, property, value }: Extract<LinkTarget, { property: string }>, catalog: Catalog) =>
  (await catalog.find({ filter: { all: [{ kinds }, { property, is: '=', value }] }, limit: 1 })).entities[0]
